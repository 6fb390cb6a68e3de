/** `npm run bench:pool`: what pairs over several runners find, and what they raise no alarm about. Writes its tables into docs/characteristics.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { between } from "../../scripts/between.ts";
import { pairsOfRunner } from "../../src/config/defaults.ts";
import { FAMILY_SHARE } from "../../src/judge/comparison.ts";
import { blockedEstimate } from "../../src/stats/blocks.ts";
import type { Estimate } from "../../src/stats/estimate.ts";
import { benjaminiHochberg } from "../../src/stats/multiplicity.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { xoshiro128 } from "../../src/stats/random.ts";
import { mean, variance } from "../../src/stats/summary.ts";
import { drawGate, FLEETS, type Fleet } from "./runners.ts";

const PAGE = join(import.meta.dirname, "..", "..", "docs", "characteristics.md");
const SEED = 20261127;
const RUNNERS = [1, 2, 3, 4, 6, 8, 12, 16] as const;
const BENCHMARKS = 20;
/** The default threshold of p50, Benjamini-Hochberg's q, what the shown interval leaves on either side, the least error of a round. */
const [BOUND, Q, SIDE, FLOOR] = [Math.log(1.05), 0.05, 0.025, 0.001];
/** True changes of one benchmark of twenty. */
const CHANGES = [0.08, 0.1] as const;

type Estimator = (blocks: readonly (readonly number[])[]) => Estimate;

/** Ours; all pairs as if one runner had measured them; and Hartung and Knapp's t, on the runners' means alone. */
const ESTIMATORS: Readonly<Record<string, Estimator>> = {
  ours: (blocks) => blockedEstimate(blocks, FLOOR),
  pooled: (blocks) => blockedEstimate([blocks.flat()], FLOOR),
  means: (blocks) => (blocks.length < 2 ? blockedEstimate(blocks, FLOOR) : ofMeans(blocks.map((block) => mean(block)))),
};

function ofMeans(means: readonly number[]): Estimate {
  const sd = Math.sqrt(variance(means));
  const n = means.length;
  return { mean: mean(means), se: Math.max(sd, FLOOR) / Math.sqrt(n), df: n - 1, sd, n };
}

/** Which benchmarks of a gate are red: by the false discovery rate and by the interval, as `judge()` has it. */
function reds(gate: ReturnType<typeof drawGate>, estimator: Estimator): readonly boolean[] {
  const estimates = gate.map(estimator);
  const adjusted = benjaminiHochberg(estimates.map((each) => pAbove(each, FAMILY_SHARE * BOUND)));
  return estimates.map((each, i) => adjusted[i]! <= Q && pAbove(each, BOUND) < SIDE);
}

interface Found {
  /** Gates without a change that are red, as a share. */
  readonly red: number;
  /** The share of changes that are found, by `CHANGES`. */
  readonly power: readonly number[];
}

function tried(fleet: Fleet, runners: number, gates: number): Readonly<Record<string, Found>> {
  const random = xoshiro128(SEED + runners);
  const size = { runners, pairs: pairsOfRunner(runners), benchmarks: BENCHMARKS };
  const counts = Object.fromEntries(
    Object.keys(ESTIMATORS).map((name) => [name, { red: 0, power: CHANGES.map(() => 0) }]),
  );
  for (let i = 0; i < gates; i++) {
    const unchanged = drawGate(random, fleet, size, () => 0);
    const changed = CHANGES.map((change) => drawGate(random, fleet, size, (at) => (at === 0 ? Math.log1p(change) : 0)));
    for (const [name, estimator] of Object.entries(ESTIMATORS)) {
      const count = counts[name]!;
      if (reds(unchanged, estimator).includes(true)) count.red++;
      for (const [at, gate] of changed.entries()) if (reds(gate, estimator)[0]) count.power[at]!++;
    }
  }
  return Object.fromEntries(
    Object.entries(counts).map(([name, { red, power }]) => [
      name,
      { red: red / gates, power: power.map((count) => count / gates) },
    ]),
  );
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const gates = values.quick ? 50 : 1000;
const began = performance.now();
const results = FLEETS.map((fleet) => ({ fleet, found: RUNNERS.map((runners) => tried(fleet, runners, gates)) }));

const heads = `|runners|${RUNNERS.map((runners) => `${runners} × ${pairsOfRunner(runners)}`).join("|")}|\n|:-|${RUNNERS.map(() => "-:|").join("")}`;
const share = (value: number) =>
  value === 0 ? "0" : (100 * value).toPrecision(value < 0.1 ? 2 : 3).replace(/\.0+$/, "");
const table = (cell: (found: Readonly<Record<string, Found>>) => string) =>
  [
    heads,
    ...results.map(({ fleet, found }) => `|${fleet.name}${fleet.beyond ? " *" : ""}|${found.map(cell).join("|")}|`),
  ].join("\n");
const worst = Math.max(
  ...results.filter(({ fleet }) => !fleet.beyond).flatMap(({ found }) => found.map(({ ours }) => ours!.red)),
);

const markdown = `## Several runners

Written by \`npm run bench:pool\` (seed ${SEED}): ${gates.toLocaleString("en-US")} gates of ${BENCHMARKS} benchmarks in each cell, p50 at its threshold of 5 %, rounds with Gaussian noise of 2 % where nothing
else is said. Column heads are runners × pairs on each, as the action plans them: 24 pairs in all, in whole blocks of two. With one runner, the machine's own leaning is in
no error, since nothing shows it. Pools marked * lean more than the method promises to bear.

Red gates without a change, in %; the most among pools not marked * is ${share(worst)} %:

${table(({ ours }) => share(ours!.red))}

How often a change of +8 % / +10 % in one benchmark of ${BENCHMARKS} is found, in %:

${table(({ ours }) => ours!.power.map((each) => (100 * each).toFixed(0)).join(" / "))}

Two rules were tried and rejected. All pairs in one pot, whichever runner they are from: red gates without a change, in %, on the left. Student's t on the runners' means alone, m − 1 degrees of
freedom (Hartung and Knapp): how often a change of +10 % is found, in %, on the right.

${table(({ pooled, means }) => `${share(pooled!.red)}, ${(100 * means!.power.at(-1)!).toFixed(0)}`)}`;

process.stdout.write(`${markdown}\n`);
if (!values.quick) writeFileSync(PAGE, between(readFileSync(PAGE, "utf8"), "pool", markdown));
process.stderr.write(
  `${((performance.now() - began) / 1000).toFixed(0)} s, load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(" ")}\n`,
);
if (worst > 0.01) process.exitCode = 1;
