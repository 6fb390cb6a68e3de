import { tSf } from "./student-t.ts";
import { mean } from "./summary.ts";

/** A straight line through values at fixed places, as weights: its slope is Σ cᵢyᵢ. */
export interface Line {
  readonly slope: (values: readonly number[]) => number;
  /** The slope of the values and the standard error that their distances from the line give it, with n − 2 degrees of freedom. */
  readonly fit: (values: readonly number[]) => { readonly slope: number; readonly se: number; readonly df: number };
  /** √Σcᵢ²: the error of the slope for an error of 1 in each value. */
  readonly scale: number;
}

/**
 * The weighted least-squares line (Gauss-Markov: the best linear unbiased one where weights are inverse variances) at three places or more that are not all
 * equal. Weights count by their ratios alone.
 */
export function lineThrough(places: readonly number[], weights: readonly number[]): Line {
  const total = sum(weights);
  const centre = sum(places.map((x, i) => weights[i]! * x)) / total;
  const spread = sum(places.map((x, i) => weights[i]! * (x - centre) ** 2));
  const coefficients = places.map((x, i) => (weights[i]! * (x - centre)) / spread);
  const slope = (values: readonly number[]) => sum(values.map((y, i) => coefficients[i]! * y));
  return {
    slope,
    scale: Math.sqrt(sum(coefficients.map((c) => c * c))),
    fit: (values) => {
      const found = slope(values);
      const height = sum(values.map((y, i) => weights[i]! * y)) / total;
      const left = sum(values.map((y, i) => weights[i]! * (y - height - found * (places[i]! - centre)) ** 2));
      const df = values.length - 2;
      return { slope: found, se: Math.sqrt(left / df / spread), df };
    },
  };
}

/** The chance that values without any slope lie so near to a rising line, or nearer; a line that they lie on exactly is no chance. */
export function pOfRise({ slope, se, df }: ReturnType<Line["fit"]>): number {
  if (se === 0) return slope > 0 ? 0 : 1;
  return tSf(slope / se, df);
}

/**
 * Weights for places of which each has a variance: its inverse, once it is averaged with that of all. A few rounds tell a variance badly, and no place must
 * speak for all because its rounds happened to agree.
 */
export function steadied(variances: readonly number[]): readonly number[] {
  const common = mean(variances);
  return common === 0 ? variances.map(() => 1) : variances.map((each) => (2 * common) / (each + common));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
