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
  const zero = bottom > 0 && top > bottom;
  const ticks = [
    `<g${zero ? ' class="from-data"' : ""}>${axis(bottom, top, quantity)}</g>`,
    ...(zero ? [`<g class="from-zero">${axis(0, top, quantity)}</g>`] : []),
  ];
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
          const [x, y] = [fixed(plane.x(run)), fixed(plane.y(value))];
          // A line without a length is a dot that stays round where the picture is squeezed.
          return `<line class="dot" x1="${x}" x2="${x}" y1="${y}" y2="${y}"><title>${text(about)}</title></line>`;
        });
  const squeezed = zero ? ` style="--from-zero: ${fromZero(bottom, top)}"` : "";
  const plot = `<g class="plot"${squeezed}>${[band(series, plane), line(series, plane), ...means, ...dots].join("")}</g>`;
  return drawing(CHART, inWords(series), [...ticks, ...days, plot, ...steps]);
}

/** Three lines of an axis with what they stand for. */
function axis(bottom: number, top: number, quantity: (value: number) => string): string {
  return [0, 0.5, 1]
    .map((share) => {
      const at = fixed(CHART.height - CHART.bottom - share * (CHART.height - CHART.top - CHART.bottom));
      const words = text(quantity(bottom + share * (top - bottom)));
      const label = `<text x="${CHART.left - 8}" y="${at}" dy="0.32em" text-anchor="end">${words}</text>`;
      return `<line class="axis" x1="${CHART.left}" x2="${CHART.width - CHART.right}" y1="${at}" y2="${at}"/>${label}`;
    })
    .join("");
}

/** What takes a plot whose axis begins at `bottom` to where it is on one that begins at zero: a CSS transform. */
function fromZero(bottom: number, top: number): string {
  const share = (top - bottom) / top;
  const floor = CHART.height - CHART.bottom;
  const shift = floor * (1 - share) - ((floor - CHART.top) * bottom) / top;
  return `matrix(1, 0, 0, ${Number(share.toFixed(5))}, 0, ${fixed(shift)})`;
}

/** A series as a line no larger than a word. */
export function sparkline(series: TrendSeries): string {
  const plane = planeOf(series, SPARK, LEAST_OF_SPARK);
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

/** A sparkline covers this share of its values at least, up and down: noise alone must not fill it. */
const LEAST_OF_SPARK = 0.08;

function planeOf(series: TrendSeries, { width, height, left, right, top, bottom }: Frame, least = 0): Plane {
  const [low, high] = rangeOf(series, least);
  const last = Math.max(1, series.points.length - 1);
  const inside = (share: number) => Math.min(1, Math.max(0, share));
  return {
    x: (run) => left + (run / last) * (width - left - right),
    y: (value) => height - bottom - inside((value - low) / (high - low)) * (height - top - bottom),
  };
}

/** From the lowest to the highest run, with some room; what spreads further is cut off. */
function rangeOf({ points }: TrendSeries, least = 0): readonly [low: number, high: number] {
  const values = points.map(({ value }) => value);
  const middle = (smallest(values) + largest(values)) / 2;
  const around = least * Math.abs(middle);
  const [low, high] = [smallest(values, middle - around), largest(values, middle + around)];
  const room = 0.12 * (high - low) || 0.05 * Math.abs(high) || 1;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}
