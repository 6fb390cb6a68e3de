import { GateError, placed } from "../../../model/error.ts";
import type { Adapter, Told } from "../../adapter.ts";
import { opensAsJson } from "../../reading/json.ts";
import { searched } from "../../reading/output.ts";
import { anyOf } from "../../reading/pattern.ts";
import { leftOut, round } from "../../reading/round.ts";
import { isTestJson } from "./lines.ts";
import { type GoRun, type GoUnit, nameIn, type PlacedResult, readRun } from "./run.ts";
import { goMetric } from "./units.ts";

const HINTS = {
  remedy: "Report each metric once, under a unit that Go does not use itself",
  nothing: "Run `go test` with `-bench` and a pattern that matches: `go test -run '^$' -bench . ./...`",
};

/** A whole result; and the beginning and the end of one between which, or before which, the program printed. */
const RESULT = /^Benchmark\S+[ \t]+\d+[ \t]+[-+\d.eE]+ +\S+/m;
const BEGUN = /Benchmark(?![a-z])\S{0,1000} {0,1000}\t/;
const ENDED = /\d\t {0,40}[\d.]{1,40} ns\/op\b/;

/**
 * `go test -bench`, as text and as `go test -json`, with `-benchmem`, `ReportMetric`, `Unit` lines and any number of packages.
 *
 * The lines of `-count N` are N samples of one round: they come from one process. Each value is already a mean over the line's iterations,
 * so their percentiles are percentiles of batch means, never of operations, and are marked `batch-means`.
 * The key is package and name, `example.com/app/text.BenchmarkSort/n=10`; the GOMAXPROCS suffix goes where all lines carry the same one.
 * Lines that are no results are the program's own output. A package that fails is a failure called `package.*`; the others' results hold.
 */
export const goBench: Adapter = {
  name: "go",
  title: "Go testing",
  command: "go test -run '^$' -bench . -benchmem -count 10 -json ./... > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0, { code: 1, means: "a test or a benchmark failed" }],
  // Go splits its pattern at slashes: whole functions are named, with all that lies below them.
  filter: {
    all: ".",
    only: (names) => anyOf(names.map((name) => /(Benchmark[^./]*)(?:\/.*)?$/s.exec(name)?.[1] ?? name)),
  },
  recognises: (output) =>
    isTestJson(searched(output)) ||
    (!opensAsJson(output.text) && (RESULT.test(output.text) || (BEGUN.test(output.text) && ENDED.test(output.text)))),
  parse: ({ text }) => {
    const run = readRun(text);
    const suffix = commonSuffix(run.results);
    const failures = [...run.failures].map(([name, reason]) => ({ benchmark: trim(name, suffix), reason }));
    return [round([...readMetrics(run), ...failures], HINTS)];
  },
};

type Values = readonly {
  readonly value: number;
  readonly unit: string;
  readonly benchmark: string;
  readonly result: PlacedResult;
}[];

/** One entry for each metric of each benchmark, in the order of the output. */
function readMetrics({ results, units }: GoRun): Told[] {
  const suffix = commonSuffix(results);
  const groups = new Map<string, Values[number][]>();
  for (const result of results) {
    const benchmark = nameIn(result.package, trim(result.name, suffix));
    for (const { value, unit } of result.values) {
      const key = JSON.stringify([benchmark, unit]);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push({ value, unit, benchmark, result });
    }
  }
  return [...groups.values()].map((values) => readMetric(values, units.get(values[0]!.unit)));
}

function readMetric(values: Values, declared: GoUnit | undefined): Told {
  const { benchmark, unit } = values[0]!;
  const {
    metric,
    unit: canonical,
    scale,
    better,
    perOperation,
  } = placed({ line: values[0]!.result.line }, () => goMetric(unit, declared?.better));
  const wrong = values.find(({ value }) => !Number.isFinite(value) || (perOperation && value < 0));
  if (wrong !== undefined) {
    const reason = `It reported ${wrong.value} ${unit} (line ${wrong.result.line})`;
    return metric === "latency" || Number.isFinite(wrong.value)
      ? { benchmark, reason }
      : leftOut(benchmark, unit, wrong.value);
  }
  const other = values.find(({ result }) => result.configuration !== values[0]!.result.configuration);
  if (other !== undefined) {
    const remedy = "Give each run a file of its own";
    throw new GateError(`Results of ${benchmark} from two configurations (${other.result.configuration})`, remedy, {
      line: other.result.line,
    });
  }
  const samples = Float64Array.from(values, ({ value }) => value * scale);
  const per = metric === "memory" ? ({ per: "operation" } as const) : {};
  const common = { benchmark, metric, unit: canonical, better, ...per };
  if (declared?.exact === true && samples.every((sample) => sample === samples[0])) {
    return { ...common, distribution: { kind: "value", value: samples[0]!, exact: true } };
  }
  const batches = perOperation && values.some(({ result }) => result.iterations > 1);
  return { ...common, distribution: { kind: "samples", samples }, ...(batches ? { estimator: "batch-means" } : {}) };
}

/** The `-8` that every name ends with, or nothing: GOMAXPROCS is 1, or `-cpu` lists several. */
function commonSuffix(results: GoRun["results"]): string {
  const suffix = /-\d+$/.exec(results[0]?.name ?? "")?.[0] ?? "";
  return results.every(({ name }) => name.endsWith(suffix)) ? suffix : "";
}

function trim(name: string, suffix: string): string {
  return name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name;
}
