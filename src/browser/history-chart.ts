import type { Evidence, HistoryStep, SubjectEvidence } from "../model/evidence.ts";
import type { CommitPages } from "../report/words/commits.ts";
import { plural, signedPercent } from "../report/words/format.ts";
import { axis, type ChartSpec, dot, inPlot, type Mark, roomy } from "./chart.ts";
import { el } from "./dom.ts";
import { quantityOf } from "./quantity.ts";
import type { Names } from "./rounds-chart.ts";

/** The stored runs of one statistic in order, the candidate last, with change points and accepted steps. Null without a history. */
export function historyChart(
  evidence: Evidence,
  subject: SubjectEvidence,
  index: number,
  names: Names,
  pages: CommitPages,
): ChartSpec | null {
  const runs = subject.history[index] ?? [];
  if (runs.length === 0) return null;
  const own = meanOf(subject.candidate?.rounds[index] ?? []);
  const quantity = quantityOf(subject.unit, subject.metric, [...runs, own]);
  const steps = subject.steps[index] ?? [];
  const name = (run: number) => evidence.history[run]?.sha.slice(0, 7) || `run ${run + 1}`;
  const words = steps.map((step) => stepWords(step, step.at < runs.length ? name(step.at) : names.candidate));
  const last = runs.length + 1;
  return {
    title: `${subject.statistics[index]} over the stored runs`,
    sentence: `${plural(runs.length, "run", "runs")}. ${words.length === 0 ? "" : `${words.join(". ")}.`}`,
    note: [
      "Each ring is the mean of one run on the base branch, oldest first.",
      ...words.map((each) => `${each}.`),
    ].join(" "),
    keys: [
      { mark: "baseline", words: names.baseline },
      { mark: "candidate", words: names.candidate },
      ...(["change", "accepted"] as const)
        .filter((kind) => steps.some((step) => step.kind === kind))
        .map((mark): { mark: Mark; words: string } => ({
          mark,
          words: mark === "change" ? "level changed" : "accepted step",
        })),
    ],
    data: [
      [...runs.map((_, run) => run + 1), last],
      [...runs.map(quantity.scaled), null],
      [...runs.map(() => null), quantity.scaled(own)],
    ],
    options: (palette) => ({
      scales: { x: { time: false, range: [0.5, last + 0.5] }, y: { range: roomy } },
      axes: [
        axis(palette, { label: "run", space: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], grid: { show: false } }),
        axis(palette, { label: quantity.unit, size: 58 }),
      ],
      series: [
        {},
        { stroke: palette.baseline, width: 1.5, points: { show: false }, spanGaps: true },
        { stroke: palette.candidate, points: { show: false } },
      ],
      hooks: {
        draw: [
          (plot) =>
            inPlot(plot, (context) => {
              const { top, height } = plot.bbox;
              for (const { at, kind } of steps) {
                const x = plot.valToPos(at + 0.5, "x", true);
                context.beginPath();
                context.setLineDash(kind === "change" ? [] : [6 * devicePixelRatio, 4 * devicePixelRatio]);
                context.lineWidth = 1.5 * devicePixelRatio;
                context.strokeStyle = palette.accent;
                context.moveTo(x, top);
                context.lineTo(x, top + height);
                context.stroke();
              }
              context.setLineDash([]);
              for (const [run, value] of runs.entries()) {
                if (value === null) continue;
                const y = plot.valToPos(quantity.scaled(value)!, "y", true);
                dot(context, "baseline", plot.valToPos(run + 1, "x", true), y, palette);
              }
              if (own === null) return;
              const y = plot.valToPos(quantity.scaled(own)!, "y", true);
              dot(context, "candidate", plot.valToPos(last, "x", true), y, palette);
            }),
        ],
      },
    }),
    readout: (run) =>
      run < runs.length
        ? `${name(run)} ${dayOf(evidence, run)}: ${quantity.words(runs[run] ?? null)}`
        : `${names.candidate}: ${quantity.words(own)}`,
    table: {
      head: ["run", "committed", "mean", "remark"],
      rows: [
        ...runs.map((value, run) => [
          linked(name(run), pages.commit(evidence.history[run]?.sha ?? "")),
          dayOf(evidence, run),
          quantity.words(value),
          remark(steps, words, run),
        ]),
        [names.candidate, "", quantity.words(own), remark(steps, words, runs.length)],
      ],
    },
  };
}

function linked(words: string, address: string | null): string | Node {
  return address === null ? words : el("a", { href: address, rel: "noopener noreferrer" }, words);
}

function stepWords({ kind, ratio, reason }: HistoryStep, run: string): string {
  const by = ratio === null ? "" : ` by ${signedPercent(ratio)}`;
  return kind === "change" ? `Its level changed${by} with ${run}` : `A step${by} was accepted with ${run}: ${reason}`;
}

function remark(steps: readonly HistoryStep[], words: readonly string[], run: number): string {
  return words.filter((_, index) => steps[index]!.at === run).join("; ");
}

function dayOf({ history }: Evidence, run: number): string {
  return history[run]?.committedAt.slice(0, 10) ?? "";
}

/** The candidate's mean over its rounds: geometric where all are positive, as the verdict has it. */
function meanOf(rounds: readonly (number | null)[]): number | null {
  const values = rounds.filter((value) => value !== null);
  if (values.length === 0) return null;
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  return values.every((value) => value > 0) ? Math.exp(mean(values.map(Math.log))) : mean(values);
}
