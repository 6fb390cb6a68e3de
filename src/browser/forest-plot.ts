import type { Judgement } from "../model/verdict.ts";
import { bucketOf } from "../report/parts/buckets.ts";
import { type ForestScale, toleratedBand } from "../report/parts/forest.ts";
import { signedPercent } from "../report/words/format.ts";
import { svg } from "./dom.ts";

/** The size of a row's plot; every plot of a table has the same, so that the rows are one chart. */
export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** Room for the arrows that point beyond the axis. */
const EDGE = 10;
/** Ticks closer than this to no change have no room for their words. */
const NEAREST = 34;

/**
 * One row of the forest plot: the interval with its estimate against no change and the threshold, on the table's logarithmic axis.
 * It repeats what the row's `change` says in numbers, and is hidden from screen readers.
 */
export function forestRow(judgement: Judgement, scale: ForestScale | null, size: PlotSize): SVGElement {
  const { comparison, threshold } = judgement;
  const root = canvas(size, { class: `forest ${bucketOf(judgement).colour}` });
  if (comparison === null || scale === null) return root;
  const x = position(scale, size);
  const middle = size.height / 2;
  const band = toleratedBand(threshold ?? 0);
  const [lower, at, upper] = [comparison.interval.lower, comparison.ratio, comparison.interval.upper].map(log) as [
    number,
    number,
    number,
  ];
  if (band.upper > 0) {
    const from = x(within(band.lower, scale));
    root.append(rect(from, 3, x(within(band.upper, scale)) - from, size.height - 6, "band"));
  }
  root.append(line(x(0), 0, x(0), size.height, "zero"));
  const cap = (at: number) => line(x(at), middle - 6, x(at), middle + 6, "interval");
  root.append(line(x(within(lower, scale)), middle, x(within(upper, scale)), middle, "interval"));
  if (lower < scale.lower) root.append(arrow(x(scale.lower), middle, -1));
  else if (lower <= scale.upper) root.append(cap(lower));
  if (upper > scale.upper) root.append(arrow(x(scale.upper), middle, 1));
  else if (upper >= scale.lower) root.append(cap(upper));
  if (at === within(at, scale)) root.append(svg("circle", { cx: x(at), cy: middle, r: 3.5, class: "point" }));
  return root;
}

/** The axis above the plots. */
export function forestAxis(scale: ForestScale | null, size: PlotSize): SVGElement {
  const root = canvas(size, { class: "forest axis" });
  if (scale === null) return root;
  const x = position(scale, size);
  for (const ratio of ticks(scale)) {
    const at = x(Math.log(ratio));
    // Beside no change there must be room for its own word.
    if (ratio !== 1 && Math.abs(at - x(0)) < NEAREST) continue;
    root.append(line(at, size.height - 4, at, size.height, "zero"));
    const anchor = at < 24 ? "start" : at > size.width - 24 ? "end" : "middle";
    root.append(
      svg("text", { x: at, y: size.height - 8, "text-anchor": anchor }, ratio === 1 ? "0" : tickWords(ratio)),
    );
  }
  return root;
}

/** Round values for the axis: changes up to half as much again, factors beyond. */
const GROWN = [1.01, 1.02, 1.05, 1.1, 1.2, 1.5, 2, 3, 5, 10, 30, 100, 1000];
const SHRUNK = [0.99, 0.98, 0.95, 0.9, 0.8, ...GROWN.slice(5).map((factor) => 1 / factor)];

/** No change, and one round value on each side, as far out as the axis goes. */
function ticks({ lower, upper }: ForestScale): readonly number[] {
  const furthest = (ratios: readonly number[], reach: number) =>
    ratios.filter((ratio) => Math.abs(Math.log(ratio)) <= reach).slice(-1);
  return [...furthest(SHRUNK, -lower), 1, ...furthest(GROWN, upper)];
}

function tickWords(ratio: number): string {
  if (ratio >= 1.5) return `×${ratio}`;
  return ratio < 0.7
    ? `÷${Number((1 / ratio).toPrecision(3))}`
    : signedPercent(Number(ratio.toPrecision(3))).replace(/\.0+(?= )/, "");
}

function position({ lower, upper }: ForestScale, { width }: PlotSize): (log: number) => number {
  return (value) => EDGE + ((value - lower) / (upper - lower)) * (width - 2 * EDGE);
}

function within(value: number, { lower, upper }: ForestScale): number {
  return Math.min(upper, Math.max(lower, value));
}

function log(ratio: number): number {
  return ratio <= 0 || Number.isNaN(ratio) ? Number.NEGATIVE_INFINITY : Math.log(ratio);
}

function canvas({ width, height }: PlotSize, more: Readonly<Record<string, string>>): SVGElement {
  return svg("svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "aria-hidden": "true",
    focusable: "false",
    ...more,
  });
}

function rect(x: number, y: number, width: number, height: number, name: string): SVGElement {
  return svg("rect", { x, y, width, height, class: name });
}

function line(x1: number, y1: number, x2: number, y2: number, name: string): SVGElement {
  return svg("line", { x1, y1, x2, y2, class: name });
}

function arrow(x: number, y: number, direction: 1 | -1): SVGElement {
  const base = x + 2 * direction;
  return svg("path", { d: `M${base + 6 * direction} ${y} L${base} ${y - 5} L${base} ${y + 5} Z`, class: "arrow" });
}
