import type { Warning } from "../model/warning.ts";
import type { Clock, Files, FolderFile } from "../ports/index.ts";
import { listArtifacts, noteOf, readPart } from "./artifact.ts";
import { Bounds, MOST_CELLS, timesOf } from "./bounds.ts";
import type { ReadCell } from "./left.ts";
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

/**
 * The cells in a folder, one for each subfolder, or for several that hold the parts of one; those that are expected and not there are `missing`. What a
 * subfolder holds is taken for hostile: only files of known names and bounded sizes and contents are read, links are not followed, and what is no recording of
 * `sha` is `missing` with the reason. Nothing is expected where `expect` is empty: then whatever is there counts.
 */
export async function readCells({ files, clock }: Place, folder: string, wanted: Wanted): Promise<ReadCells> {
  const expect = [...new Set(wanted.expect.map(cellOf))];
  const started = clock.monotonic();
  const listed = await listArtifacts(files, folder);
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
    const place = { folder: `${folder}/${artifact}`, held };
    const late = bounds.late(clock.monotonic());
    const noted = late === null ? await noteOf(files, place, bounds) : { missing: late };
    const cell = "note" in noted && noted.note.part !== undefined ? noted.note.cell : undefined;
    if (!known(name) && (cell === undefined || !known(cell))) continue;
    const refusal = late ?? bounds.refuses(held);
    const read =
      refusal === null ? await readPart(files, place, noted, wanted.sha, bounds.allowance) : { missing: refusal };
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
    const problem = `${artifacts.size} cells are more than the ${MOST_CELLS} that are read, and the others were not: name all of them in \`expect\``;
    sorted.push({ name: "", missing: problem });
  }
  return { ...assemble(sorted), seconds: parts.flatMap(({ note }) => note?.seconds ?? []) };
}
