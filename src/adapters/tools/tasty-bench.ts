import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { opensWith } from "../reading/json.ts";
import { readCell, readNameCell, readRecords, type TableRecord } from "../reading/records.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark of a group a name of its own, and each run a file of its own",
  nothing: "Run the benchmarks with `--csv <file>`, and with a pattern that matches",
};
const REMEDY = "Give the file of `--csv` as tasty-bench writes it";

const HEADER = "Name,Mean (ps),2*Stdev (ps)";
const PICOSECOND = 1e-12;

/** The columns that are there under `+RTS -T`, in bytes: what they are called here, and what they are sizes of. */
const SIZES: readonly (readonly [column: string, size: Pick<ToolMeasurement, "metric" | "per">])[] = [
  ["Allocated", { metric: "memory", per: "operation" }],
  ["Copied", { metric: "copied" }],
  ["Peak Memory", { metric: "peak-memory" }],
];

/**
 * The `--csv` of tasty-bench, and of miniterion, which writes the same: the mean time of an iteration in whole picoseconds. The key is the path through the
 * groups, `All.fib.tenth`. `memory` is what an iteration allocates, on average; what the collector copied and the largest heap of the process are
 * metrics of their own. A benchmark that failed is not in the file, and the exit code tells.
 */
export const tastyBench: Adapter = {
  name: "tasty-bench",
  title: "tasty-bench",
  command: "cabal bench --benchmark-options='--csv $BENCHGATE_OUTPUT +RTS -T'",
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0],
  recognises: ({ text }) => opensWith(text, HEADER),
  parse: ({ text }) => [round(readRecords(text).flatMap(readRow), HINTS)],
};

function readRow(record: TableRecord): readonly ToolMeasurement[] {
  const benchmark = readNameCell(record, "Name", REMEDY);
  const value = (column: string, scale: number): ToolMeasurement["distribution"] => {
    return { kind: "value", value: readCell(record, column, REMEDY) * scale, exact: false };
  };
  const sizes = SIZES.filter(([column]) => Object.hasOwn(record.cells, column));
  return [
    {
      ...{ benchmark, metric: "latency", unit: "s", better: "lower" as const },
      ...{ distribution: value("Mean (ps)", PICOSECOND), resolution: PICOSECOND, estimator: "batch-means" },
    },
    ...sizes.map(([column, size]) => {
      return { benchmark, unit: "B", better: "lower" as const, ...size, distribution: value(column, 1) };
    }),
  ];
}
