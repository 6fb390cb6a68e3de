import type { GrowthVerdict } from "../../model/growth.ts";
import { type Estimate, pairedEstimate, predictionEstimate, welchEstimate } from "../../stats/estimate.ts";
import { pAbove, pBelow } from "../../stats/p-value.ts";
import { type Line, lineThrough, pOfRise, steadied } from "../../stats/slope.ts";
import { mean, variance } from "../../stats/summary.ts";
import { type FamilySides, FEWEST_ROUNDS, type Profile } from "./sides.ts";

/** A change of the exponent matters from here on where nobody says otherwise: it is more than layout or a cache makes of it at one size of three. */
export const USUAL_CHANGE = 0.2;
/** The chance of a false finding in a gate by what rounds differ by, shared among its families. */
const LEVEL = 0.001;
/** The least error of one round's logarithm. */
const ERROR_FLOOR = 0.001;

/** A term that grows faster, and is small yet, shows in the sizes' own order: so many of them must agree, over such a span. */
const FEWEST_FOR_TERM = 4;
/** Against what single benchmarks have of their own, which no round tells: how near to one curve the sizes lie. */
const TERM_LEVEL = 0.005;
/** By how much (ln) the largest size is slower than the smallest one at least: less is within what order and layout do. */
const SMALLEST_RISE = 0.02;
/** The chance by which the largest size's extra time is no more than that of the one before it. */
const STEP_LEVEL = 0.01;
/** How much more that is surely, as a share, where the exponent changed: what made small sizes alone faster changes it as well. */
const SMALLEST_STEP = 0.02;

/** How the exponent changed, and what that proves. */
export interface Change {
  /** Candidate's less baseline's. */
  readonly estimate: Estimate;
  readonly verdict: GrowthVerdict;
}

/** What is asked of a change: the places of the sizes, how the sides came together, and among how many families. */
export interface Asked {
  /** Smallest first. */
  readonly sizes: readonly number[];
  readonly design: "pairs" | "unpaired" | "stored";
  readonly families: number;
  /** The smallest change of the exponent that matters; half of it must be surely exceeded. */
  readonly matters: number;
}

/** Null where there are too few rounds, runs or pairs. */
export function changeOf(sides: FamilySides, asked: Asked): Change | null {
  const { baseline, candidate } = sides;
  const { matters } = asked;
  const design = sides.pairs.length > 0 ? "pairs" : asked.design;
  const enough = design === "stored" ? baseline.length : Math.min(baseline.length, candidate.length);
  if (enough < FEWEST_ROUNDS || candidate.length === 0) return null;
  const weights = steadied(asked.sizes.map((_, k) => varianceAt(sides, design, k)));
  const estimateOf = estimator(sides, design);
  const exponents = lineThrough(asked.sizes.map(Math.log), weights);
  const estimate = estimateOf(exponents.slope, exponents.scale);
  const level = LEVEL / asked.families / 2;
  const extra = extraOf(sides, design);
  const isUp = (by: number) => extra === null || pAbove(extra, by) <= STEP_LEVEL;
  const isDown = extra === null || pBelow(extra, -SMALLEST_STEP) <= STEP_LEVEL;
  const steeper = estimate.mean >= matters && pAbove(estimate, matters / 2) <= level;
  const flatter = estimate.mean <= -matters && pBelow(estimate, -matters / 2) <= level;
  if (steeper && isUp(SMALLEST_STEP)) return { estimate, verdict: "steeper" };
  if (flatter && isDown) return { estimate, verdict: "flatter" };
  const rises =
    isUp(0) &&
    design !== "stored" &&
    asked.sizes.length >= FEWEST_FOR_TERM &&
    hasTerm(sides, asked, weights, estimateOf);
  return { estimate, verdict: rises ? "steeper" : "unproven" };
}

/** The estimate of a difference between the sides that is one number a round, such as a slope; `scale` is its error for an error of 1 at every size. */
type EstimateOf = (number: (profile: Profile) => number, scale: number) => Estimate;

function estimator({ baseline, candidate, pairs }: FamilySides, design: Asked["design"]): EstimateOf {
  return (number, scale) => {
    const floor = ERROR_FLOOR * scale;
    if (design === "pairs") return pairedEstimate(pairs.map(number), floor);
    if (design === "unpaired") return welchEstimate(baseline.map(number), candidate.map(number), floor);
    return predictionEstimate(baseline.map(number), mean(candidate.map(number)), null, floor);
  };
}

/**
 * Whether the ratio of the sides rises with the size, along one of two curves: with its logarithm, as where the exponent changed, or with the size itself, as
 * a term does that is small yet. Rounds must prove the rise, and the sizes must lie so near to the curve that what each has of its own does not explain it.
 */
function hasTerm(
  { baseline, candidate, pairs }: FamilySides,
  { sizes, families }: Asked,
  weights: readonly number[],
  estimateOf: EstimateOf,
): boolean {
  const most = sizes.at(-1)!;
  const curves = [sizes.map(Math.log), sizes.map((size) => size / most)];
  const middle = sizes.map((_, k) =>
    pairs.length > 0
      ? mean(pairs.map((each) => each[k]!))
      : mean(candidate.map((each) => each[k]!)) - mean(baseline.map((each) => each[k]!)),
  );
  return curves.some((places) => {
    const line: Line = lineThrough(places, weights);
    const estimate = estimateOf(line.slope, line.scale);
    const rise = estimate.mean * (places.at(-1)! - places[0]!);
    const alike = pOfRise(line.fit(middle)) <= TERM_LEVEL / curves.length;
    return rise >= SMALLEST_RISE && alike && pAbove(estimate, 0) <= LEVEL / families / 2 / curves.length;
  });
}

/**
 * By how much more time the candidate takes than the baseline at the largest size than at the one before it, as a share of what the baseline takes there. A fixed cost that is gone makes the
 * exponent rise as well, but is the same at every size: nothing grows then. Null of stored runs, which are another time's.
 */
function extraOf({ baseline, candidate, pairs }: FamilySides, design: Asked["design"]): Estimate | null {
  if (design === "stored") return null;
  const last = baseline[0]!.length - 1;
  const level = (k: number) => mean(baseline.map((each) => each[k]!));
  const before = Math.exp(level(last - 1) - level(last));
  if (design === "pairs") {
    return pairedEstimate(
      pairs.map((each) => Math.expm1(each[last]!) - before * Math.expm1(each[last - 1]!)),
      ERROR_FLOOR,
    );
  }
  const step = (each: Profile) => Math.exp(each[last]! - level(last)) - Math.exp(each[last - 1]! - level(last));
  return welchEstimate(baseline.map(step), candidate.map(step), ERROR_FLOOR);
}

function varianceAt({ baseline, candidate, pairs }: FamilySides, design: Asked["design"], k: number): number {
  const of = (rounds: readonly Profile[]) => (rounds.length < 2 ? 0 : variance(rounds.map((each) => each[k]!)));
  return design === "pairs" ? of(pairs) : of(baseline) + of(candidate);
}
