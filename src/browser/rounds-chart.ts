import type { ArmEvidence, Evidence, SubjectEvidence } from "../model/evidence.ts";
import { pairKey } from "../model/key.ts";
import { plural, signedPercent } from "../report/words/format.ts";
import { axis, type ChartSpec, dot, inPlot, roomy } from "./chart.ts";
import { quantityOf } from "./quantity.ts";

/** One place on the time axis: a pair, or a round of one side. */
interface Place {
  readonly words: string;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

/** The rounds of one statistic in time order; where rounds form pairs, the two of a pair stand above each other, joined. */
export function roundsChart(
  evidence: Evidence,
  subject: SubjectEvidence,
  index: number,
  names: Names,
): ChartSpec | null {
  const statistic = subject.statistics[index]!;
  const { places, paired } = placesOf(evidence, subject, index);
  const values = places.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  if (values.every((value) => value === null)) return null;
  const quantity = quantityOf(subject.unit, subject.metric, values);
  const one = places.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
  const above = one.filter(({ baseline, candidate }) => candidate! > baseline!).length;
  return {
    title: `${statistic} of each round, in time order`,
    sentence: paired
      ? `${plural(one.length, "pair", "pairs")}; the candidate is above the baseline in ${above} of them.`
      : `${plural(values.filter((value) => value !== null).length, "round", "rounds")}.`,
    note: noteOf(evidence, paired),
    keys: [
      { mark: "baseline", words: names.baseline },
      { mark: "candidate", words: names.candidate },
    ],
    data: [
      places.map((_, place) => place + 1),
      places.map(({ baseline }) => quantity.scaled(baseline)),
      places.map(({ candidate }) => quantity.scaled(candidate)),
    ],
    options: (palette) => ({
      scales: { x: { time: false, range: [0.5, places.length + 0.5] }, y: { range: roomy } },
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
      ];
      return `${words}: ${sides.join(" · ")}`;
    },
    table: {
      head: [paired ? "pair" : "round", names.baseline, names.candidate, "change"],
      rows: places.map(({ words, baseline, candidate }) => [
        words,
        quantity.words(baseline),
        quantity.words(candidate),
        baseline === null || candidate === null ? "–" : signedPercent(candidate / baseline),
      ]),
    },
  };
}

function noteOf({ kind }: Evidence, paired: boolean): string {
  if (paired) return "The two rounds of a pair were measured in turns, and are joined.";
  return kind === "stored" ? "Of the stored runs the newest." : "Both sides were measured at different times.";
}

/** What the two sides are called. */
export interface Names {
  readonly baseline: string;
  readonly candidate: string;
}

function placesOf(
  { baseline, candidate }: Evidence,
  subject: SubjectEvidence,
  index: number,
): { readonly places: readonly Place[]; readonly paired: boolean } {
  const value = (arm: ArmEvidence | null, round: number) => arm?.rounds[index]?.[round] ?? null;
  const partners = new Map(
    baseline.flatMap((slot, round): [string, number][] => (slot.session === "" ? [] : [[pairKey(slot), round]])),
  );
  const joined = candidate.map((slot, round) => ({ slot, round, partner: partners.get(pairKey(slot)) }));
  const paired = joined.some(({ partner }) => partner !== undefined);
  if (paired) {
    const places = joined.map(({ slot, round, partner }) => ({
      words: `pair ${slot.pair + 1}`,
      baseline: partner === undefined ? null : value(subject.baseline, partner),
      candidate: value(subject.candidate, round),
    }));
    return { places: places.filter(known), paired };
  }
  const alone = [
    ...baseline.map((slot, round) => ({ slot, baseline: value(subject.baseline, round), candidate: null })),
    ...candidate.map((slot, round) => ({ slot, baseline: null, candidate: value(subject.candidate, round) })),
  ].filter(known);
  // Sorting is stable: rounds of which nobody knows the time stay in their order, the baseline's first.
  const inTime = [...alone].sort((a, b) => Date.parse(a.slot.startedAt) - Date.parse(b.slot.startedAt) || 0);
  return { places: inTime.map((place, round) => ({ ...place, words: `round ${round + 1}` })), paired };
}

function known({
  baseline,
  candidate,
}: {
  readonly baseline: number | null;
  readonly candidate: number | null;
}): boolean {
  return baseline !== null || candidate !== null;
}
