import { largest, smallest } from "../../model/extremes.ts";
import type { TrendSeries } from "../../model/trend.ts";
import { text } from "../html/markup.ts";
import { PLAIN } from "../parts/ink.ts";
import { change, wordsFor } from "../words/format.ts";
import { statisticWords } from "../words/statistic.ts";
import { dayOf, quantityOf, titleOf } from "./words.ts";

/** Where values lie in a drawing. */
interface Plane {
  readonly x: (run: number) => number;
  readonly y: (value: number) => number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const CHART: Frame = { width: 1040, height: 220, left: 74, right: 14, top: 22, bottom: 26 };
const SPARK: Frame = { width: 120, height: 28, left: 3, right: 3, top: 3, bottom: 3 };
/** More dots than this run into each other; the line shows all runs. */
const DOTS = 120;

/** A series as a picture of all its runs: each run's value, what its rounds spread over, levels, and numbered changes. */
export function chart(series: TrendSeries): string {
  const { points, levels, changes } = series;
  const plane = planeOf(series, CHART);
  const quantity = quantityOf(series);
  const [bottom, top] = rangeOf(series);
  const ticks = [bottom, (bottom + top) / 2, top].map((value) => {
    const at = fixed(plane.y(value));
    const label = `<text x="${CHART.left - 8}" y="${at}" dy="0.32em" text-anchor="end">${text(quantity(value))}</text>`;
    return `<line class="axis" x1="${CHART.left}" x2="${CHART.width - CHART.right}" y1="${at}" y2="${at}"/>${label}`;
  });
  const [from, to] = [dayOf(points[0]?.committedAt ?? ""), dayOf(points.at(-1)?.committedAt ?? "")];
  const floor = CHART.height - 8;
  const days = [
    `<text x="${CHART.left}" y="${floor}">${from}</text>`,
    `<text x="${CHART.width - CHART.right}" y="${floor}" text-anchor="end">${to}</text>`,
  ];
  const steps = changes.map(({ at, worse, accepted }, index) => {
    const x = fixed((plane.x(at - 1) + plane.x(at)) / 2);
    const kind = accepted !== null ? "accepted" : worse ? "worse" : "better";
    const line = `<line class="step ${kind}" x1="${x}" x2="${x}" y1="${CHART.top}" y2="${CHART.height - CHART.bottom}"/>`;
    return `${line}<text class="mark" x="${x}" y="${CHART.top - 7}" text-anchor="middle">${index + 1}</text>`;
  });
  const means = levels.map(({ from: first, to: end, value, begin = value }) => {
    const [x1, x2] = [fixed(plane.x(first)), fixed(plane.x(end - 1))];
    return `<line class="level" x1="${x1}" x2="${x2}" y1="${fixed(plane.y(begin))}" y2="${fixed(plane.y(value))}"/>`;
  });
  const dots =
    points.length > DOTS
      ? []
      : points.map(({ value, sha, committedAt }, run) => {
          const about = [quantity(value), sha.slice(0, 7), dayOf(committedAt)].filter(Boolean).join(", ");
          const at = `cx="${fixed(plane.x(run))}" cy="${fixed(plane.y(value))}"`;
          return `<circle class="dot" ${at} r="2.4"><title>${text(about)}</title></circle>`;
        });
  const parts = [...ticks, ...days, band(series, plane), line(series, plane), ...means, ...steps, ...dots];
  return drawing(CHART, inWords(series), parts);
}

/** A series as a line no larger than a word. */
export function sparkline(series: TrendSeries): string {
  const plane = planeOf(series, SPARK);
  const steps = series.changes.map(({ at, worse, accepted }) => {
    const x = fixed((plane.x(at - 1) + plane.x(at)) / 2);
    return `<line class="step ${accepted !== null ? "accepted" : worse ? "worse" : "better"}" x1="${x}" x2="${x}" y1="0" y2="${SPARK.height}"/>`;
  });
  // The row says in words what it shows.
  return drawing(SPARK, null, [line(series, plane), ...steps]);
}

/** What a chart shows, for those who do not see it. */
function inWords(series: TrendSeries): string {
  const { points, changes, unit } = series;
  const quantity = quantityOf(series);
  const [first, last] = [points[0]!, points.at(-1)!];
  const steps = changes.map(({ ratio }, index) => `change ${index + 1}: ${change(ratio, wordsFor(unit))}`);
  return [
    `${titleOf(series)}, ${statisticWords(series, PLAIN)}: ${points.length} runs, from ${quantity(first.value)} to ${quantity(last.value)}`,
    ...(steps.length === 0 ? ["no change of level"] : steps),
  ].join("; ");
}

function drawing({ width, height }: Frame, label: string | null, parts: readonly string[]): string {
  const role = label === null ? 'aria-hidden="true"' : `role="img" aria-label="${text(label)}"`;
  return `<svg viewBox="0 0 ${width} ${height}" ${role}>${parts.join("")}</svg>`;
}

function line({ points }: TrendSeries, { x, y }: Plane): string {
  const path = points.map(({ value }, run) => `${fixed(x(run))},${fixed(y(value))}`).join(" ");
  return `<polyline class="run" points="${path}"/>`;
}

/** One standard deviation of the rounds of each run, up and down. */
function band({ points }: TrendSeries, { x, y }: Plane): string {
  const edge = (sign: 1 | -1) =>
    points.map(({ value, spread }, run) => `${fixed(x(run))},${fixed(y(value * Math.exp(sign * (spread ?? 0))))}`);
  if (points.length < 2 || points.every(({ spread }) => spread === null)) return "";
  return `<polygon class="band" points="${[...edge(1), ...edge(-1).reverse()].join(" ")}"/>`;
}

function planeOf(series: TrendSeries, { width, height, left, right, top, bottom }: Frame): Plane {
  const [low, high] = rangeOf(series);
  const last = Math.max(1, series.points.length - 1);
  const inside = (share: number) => Math.min(1, Math.max(0, share));
  return {
    x: (run) => left + (run / last) * (width - left - right),
    y: (value) => height - bottom - inside((value - low) / (high - low)) * (height - top - bottom),
  };
}

/** From the lowest to the highest run, with some room; what spreads further is cut off. */
function rangeOf({ points }: TrendSeries): readonly [low: number, high: number] {
  const values = points.map(({ value }) => value);
  const [low, high] = [smallest(values), largest(values)];
  const room = 0.12 * (high - low) || 0.05 * Math.abs(high) || 1;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}
