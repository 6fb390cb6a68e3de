import type { Exponent, Growth } from "../model/growth.ts";
import { COMPLEXITY } from "../model/growth.ts";
import type { Judgement } from "../model/verdict.ts";
import { BLOCKS } from "../report/html/wire.ts";
import type { SideNames } from "../report/parts/columns.ts";
import { axis, type ChartSpec, dot, inPlot } from "./chart.ts";
import { byId } from "./dom.ts";
import { quantityOf } from "./quantity.ts";

let known: readonly Growth[] | null = null;

/** How the family of a benchmark grows with its size, on scales on which a power is a straight line; nothing where it is in none. */
export function growthCharts({ suite, benchmark, metric }: Judgement, sides: SideNames): readonly ChartSpec[] {
  known ??= JSON.parse(byId(BLOCKS.growth).textContent) as readonly Growth[];
  return known
    .filter((growth) => growth.suite === suite && isOf(growth, benchmark, metric))
    .map((growth) => specOf(growth, sides));
}

function isOf(growth: Growth, benchmark: string, metric: string): boolean {
  if (metric === COMPLEXITY) return growth.family === benchmark;
  return growth.metric === metric && growth.points.some((point) => point.benchmark === benchmark);
}

/** Powers of ten within a range; twice and five times those as well where there are few. */
function ticks(_: unknown, __: number, least: number, most: number): number[] {
  const powers = (steps: readonly number[]) =>
    Array.from({ length: 37 }, (_, i) => 10 ** (i - 18))
      .flatMap((power) => steps.map((step) => step * power))
      .filter((tick) => tick >= least && tick <= most);
  const decades = powers([1]);
  return decades.length > 2 ? decades : powers([1, 2, 5]);
}

function specOf({ points, baseline, candidate, metric, unit, family }: Growth, sides: SideNames): ChartSpec {
  const quantity = quantityOf(
    unit,
    metric,
    points.flatMap((point) => [point.baseline, point.candidate]),
  );
  const sizes = points.map(({ size }) => size);
  const was = baseline === null ? "" : `, was ${powerWords(baseline)}`;
  const sentence = `It grows as ${powerWords(candidate)}${was}.`;
  const scaled = (side: "baseline" | "candidate") => points.map((point) => quantity.scaled(point[side]));
  const marks = (["baseline", "candidate"] as const).filter((mark) => mark === "candidate" || baseline !== null);
  return {
    title: `How ${family} grows`,
    sentence,
    note: `${sentence} Both scales are logarithmic: the steeper the line, the larger the power.`,
    keys: marks.map((mark) => ({ mark, words: sides[mark] })),
    data: [sizes, scaled("baseline"), scaled("candidate")],
    options: (palette) => ({
      scales: { x: { time: false, distr: 3, range: apart }, y: { distr: 3, range: apart } },
      axes: [
        axis(palette, { label: "size", space: 50, splits: () => [...sizes], values: tickWords }),
        axis(palette, { label: quantity.unit, size: 58, splits: ticks, values: tickWords }),
      ],
      series: [
        {},
        { stroke: palette.baseline, width: 1.5, dash: [6, 4], points: { show: false } },
        { stroke: palette.candidate, width: 1.5, points: { show: false } },
      ],
      hooks: {
        draw: [
          (plot) =>
            inPlot(plot, (context) => {
              for (const mark of marks) {
                for (const point of points) {
                  const value = quantity.scaled(point[mark]);
                  if (value === null) continue;
                  const [x, y] = [plot.valToPos(point.size, "x", true), plot.valToPos(value, "y", true)];
                  dot(context, mark, x, y, palette);
                }
              }
            }),
        ],
      },
    }),
    readout: (index) => {
      const { size, ...point } = points[index]!;
      return `${sizeWords(size)}: ${marks.map((mark) => `${sides[mark]} ${quantity.words(point[mark])}`).join(", ")}`;
    },
    table: {
      head: ["size", sides.baseline, sides.candidate],
      rows: points.map((point) => [
        sizeWords(point.size),
        quantity.words(point.baseline),
        quantity.words(point.candidate),
      ]),
    },
  };
}

/** A range with some room at both ends, by factors: the scales are logarithmic. */
function apart(_: unknown, least: number | null, most: number | null): [number, number] {
  const [from, to] = [least ?? 1, most ?? 10];
  const room = Math.max((to / from) ** 0.08, 1.05);
  return [from / room, to * room];
}

function tickWords(_: unknown, splits: readonly number[]): string[] {
  return splits.map(sizeWords);
}

function sizeWords(size: number): string {
  return size >= 1e7 || size < 1e-3 ? size.toExponential(0).replace("e+", "e") : size.toLocaleString("en-US");
}

function powerWords({ value, interval: { lower, upper } }: Exponent): string {
  return `n^${value.toFixed(2)} (${lower.toFixed(2)} … ${upper.toFixed(2)})`;
}
