import { pairKey } from "../model/key.ts";
import type { Recording } from "../model/recording.ts";
import { median } from "../stats/summary.ts";
import { judge, type Rules } from "./judge.ts";

/** What is known of a measurement before it begins. */
export interface Forecast {
  /** How long it will take; null where history does not tell. */
  readonly seconds: number | null;
  /** The median, over gating comparisons, of the smallest relative change that it would find 80 % of the time; null where unknown. */
  readonly detectable: number | null;
}

/**
 * A forecast for `rounds` rounds from stored runs, newest first: the newest run is judged by the older ones as the candidate will be,
 * and its rounds took as long as the candidate's will.
 */
export function forecast(recordings: readonly Recording[], rounds: number, rules: Rules): Forecast {
  const [newest, second, ...older] = recordings;
  if (newest === undefined) return { seconds: null, detectable: null };
  const starts = newest.rounds.map(({ startedAt }) => Date.parse(startedAt) / 1000);
  const perRound = medianOf(starts.slice(1).map((start, index) => start - starts[index]!));
  return {
    seconds: perRound === null ? null : perRound * rounds,
    detectable: second === undefined ? null : detectable(newest, [second, ...older], rules),
  };
}

/** Seconds from one pair's beginning to the next's, on the median; null where there is only one pair. A pair begins with the earlier of its sides. */
export function secondsPerPair(sides: readonly Recording[]): number | null {
  const starts = new Map<string, number>();
  for (const { startedAt, ...slot } of sides.flatMap(({ rounds }) => rounds)) {
    const key = pairKey(slot);
    starts.set(key, Math.min(starts.get(key) ?? Number.POSITIVE_INFINITY, Date.parse(startedAt) / 1000));
  }
  const times = [...starts.values()].sort((a, b) => a - b);
  return medianOf(times.slice(1).map((time, index) => time - times[index]!));
}

function detectable(newest: Recording, older: readonly [Recording, ...Recording[]], rules: Rules): number | null {
  const { judgements } = judge({ kind: "stored", recordings: older }, newest, rules);
  return medianOf(
    judgements.flatMap(({ severity, comparison }) =>
      severity === "gate" && comparison !== null && comparison.detectable !== null ? [comparison.detectable] : [],
    ),
  );
}

/** Null for no numbers, and where one of them is not finite: dates that nobody wrote. */
function medianOf(values: readonly number[]): number | null {
  return values.length > 0 && values.every(Number.isFinite) ? median(values) : null;
}
