import { sketched } from "../baseline/sketched.ts";
import type { Allowance } from "../codec/allowance.ts";
import { type CellNote, decodeCellNote, encodeCellNote, LARGEST_NOTE } from "../codec/cell.ts";
import { encodeRecording } from "../codec/recording.ts";
import { decodeUntrusted } from "../codec/untrusted.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { Files, FolderFile } from "../ports/index.ts";
import { boundedText } from "./bounded-text.ts";
import { type Bounds, LARGEST } from "./bounds.ts";
import type { Left } from "./left.ts";

const FOLDER = "recordings";
const RECORDINGS = ["screened", "baseline", "candidate"] as const;

/**
 * The files of what is left, by their names in the step's folder: sketches in place of samples, as stores keep them, so that what an honest run leaves stays
 * far below what is read. Throws a `GateError` where a recording cannot be written.
 */
export function filesOf({ note, ...recordings }: Left): Readonly<Record<string, string>> {
  const texts = RECORDINGS.flatMap((name) => {
    const recording = recordings[name];
    return recording === undefined
      ? []
      : [[`${FOLDER}/${name}.json`, encodeRecording(sketched(recording, { tails: true }))] as const];
  });
  return { [`${FOLDER}/cell.json`]: encodeCellNote(note), ...Object.fromEntries(texts) };
}

/** The files of known names in all artifacts; or why they are too many to be looked at. */
export async function listArtifacts(
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

/** What a job left: its files of known names, none of them read yet. */
export interface Artifact {
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
export async function noteOf(
  files: Pick<Files, "open">,
  artifact: Artifact,
  bounds: Bounds,
): Promise<{ readonly note: CellNote } | { readonly missing: string }> {
  if (!has(artifact, "cell"))
    return { missing: "It left no note with its recordings: let every job use the same version" };
  return orMissing(async () => ({
    note: decodeCellNote(await bounds.note(() => textOf(files, artifact, "cell", LARGEST_NOTE))),
  }));
}

/** The recordings of an artifact whose note was read, or why they are missing. */
export async function readPart(
  files: Pick<Files, "open">,
  artifact: Artifact,
  noted: { readonly note: CellNote } | { readonly missing: string },
  sha: string,
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
    if (stranger !== undefined) return { missing: "What it left is a recording of another commit: run its job again" };
    const machines = new Set(
      [screened, baseline, candidate].flatMap((each) => (each ? [fingerprint(each.environment)] : [])),
    );
    if (machines.size > 1) return { missing: "What it left was measured on different machines: run its job again" };
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
