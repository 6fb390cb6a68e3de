import { pairKey } from "../model/key.ts";
import { signInterval } from "../stats/distribution-free.ts";
import { pairedEstimate, type VariancePrior, welchEstimate } from "../stats/estimate.ts";
import type { Looks } from "../stats/sequential.ts";
import { type BaselineMode, type Contrast, oneLook } from "./contrast.ts";
import { average, errorFloor, geometricMean, logs, moved, worse } from "./logarithms.ts";
import { isExact, type Reading, type Readings } from "./readings.ts";
import { storedContrast } from "./stored.ts";
import type { Subject } from "./subjects.ts";

/** Rounds that must all agree before a side counts as zero, or as constant. */
const ROUNDS_TO_TRUST = 5;

/**
 * Baseline against candidate. Stored history: a prediction interval for one new run, run means as the unit.
 * One recording: paired where session and pair number match, Welch's otherwise.
 *
 * @param looks the rounds after which the data were to be looked at, where the measurement could stop early; null: at their end alone.
 * @param prior the variance that other benchmarks of the suite show between runs; short, quiet histories are widened toward it.
 */
export function contrast(
  subject: Subject,
  values: Readings,
  { mode, looks, prior }: { mode: BaselineMode; looks: Looks | null; prior: VariancePrior | null },
): Contrast {
  const { baseline, candidate } = values;
  const newest = baseline[0] ?? [];
  const certain = withoutStatistics(subject, values, mode);
  if (certain !== null) return certain;
  if ([...baseline.flat(), ...candidate].some(({ value }) => value <= 0)) {
    const mean = (arm: readonly Reading[]) => average(arm.map(({ value }) => value));
    return {
      design: "impossible",
      baseline: mean(baseline.flat()),
      candidate: mean(candidate),
      reason: "non-positive",
      rounds: candidate.length,
    };
  }
  if (mode === "stored") return storedContrast(subject, baseline, candidate, prior);

  const sign = worse(subject.measurement.better);
  const pairs = pairUp(newest, candidate);
  const [left, right] = pairs.length > 0 ? [pairs.map(([a]) => a), pairs.map(([, b]) => b)] : [newest, candidate];
  const level = geometricMean(left);
  const rounds = Math.min(left.length, right.length);
  if (rounds < 2)
    return { design: "impossible", baseline: level, candidate: geometricMean(right), reason: "too-few", rounds };
  const floor = errorFloor(subject.resolution, level);
  if (pairs.length === 0) {
    const estimate = welchEstimate(logs(left, sign), logs(right, sign), floor);
    // Sessions that were added one after the other are looks at one growing experiment here too.
    const { plan } = looksAt(right, null);
    return {
      design: "unpaired",
      baseline: level,
      candidate: moved(level, sign * estimate.mean),
      rounds,
      ...oneLook(estimate, plan),
    };
  }
  const differences = pairs.map(([a, b]) => sign * (Math.log(b.value) - Math.log(a.value)));
  const { plan, counts } = looksAt(right, looks);
  const estimates = counts.map((count) => pairedEstimate(differences.slice(0, count), floor));
  const estimate = estimates.at(-1)!;
  return {
    design: "pairs",
    baseline: level,
    candidate: moved(level, sign * estimate.mean),
    estimate,
    looks: { plan, estimates },
    check: signInterval(differences, 0.95),
    newest: null,
    each: null,
    rounds,
  };
}

/**
 * The looks that were taken at pairs in time order: those of the plan, or one at the end of each session. A run of the same revision that
 * is repeated is one more look at one growing experiment, paid for like any other; it is never a second chance.
 */
function looksAt(rounds: readonly Reading[], planned: Looks | null): { plan: Looks; counts: readonly number[] } {
  const ends = rounds.flatMap(({ session }, index) => (rounds[index + 1]?.session === session ? [] : [index + 1]));
  if (ends.length > 1 || planned === null) return { plan: ends, counts: ends };
  // A time budget, which knows nothing of the data, may end the last look early.
  return { plan: planned, counts: [...planned.filter((count) => count < rounds.length), rounds.length] };
}

/** What needs no statistics: deterministic values, rounds that all agree, and something where there never was anything. */
function withoutStatistics(subject: Subject, { baseline, candidate }: Readings, mode: BaselineMode): Contrast | null {
  const newest = baseline[0] ?? [];
  const before = newest[0]!.value;
  const after = candidate[0]!.value;
  const exactly = (from: number, to: number): Contrast => ({
    design: "exact",
    baseline: from,
    candidate: to,
    rounds: candidate.length,
  });
  const agree = (arm: readonly Reading[], value: number) => arm.every((reading) => reading.value === value);

  const declared = [...subject.baseline.flat(), ...subject.candidate].every(({ distribution }) =>
    isExact(distribution),
  );
  // Of deterministic values the newest run is the baseline: older code had its own.
  const arm = mode === "stored" ? newest : baseline.flat();
  if (declared && agree(arm, before) && agree(candidate, after)) return exactly(before, after);

  const enough = arm.length >= ROUNDS_TO_TRUST && candidate.length >= ROUNDS_TO_TRUST;
  // A clock's tick makes times agree as well, and a tool's rounding: they are not deterministic for that.
  const counts = subject.measurement.unit !== "s" && subject.resolution === 0;
  if (enough && counts && agree(baseline.flat(), before) && agree(candidate, after)) return exactly(before, after);
  if (enough && agree(baseline.flat(), 0) && candidate.every(({ value }) => value > 0)) {
    return exactly(0, average(candidate.map(({ value }) => value)));
  }
  return agree(baseline.flat(), 0) && agree(candidate, 0) ? exactly(0, 0) : null;
}

/** Rounds with equal session and pair. An empty session names no experiment, so it pairs nothing. */
function pairUp(baseline: readonly Reading[], candidate: readonly Reading[]): [Reading, Reading][] {
  const left = new Map(baseline.filter(({ session }) => session !== "").map((reading) => [pairKey(reading), reading]));
  return candidate.flatMap((reading) => {
    const other = left.get(pairKey(reading));
    return other === undefined ? [] : [[other, reading] as [Reading, Reading]];
  });
}
