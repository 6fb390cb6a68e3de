import type { Environment } from "../model/environment.ts";
import { subjectKey } from "../model/key.ts";
import type { Distribution, Measurement } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";
import { evaluate } from "../stats/statistic.ts";
import { mean } from "../stats/summary.ts";
import type { RunIdentity } from "./entry.ts";

/** The gate of what was measured afterwards. No gate of a workflow is called so, and no machine has its fingerprint: nothing is ever judged by it. */
export const BACKFILLED = "backfill";

/** Under which run the points beside an anchor are stored: the anchor's commit tells them from those beside another one. */
export function backfillRun(anchor: string): RunIdentity {
  return { run: anchor, attempt: "1", gate: BACKFILLED };
}

/** The machine that is made up for all of them: what each day's machine did to them is taken off. */
function environmentBeside(anchor: string): Environment {
  return { os: "any", arch: "any", cpu: `any, in turns with ${anchor.slice(0, 12)}`, cores: 0, runtime: "any" };
}

/** Units of what a machine does faster or slower as a whole; sizes and counts are the same on each. */
const PACED: readonly string[] = ["s", "1/s", "B/s"];

/** The anchor itself as it is stored: what it took the first time is the measure of all that follows. */
export function anchorOf(measured: Recording): Recording {
  return { ...measured, environment: environmentBeside(measured.revision.sha) };
}

/**
 * A commit that was measured in turns with the anchor, as it would have come out on the day when the anchor was measured first: each round times the anchor's level
 * then ÷ the anchor's level in the round beside it. What the anchor does not have cannot be compared from day to day, and is left out.
 *
 * @param first the anchor as it is stored.
 */
export function besideAnchor(
  point: Recording,
  beside: Recording,
  first: Recording,
): { readonly recording: Recording; readonly leftOut: readonly string[] } {
  const reference = levelsOf(first.rounds.flatMap(({ measurements }) => measurements));
  const leftOut = new Set<string>();
  const rounds = point.rounds.map((round) => {
    const partner = beside.rounds.find(({ session, pair }) => session === round.session && pair === round.pair);
    const present = levelsOf(partner?.measurements ?? []);
    const measurements = round.measurements.flatMap((each): readonly Measurement[] => {
      const [then, now] = [reference.get(subjectKey(each)), present.get(subjectKey(each))];
      if (then === undefined || now === undefined) {
        leftOut.add(`${each.suite}/${each.benchmark} ${each.metric}`);
        return [];
      }
      const isPaced = PACED.includes(each.unit) && then > 0 && now > 0;
      return [isPaced ? scaled(each, then / now) : each];
    });
    return { ...round, measurements };
  });
  const environment = environmentBeside(first.revision.sha);
  return { recording: { ...point, environment, rounds }, leftOut: [...leftOut] };
}

/** The level of each subject: the mean over rounds of its median, or of what its tool gives in the place of one. */
function levelsOf(measurements: readonly Measurement[]): ReadonlyMap<string, number> {
  const all = new Map<string, number[]>();
  for (const each of measurements) {
    const level = evaluate(each.distribution, "p50", null) ?? evaluate(each.distribution, "mean", null);
    if (level === null) continue;
    const key = subjectKey(each);
    const list = all.get(key);
    if (list === undefined) all.set(key, [level]);
    else list.push(level);
  }
  return new Map(
    [...all].map(([key, levels]) => [
      key,
      levels.every((level) => level > 0) ? Math.exp(mean(levels.map(Math.log))) : mean(levels),
    ]),
  );
}

function scaled(measurement: Measurement, factor: number): Measurement {
  const { medians, tails, distribution } = measurement;
  const each = (times: readonly number[]) => times.map((time) => time * factor);
  return {
    ...measurement,
    distribution: times(distribution, factor),
    ...(medians !== undefined && { medians: each(medians) }),
    ...(tails !== undefined && { tails: each(tails) }),
  };
}

function times(distribution: Distribution, factor: number): Distribution {
  switch (distribution.kind) {
    case "samples":
      return { ...distribution, samples: distribution.samples.map((sample) => sample * factor) };
    case "value":
      return distribution.exact ? distribution : { ...distribution, value: distribution.value * factor };
    case "quantiles": {
      const { quantiles, mean: average } = distribution;
      const scaledOnes = Object.entries(quantiles).map(([level, value]) => [level, value * factor]);
      return {
        ...distribution,
        quantiles: Object.fromEntries(scaledOnes),
        ...(average !== undefined && { mean: average * factor }),
      };
    }
    case "histogram": {
      const values = distribution.values.map((value) => value * factor);
      if ("sketch" in distribution) {
        // As samples of the same counts: a sketch is made anew of them.
        const samples = [...values].flatMap((value, at) => Array<number>(distribution.counts[at]!).fill(value));
        return { kind: "samples", samples: Float64Array.from(samples) };
      }
      return { ...distribution, values, scale: distribution.scale * factor };
    }
  }
}
