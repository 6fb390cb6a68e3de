import { sketched } from "../baseline/sketched.ts";
import { Allowance, type Limits } from "../codec/allowance.ts";
import { type CellNote, decodeCellNote, encodeCellNote } from "../codec/cell.ts";
import { encodeRecording } from "../codec/recording.ts";
import { decodeUntrusted } from "../codec/untrusted.ts";
import type { Cell } from "../judge/fan-in.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { Clock, Files, FolderFile } from "../ports/index.ts";
import { boundedText } from "./bounded-text.ts";

/** What a step leaves for a job that brings several together; absent where it was not measured. */
export interface Left {
  readonly note: CellNote;
  /** What was held against stored runs. */
  readonly screened?: Recording | undefined;
  /** What was measured side by side. */
  readonly baseline?: Recording | undefined;
  readonly candidate?: Recording | undefined;
}

const FOLDER = "recordings";
const RECORDINGS = ["screened", "baseline", "candidate"] as const;
/** The name of an artifact whose job is no cell, and what stands before the cell in those that are one. */
const ARTIFACT = "benchgate";

/** The largest recording, and the most in all, that is read of what others left, in bytes. */
const LARGEST = 32 * 2 ** 20;
const MOST = 3 * LARGEST;
/** The largest note: it is a line. */
const LARGEST_NOTE = 2 ** 14;
/** GitHub runs no larger matrix. */
const MOST_CELLS = 256;
/** After so many seconds nothing more is read. */
const LONGEST = 60;

/** What is read of one recording, and of all that a run left. An artifact of 1 MB can ask for a thousand times of any of these. */
const EACH: Limits = {
  characters: LARGEST,
  values: 3_000_000,
  parts: 1_000_000,
  measurements: 60_000,
  percentiles: 300_000,
  exits: 10_000,
  said: 2 * 2 ** 20,
  subjects: 2_500,
  inflated: 32 * 2 ** 20,
};
const ALL: Limits = {
  characters: MOST,
  values: 4_000_000,
  parts: 2_000_000,
  measurements: 150_000,
  percentiles: 500_000,
  exits: 20_000,
  said: 4 * 2 ** 20,
  subjects: 5_000,
  inflated: 64 * 2 ** 20,
};

/**
 * The files of what is left, by their names in the step's folder: sketches in place of samples, as stores keep them, so that what an honest run leaves stays
 * far below what is read. Throws a `GateError` where a recording cannot be written.
 */
export function filesOf({ note, ...recordings }: Left): Readonly<Record<string, string>> {
  const texts = RECORDINGS.flatMap((name) => {
    const recording = recordings[name];
    return recording === undefined ? [] : [[`${FOLDER}/${name}.json`, encodeRecording(sketched(recording))] as const];
  });
  return { [`${FOLDER}/cell.json`]: encodeCellNote(note), ...Object.fromEntries(texts) };
}

/** A cell as it was left; its history is not looked for yet. */
export type ReadCell = Extract<Cell, { readonly missing: string }> | { readonly name: string; readonly left: Left };

/**
 * The name of the cell in an artifact: what follows `benchgate-`, or nothing where that is all there is.
 *
 * @internal Exported for its tests.
 */
export function cellOf(artifact: string): string {
  return artifact === ARTIFACT
    ? ""
    : artifact.startsWith(`${ARTIFACT}-`)
      ? artifact.slice(ARTIFACT.length + 1)
      : artifact;
}

/** What is known of the cells that are looked for. */
export interface Wanted {
  readonly expect: readonly string[];
  /** The commit on trial; empty: any. */
  readonly sha: string;
}

/** The part of the world in which cells are looked for. */
interface Place {
  readonly files: Pick<Files, "listFolder" | "open">;
  readonly clock: Pick<Clock, "monotonic">;
}

/**
 * The cells in a folder, one for each subfolder, by name; those that are expected and not there are `missing`. What a subfolder holds is taken for
 * hostile: only files of known names and bounded sizes and contents are read, links are not followed, and what is no recording of `sha` is `missing`
 * with the reason. Nothing is expected where `expect` is empty: then whatever is there counts.
 */
export async function readCells({ files, clock }: Place, folder: string, wanted: Wanted): Promise<readonly ReadCell[]> {
  const { expect } = wanted;
  const started = clock.monotonic();
  const allowance = new Allowance(EACH, ALL);
  const listed = await list(files, folder);
  if ("unlisted" in listed) {
    return (expect.length > 0 ? expect.map(cellOf) : [""]).map((name) => ({ name, missing: listed.unlisted }));
  }
  const artifacts = new Map<string, FolderFile[]>();
  for (const file of listed.files) {
    const [artifact] = file.path.split("/") as [string];
    artifacts.set(artifact, [...(artifacts.get(artifact) ?? []), file]);
  }
  const found = new Map([...artifacts].map(([artifact, held]) => [cellOf(artifact), { artifact, held }]));
  const names = expect.length > 0 ? [...new Set(expect.map(cellOf))] : [...found.keys()];
  if (names.length === 0) return [{ name: "", missing: "No cell left a recording: see why in its job" }];
  let budget = MOST;
  const cells: ReadCell[] = [];
  for (const name of names.slice(0, MOST_CELLS)) {
    const there = found.get(name);
    if (there === undefined) {
      cells.push({ name, missing: "It left no recording: see why in its job" });
      continue;
    }
    if (clock.monotonic() - started > LONGEST) {
      cells.push({ name, missing: `It was not read: that of the cells before it took longer than ${LONGEST} s` });
      continue;
    }
    const size = there.held.reduce((sum, each) => sum + each.size, 0);
    const within = there.held.every((each) => each.size <= limitOf(each.path)) && size <= budget;
    budget -= within ? size : 0;
    const artifact = { name, folder: `${folder}/${there.artifact}`, held: there.held };
    cells.push(
      within
        ? await readCell(files, artifact, wanted, allowance)
        : {
            name,
            missing: `What it left is larger than the ${LARGEST / 2 ** 20} MiB a file, or ${MOST / 2 ** 20} MiB in all, that are read`,
          },
    );
  }
  if (names.length > MOST_CELLS) {
    const problem = `${names.length} cells are more than the ${MOST_CELLS} that are read: the others were not`;
    cells.push({ name: "", missing: problem });
  }
  return cells;
}

/** The files of known names in all artifacts; or why they are too many to be looked at. */
async function list(
  files: Pick<Files, "listFolder">,
  folder: string,
): Promise<{ readonly files: readonly FolderFile[] } | { readonly unlisted: string }> {
  const patterns = ["cell", ...RECORDINGS].map((name) => `*/${FOLDER}/${name}.json`);
  try {
    return { files: (await files.listFolder(folder, patterns)) ?? [] };
  } catch (error) {
    if (error instanceof GateError) return { unlisted: `What was left cannot be read: ${error.message}` };
    throw error;
  }
}

function limitOf(path: string): number {
  return path.endsWith("/cell.json") ? LARGEST_NOTE : LARGEST;
}

interface Artifact {
  readonly name: string;
  readonly folder: string;
  readonly held: readonly FolderFile[];
}

async function readCell(
  files: Pick<Files, "open">,
  { name, folder, held }: Artifact,
  { sha }: Wanted,
  allowance: Allowance,
): Promise<ReadCell> {
  const has = (file: string) => held.some(({ path }) => path.endsWith(`/${FOLDER}/${file}.json`));
  const text = (file: string, most: number) => boundedText(files, `${folder}/${FOLDER}/${file}.json`, most);
  try {
    if (!has("cell"))
      return { name, missing: "It left no note with its recordings: let every job use the same version" };
    const note = decodeCellNote(await text("cell", LARGEST_NOTE));
    const read: Partial<Record<(typeof RECORDINGS)[number], Recording>> = {};
    for (const each of RECORDINGS) if (has(each)) read[each] = decodeUntrusted(await text(each, LARGEST), allowance);
    const { screened, baseline, candidate } = read;
    const whole = baseline !== undefined && candidate !== undefined;
    if (screened === undefined && !whole)
      return { name, missing: "It left no recording of the change: see why in its job" };
    const stranger = [screened, candidate].find(
      (each) => each !== undefined && sha !== "" && each.revision.sha !== sha,
    );
    if (stranger !== undefined) return { name, missing: "What it left is a recording of another commit" };
    const machines = new Set(
      [screened, baseline, candidate].flatMap((each) => (each ? [fingerprint(each.environment)] : [])),
    );
    if (machines.size > 1) return { name, missing: "What it left was measured on different machines" };
    return { name, left: { note, screened, ...(whole && { baseline, candidate }) } };
  } catch (error) {
    // What is wrong may quote what was read, and is escaped like everything else from there.
    if (error instanceof GateError) return { name, missing: `What it left cannot be read: ${error.message}` };
    throw error;
  }
}
