import type { Warning } from "../model/warning.ts";
import type { Clock, Files, FolderFile } from "../ports/index.ts";
import { listArtifacts, noteOf, readPart } from "./artifact.ts";
import { Bounds, MOST_CELLS, timesOf } from "./bounds.ts";
import type { Left, ReadCell } from "./left.ts";
import type { ReadPart } from "./newest.ts";
import { assemble, NOTHING_LEFT } from "./parts.ts";

/** The name of an artifact whose job is no cell, and what stands before the cell in those that are one. */
const ARTIFACT = "benchgate";

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
interface Wanted {
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

/** All of what `eachCell` gives, at once. */
export async function readCells(place: Place, folder: string, wanted: Wanted): Promise<ReadCells> {
  const all: ReadCells[] = [];
  for await (const each of eachCell(place, folder, wanted)) all.push(each);
  return {
    cells: all.flatMap(({ cells }) => cells),
    warnings: all.flatMap(({ warnings }) => warnings),
    seconds: all.flatMap(({ seconds }) => seconds),
  };
}

/**
 * The cells in a folder one after the other, each with all of its parts, and no recording read before it is asked for: one subfolder is a cell, or a part of
 * one. Those that are expected and not there are `missing`. What a subfolder holds is taken for hostile: only files of known names and bounded sizes and
 * contents are read, links are not followed, and what is no recording of `sha` is `missing` with the reason. Nothing is expected where `expect` is empty:
 * then whatever is there counts.
 */
export async function* eachCell(
  { files, clock }: Place,
  folder: string,
  wanted: Wanted,
): AsyncGenerator<ReadCells, void, void> {
  const expect = [...new Set(wanted.expect.map(cellOf))];
  const started = clock.monotonic();
  const listed = await listArtifacts(files, folder);
  if ("unlisted" in listed) {
    const cells = (expect.length > 0 ? expect : [""]).map((name) => ({ name, missing: listed.unlisted }));
    return yield { cells, warnings: [], seconds: [] };
  }
  const artifacts = new Map<string, FolderFile[]>();
  for (const file of listed.files) {
    const [artifact] = file.path.split("/") as [string];
    const held = artifacts.get(artifact) ?? [];
    held.push(file);
    artifacts.set(artifact, held);
  }
  const known = (name: string) => expect.length === 0 || expect.includes(name);
  const found: Found[] = [];
  const bounds = new Bounds(started, timesOf(wanted, artifacts.size), wanted.own);
  for (const [artifact, held] of [...artifacts].slice(0, expect.length > 0 ? undefined : MOST_CELLS)) {
    const name = cellOf(artifact);
    const place = { folder: `${folder}/${artifact}`, held };
    const late = bounds.late(clock.monotonic());
    const noted = late === null ? await noteOf(files, place, bounds) : { missing: late };
    const note = "note" in noted ? noted.note : undefined;
    const cell = note?.part === undefined ? undefined : note.cell;
    if (!known(name) && (cell === undefined || !known(cell))) continue;
    const read = async () => {
      const refusal = bounds.late(clock.monotonic()) ?? bounds.refuses(held);
      return refusal === null
        ? await readPart(files, place, noted, wanted.sha, bounds.allowance)
        : { missing: refusal };
    };
    found.push({ name, ...(note !== undefined && { note }), read });
  }
  const names = new Set(found.flatMap(({ name, note }) => (note?.part ? [name, note.cell ?? ""] : [name])));
  const missing = (name: string, reason: string) => found.push({ name, read: async () => ({ missing: reason }) });
  for (const name of expect) if (!names.has(name)) missing(name, NOTHING_LEFT);
  if (found.length === 0) missing("", "No cell left a recording: see why in its job");
  const order = (name: string) => (expect.includes(name) ? expect.indexOf(name) : expect.length);
  found.sort((a, b) => order(a.name) - order(b.name) || (a.name < b.name ? -1 : 1));
  if (expect.length === 0 && artifacts.size > MOST_CELLS) {
    const problem = `${artifacts.size} cells are more than the ${MOST_CELLS} that are read, and the others were not: name all of them in \`expect\``;
    missing("", problem);
  }
  for (const parts of byCell(found)) {
    const read: ReadPart[] = [];
    for (const { name, note, read: readOne } of parts) {
      read.push({ name, ...(note !== undefined && { note }), ...(await readOne()) });
    }
    const given = clock.monotonic();
    yield { ...assemble(read), seconds: parts.flatMap(({ note }) => note?.seconds ?? []) };
    bounds.pass(clock.monotonic() - given);
  }
}

/** An artifact whose recordings are not read yet. */
interface Found extends Pick<ReadPart, "name" | "note"> {
  readonly read: () => Promise<{ readonly left: Left } | { readonly missing: string }>;
}

/** What was found by the cell that it is, or is a part of. */
function byCell(found: readonly Found[]): readonly (readonly Found[])[] {
  const cells = new Map<string, Found[]>();
  for (const each of found) {
    const cell = each.note?.part === undefined ? each.name : (each.note.cell ?? "");
    const parts = cells.get(cell) ?? [];
    parts.push(each);
    cells.set(cell, parts);
  }
  return [...cells.values()];
}
