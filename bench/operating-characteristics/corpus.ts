import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { GateError } from "../../src/model/error.ts";
import type { ToolMeasurement } from "../../src/model/measurement.ts";
import type { Arms, Drawn } from "./drawn.ts";
import { fixedPairs } from "./ours.ts";
import { PEERS } from "./peers.ts";
import type { Call, Rule } from "./rule.ts";

/** Ten values give the five pairs that a verdict needs. */
const VALUES = 10;
const PAIRS = VALUES / 2;
/** Files beyond this hold requests, not repeated measurements. */
const LARGEST = 20_000_000;

/** One benchmark measured over and over, as a tool's file tells it: ln of each value, in the file's order. */
interface Series {
  readonly tool: string;
  readonly y: Float64Array;
}

/** What a rule makes of splits of a file's repeated measurements into two alike halves. */
interface CorpusRow {
  readonly rule: string;
  /** Share of comparisons called slower, each the only one of its gate; and of files-as-gates that are red. */
  readonly falseAlarms: number;
  readonly redGates: number;
}

/** What was found, and what the rules made of it; null where there is no corpus. */
export interface CorpusTable {
  readonly files: number;
  readonly series: number;
  readonly tools: readonly string[];
  readonly comparisons: number;
  readonly rows: readonly CorpusRow[];
}

/** Orders of five pairs in blocks of two, ABBA or BAAB: all eight of them, as the baseline's place in each pair. */
const ORDERS: readonly (readonly (0 | 1)[])[] = Array.from({ length: 8 }, (_, bits) =>
  Array.from({ length: PAIRS }, (_, pair) => {
    const flipped = (bits >> (pair >> 1)) & 1;
    return (flipped ^ (pair & 1)) as 0 | 1;
  }),
);

/** Every file of real tool outputs that holds at least ten values of a benchmark, split into baseline and candidate in all eight balanced orders. */
export function corpusTable(directory: string): CorpusTable | null {
  if (!existsSync(directory)) return null;
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => `${directory}/${name}`)
    .filter((file) => statSync(file).isFile() && statSync(file).size < LARGEST)
    .map((file) => seriesOf(readFileSync(file, "utf8")))
    .filter((series) => series.length > 0);
  const rules: readonly Rule[] = [
    fixedPairs(PAIRS),
    ...PEERS.filter(({ name }) => /^last run × 1\.|^Welch|^mean ± sd/.test(name)),
  ];
  const all = files.flat();
  return {
    files: files.length,
    series: all.length,
    tools: [...new Set(all.map(({ tool }) => tool))],
    comparisons: all.length * ORDERS.length,
    rows: rules.map((rule) => {
      const gates = files.flatMap((series) => ORDERS.map((order) => callsOf(rule, series, order)));
      const calls = gates.flat();
      return {
        rule: rule.name,
        falseAlarms: calls.filter((call) => rule.red([call])[0]).length / calls.length,
        redGates: gates.filter((gate) => rule.red(gate).includes(true)).length / gates.length,
      };
    }),
  };
}

function callsOf(rule: Rule, series: readonly Series[], order: readonly (0 | 1)[]): readonly Call[] {
  const suite = series.map(({ y }) => splitBy(y, order));
  return rule.calls({ suite, statistic: "p50", effect: 0, comparisons: series.length }) ?? [];
}

/** A rule that asks for more pairs than there are gets the five. */
function splitBy(y: Float64Array, order: readonly (0 | 1)[]): Drawn {
  const arm = (side: 0 | 1) => Float64Array.from(order, (first, pair) => y[2 * pair + (first ^ side)] as number);
  const arms: Arms = { baseline: arm(0), candidate: arm(1) };
  const value = (at: number) => y.subarray(at, at + 1);
  return {
    pairs: () => arms,
    runs: () => ({ history: [value(order[0] ?? 0)], candidate: value(1 - (order[0] ?? 0)) }),
    samples: null,
    stream: null,
  };
}

function seriesOf(text: string): Series[] {
  const adapter = ADAPTERS.find((each) => each.recognises(outputOf(text)));
  if (adapter === undefined) return [];
  try {
    const rounds = adapter.parse(outputOf(text));
    const series = new Map<string, number[]>();
    for (const { measurements } of rounds) {
      for (const measurement of measurements.filter(({ metric }) => metric === "latency")) {
        const values = series.get(measurement.benchmark) ?? [];
        series.set(measurement.benchmark, [...values, ...repeated(measurement, rounds.length)]);
      }
    }
    return [...series.values()]
      .filter((values) => values.length >= VALUES && values.every((value) => value > 0))
      .map((values) => ({ tool: adapter.title, y: Float64Array.from(values.slice(0, VALUES), Math.log) }));
  } catch (error) {
    // Some files of the corpus are broken on purpose; they say nothing about noise.
    if (error instanceof GateError) return [];
    throw error;
  }
}

/** Single rounds of a tool, or the means of batches that one process measured one after another; not single requests. */
function repeated({ distribution, estimator }: ToolMeasurement, rounds: number): readonly number[] {
  if (distribution.kind === "value") return rounds >= VALUES ? [distribution.value] : [];
  if (distribution.kind !== "samples") return [];
  return estimator === "batch-means" || (rounds >= VALUES && distribution.samples.length === 1)
    ? Array.from(distribution.samples)
    : [];
}
