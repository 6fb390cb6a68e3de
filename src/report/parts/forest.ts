import { worse } from "../../model/measurement.ts";
import type { Judgement } from "../../model/verdict.ts";

/** The axis that all rows of a table share, as natural logarithms of the ratio: equal distances are equal factors. */
export interface ForestScale {
  readonly lower: number;
  readonly upper: number;
}

/** How many characters a plot in text gives to one threshold, and to each side of no change: 2⅓ thresholds. */
const CELLS_PER_BOUND = 3;
const HALF = 7;
/** The axis of a row without a threshold. */
const DEFAULT_BOUND = 0.05;

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
 * A row of the forest plot in text, 15 characters wide, on the scale of the row's own bound: `│` is no change, `┆` the bound for better (left) and for
 * worse (right), whichever direction the metric has; `├──●──┤` is the interval with its estimate; `◄` and `►` point to what is off the axis. The bounds
 * are drawn over the interval, so that they are in every row. Empty where nothing was compared.
 */
export function forest({ comparison, threshold, judged, better }: Judgement): string {
  if (comparison === null) return "";
  const bound = judged?.bound ?? threshold ?? 0;
  const unit = bound > 0 ? bound : DEFAULT_BOUND;
  const sign = worse(better);
  const cell = (ratio: number) => HALF + Math.round((sign * (ratio - 1) * CELLS_PER_BOUND) / unit);
  const { ratio, interval } = comparison;
  const at = Math.min(2 * HALF + 1, Math.max(-1, cell(ratio)));
  const [lower, upper] = [cell(interval.lower), cell(interval.upper)].sort((a, b) => a - b) as [number, number];
  const ticks = bound > 0 ? [HALF - CELLS_PER_BOUND, HALF + CELLS_PER_BOUND] : [];
  return Array.from({ length: 2 * HALF + 1 }, (_, index) => {
    if (index === 0 && lower < 0) return "◄";
    if (index === 2 * HALF && upper > 2 * HALF) return "►";
    if (index === at) return "●";
    const inside = index >= lower && index <= upper;
    if (ticks.includes(index)) return inside ? "┿" : "┆";
    if (index === HALF) return inside ? "┼" : "│";
    if (index === lower) return "├";
    if (index === upper) return "┤";
    return inside ? "─" : " ";
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
