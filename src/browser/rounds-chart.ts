import type { Evidence, SubjectEvidence } from "../model/evidence.ts";
import { largest, smallest } from "../model/extremes.ts";
import { percent, plural, signedPercent } from "../report/words/format.ts";
import { axis, type ChartSpec, dot, inPlot, type Palette, roomy } from "./chart.ts";
import { outliersIn, type Place, placesOf } from "./places.ts";
import { type Quantity, quantityOf } from "./quantity.ts";

/**
 * The rounds of one statistic in time order; where rounds form pairs, the two of a pair stand above each other, joined. What is far from the rest is ringed,
 * and what is within the threshold of the baseline's mean is shaded.
 *
 * @param bound the threshold in force, as a share of the baseline; null where there is none.
 */
export function roundsChart(
  evidence: Evidence,
  subject: SubjectEvidence,
  index: number,
  names: Names,
  bound: number | null,
): ChartSpec | null {
  const statistic = subject.statistics[index]!;
  const { places, paired } = placesOf(evidence, subject, index);
  const values = places.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  if (values.every((value) => value === null)) return null;
  const quantity = quantityOf(subject.unit, subject.metric, values);
  const one = places.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
  const ringed = outliersIn(places, paired);
  const band = bandOf(places, bound, values);
  const above = one.filter(({ baseline, candidate }) => candidate! > baseline!).length;
  return {
    title: `${statistic} of each round, in time order`,
    sentence: paired
      ? `${plural(one.length, "pair", "pairs")}; the candidate is above the baseline in ${above} of them.`
      : `${plural(values.filter((value) => value !== null).length, "round", "rounds")}.`,
    note: [
      noteOf(evidence, paired),
      ...(band === null || !band.drawn
        ? []
        : [`Shaded: within ${percent(bound!)} of the mean of ${names.baseline}, the threshold.`]),
      ...(band === null || band.drawn ? [] : [`The threshold of ${percent(bound!)} is far wider than this chart.`]),
      ...(ringed.size === 0 ? [] : [`Ringed: ${paired ? "pairs" : "rounds"} far from the others, which still count.`]),
    ].join(" "),
    keys: [
      { mark: "baseline", words: names.baseline },
      { mark: "candidate", words: names.candidate },
      ...(band?.drawn ? [{ mark: "band", words: "within the threshold" } as const] : []),
      ...(ringed.size === 0 ? [] : [{ mark: "outlier", words: "outlier" } as const]),
    ],
    data: [
      places.map((_, place) => place + 1),
      places.map(({ baseline }) => quantity.scaled(baseline)),
      places.map(({ candidate }) => quantity.scaled(candidate)),
    ],
    options: (palette) => ({
      scales: {
        x: { time: false, range: [0.5, places.length + 0.5] },
        y: { range: (plot, least, most) => roomy(plot, ...within(band, quantity, least, most)) },
      },
      axes: [
        axis(palette, {
          label: paired ? "pair" : "round",
          space: 36,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
          grid: { show: false },
        }),
        axis(palette, { label: quantity.unit, size: 58 }),
      ],
      series: [
        {},
        { stroke: palette.baseline, width: 1, dash: [4, 4], alpha: 0.5, points: { show: false }, spanGaps: true },
        { stroke: palette.candidate, width: 1, alpha: 0.5, points: { show: false }, spanGaps: true },
      ],
      hooks: {
        drawClear: [
          (plot) => {
            if (!band?.drawn) return;
            const [top, bottom] = [band.upper, band.lower].map((at) => plot.valToPos(quantity.scaled(at)!, "y", true));
            const { left, width } = plot.bbox;
            plot.ctx.fillStyle = palette.band;
            plot.ctx.fillRect(left, top!, width, bottom! - top!);
          },
        ],
        draw: [
          (plot) =>
            inPlot(plot, (context) => {
              for (const [place, { baseline, candidate }] of places.entries()) {
                const x = plot.valToPos(place + 1, "x", true);
                const at = (value: number) => plot.valToPos(quantity.scaled(value)!, "y", true);
                if (baseline !== null && candidate !== null) {
                  context.beginPath();
                  context.lineWidth = devicePixelRatio;
                  context.strokeStyle = palette.text;
                  context.moveTo(x, at(baseline));
                  context.lineTo(x, at(candidate));
                  context.stroke();
                }
                if (baseline !== null) dot(context, "baseline", x, at(baseline), palette);
                if (candidate !== null) dot(context, "candidate", x, at(candidate), palette);
                if (!ringed.has(place)) continue;
                for (const value of [baseline, candidate]) if (value !== null) ring(context, x, at(value), palette);
              }
            }),
        ],
      },
    }),
    readout: (place) => {
      const found = places[place];
      if (found === undefined) return "";
      const { words, baseline, candidate } = found;
      const sides = [
        ...(baseline === null ? [] : [`${names.baseline} ${quantity.words(baseline)}`]),
        ...(candidate === null ? [] : [`${names.candidate} ${quantity.words(candidate)}`]),
        ...(baseline === null || candidate === null ? [] : [signedPercent(candidate / baseline)]),
        ...(ringed.has(place) ? ["outlier"] : []),
      ];
      return `${words}: ${sides.join(" · ")}`;
    },
    table: {
      head: [
        paired ? "pair" : "round",
        names.baseline,
        names.candidate,
        "change",
        ...(ringed.size === 0 ? [] : ["remark"]),
      ],
      rows: places.map(({ words, baseline, candidate }, place) => [
        words,
        quantity.words(baseline),
        quantity.words(candidate),
        baseline === null || candidate === null ? "–" : signedPercent(candidate / baseline),
        ...(ringed.size === 0 ? [] : [ringed.has(place) ? "outlier" : ""]),
      ]),
    },
  };
}

/** The values within the threshold of the baseline's mean; `drawn` where that does not squeeze all else. */
interface Band {
  readonly lower: number;
  readonly upper: number;
  readonly drawn: boolean;
}

/** A band that is wider than the data by more than this leaves nothing to see of them. */
const WIDEST = 6;

function bandOf(places: readonly Place[], bound: number | null, all: readonly (number | null)[]): Band | null {
  const own = places.flatMap(({ baseline }) => (baseline !== null && baseline > 0 ? [Math.log(baseline)] : []));
  if (bound === null || bound <= 0 || own.length === 0) return null;
  const middle = Math.exp(own.reduce((sum, value) => sum + value, 0) / own.length);
  const band = { lower: middle * Math.max(0, 1 - bound), upper: middle * (1 + bound) };
  const known = all.filter((value) => value !== null);
  return { ...band, drawn: band.upper - band.lower <= WIDEST * (largest(known) - smallest(known)) };
}

/** The range of the data, and of the band where it is drawn. */
function within(band: Band | null, quantity: Quantity, least: number | null, most: number | null): [number, number] {
  const edges = band?.drawn ? [quantity.scaled(band.lower)!, quantity.scaled(band.upper)!] : [];
  return [smallest(edges, least ?? 0), largest(edges, most ?? 1)];
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, palette: Palette): void {
  context.beginPath();
  context.arc(x, y, 8 * devicePixelRatio, 0, 2 * Math.PI);
  context.strokeStyle = palette.accent;
  context.lineWidth = 2 * devicePixelRatio;
  context.stroke();
}

function noteOf({ kind }: Evidence, paired: boolean): string {
  if (paired) return "The two rounds of a pair were measured in turns, and are joined.";
  return kind === "stored"
    ? "Only the newest of the stored runs is shown."
    : "Both sides were measured at different times.";
}

/** What the two sides are called. */
export interface Names {
  readonly baseline: string;
  readonly candidate: string;
}
