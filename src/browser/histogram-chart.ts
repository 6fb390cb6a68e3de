import uPlot from "uplot";
import { largest, smallest } from "../model/extremes.ts";
import { percent } from "../report/words/format.ts";
import { axis, type ChartSpec } from "./chart.ts";
import { type Arms, BODY, sideKeys } from "./distribution.ts";
import { sharesIn } from "./histogram.ts";
import type { Quantile } from "./quantile.ts";
import type { Quantity } from "./quantity.ts";
import type { Names } from "./rounds-chart.ts";

const BINS = 24;
/** Fewer percentiles than this tell no shape. */
const FEWEST = 12;

/** How often samples fall into each of equal steps of value, up to p99, both sides over each other. Null where only a few percentiles are known. */
export function histogramChart(arms: Arms, names: Names, quantity: Quantity): ChartSpec | null {
  const shown = [arms.baseline, arms.candidate].filter((quantiles) => quantiles.length > 0);
  if (shown.some((quantiles) => quantiles.length < FEWEST)) return null;
  const body = shown.flat().filter(({ level }) => level <= BODY);
  const values = body.map(({ value }) => quantity.scaled(value)!);
  const [low, high] = [smallest(values), largest(values)];
  if (!(high > low)) return null;
  const edges = Array.from({ length: BINS + 1 }, (_, bin) => low + ((high - low) * bin) / BINS);
  const bins = (quantiles: readonly Quantile[]): readonly (number | null)[] => {
    const scaled = quantiles.map(({ level, value }) => ({ level, value: quantity.scaled(value)! }));
    const shares = sharesIn(scaled, edges);
    return quantiles.length === 0 ? shares.map(() => null) : shares.map((share) => 100 * share);
  };
  const [baseline, candidate] = [bins(arms.baseline), bins(arms.candidate)];
  const range = (bin: number) =>
    `${Number(edges[bin]!.toPrecision(3))} – ${Number(edges[bin + 1]!.toPrecision(3))} ${quantity.unit}`.trim();
  const share = (value: number | null | undefined) => (value == null ? "–" : percent(value / 100));
  const peak = (list: readonly (number | null)[], name: string) => {
    const most = list.reduce<number>((best, value, bin) => ((value ?? -1) > (list[best] ?? -1) ? bin : best), 0);
    return list.some((value) => value !== null) ? [`${name} ${range(most)}`] : [];
  };
  return {
    title: "Histogram",
    sentence: `Most frequent: ${[...peak(baseline, names.baseline), ...peak(candidate, names.candidate)].join(" · ")}.`,
    note: "Share of the samples in each step of value, up to p99. It is computed from percentiles 5 % apart, so it shows no finer detail.",
    keys: sideKeys(names),
    // A step is drawn from its edge to the next, so the last one needs an end.
    data: [edges, [...baseline, baseline.at(-1)!], [...candidate, candidate.at(-1)!]],
    options: (palette) => ({
      scales: { x: { time: false, range: [low, high] }, y: { range: (_, __, most) => [0, (most || 1) * 1.08] } },
      axes: [
        axis(palette, { label: quantity.unit }),
        axis(palette, { size: 52, values: (_, ticks) => ticks.map((tick) => `${tick} %`) }),
      ],
      series: [
        {},
        { stroke: palette.baseline, width: 2, dash: [6, 4], ...STEPPED },
        { stroke: palette.candidate, fill: translucent(palette.candidate), width: 2, ...STEPPED },
      ],
    }),
    readout: (index) => {
      const bin = Math.min(index, BINS - 1);
      const sides = [
        ...(baseline[bin] === null ? [] : [`${names.baseline} ${share(baseline[bin])}`]),
        ...(candidate[bin] === null ? [] : [`${names.candidate} ${share(candidate[bin])}`]),
      ];
      return `${range(bin)}: ${sides.join(" · ")}`;
    },
    table: {
      head: ["value", names.baseline, names.candidate],
      rows: baseline.map((value, bin) => [range(bin), share(value), share(candidate[bin])]),
    },
  };
}

const STEPPED = { paths: uPlot.paths.stepped!({ align: 1 }), points: { show: false } } as const;

/** A colour as the browser computed it, `rgb(…)`, at a fifth of its strength. */
function translucent(colour: string): string {
  return colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0.2)");
}
