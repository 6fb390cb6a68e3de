/** A confidence interval; `level` is the one actually reached. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}
