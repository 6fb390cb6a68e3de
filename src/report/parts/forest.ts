import type { Judgement } from "../../model/verdict.ts";

/** The axis that all rows of a table share, as natural logarithms of the ratio: equal distances are equal factors. */
export interface ForestScale {
  readonly lower: number;
  readonly upper: number;
}

/** The width of a plot, in characters. */
const FOREST_WIDTH = 15;

/**
 * The axis for a table: wide enough for every interval and threshold, but not for the few that would squeeze all others.
 * Null where no row has an interval.
 */
export function forestScale(judgements: readonly Judgement[]): ForestScale | null {
  const compared = judgements.filter(({ comparison }) => comparison !== null);
  const thresholds = compared.map(({ threshold }) => Math.log1p(threshold ?? 0));
  const ends = compared.flatMap(({ comparison }) => [log(comparison!.interval.lower), log(comparison!.interval.upper)]);
  if (ends.length === 0) return null;
  const widest = thresholds.reduce((a, b) => Math.max(a, b), 0.01);
  const sizes = ends.map(Math.abs).sort((a, b) => a - b);
  const cap = Math.max(3 * sizes[Math.floor(0.75 * (sizes.length - 1))]!, 3 * widest);
  return {
    lower: Math.max(
      -cap,
      finite(ends).reduce((a, b) => Math.min(a, b), -1.2 * widest),
    ),
    upper: Math.min(
      cap,
      finite(ends).reduce((a, b) => Math.max(a, b), 1.2 * widest),
    ),
  };
}

/**
 * A row of the forest plot: `│` is no change, `░` lies within the threshold, `├──●──┤` is the interval with its estimate;
 * `◄` and `►` point to what lies beyond the axis. Every cell is drawn, with characters of one width in most proportional fonts too.
 */
export function forest({ comparison, threshold }: Judgement, scale: ForestScale | null, width = FOREST_WIDTH): string {
  if (comparison === null || scale === null) return "";
  const cell = (x: number) => Math.round(((x - scale.lower) / (scale.upper - scale.lower)) * (width - 1));
  const [lower, at, upper] = [comparison.interval.lower, comparison.ratio, comparison.interval.upper].map((ratio) =>
    cell(log(ratio)),
  ) as [number, number, number];
  const zero = cell(0);
  const tolerated = toleratedBand(threshold ?? 0);
  return Array.from({ length: width }, (_, index) => {
    if (index === 0 && lower < 0) return "◄";
    if (index === width - 1 && upper > width - 1) return "►";
    if (index === at) return "●";
    if (index === lower) return "├";
    if (index === upper) return "┤";
    if (index > lower && index < upper) return index === zero ? "┼" : "─";
    if (index === zero) return "│";
    return tolerated.upper > 0 && index >= cell(tolerated.lower) && index <= cell(tolerated.upper) ? "░" : " ";
  }).join("");
}

/** The log ratios within a threshold: from 1 − it to 1 + it, as verdicts have it. */
export function toleratedBand(threshold: number): ForestScale {
  return { lower: log(1 - threshold), upper: Math.log1p(threshold) };
}

function log(ratio: number): number {
  return ratio <= 0 || Number.isNaN(ratio) ? Number.NEGATIVE_INFINITY : Math.log(ratio);
}

function finite(values: readonly number[]): readonly number[] {
  return values.filter(Number.isFinite);
}
