import { parseArgs } from "node:util";
import { DEFAULT_BUDGETS } from "../src/config/defaults.ts";
import { judge } from "../src/judge/judge.ts";
import type { Measurement } from "../src/model/measurement.ts";
import type { Recording } from "../src/model/recording.ts";
import { countVerdicts, type Outcome } from "../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../src/stats/random.ts";

// How long the verdict takes, as a ratio to copying and sorting the same samples, which is what p50 and p99 cost by the shortest
// program. Two sides of seeded log-normal latencies; one benchmark in a hundred is 30 % slower. Both are timed in turns, beside each other.
//
//   node bench/judging.ts [--benchmarks 1000] [--rounds 24] [--samples 1000] [--uneven 0] [--repeats 5]
//
// `--uneven 30`: the number of samples of a round is up to 30 % below or above, as where rounds are given a time, not a number.

const { values: flags } = parseArgs({
  options: {
    benchmarks: { type: "string", default: "1000" },
    rounds: { type: "string", default: "24" },
    samples: { type: "string", default: "1000" },
    uneven: { type: "string", default: "0" },
    repeats: { type: "string", default: "5" },
  },
});
const [benchmarks, rounds, samples, uneven, repeats] = [
  count("benchmarks", 1),
  count("rounds", 1),
  count("samples", 1),
  count("uneven", 0) / 100,
  count("repeats", 1),
];
const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-01-01" } as const;

const empty = process.memoryUsage().rss;
const baseline = recording(1, 1);
const candidate = recording(2, 1.3);
const bytes = [baseline, candidate].reduce((sum, { rounds }) => sum + bytesOf(rounds), 0);
const loaded = process.memoryUsage().rss;
const cold = timed(verdict);
const peak = process.resourceUsage().maxRSS * 1024;

const scratch = new Float64Array(Math.ceil(samples * (1 + uneven)));
sortAll();
const turns = Array.from({ length: repeats }, () => ({ sorting: timed(sortAll).ms, judging: timed(verdict).ms }));
const ratios = turns.map(({ sorting, judging }) => judging / sorting);

const verdicts = Object.entries(countVerdicts(cold.result.judgements)).filter(([, number]) => number > 0);
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mib = (value: number): string => `${(value / 2 ** 20).toFixed(0)} MiB`;
console.log(
  `${benchmarks} benchmarks × 2 statistics × 2 sides × ${rounds} rounds × ${samples}${uneven > 0 ? ` ± ${100 * uneven} %` : ""} samples, ${mib(bytes)}`,
);
console.log(`verdicts   ${verdicts.map(([verdict, number]) => `${number} ${verdict}`).join(", ")}`);
console.log(`sorting    ${ms(median(turns.map(({ sorting }) => sorting)))}, a copy of every round's samples`);
console.log(`judging    ${ms(median(turns.map(({ judging }) => judging)))}, ${ms(cold.ms)} the first time`);
console.log(
  `ratio      ${median(ratios).toFixed(3)}, median of ${repeats} (${Math.min(...ratios).toFixed(3)} … ${Math.max(...ratios).toFixed(3)})`,
);
console.log(
  `memory     ${((peak - empty) / bytes).toFixed(2)} × the data at the peak of the first judging, of which judging added ${mib(peak - loaded)}`,
);

function verdict(): Outcome {
  return judge({ kind: "side-by-side", recordings: [baseline] }, candidate, rules);
}

function sortAll(): void {
  for (const { rounds } of [baseline, candidate]) {
    for (const { measurements } of rounds) {
      for (const { distribution } of measurements) {
        if (distribution.kind !== "samples") continue;
        scratch.set(distribution.samples);
        scratch.subarray(0, distribution.samples.length).sort();
      }
    }
  }
}

function recording(seed: number, slowdown: number): Recording {
  const random = xoshiro128(seed);
  const latency = (index: number): Measurement => {
    const level = 0.001 * Math.exp(0.02 * gaussian(random)) * (index % 100 === 0 ? slowdown : 1);
    const values = new Float64Array(Math.round(samples * (1 + uneven * (2 * random() - 1))));
    for (let i = 0; i < values.length; i++) values[i] = level * Math.exp(0.1 * gaussian(random));
    return {
      suite: "synthetic",
      benchmark: `benchmark ${index}`,
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "samples", samples: values },
    };
  };
  return {
    revision: { sha: String(seed).repeat(40), ref: "refs/heads/main", committedAt: "2026-01-01T00:00:00Z" },
    environment: { os: "linux", arch: "x64", cpu: "any", cores: 1, runtime: "node" },
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session: "synthetic",
      pair,
      startedAt: "2026-01-01T00:00:00Z",
      measurements: Array.from({ length: benchmarks }, (_, index) => latency(index)),
      failures: [],
    })),
  };
}

function bytesOf(rounds: Recording["rounds"]): number {
  const distributions = rounds.flatMap(({ measurements }) => measurements.map(({ distribution }) => distribution));
  return distributions.reduce((sum, each) => sum + (each.kind === "samples" ? each.samples.byteLength : 0), 0);
}

function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const from = performance.now();
  const result = work();
  return { ms: performance.now() - from, result };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >>> 1] as number;
}

function count(flag: keyof typeof flags, least: number): number {
  const number = Number(flags[flag]);
  if (Number.isInteger(number) && number >= least) return number;
  throw new RangeError(`--${flag} takes a whole number from ${least} on, not ${flags[flag]}`);
}
