import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Adapter } from "../../adapter.ts";
import { searched } from "../../reading/output.ts";
import { round } from "../../reading/round.ts";
import { type TextLine, textLines } from "../../reading/text-lines.ts";
import { readAllocations } from "./allocations.ts";
import { type DivanRow, isRow, REMEDY, readRow, readTime } from "./row.ts";

const HINTS = {
  remedy: "Give each benchmark of a module a name of its own",
  nothing: "Run `cargo bench` over functions that are marked #[divan::bench]",
};

/** The columns stand behind the name of each bench target. */
const HEADER = /^fastest +\u2502 slowest +\u2502 median +\u2502 mean +\u2502 samples \u2502 iters\s*$/;

/**
 * Divan's table. The key is the path through its tree: `speed > strings > copy > 512`.
 *
 * Divan prints the fastest, slowest, median and mean of its samples, four significant digits, and no 99th percentile. Where there are more iterations
 * than samples each sample is the mean of several, and is marked `batch-means`. Throughput is the median turned over and is left out.
 * With `AllocProfiler` it counts allocations as well, for a call: those beside the median are taken, and are exact where all four are equal. `memory` is
 * what a call allocates.
 * What is `(ignored)` was not measured. Lines outside of a table are Cargo's, as long as they are no rows; what a benchmark prints stands behind its name.
 */
export const divan: Adapter = {
  name: "divan",
  title: "Divan",
  command: "cargo bench --bench NAME > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0],
  recognises: (output) =>
    /^[^\n]{1,500} {2}fastest {1,40}\u2502 slowest {1,40}\u2502 median {1,40}\u2502 mean {1,40}\u2502 samples \u2502 iters\r?$/m.test(
      searched(output),
    ),
  parse: ({ text }) => [round(readTables(textLines(text)), HINTS)],
};

function readTables(lines: readonly TextLine[]): ToolMeasurement[] {
  const found: ToolMeasurement[] = [];
  let path: string[] = [];
  let width = 0;
  for (let i = 0; i < lines.length; i++) {
    const { text, number } = lines[i]!;
    const columns = columnsOf(text);
    if (columns !== null) [path, width] = [[text.slice(0, columns).trim()], columns];
    if (columns !== null) continue;
    if (path.length === 0) {
      if (isRow(text))
        throw new GateError(`A row outside of Divan's table: ${text.slice(0, 80)}`, REMEDY, { line: number });
      continue;
    }
    if (text.trim() === "") {
      path = [];
      continue;
    }
    const row = readRow(text, number, width);
    if (row === null || row.name === null) continue;
    path = [...path.slice(0, row.depth + 1), row.name];
    if (row.cells[0] === "" || row.cells[0] === "(ignored)") continue;
    const benchmark = path.join(" > ");
    found.push(latencyOf(benchmark, row, number));
    for (const each of readAllocations(benchmark, rowsBelow(lines, i + 1, width), number + 1)) found.push(each);
  }
  return found;
}

/** The rows from a place on that go on about the benchmark above them. */
function rowsBelow(lines: readonly TextLine[], from: number, width: number): DivanRow[] {
  const rows: DivanRow[] = [];
  for (let i = from; i < lines.length; i++) {
    const row = readRow(lines[i]!.text, lines[i]!.number, width);
    if (row === null || row.name !== null) break;
    rows.push(row);
  }
  return rows;
}

/** How many columns names take in the table that a line begins, the bench target's among them; null where it begins none. */
function columnsOf(text: string): number | null {
  const gap = text.lastIndexOf("  fastest ");
  return gap > 0 && HEADER.test(text.slice(gap + 2)) ? gap + 2 : null;
}

function latencyOf(benchmark: string, { cells }: DivanRow, line: number): ToolMeasurement {
  const [fastest, slowest, median, mean] = cells.slice(0, 4).map((cell) => readTime(cell, line)) as [
    number,
    number,
    number,
    number,
  ];
  if (!(fastest <= median && median <= slowest))
    throw new GateError("The fastest, the median and the slowest time are in no order", REMEDY, { line });
  const [samples, iterations] = cells.slice(4).map((cell) => Number(cell)) as [number, number];
  if (!Number.isInteger(samples) || samples < 1 || !Number.isInteger(iterations)) {
    throw new GateError(`Not a number of samples: ${cells[4]!.slice(0, 40)}`, REMEDY, { line });
  }
  return {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "quantiles", quantiles: { "0": fastest, "0.5": median, "1": slowest }, count: samples, mean },
    estimator: iterations > samples ? "batch-means" : "interpolated",
  };
}
