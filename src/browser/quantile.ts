/** A quantile: the share of samples at or below the value. */
export interface Quantile {
  readonly level: number;
  readonly value: number;
}
