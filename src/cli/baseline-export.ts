import { CSV_HEAD, csvLine } from "../baseline/csv.ts";
import { describeEntries } from "../baseline/describe.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { COLUMNS, rowsOf } from "../baseline/table.ts";
import type { Cell } from "../codec/parquet.ts";
import { GateError } from "../model/error.ts";
import { inPieces } from "../model/pieces.ts";
import { SWITCH, type Values } from "../model/setting.ts";
import { plural } from "../report/words/format.ts";
import type { World } from "./command.ts";
import { ancestorsOfHead } from "./here.ts";

/** How many recordings are in memory at once. */
const AT_ONCE = 20;

/** How far back the ancestry is looked at. */
const WHOLE = 1_000_000;

/** The flags of `baseline export`. */
export const EXPORT_FLAGS = {
  csv: { type: SWITCH, about: "For export: as CSV, one line for each round, benchmark and metric." },
  parquet: { type: SWITCH, about: "For export: the same as Apache Parquet, one row group for twenty runs." },
} as const;

/** Writes the numbers of all entries to a file, or to stdout. Resolves to the exit code. */
export async function exportTable(
  {
    store,
    entries: list,
    given,
  }: {
    readonly store: BaselineStore;
    readonly entries: () => Promise<readonly StoredEntry[]>;
    readonly given: Values<typeof EXPORT_FLAGS>;
  },
  file: string | undefined,
  world: World,
): Promise<number> {
  const { ports, terminal } = world;
  if (given.csv === given.parquet) {
    throw new GateError("export writes one form", "Give `--csv` or `--parquet`");
  }
  if (given.parquet && file === undefined && terminal.colour) {
    throw new GateError("Parquet is nothing for a terminal", "Name a file: `baseline export --parquet FILE`");
  }
  const entries = await list();
  const pieces = tableOf(store, entries, world);
  // The library is loaded by who asks for it.
  const bytes = given.parquet ? (await import("../codec/parquet.ts")).parquet(COLUMNS, pieces) : csvBytes(pieces);
  if (file !== undefined) await ports.files.write(file, bytes);
  else for await (const piece of bytes) terminal.bytes(piece);
  terminal.err(`${store.place}: ${plural(entries.length, "recording", "recordings")}`);
  return 0;
}

/** The rows of all entries, oldest first, as they are read: a history need not fit in memory. What cannot be read is named. */
async function* tableOf(
  store: BaselineStore,
  entries: readonly StoredEntry[],
  { ports, terminal }: Pick<World, "ports" | "terminal">,
): AsyncGenerator<readonly (readonly Cell[])[], void, void> {
  const sorted = describeEntries(entries, await ancestorsOfHead(ports.git, WHOLE));
  for (const some of inPieces(sorted, AT_ONCE)) {
    const { recordings, warnings } = await store.load(some);
    yield recordings.flatMap(rowsOf);
    for (const each of warnings)
      if (each.code === "unreadable-baseline") terminal.err(`left out: ${each.entry}: ${each.reason}`);
  }
}

async function* csvBytes(pieces: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${CSV_HEAD}\n`);
  for await (const rows of pieces) yield encoder.encode(rows.map((row) => `${csvLine(row)}\n`).join(""));
}
