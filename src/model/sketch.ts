/**
 * What is kept of a round's values in place of all of them, as it is written: the constants behind it belong to the version of the recording.
 * - `n`: groups of neighbours in ascending order. How many values a group holds follows from `n` alone; `min` is the smallest value, `d` the differences
 *   from group to group of their means of ln(value / min) in steps of 0.0005, `a` what is left of the percentiles' own, in sixteenths of a step.
 * - `v`: the distinct values of a coarse clock, or of anything else that takes few, with their counts `c`. Where `e` is there they are whole
 *   multiples of 10⁻ᵉ, the first one and then the differences; else they are the values themselves.
 */
export type Sketch = GroupSketch | ValueSketch;

interface Sketched {
  /** The values followed each other without leaning on each other: so many of them are what a shorter round would have been. */
  readonly independent?: true | undefined;
}

/** A sketch whose values are near the ones that were seen, within 0.03 %. */
export interface GroupSketch extends Sketched {
  readonly n: number;
  readonly min: number;
  readonly d: readonly number[];
  readonly a: readonly number[];
}

/** A sketch that holds the values that were seen. */
export interface ValueSketch extends Sketched {
  readonly e?: number | undefined;
  readonly v: readonly number[];
  readonly c: readonly number[];
}
