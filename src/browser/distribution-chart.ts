import uPlot from "uplot";
import type { SubjectEvidence } from "../model/evidence.ts";
import { percent, plural, signedPercent } from "../report/words/format.ts";
import { axis, type ChartSpec, dot, inPlot, type Palette, roomy } from "./chart.ts";
import { type Arms, BODY, quantilesOf, sideKeys } from "./distribution.ts";
import { histogramChart } from "./histogram-chart.ts";
import type { Quantile } from "./quantile.ts";
import { type Quantity, quantityOf } from "./quantity.ts";
import type { Names } from "./rounds-chart.ts";

/** The levels that the tables list. */
const LISTED = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1];
/** The marks of the tail axis. */
const TAIL = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** Both sides' distributions: an ECDF and a histogram of their body, and the percentiles on an axis that opens the tail. Empty where a round is one number. */
export function distributionCharts(subject: SubjectEvidence, names: Names): readonly ChartSpec[] {
  const arms: Arms = {
    baseline: quantilesOf(subject.baseline?.distribution ?? null),
    candidate: quantilesOf(subject.candidate?.distribution ?? null),
  };
  const all = [...arms.baseline, ...arms.candidate];
  if (all.length === 0) return [];
  const body = quantityOf(subject.unit, subject.metric, valuesUpTo(all, BODY));
  const tail = quantityOf(subject.unit, subject.metric, valuesUpTo(all, 0.9999));
  const note = noteOf(subject);
  const table = tableOf(arms, names, tail);
  const histogram = histogramChart(arms, names, body);
  const charts: readonly ChartSpec[] = [
    {
      ...ecdf(arms, names, body),
      title: "Distribution",
      note,
      table,
    },
    ...(histogram === null ? [] : [histogram]),
    {
      ...percentiles(arms, names, tail),
      title: "Percentiles (log tail)",
      note: "Each step to the right is a tail ten times rarer.",
      table,
    },
  ];
  return charts.filter(({ data }) => data[0].length > 1);
}

type Part = Omit<ChartSpec, "title" | "note" | "table">;

function ecdf(arms: Arms, names: Names, quantity: Quantity): Part {
  const points = (quantiles: readonly Quantile[]): uPlot.AlignedData => {
    const shown = quantiles.filter(({ level }) => level <= BODY);
    // Where values repeat, the highest level holds: that many samples are at or below it.
    const highest = new Map(shown.map(({ level, value }) => [quantity.scaled(value)!, level * 100]));
    return [[...highest.keys()], [...highest.values()]];
  };
  const data = uPlot.join([points(arms.baseline), points(arms.candidate)]);
  return {
    keys: sideKeys(names),
    sentence: `Share of samples at or below a value. Median: ${sides(arms, 0.5, names, quantity)}.`,
    data,
    options: (palette) => ({
      scales: { x: { time: false }, y: { range: [0, 100] } },
      axes: [
        axis(palette, { label: quantity.unit }),
        axis(palette, { size: 52, values: (_, ticks) => ticks.map((tick) => `${tick} %`) }),
      ],
      series: lines(palette),
    }),
    readout: (index) => {
      const [xs, baseline, candidate] = data;
      const share = (list: (typeof data)[number] | undefined) => list?.[index];
      const parts = [
        ...(share(baseline) == null ? [] : [`${names.baseline} ${percent(Number(share(baseline)) / 100)}`]),
        ...(share(candidate) == null ? [] : [`${names.candidate} ${percent(Number(share(candidate)) / 100)}`]),
      ];
      return `up to ${Number(xs[index]!.toPrecision(4))} ${quantity.unit}: ${parts.join(" · ")}`;
    },
  };
}

function percentiles(arms: Arms, names: Names, quantity: Quantity): Part {
  const rarity = (level: number) => -Math.log10(1 - level);
  const points = (quantiles: readonly Quantile[]): uPlot.AlignedData => {
    const shown = quantiles.filter(({ level }) => level >= 0.5 && level < 1);
    return [shown.map(({ level }) => rarity(level)), shown.map(({ value }) => quantity.scaled(value))];
  };
  const data = uPlot.join([points(arms.baseline), points(arms.candidate)]);
  const [xs] = data;
  const last = xs.at(-1) ?? 2;
  const levels = TAIL.filter((level) => rarity(level) <= last + 1e-9);
  const few = xs.length < 12;
  return {
    keys: sideKeys(names),
    sentence: `99 % of samples are at or below: ${sides(arms, 0.99, names, quantity)}.`,
    data,
    options: (palette) => ({
      scales: { x: { time: false, range: [rarity(0.5), Math.max(last, 1)] }, y: { range: roomy } },
      axes: [
        axis(palette, {
          label: "percentile",
          splits: () => levels.map(rarity),
          values: () => levels.map((level) => `p${Number((level * 100).toFixed(2))}`),
        }),
        axis(palette, { label: quantity.unit, size: 58 }),
      ],
      series: lines(palette),
      ...(few && {
        hooks: {
          draw: [
            (plot: uPlot) =>
              inPlot(plot, (context) => {
                for (const [side, list] of [["baseline", data[1]] as const, ["candidate", data[2]] as const]) {
                  for (const [index, value] of [...(list ?? [])].entries()) {
                    if (value == null) continue;
                    dot(context, side, plot.valToPos(xs[index]!, "x", true), plot.valToPos(value, "y", true), palette);
                  }
                }
              }),
          ],
        },
      }),
    }),
    readout: (index) => {
      const level = 1 - 10 ** -xs[index]!;
      return `p${Number((level * 100).toPrecision(4))}: ${sides(arms, level, names, quantity)}`;
    },
  };
}

function lines(palette: Palette): uPlot.Series[] {
  return [
    {},
    { stroke: palette.baseline, width: 2, dash: [6, 4], points: { show: false }, spanGaps: true },
    { stroke: palette.candidate, width: 2, points: { show: false }, spanGaps: true },
  ];
}

function noteOf({ baseline, candidate }: SubjectEvidence): string {
  const kinds = [baseline?.distribution, candidate?.distribution].filter((each) => each != null);
  const counts = kinds.flatMap((each) => (each.kind === "pooled" ? [each.samples] : []));
  if (counts.length < kinds.length) return "The percentiles that the tool printed, each the mean over the rounds.";
  const samples = counts.map((count) => count.toLocaleString("en-US")).join(" and ");
  return `All rounds together, each with equal weight: ${samples} ${plural(counts.at(-1)!, "sample", "samples").replace(/^\S+ /, "")}. Shown up to p99.`;
}

function tableOf({ baseline, candidate }: Arms, names: Names, quantity: Quantity): ChartSpec["table"] {
  const has = (level: number) => [...baseline, ...candidate].some((each) => near(each.level, level));
  return {
    head: ["percentile", names.baseline, names.candidate, "change"],
    rows: LISTED.filter(has).map((level) => {
      const [before, after] = [valueAt(baseline, level), valueAt(candidate, level)];
      const name = level === 0 ? "smallest" : level === 1 ? "largest" : `p${Number((level * 100).toFixed(2))}`;
      const change = before === null || after === null ? "–" : signedPercent(after / before);
      return [name, quantity.words(before), quantity.words(after), change];
    }),
  };
}

function sides(arms: Arms, level: number, names: Names, quantity: Quantity): string {
  return (["baseline", "candidate"] as const)
    .flatMap((side) => {
      const value = valueAt(arms[side], level);
      return value === null ? [] : [`${names[side]} ${quantity.words(value)}`];
    })
    .join(" · ");
}

function valueAt(quantiles: readonly Quantile[], level: number): number | null {
  return quantiles.find((each) => near(each.level, level))?.value ?? null;
}

function valuesUpTo(quantiles: readonly Quantile[], level: number): readonly number[] {
  const shown = quantiles.filter((each) => each.level <= level);
  return (shown.length === 0 ? quantiles : shown).map(({ value }) => value);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-7;
}
