import { sketched } from "../baseline/sketched.ts";
import { Allowance, type Limits } from "../codec/allowance.ts";
import { type CellNote, decodeCellNote, encodeCellNote } from "../codec/cell.ts";
import { encodeRecording } from "../codec/recording.ts";
import { decodeUntrusted } from "../codec/untrusted.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Clock, Files, FolderFile } from "../ports/index.ts";
import { boundedText } from "./bounded-text.ts";
import type { Left, ReadCell } from "./left.ts";
import { assemble, NOTHING_LEFT, type ReadPart } from "./parts.ts";

const FOLDER = "recordings";
const RECORDINGS = ["screened", "baseline", "candidate"] as const;
/** The name of an artifact whose job is no cell, and what stands before the cell in those that are one. */
const ARTIFACT = "benchgate";

/** The largest recording, and the most in all, that is read of what others left, in bytes. */
const LARGEST = 32 * 2 ** 20;
const MOST = 3 * LARGEST;
/** The largest note: it may name ten thousand benchmarks. */
const LARGEST_NOTE = 2 ** 20;
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
  /** Whether those who left it may run code in this very run: then they gain nothing by filling its memory. Absent: they are strangers. */
  readonly own?: boolean;
}

/** The part of the world in which cells are looked for. */
interface Place {
  readonly files: Pick<Files, "listFolder" | "open">;
  readonly clock: Pick<Clock, "monotonic">;
}

/** What was found of the cells that are looked for. */
export interface ReadCells {
  /** By name; several of one name are its parts. */
  readonly cells: readonly ReadCell[];
  /** What is to be said of them as a whole. */
  readonly warnings: readonly Warning[];
  /** How long the jobs took that left something, in seconds, as far as they have said so. */
  readonly seconds: readonly number[];
}

/**
 * The cells in a folder, one for each subfolder, or for several that hold the parts of one; those that are expected and not there are `missing`. What a
 * subfolder holds is taken for hostile: only files of known names and bounded sizes and contents are read, links are not followed, and what is no recording of
 * `sha` is `missing` with the reason. Nothing is expected where `expect` is empty: then whatever is there counts.
 */
export async function readCells({ files, clock }: Place, folder: string, wanted: Wanted): Promise<ReadCells> {
  const expect = [...new Set(wanted.expect.map(cellOf))];
  const started = clock.monotonic();
  const listed = await list(files, folder);
  if ("unlisted" in listed) {
    const cells = (expect.length > 0 ? expect : [""]).map((name) => ({ name, missing: listed.unlisted }));
    return { cells, warnings: [], seconds: [] };
  }
  const artifacts = new Map<string, FolderFile[]>();
  for (const file of listed.files) {
    const [artifact] = file.path.split("/") as [string];
    artifacts.set(artifact, [...(artifacts.get(artifact) ?? []), file]);
  }
  const known = (name: string) => expect.length === 0 || expect.includes(name);
  const parts: ReadPart[] = [];
  const bounds = new Bounds(started, timesOf(wanted, artifacts.size));
  for (const [artifact, held] of [...artifacts].slice(0, expect.length > 0 ? undefined : MOST_CELLS)) {
    const name = cellOf(artifact);
    const place = { name, folder: `${folder}/${artifact}`, held };
    const noted = await noteOf(files, place);
    const cell = "note" in noted && noted.note.part !== undefined ? noted.note.cell : undefined;
    if (!known(name) && (cell === undefined || !known(cell))) continue;
    const refusal = bounds.refuses(place, clock.monotonic());
    const read =
      refusal === null ? await readPart(files, place, noted, wanted, bounds.allowance) : { missing: refusal };
    parts.push({ name, ...("note" in noted && { note: noted.note }), ...read });
  }
  const found = new Set(parts.flatMap(({ name, note }) => (note?.part ? [name, note.cell ?? ""] : [name])));
  for (const name of expect) if (!found.has(name)) parts.push({ name, missing: NOTHING_LEFT });
  if (parts.length === 0)
    return {
      cells: [{ name: "", missing: "No cell left a recording: see why in its job" }],
      warnings: [],
      seconds: [],
    };
  const order = (name: string) => (expect.includes(name) ? expect.indexOf(name) : expect.length);
  const sorted = parts.toSorted((a, b) => order(a.name) - order(b.name) || (a.name < b.name ? -1 : 1));
  if (expect.length === 0 && artifacts.size > MOST_CELLS) {
    const problem = `${artifacts.size} cells are more than the ${MOST_CELLS} that are read: the others were not`;
    sorted.push({ name: "", missing: problem });
  }
  return { ...assemble(sorted), seconds: parts.flatMap(({ note }) => note?.seconds ?? []) };
}

/** As many cells as a stranger's run may fill to the brim, where the trusted side expects so many. */
const MOST_FULL = 4;
/** The longest that anything is read, however many there are, in seconds. */
const LONGEST_OF_ALL = 600;

/**
 * How many times over the bounds of one run are in force: once for each artifact of a run of one's own. Of a stranger's it takes the trusted side to expect more
 * than one, and then no more than a few: what fills the memory of a job that holds a token is not bounded by whoever fills it.
 */
function timesOf({ expect, own = false }: Wanted, artifacts: number): number {
  return Math.max(1, own ? Math.min(artifacts, MOST_CELLS) : Math.min(expect.length, MOST_FULL));
}

/** What is still read: so many bytes in all, for so long. */
class Bounds {
  readonly allowance: Allowance;
  readonly #until: number;
  readonly #longest: number;
  readonly #most: number;
  #bytes: number;

  constructor(started: number, times: number) {
    const all = Object.fromEntries(
      Object.entries(ALL).map(([kind, most]) => [kind, times * most]),
    ) as unknown as Limits;
    this.allowance = new Allowance(EACH, all);
    this.#longest = Math.min(times * LONGEST, LONGEST_OF_ALL);
    this.#until = started + this.#longest;
    this.#most = times * MOST;
    this.#bytes = this.#most;
  }

  /** Why an artifact is not read any more; null where it is. */
  refuses({ held }: Artifact, now: number): string | null {
    if (now > this.#until) return `It was not read: that of the cells before it took longer than ${this.#longest} s`;
    const size = held.reduce((sum, each) => sum + each.size, 0);
    if (!held.every((each) => each.size <= limitOf(each.path)) || size > this.#bytes) {
      return `What it left is larger than the ${LARGEST / 2 ** 20} MiB a file, or ${this.#most / 2 ** 20} MiB in all, that are read`;
    }
    this.#bytes -= size;
    return null;
  }
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

function has({ held }: Artifact, file: string): boolean {
  return held.some(({ path }) => path.endsWith(`/${FOLDER}/${file}.json`));
}

function textOf(files: Pick<Files, "open">, { folder }: Artifact, file: string, most: number): Promise<string> {
  return boundedText(files, `${folder}/${FOLDER}/${file}.json`, most);
}

/** The note of an artifact, or why there is none. */
async function noteOf(
  files: Pick<Files, "open">,
  artifact: Artifact,
): Promise<{ readonly note: CellNote } | { readonly missing: string }> {
  if (!has(artifact, "cell"))
    return { missing: "It left no note with its recordings: let every job use the same version" };
  return orMissing(async () => ({ note: decodeCellNote(await textOf(files, artifact, "cell", LARGEST_NOTE)) }));
}

async function readPart(
  files: Pick<Files, "open">,
  artifact: Artifact,
  noted: { readonly note: CellNote } | { readonly missing: string },
  { sha }: Wanted,
  allowance: Allowance,
): Promise<{ readonly left: Left } | { readonly missing: string }> {
  if ("missing" in noted) return noted;
  return orMissing(async () => {
    const read: Partial<Record<(typeof RECORDINGS)[number], Recording>> = {};
    for (const each of RECORDINGS) {
      if (has(artifact, each)) read[each] = decodeUntrusted(await textOf(files, artifact, each, LARGEST), allowance);
    }
    const { screened, baseline, candidate } = read;
    const whole = baseline !== undefined && candidate !== undefined;
    if (screened === undefined && !whole) return { missing: "It left no recording of the change: see why in its job" };
    const stranger = [screened, candidate].find(
      (each) => each !== undefined && sha !== "" && each.revision.sha !== sha,
    );
    if (stranger !== undefined) return { missing: "What it left is a recording of another commit" };
    const machines = new Set(
      [screened, baseline, candidate].flatMap((each) => (each ? [fingerprint(each.environment)] : [])),
    );
    if (machines.size > 1) return { missing: "What it left was measured on different machines" };
    return { left: { note: noted.note, screened, ...(whole && { baseline, candidate }) } };
  });
}

/** What is wrong may quote what was read, and is escaped like everything else from there. */
async function orMissing<T>(read: () => Promise<T>): Promise<T | { readonly missing: string }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GateError) return { missing: `What it left cannot be read: ${error.message}` };
    throw error;
  }
}
