import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge } from "../../src/judge/judge.ts";
import type { Growth } from "../../src/model/growth.ts";
import type { Recording } from "../../src/model/recording.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";

/** How the time of a benchmark depends on its size, in seconds. */
export type Curve = (size: number) => number;

/** Disturbances of one gate: the logarithm of what a side's round at a size is off by. `shared` stands for all rounds of both sides. */
export interface Noise {
  readonly name: string;
  readonly draw: (
    random: Random,
  ) => (place: { readonly side: 0 | 1; readonly round: number; readonly size: number }) => number;
}

const oneOf = (random: Random, values: readonly number[]) => values[Math.floor(random() * values.length)]!;

/** A number that is drawn once for each key. */
function once(draw: () => number): (...key: readonly number[]) => number {
  const known = new Map<string, number>();
  return (...key) => {
    const name = key.join();
    if (!known.has(name)) known.set(name, draw());
    return known.get(name)!;
  };
}

const quiet = (random: Random) => 0.02 * gaussian(random);

/** Kinds of noise as in docs/method.md, for families: what a build, a process or a size has of its own is drawn so. */
export const NOISES: readonly Noise[] = [
  { name: "Gaussian 0.5 %", draw: (random) => () => 0.005 * gaussian(random) },
  { name: "Gaussian 2 %", draw: (random) => () => quiet(random) },
  { name: "Gaussian 5 %", draw: (random) => () => 0.05 * gaussian(random) },
  {
    name: "one round of ten 30 % slower",
    draw: (random) => () => quiet(random) + (random() < 0.1 ? Math.log(1.3) : 0),
  },
  { name: "heavy tails", draw: (random) => () => (0.02 * gaussian(random)) / Math.sqrt(Math.max(random(), 0.02)) },
  {
    name: "a round's own 10 %, larger sizes more",
    draw: (random) => {
      const level = once(() => 0.1 * gaussian(random));
      return ({ round, size }) => level(round) * (1 + Math.log10(size) / 5) + quiet(random);
    },
  },
  {
    name: "layout 0/2/6 %, anew in each process",
    draw: (random) => () => quiet(random) / 2 + Math.log1p(oneOf(random, [0, 0.02, 0.06])),
  },
  {
    name: "layout 0/4/12 %, anew in each process",
    draw: (random) => () => quiet(random) / 2 + Math.log1p(oneOf(random, [0, 0.04, 0.12])),
  },
  {
    name: "layout and caches of both sides",
    draw: (random) => {
      const layout = once(() => Math.log1p(oneOf(random, [0, 0.03, 0.1])));
      const step = 10 ** (2 + 3 * random());
      return ({ size }) => layout(size) + (size > step ? 0.5 : 0) + quiet(random);
    },
  },
  {
    name: "the second slot +4 %",
    draw:
      (random) =>
      ({ side }) =>
        side * Math.log(1.04) + quiet(random),
  },
  {
    name: "layout 0/2/6 %, of each build's own",
    draw: (random) => {
      const layout = once(() => Math.log1p(oneOf(random, [0, 0.02, 0.06])));
      return ({ side, size }) => layout(side, size) + quiet(random);
    },
  },
];

/** The last of `NOISES`: no measurement tells it from a change, and Benchgate draws layouts anew for that. */
export const UNSEEN = NOISES.at(-1)!;

/** Sizes that people measure at. */
export const SIZES = {
  "3 to 16 times": [1000, 4000, 16_000],
  "4 doublings": [1000, 2000, 4000, 8000, 16_000],
  "4 powers of ten": [100, 1000, 10_000, 100_000],
  "8 doublings": [64, 128, 256, 512, 1024, 2048, 4096, 8192],
  "6 of four": [64, 256, 1024, 4096, 16_384, 65_536],
} as const;

/** Families of one suite, each with what it is on either side. */
export interface Planted {
  readonly sizes: readonly number[];
  readonly curves: Readonly<Record<string, readonly [baseline: Curve, candidate: Curve]>>;
  readonly rounds: number;
}

/** What a gate finds of the growth of planted families. */
export function gateOf({ sizes, curves, rounds }: Planted, noise: Noise, random: Random): readonly Growth[] {
  const draws = new Map(Object.keys(curves).map((name) => [name, noise.draw(random)]));
  const recorded = (side: 0 | 1): Recording => ({
    revision: { sha: `${side}`.repeat(40), ref: "refs/heads/main", committedAt: "" },
    environment: { os: "linux", arch: "x64", cpu: "simulated", cores: 2, runtime: "node 24" },
    rounds: Array.from({ length: rounds }, (_, round) => ({
      session: "s",
      pair: round,
      startedAt: "",
      failures: [],
      measurements: Object.entries(curves).flatMap(([name, both]) =>
        sizes.map((size) => ({
          suite: "suite",
          benchmark: `${name}/n=${size}`,
          metric: "latency",
          unit: "s",
          better: "lower" as const,
          distribution: {
            kind: "value" as const,
            value: both[side](size) * Math.exp(draws.get(name)!({ side, round, size })),
            exact: false,
          },
        })),
      ),
    })),
  });
  const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-27" } as const;
  return judge({ kind: "side-by-side", recordings: [recorded(0)] }, recorded(1), rules).growth ?? [];
}
