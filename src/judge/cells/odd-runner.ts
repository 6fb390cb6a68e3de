import { worse } from "../../model/measurement.ts";
import type { Warning } from "../../model/warning.ts";
import { tSf } from "../../stats/student-t.ts";
import { mean, median } from "../../stats/summary.ts";
import type { RunnerEffect } from "../contrast.ts";
import type { Trial } from "../trial.ts";

/** A runner is named where chance would set one apart in one of a hundred gates, and where it is at least this far off (log scale). */
const LEVEL = 0.01;
const SMALLEST = 0.02;
/** With fewer pairs in all, nothing tells runners apart. */
const FEWEST_FREE = 4;

/** How far a runner is off the others, with the chance of that; null where nothing tells. */
interface Apart {
  readonly runner: string;
  /** On the log scale. */
  readonly own: number;
  readonly others: number;
  readonly p: number;
}

/**
 * The runners of a pool that see another change than the others do, each once: with the benchmark on which that is plainest, and of how many it is so. A
 * runner that favours one side is no news of the code; what it does to the verdict is in the error of the estimate.
 */
export function oddRunners(trials: readonly Trial[]): readonly Warning[] {
  const tested = trials.flatMap((trial) =>
    trial.severity === "gate" && "runners" in trial.contrast
      ? trial.contrast.runners.flatMap(({ runner }, at, all) => ({ trial, apart: apartOf(runner, all, at) }))
      : [],
  );
  const level = LEVEL / Math.max(1, tested.length);
  const found = new Map<string, { readonly trial: Trial; readonly apart: Apart }[]>();
  for (const { trial, apart } of tested) {
    if (apart === null || apart.p > level || Math.abs(apart.own - apart.others) < SMALLEST) continue;
    found.set(apart.runner, [...(found.get(apart.runner) ?? []), { trial, apart }]);
  }
  return [...found.values()].map((of) => warningOn(of as [(typeof of)[number]]));
}

function warningOn(of: readonly [{ readonly trial: Trial; readonly apart: Apart }, ...unknown[]]): Warning {
  const all = of as readonly { readonly trial: Trial; readonly apart: Apart }[];
  const { trial, apart } = all.reduce((plainest, each) => (each.apart.p < plainest.apart.p ? each : plainest), of[0]);
  const { suite, benchmark, measurement } = trial.subject;
  const sign = worse(measurement.better);
  return {
    code: "odd-runner",
    runner: apart.runner,
    suite,
    benchmark,
    metric: measurement.metric,
    statistic: trial.budget.statistic,
    ratio: Math.exp(sign * apart.own),
    others: Math.exp(sign * apart.others),
    comparisons: all.length,
  };
}

/** The variance of a median of means over that of their mean, for many Gaussian ones. */
const MEDIAN = Math.PI / 2;

/**
 * Student's t of one runner's mean against the median of the others', which one odd runner among them does not move, with the variance within runners. Null where
 * nothing tells.
 */
function apartOf(runner: string, all: readonly RunnerEffect[], at: number): Apart | null {
  const pairs = all.reduce((sum, { ratios }) => sum + ratios.length, 0);
  const free = pairs - all.length;
  // Of two runners that differ nobody knows which is the odd one: the first is named with what the other one sees.
  if (free < FEWEST_FREE || (all.length === 2 && at === 1)) return null;
  const means = all.map(({ ratios }) => mean(ratios));
  const squares = all.reduce((sum, { ratios }, j) => sum + ratios.reduce((own, x) => own + (x - means[j]!) ** 2, 0), 0);
  const own = all[at]!.ratios.length;
  const others = median(means.filter((_, index) => index !== at));
  const error = Math.sqrt((squares / free) * (1 / own + MEDIAN / (pairs - own)));
  const distance = Math.abs(means[at]! - others);
  return { runner, own: means[at]!, others, p: error === 0 ? Number(distance === 0) : 2 * tSf(distance / error, free) };
}
