import { largest } from "../model/extremes.ts";
import { median } from "../stats/summary.ts";
import { largerThan, type Shift, shift, smallestP } from "./ranks.ts";
import { speedsOf } from "./speed.ts";
import { PROGRAM, type Tally } from "./tally.ts";

/** A function that takes more than it did, and by how much. */
export interface Riser {
  readonly key: string;
  /** The median over rounds, at the speed of an average round. */
  readonly baseline: number;
  readonly candidate: number;
  /** As a share of what the whole took on the baseline. */
  readonly share: Shift;
}

/** What is asked of a difference before it is told. */
export interface Demands {
  /** The change that a verdict has proven, as a share of the baseline; 0 where none has. */
  readonly proven: number;
  /** Keys that are never told: the tool's own functions. */
  readonly ignored: ReadonlySet<string>;
}

/** Fewer rounds a side prove nothing: ranks cannot be significant. */
export const LEAST_ROUNDS = 5;

/** The chance that an unchanged gate names anything at all, before the floors below. */
const ALPHA = 0.05;
/** No smaller share of the time is told: where a verdict has proven a change, and where none has. */
const FLOOR = { proven: 0.03, open: 0.05 } as const;
/** A function explains a change only with so much of it. */
const SHARE = 0.3;
/** Functions of less than this share on both sides are not tested. */
const TESTED = 0.01;

/**
 * The functions that take more than they did, most first; none where the noise could have made it. Each round is taken at the speed of an average one; where
 * that finds nothing, as it is: a change in more than half of the time passes for the machine's.
 */
export function risers(baseline: readonly Tally[], candidate: readonly Tally[], demands: Demands): readonly Riser[] {
  if (Math.min(baseline.length, candidate.length) < LEAST_ROUNDS) return [];
  const speeds = speedsOf([...baseline, ...candidate]);
  for (const used of [speeds, speeds.map(() => 1)]) {
    const found = risersAt(baseline, candidate, used, demands);
    if (found.length > 0) return found;
  }
  return [];
}

/** The functions that take more than they did in rounds too few to prove anything: what noise has made is among them. */
export function unproven(
  baseline: readonly Tally[],
  candidate: readonly Tally[],
  ignored: ReadonlySet<string>,
): readonly Riser[] {
  const total = median(baseline.map((tally) => tally.total));
  const keys = new Set([...baseline, ...candidate].flatMap(({ self }) => [...self.keys()]));
  return [...keys]
    .filter((key) => key !== PROGRAM && !ignored.has(key))
    .map((key): Riser => {
      const of = (tallies: readonly Tally[]) => median(tallies.map(({ self }) => self.get(key) ?? 0));
      const [before, after] = [of(baseline), of(candidate)];
      const value = (after - before) / total;
      return { key, baseline: before, candidate: after, share: { value, lower: -Infinity, upper: Infinity, level: 0 } };
    })
    .filter(({ share }) => share.value >= TESTED)
    .sort((a, b) => b.share.value - a.share.value);
}

function risersAt(
  baseline: readonly Tally[],
  candidate: readonly Tally[],
  speeds: readonly number[],
  { proven, ignored }: Demands,
): readonly Riser[] {
  const total = median(baseline.map((tally, index) => tally.total / speeds[index]!));
  const columns = [...new Set([...baseline, ...candidate].flatMap(({ self }) => [...self.keys()]))].map((key) => ({
    key,
    first: baseline.map(({ self }, index) => (self.get(key) ?? 0) / speeds[index]!),
    second: candidate.map(({ self }, index) => (self.get(key) ?? 0) / speeds[baseline.length + index]!),
  }));
  const tested = columns.filter(
    ({ key, first, second }) =>
      key !== PROGRAM && !ignored.has(key) && largest([median(first), median(second)]) >= TESTED * total,
  );
  const enough = Math.max(ALPHA / Math.max(1, tested.length), smallestP(baseline.length, candidate.length));
  const least = proven > 0 ? Math.max(FLOOR.proven, SHARE * proven) : FLOOR.open;
  return tested
    .filter(({ first, second }) => largerThan(first, second) <= enough * (1 + 1e-9))
    .map(({ key, first, second }): Riser => {
      const moved = shift(first, second);
      return {
        key,
        baseline: median(first),
        candidate: median(second),
        share: { ...moved, value: moved.value / total, lower: moved.lower / total, upper: moved.upper / total },
      };
    })
    .filter(({ share }) => share.value >= least)
    .sort((a, b) => b.share.value - a.share.value);
}
