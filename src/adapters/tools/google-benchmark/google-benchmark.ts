import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Adapter, ParsedRound, Told } from "../../adapter.ts";
import {
  at,
  field,
  holdsSome,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  opensWith,
  readNumber,
  readObject,
  readPositive,
  readString,
  stripMark,
} from "../../reading/json.ts";
import { isNotFinite } from "../../reading/json-nan.ts";
import { anyOf } from "../../reading/pattern.ts";
import { leftOut, round } from "../../reading/round.ts";
import { type Aggregates, type Group, groupRows } from "./rows.ts";

const HINTS = {
  remedy: "Register each benchmark under a name of its own",
  nothing: "Run the program with `--benchmark_out` and a `--benchmark_filter` that matches",
};

/** `time_unit` in seconds. */
const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 };

/** Keys that the library writes in every row, which are no counters. */
const OWN = new Set(
  `name run_name run_type family_index per_family_instance_index repetitions repetition_index threads iterations real_time cpu_time
  time_unit label aggregate_name aggregate_unit error_occurred error_message skipped skip_message`.split(/\s+/),
);

/** Counters whose unit and direction the library itself defines; any other is its author's. */
const COUNTERS: Readonly<Record<string, Pick<ToolMeasurement, "metric" | "unit" | "better" | "per">>> = {
  items_per_second: { metric: "throughput", unit: "1/s", better: "higher" },
  bytes_per_second: { metric: "bytes_per_second", unit: "B/s", better: "higher" },
  max_bytes_used: { metric: "memory", unit: "B", better: "lower", per: "operation" },
  allocs_per_iter: { metric: "allocations", unit: "1", better: "lower" },
};

/** The first line of the console reporter's table, and of the CSV reporter. */
const OTHERS = [/^Benchmark +Time +CPU +Iterations/m, /^name,iterations,real_time,cpu_time,time_unit,/m];

/**
 * Google Benchmark's JSON (`--benchmark_out`). `latency` is `real_time`, the time that passed; `cpu-time` is `cpu_time`. A row is the mean of its
 * iterations, a batch mean; repetitions are the samples of one round, for they run in one process.
 *
 * Aggregates (`_mean`, `_cv`, `_BigO`, a user's own) are not samples, and left out where the repetitions are there; with `--benchmark_report_aggregates_only`
 * mean and median of so many repetitions are all there is. User counters are metrics of their own name and bare numbers, lower taken for better;
 * one that is NaN or infinite is left out with a note. `allocs_per_iter` is a count and exact. A row with an error is a failure; one that skipped itself with a message is left out.
 */
export const googleBenchmark: Adapter = {
  name: "google-benchmark",
  title: "Google Benchmark",
  command:
    "./bench --benchmark_repetitions=20 --benchmark_enable_random_interleaving=true --benchmark_out=$BENCHGATE_OUTPUT",
  gives: { samples: true, p99: false, memory: true },
  filter: { all: ".", only: (names) => anyOf(names, ["^", ""]) },
  exitCodes: [0],
  recognises: (output) => {
    const { text, json } = output;
    if (!opensWith(text, "{")) return isRounded(text);
    const root = json();
    const rows = isObject(root) ? field(root, "benchmarks") : undefined;
    return Array.isArray(rows) && holdsSome(rows, isRow);
  },
  parse: (output) => {
    if (isRounded(output.text)) {
      const remedy = "Run the program with `--benchmark_out=$BENCHGATE_OUTPUT`";
      throw new GateError("This is Google Benchmark's console or CSV output, which is rounded", remedy, { line: 1 });
    }
    const groups = groupRows(readObject(jsonOf(output), ""));
    return [conclude(groups.flatMap((group) => ("rows" in group ? readGroup(group) : readAggregates(group))))];
  },
};

function isRounded(text: string): boolean {
  const start = stripMark(text).slice(0, 8192);
  return !opensWith(text, "{") && OTHERS.some((other) => other.test(start));
}

function isRow(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof field(value, "name") === "string" &&
    ["run_type", "real_time"].some((key) => Object.hasOwn(value, key))
  );
}

function conclude(told: readonly Told[]): ParsedRound {
  return round(told, HINTS);
}

function readGroup({ benchmark, rows }: Group): Told[] {
  const error = rows.find(({ row }) => field(row, "error_occurred") === true);
  if (error !== undefined) {
    const message = field(error.row, "error_message");
    return [
      {
        benchmark,
        reason: typeof message === "string" && message !== "" ? message.slice(0, 200) : "It reported an error",
      },
    ];
  }
  const run = rows.filter(({ row }) => field(row, "skipped") !== true);
  if (run.length === 0) return [];
  const batches = run.some(({ row }) => isSeveral(field(row, "iterations"))) ? { estimator: "batch-means" } : {};
  const times = [
    ["latency", "real_time"],
    ["cpu-time", "cpu_time"],
  ] as const;
  const counters = [...new Set(run.flatMap(({ row }) => Object.keys(row)))].filter((key) => !OWN.has(key));
  return [
    ...times.map(([metric, key]): ToolMeasurement => {
      const samples = Float64Array.from(run, ({ row, path }) => timeOf(row, key, path));
      return { benchmark, metric, unit: "s", better: "lower", distribution: { kind: "samples", samples }, ...batches };
    }),
    ...counters.map((key) => readCounter(benchmark, key, run)),
  ];
}

function isSeveral(iterations: unknown): boolean {
  return typeof iterations === "number" && iterations > 1;
}

function timeOf(row: JsonObject, key: string, path: string): number {
  const unit = readString(field(row, "time_unit"), at(path, "time_unit"));
  const scale = Object.hasOwn(SECONDS, unit) ? SECONDS[unit]! : mistake("ns, us, ms or s", unit, at(path, "time_unit"));
  return readPositive(field(row, key), at(path, key)) * scale;
}

function readCounter(benchmark: string, key: string, rows: Group["rows"]): Told {
  const odd = rows.map(({ row }) => field(row, key)).find(isNotFinite);
  if (odd !== undefined) return leftOut(benchmark, key, odd);
  const present = rows.filter(({ row }) => Object.hasOwn(row, key));
  const samples = Float64Array.from(present, ({ row, path }) => readNumber(field(row, key), at(path, key)));
  const known = Object.hasOwn(COUNTERS, key) ? COUNTERS[key]! : { metric: key, unit: "1", better: "lower" as const };
  const exact = known.metric === "allocations" && samples.every((sample) => sample === samples[0]);
  return {
    benchmark,
    ...known,
    distribution: exact ? { kind: "value", value: samples[0]!, exact } : { kind: "samples", samples },
  };
}

/** What `--benchmark_report_aggregates_only` leaves: mean and median of the repetitions. */
function readAggregates({ benchmark, mean, median }: Aggregates): Told[] {
  const count = readPositive(
    field(mean.row, "repetitions") ?? field(mean.row, "iterations"),
    at(mean.path, "repetitions"),
  );
  if (!Number.isInteger(count) || count < 1)
    mistake("a count of at least 1 repetition", count, at(mean.path, "repetitions"));
  return (["real_time", "cpu_time"] as const).map((key) => ({
    benchmark,
    metric: key === "real_time" ? "latency" : "cpu-time",
    unit: "s",
    better: "lower",
    distribution: {
      kind: "quantiles",
      quantiles: { 0.5: timeOf(median.row, key, median.path) },
      count,
      mean: timeOf(mean.row, key, mean.path),
    },
    estimator: "batch-means",
  }));
}
