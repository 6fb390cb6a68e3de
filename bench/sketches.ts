import { parseArgs } from "node:util";
import { latency } from "../__tests__/synthetic.ts";
import { sketched } from "../src/baseline/sketched.ts";
import { decodeRecording, encodeRecording } from "../src/codec/recording.ts";
import { DEFAULT_BUDGETS } from "../src/config/defaults.ts";
import { storedBaseline } from "../src/judge/baseline.ts";
import { judge } from "../src/judge/judge.ts";
import type { Recording } from "../src/model/recording.ts";
import { gaussian, type Random, xoshiro128 } from "../src/stats/random.ts";
import { evaluate } from "../src/stats/statistic.ts";

// Whether a verdict from stored sketches is the verdict from the samples themselves: one candidate against eight stored runs, judged twice.
//
//   node bench/sketches.ts [--gates 5000] [--seed 1] [--uneven 0]
//
// `--uneven 30`: the number of samples of a round is up to 30 % below or above, as where rounds are given a time, not a number.

/** What was found over all comparisons. */
export interface Agreement {
  readonly gates: number;
  /** Gates of which any row has another verdict, and what each of those is. */
  readonly different: readonly string[];
  /** How many rows had each verdict: that all are of one kind would prove nothing. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** The largest error of any stored round, as a share. */
  readonly errors: { readonly p50: number; readonly p99: number };
}

const RULES = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-01-01" } as const;
const [RUNS, ROUNDS] = [8, 3];
const SIZES = [400, 1000, 3000];

/** How a value is drawn, around one. */
const SHAPES: readonly ((random: Random) => number)[] = [
  (random) => Math.exp(0.15 * gaussian(random)),
  (random) => (random() < 0.3 ? 1.6 : 1) * Math.exp(0.05 * gaussian(random)),
  (random) => (random() < 0.02 ? 5 : 1) * Math.exp(0.1 * gaussian(random)),
  (random) => Math.max(1, Math.round(20 * Math.exp(0.2 * gaussian(random)))) / 20,
  (random) => (1 - random()) ** (-1 / 1.8),
];

/** Judges `gates` seeded comparisons from samples and from what a store gives back. */
export function agreement(gates: number, seed: number, uneven = 0): Agreement {
  const random = xoshiro128(seed);
  const different: string[] = [];
  const verdicts: Record<string, number> = {};
  const errors = { p50: 0, p99: 0 };
  for (let gate = 0; gate < gates; gate++) {
    const shape = SHAPES[gate % SHAPES.length]!;
    const size = SIZES[Math.floor(random() * SIZES.length)]!;
    const noise = 0.005 + 0.03 * random();
    const change = 1 + 0.25 * random();
    const run = (level: number, name: string) => drawn(random, { shape, size, uneven, noise, level, name });
    const raw = Array.from({ length: RUNS }, (_, index) => run(1, String(index)));
    const kept = raw.map((recording) => decodeRecording(encodeRecording(sketched(recording))));
    for (const [index, recording] of raw.entries()) worst(errors, recording, kept[index]!);
    const candidate = run(change, "candidate");
    const [before, after] = [raw, kept].map((runs) => judge(storedBaseline(runs), candidate, RULES).judgements);
    for (const [index, { verdict, statistic }] of before!.entries()) {
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      const other = after![index]?.verdict ?? "none";
      if (other !== verdict)
        different.push(`gate ${gate} (shape ${gate % SHAPES.length}, ${size}) ${statistic}: ${verdict} → ${other}`);
    }
  }
  return { gates, different, verdicts, errors };
}

interface Drawn {
  readonly shape: (random: Random) => number;
  readonly size: number;
  readonly uneven: number;
  readonly noise: number;
  readonly level: number;
  readonly name: string;
}

function drawn(random: Random, { shape, size, uneven, noise, level, name }: Drawn): Recording {
  const own = noise * gaussian(random);
  const rounds = Array.from({ length: ROUNDS }, (_, pair) => {
    const scale = 1e-3 * level * Math.exp(own + noise * gaussian(random));
    const n = Math.round(size * (1 + uneven * (2 * random() - 1)));
    const samples = Float64Array.from({ length: n }, () => Number((scale * shape(random)).toPrecision(6)));
    return { session: name, pair, startedAt: "", failures: [], measurements: [latency("b", samples)] };
  });
  const revision = { sha: "a".repeat(40), ref: "", committedAt: "2026-01-01T00:00:00Z" };
  return { revision, environment: { os: "linux", arch: "x64", cpu: "Test CPU", cores: 4, runtime: "node 24" }, rounds };
}

/** Takes the errors of a run's rounds into the largest so far. */
function worst(errors: { p50: number; p99: number }, raw: Recording, kept: Recording): void {
  for (const statistic of ["p50", "p99"] as const) {
    for (const [index, round] of raw.rounds.entries()) {
      const [exact, near] = [round, kept.rounds[index]!].map(({ measurements }) =>
        evaluate(measurements[0]!.distribution, statistic, null),
      );
      errors[statistic] = Math.max(errors[statistic], Math.abs(near! / exact! - 1));
    }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      gates: { type: "string", default: "5000" },
      seed: { type: "string", default: "1" },
      uneven: { type: "string", default: "0" },
    },
  });
  const { gates, different, verdicts, errors } = agreement(
    Number(values.gates),
    Number(values.seed),
    Number(values.uneven) / 100,
  );
  for (const each of different) console.log(each);
  const of = new Set(different.map((each) => each.split(" (")[0])).size;
  console.log(`${gates} gates, ${of} differ; rows: ${JSON.stringify(verdicts)}`);
  console.log(`largest error: p50 ${(100 * errors.p50).toFixed(4)} %, p99 ${(100 * errors.p99).toFixed(4)} %`);
}
