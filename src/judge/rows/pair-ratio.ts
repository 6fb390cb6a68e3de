import { median } from "../../stats/summary.ts";
import type { Reading } from "./readings.ts";

/** Fewer slices say no more than the median of all samples does. */
const ENOUGH = 3;

/** Both sides of a pair, baseline first. */
type Pair = readonly [Reading, Reading];

/** The log ratio of each pair, candidate over baseline: slice by slice where they ran in lockstep, else of whole rounds. */
export function pairRatios(pairs: readonly Pair[]): readonly number[] {
  return slicedRatios(pairs) ?? wholeRatios(pairs);
}

/** Of what whole rounds gave. */
export function wholeRatios(pairs: readonly Pair[]): readonly number[] {
  return pairs.map(([a, b]) => logRatio(a.value, b.value));
}

/**
 * The median over slice pairs of the log ratio of what each slice gave, since whatever disturbs a slice disturbs its neighbour on the other side. All pairs are
 * reduced in one way: null where there are none, or one of them has too few slices for it.
 */
export function slicedRatios(pairs: readonly Pair[]): readonly number[] | null {
  const sliced = pairs.map(overSlices);
  return sliced.length > 0 && sliced.every((ratio) => ratio !== null) ? sliced : null;
}

function overSlices([baseline, candidate]: Pair): number | null {
  const { before, after } = aligned(baseline.slices ?? [], candidate.slices ?? []);
  const count = Math.min(before.length, after.length);
  if (count < ENOUGH) return null;
  const ratios = Array.from({ length: count }, (_, i) => logRatio(before[i]!, after[i]!));
  return ratios.every(Number.isFinite) ? median(ratios) : null;
}

/** A side that took half again as many slices had its neighbours not joined where the other's were. */
const FINER = 1.5;

/**
 * Slices are joined where there are more than are kept (harness/sample.ts, baseline/sketched.ts), and so many are left then. A side with fewer was measured
 * for a shorter time: its slices ran beside the first ones of the other side.
 */
const FEWEST_JOINED = 16;

function aligned(
  before: readonly number[],
  after: readonly number[],
): { before: readonly number[]; after: readonly number[] } {
  if (Math.min(before.length, after.length) < FEWEST_JOINED) return { before, after };
  if (before.length > FINER * after.length) return { before: joined(before), after };
  if (after.length > FINER * before.length) return { before, after: joined(after) };
  return { before, after };
}

function joined(medians: readonly number[]): readonly number[] {
  return Array.from({ length: medians.length >> 1 }, (_, i) => (medians[2 * i]! + medians[2 * i + 1]!) / 2);
}

function logRatio(before: number, after: number): number {
  return Math.log(after) - Math.log(before);
}
