/**
 * What judging by stored runs gives where they come from machines of different speed: `node bench/stored-shift.ts [GATES]`. Gates of 20 benchmarks (p50, 5 %), runs
 * of 6 rounds, sd within a run 2 %. "Own" is each benchmark's sd from run to run, "machine" the one that all share; both, like all noise, are Gaussian in the logarithm.
 * Judged by the real `judge`; what is left in doubt is what `compare: auto` measures side by side.
 */

import { judge } from "../src/judge/judge.ts";
import { doubtful } from "../src/judge/undecided.ts";
import type { Recording } from "../src/model/recording.ts";
import type { Outcome } from "../src/model/verdict.ts";
import { gaussian, type Random, xoshiro128 } from "../src/stats/random.ts";

const BENCHMARKS = 20;
const ROUNDS = 6;
const WITHIN = 0.02;
const gates = Number(process.argv[2] ?? 200);

const RULES = {
  budgets: [
    {
      match: "*",
      metric: "latency",
      statistic: "p50",
      threshold: 0.05,
      limit: null,
      floor: null,
      severity: "gate",
      origin: "user",
    },
  ],
  accept: [],
  onInconclusive: "warn",
  today: "2026-11-27",
} as const;

interface World {
  readonly own: number;
  readonly machine: number;
}

/** A run; `change` is the log ratio by which each benchmark is slower. */
function run(name: string, random: Random, { own, machine }: World, change: (benchmark: number) => number): Recording {
  const shared = machine * gaussian(random);
  const levels = Array.from({ length: BENCHMARKS }, (_, index) => shared + own * gaussian(random) + change(index));
  const rounds = Array.from({ length: ROUNDS }, (_, pair) => ({
    session: name,
    pair,
    startedAt: "2026-11-27T00:00:00Z",
    failures: [],
    measurements: levels.map((level, index) => ({
      suite: "s",
      benchmark: `b${index}`,
      metric: "latency",
      unit: "s",
      better: "lower" as const,
      distribution: {
        kind: "quantiles" as const,
        quantiles: { "0.5": 1e-3 * Math.exp(level + WITHIN * gaussian(random)) },
        count: 1000,
      },
    })),
  }));
  return { revision: { sha: name, ref: "", committedAt: "" }, environment: { os: "linux" } as never, rounds };
}

interface Counts {
  red: number;
  unchanged: number;
  measured: number;
  found: number;
  told: number;
}

/** Of `gates` gates: those with a red, rows that are fine, rows that auto measures side by side, one +20 % that is suspected, all +10 % that are told. */
function simulate(world: World, runs: number): Counts {
  const counts: Counts = { red: 0, unchanged: 0, measured: 0, found: 0, told: 0 };
  const suspects = (outcome: Outcome) => doubtful(outcome).get("s") ?? [];
  for (let gate = 0; gate < gates; gate++) {
    const random = xoshiro128(gate * 1009 + runs * 31 + Math.round(world.own * 1e4) + Math.round(world.machine * 1e5));
    const newest = run("h0", random, world, () => 0);
    const older = Array.from({ length: runs - 1 }, (_, index) => run(`h${index + 1}`, random, world, () => 0));
    const judged = (change: (benchmark: number) => number) =>
      judge({ kind: "stored", recordings: [newest, ...older] }, run("c", random, world, change), RULES);
    const same = judged(() => 0);
    counts.red += same.judgements.some(({ verdict }) => verdict === "regression") ? 1 : 0;
    counts.unchanged += same.judgements.filter(
      ({ verdict }) => verdict === "unchanged" || verdict === "not-slower",
    ).length;
    counts.measured += suspects(same).length;
    counts.found += suspects(judged((benchmark) => (benchmark === 7 ? Math.log(1.2) : 0))).includes("b7") ? 1 : 0;
    // A shift of all of them is told where something of the suite is measured side by side, or said to be open.
    const all = judged(() => Math.log(1.1));
    counts.told += suspects(all).length > 0 || all.outcome !== "pass" ? 1 : 0;
  }
  return counts;
}

const share = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;
console.log(
  "| own sd | machine sd | runs | A/A red gates | rows decided | rows measured side by side | one +20 % suspected | all +10 % told |",
);
console.log("|--:|--:|--:|--:|--:|--:|--:|--:|");
for (const world of [
  { own: 0.005, machine: 0 },
  { own: 0.01, machine: 0 },
  { own: 0.005, machine: 0.085 },
  { own: 0.01, machine: 0.085 },
  { own: 0.02, machine: 0.085 },
  { own: 0.085, machine: 0 },
]) {
  for (const runs of [5, 10, 20]) {
    const { red, unchanged, measured, found, told } = simulate(world, runs);
    const rows = gates * BENCHMARKS;
    console.log(
      `| ${world.own * 100} % | ${world.machine * 100} % | ${runs} | ${share(red, gates)} | ${share(unchanged, rows)} | ${share(measured, rows)} | ${share(found, gates)} | ${share(told, gates)} |`,
    );
  }
}
