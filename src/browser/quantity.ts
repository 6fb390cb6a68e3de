import { type Scale, scaleFor, significant } from "../report/words/format.ts";

/** Numbers of one chart, all in the same scale. */
export interface Quantity {
  /** The unit as it stands at the axis; empty for a bare number. */
  readonly unit: string;
  /** In that unit. */
  scaled(value: number | null): number | null;
  /** With its unit. */
  words(value: number | null): string;
}

/** The scale in which all of `values` are written. */
export function quantityOf(unit: string, metric: string, values: readonly (number | null)[]): Quantity {
  const { factor, suffix, own }: Scale = scaleFor(unit, metric, [largest(values)]);
  const after = own && suffix !== "" ? ` ${suffix}` : suffix;
  return {
    unit: suffix.trim(),
    scaled: (value) => (value === null ? null : value / factor),
    words: (value) => (value === null ? "–" : `${significant(value / factor)}${after}`),
  };
}

function largest(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
}
