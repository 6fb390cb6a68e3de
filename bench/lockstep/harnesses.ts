/**
 * `node bench/lockstep/harnesses.ts A/harness.js B/harness.js [--pairs 20]`: builds of the harness in turns, each on identical code in lockstep, pinned, and how much
 * pairs differ: the standard deviation of ln p99 of whole rounds, of the median over slice pairs of both and of p50, in %; and the seconds of a pair.
 */

import { cpus, loadavg } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import type { ToolMeasurement } from "../../src/model/measurement.ts";
import { quantile, sorted } from "../../src/stats/quantile.ts";
import { median } from "../../src/stats/summary.ts";
import { standardDeviation } from "./sweep.ts";
import { runTogether } from "./trial.ts";

const MODULES = ["micro.bench.ts", "quick.bench.ts"];

/** What is estimated of a pair: a log ratio; null where the recording has not what it takes. */
const ESTIMATES: Readonly<Record<string, (a: ToolMeasurement, b: ToolMeasurement) => number | null>> = {
  "p99, whole rounds": (a, b) => Math.log(p99Of(b) / p99Of(a)),
  "p99, slices": (a, b) => bySlices(a.tails, b.tails),
  "p50, slices": (a, b) => bySlices(a.medians, b.medians),
};

const { values, positionals } = parseArgs({
  options: { pairs: { type: "string", default: "20" } },
  allowPositionals: true,
});
const harnesses = positionals.map((path) => resolve(path));
const pairs = Number(values.pairs);
const [before] = loadavg();
const found = new Map<string, number[]>();
const seconds = harnesses.map(() => 0);
const note = (key: readonly unknown[], ratio: number) => {
  const name = JSON.stringify(key);
  found.set(name, [...(found.get(name) ?? []), ratio]);
};

const benchmarks = new Set<string>();
/** What a gate's throw-away turn finds out: all of these are measured for a p99. */
const tails = new Map<string, string>();
for (const module of MODULES) {
  const [side] = (await runTogether(module, [{ BENCHGATE_TIMES: "brief" }], { pin: true })).sides;
  tails.set(module, JSON.stringify(Object.fromEntries(side!.map(({ benchmark }) => [benchmark, true]))));
}
for (let pair = 0; pair < pairs; pair++) {
  const order = harnesses.map((_, index) => index);
  for (const which of pair % 2 === 0 ? order : order.toReversed()) {
    for (const module of MODULES) {
      const env = { BENCHGATE_TIMES: "auto", BENCHGATE_TAIL: tails.get(module)! };
      const trial = await runTogether(module, [env, env], { pin: true, harness: harnesses[which]! });
      seconds[which]! += trial.seconds;
      const [baseline, candidate] = trial.sides;
      for (const a of baseline!) {
        const b = candidate!.find(({ benchmark }) => benchmark === a.benchmark)!;
        benchmarks.add(a.benchmark);
        for (const [name, estimate] of Object.entries(ESTIMATES)) {
          const ratio = estimate(a, b);
          if (ratio !== null) note([which, a.benchmark, name], ratio);
        }
      }
    }
  }
  process.stderr.write(`pair ${pair + 1} of ${pairs}\n`);
}

const names = Object.keys(ESTIMATES);
const noise = (which: number, benchmark: string, name: string) =>
  standardDeviation(found.get(JSON.stringify([which, benchmark, name])) ?? []);
const columns = names.flatMap((name) => harnesses.map((_, which) => ({ name, which })));
const rows = [...benchmarks].map((benchmark) => [
  benchmark,
  ...columns.map(({ name, which }) => percent(noise(which, benchmark, name))),
]);
const medians = columns.map(({ name, which }) =>
  percent(median([...benchmarks].map((benchmark) => noise(which, benchmark, name)))),
);
const table = [
  ["benchmark", ...columns.map(({ name, which }) => `${name} (${"ABCDEF"[which]})`)],
  ...rows,
  ["**median**", ...medians],
];
process.stdout.write(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${pairs} pairs, load ${before!.toFixed(1)} to ${loadavg()[0]!.toFixed(1)}\n\n` +
    `${markdownTable(table, { align: ["l", ...columns.map(() => "r")], padding: false, alignDelimiters: false })}\n\n` +
    `seconds a pair of both modules: ${seconds.map((all) => (all / pairs).toFixed(2)).join(", ")}\n`,
);

function p99Of({ distribution }: ToolMeasurement): number {
  return distribution.kind === "samples" ? quantile(sorted(distribution.samples), 0.99) : Number.NaN;
}

function bySlices(a: readonly number[] | undefined, b: readonly number[] | undefined): number | null {
  const both = Math.min(a?.length ?? 0, b?.length ?? 0);
  if (both === 0) return null;
  return median(Array.from({ length: both }, (_, at) => Math.log(b![at]! / a![at]!)).filter(Number.isFinite));
}

function percent(share: number): string {
  return (100 * share).toFixed(share < 0.1 ? 1 : 0);
}
