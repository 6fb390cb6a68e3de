import { type CellNote, decodeCellNote, encodeCellNote } from "../codec/cell.ts";
import { decodeRecording, encodeRecording } from "../codec/recording.ts";
import type { Cell } from "../judge/fan-in.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { Files, FolderFile } from "../ports/index.ts";

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
const LARGEST = 100 * 2 ** 20;
const MOST = 4 * LARGEST;
/** GitHub runs no larger matrix. */
const MOST_CELLS = 256;

/** The files of what is left, by their names in the step's folder. Throws a `GateError` where a recording cannot be written. */
export function filesOf({ note, ...recordings }: Left): Readonly<Record<string, string>> {
  const texts = RECORDINGS.flatMap((name) => {
    const recording = recordings[name];
    return recording === undefined ? [] : [[`${FOLDER}/${name}.json`, encodeRecording(recording)] as const];
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

/**
 * The cells in a folder, one for each subfolder, by name; those that are expected and not there are `missing`. What a subfolder holds is taken for
 * hostile: only files of known names and bounded sizes are read, links are not followed, and what is no recording of `sha` is `missing`
 * with the reason. Nothing is expected where `expect` is empty: then whatever is there counts.
 */
export async function readCells(
  files: Pick<Files, "listFolder" | "readText">,
  folder: string,
  { expect, sha }: { readonly expect: readonly string[]; readonly sha: string },
): Promise<readonly ReadCell[]> {
  const listed = await files.listFolder(folder, [`*/${FOLDER}/*.json`]);
  const artifacts = new Map<string, FolderFile[]>();
  for (const file of listed ?? []) {
    const [artifact] = file.path.split("/") as [string];
    artifacts.set(artifact, [...(artifacts.get(artifact) ?? []), file]);
  }
  const found = new Map([...artifacts].map(([artifact, held]) => [cellOf(artifact), { artifact, held }]));
  const names = expect.length > 0 ? [...new Set(expect.map(cellOf))] : [...found.keys()].slice(0, MOST_CELLS);
  if (names.length === 0) return [{ name: "", missing: "No cell left a recording: see why in its job" }];
  let budget = MOST;
  const cells: ReadCell[] = [];
  for (const name of names) {
    const there = found.get(name);
    if (there === undefined) {
      cells.push({ name, missing: "It left no recording: see why in its job" });
      continue;
    }
    const size = there.held.reduce((sum, each) => sum + each.size, 0);
    const within = there.held.every((each) => each.size <= LARGEST) && size <= budget;
    budget -= within ? size : 0;
    cells.push(
      within
        ? await readCell(files, { name, folder: `${folder}/${there.artifact}`, held: there.held, sha })
        : {
            name,
            missing: `What it left is larger than the ${LARGEST / 2 ** 20} MiB a file, or ${MOST / 2 ** 20} MiB in all, that are read`,
          },
    );
  }
  return cells;
}

interface Place {
  readonly name: string;
  readonly folder: string;
  readonly held: readonly FolderFile[];
  /** The commit on trial; empty: any. */
  readonly sha: string;
}

async function readCell(files: Pick<Files, "readText">, { name, folder, held, sha }: Place): Promise<ReadCell> {
  const has = (file: string) => held.some(({ path }) => path.endsWith(`/${FOLDER}/${file}.json`));
  const text = (file: string) => files.readText(`${folder}/${FOLDER}/${file}.json`);
  try {
    if (!has("cell"))
      return { name, missing: "It left no note with its recordings: let every job use the same version" };
    const note = decodeCellNote(await text("cell"));
    const read: Partial<Record<(typeof RECORDINGS)[number], Recording>> = {};
    for (const each of RECORDINGS) if (has(each)) read[each] = decodeRecording(await text(each));
    const { screened, baseline, candidate } = read;
    const whole = baseline !== undefined && candidate !== undefined;
    if (screened === undefined && !whole)
      return { name, missing: "It left no recording of the change: see why in its job" };
    const stranger = [screened, candidate].find(
      (each) => each !== undefined && sha !== "" && each.revision.sha !== sha,
    );
    if (stranger !== undefined) return { name, missing: "What it left is a recording of another commit" };
    return { name, left: { note, screened, ...(whole && { baseline, candidate }) } };
  } catch (error) {
    // What is wrong may quote what was read, and is escaped like everything else from there.
    if (error instanceof GateError) return { name, missing: `What it left cannot be read: ${error.message}` };
    throw error;
  }
}
