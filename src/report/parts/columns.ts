import { markdownTable } from "markdown-table";
import type { Judgement } from "../../model/verdict.ts";
import {
  change,
  changeInterval,
  percent,
  probability,
  scaleFor,
  significant,
  small,
  wordsFor,
} from "../words/format.ts";
import { needs } from "../words/needs.ts";
import { statisticWords } from "../words/statistic.ts";
import { bucketOf } from "./buckets.ts";
import { type ForestScale, forest, forestScale } from "./forest.ts";
import { benchmarkName, type Ink, telling } from "./ink.ts";

/** The columns that tables choose from. */
export type ColumnName =
  | "verdict"
  | "benchmark"
  | "statistic"
  | "baseline"
  | "candidate"
  | "change"
  | "plot"
  | "limit"
  | "needs"
  | "reason"
  | "rounds"
  | "noise"
  | "detectable"
  | "p";

/** What both sides are called in headers. */
export interface SideNames {
  readonly baseline: string;
  readonly candidate: string;
}

/** A column of a table: what is above it, on which side its cells stand, and what they say. */
export interface Column {
  readonly name: ColumnName;
  readonly header: string;
  readonly align: "left" | "right";
  readonly cell: (judgement: Judgement) => string;
}

interface Context {
  readonly ink: Ink;
  readonly sides: SideNames;
  readonly scale: ForestScale | null;
  /** The level of all intervals of the table, or null where they differ. */
  readonly level: number | null;
  readonly secondsPerPair: number | null;
  /** How long the names of benchmarks may be. */
  readonly nameLimit: number;
  /** Whether there are so many columns that a change and its interval cannot be on one line. */
  readonly crowded: boolean;
}

const NOTHING = "–";
/** So many columns fill the width that GitHub gives a comment. */
const CROWDED = 8;

const COLUMNS: Readonly<Record<ColumnName, (context: Context) => Omit<Column, "name">>> = {
  verdict: ({ ink }) => ({
    header: "verdict",
    align: "left",
    cell: (judgement) => ink.verdict(bucketOf(judgement)),
  }),
  benchmark: ({ ink, nameLimit }) => ({
    header: "benchmark",
    align: "left",
    cell: (judgement) => benchmarkName(judgement, ink, nameLimit),
  }),
  statistic: ({ ink }) => ({
    header: "statistic",
    align: "left",
    cell: (judgement) => (judgement.verdict === "failed" ? NOTHING : statisticWords(judgement, ink)),
  }),
  baseline: ({ ink, sides }) => ({
    header: sides.baseline,
    align: "right",
    cell: (judgement) => quantity(judgement, judgement.baseline, ink),
  }),
  candidate: ({ ink, sides }) => ({
    header: sides.candidate,
    align: "right",
    cell: (judgement) => quantity(judgement, judgement.candidate, ink),
  }),
  change: ({ ink, level, crowded }) => {
    const beside = (first: string, second: string) =>
      crowded ? ink.stack(first, ink.figure(second)) : `${first} ${ink.figure(second)}`;
    return {
      header: beside("change", level === null ? "(interval)" : `(${percent(level)} interval)`),
      align: "left",
      cell: ({ comparison, unit }) => {
        if (comparison === null) return NOTHING;
        const { ratio, interval, design } = comparison;
        const estimate = ink.strong(change(ratio, wordsFor(unit)));
        if (design === "exact") return beside(estimate, "(exact)");
        const reached = level === null ? ` at ${percent(interval.level)}` : "";
        return beside(estimate, changeInterval(interval, ratio) + reached);
      },
    };
  },
  plot: ({ ink, scale }) => ({
    header: "where it lies",
    align: "left",
    cell: (judgement) => (judgement.comparison === null ? NOTHING : ink.plot(forest(judgement, scale))),
  }),
  limit: ({ ink }) => ({ header: "limit", align: "left", cell: (judgement) => limitWords(judgement, ink) }),
  needs: ({ ink, secondsPerPair }) => ({
    header: "what it would take",
    align: "left",
    cell: (judgement) => needs(judgement, ink, secondsPerPair) || NOTHING,
  }),
  reason: ({ ink }) => ({
    header: "accepted because",
    align: "left",
    cell: ({ accepted }) => {
      if (accepted === null) return NOTHING;
      const until = accepted.until === null ? "" : `, until ${ink.name(accepted.until)}`;
      return `${ink.name(accepted.reason, 300)} (${ink.figure(`up to ${percent(accepted.upTo)}`)}${until})`;
    },
  }),
  rounds: () => ({ header: "rounds", align: "right", cell: ({ comparison }) => String(comparison?.rounds ?? NOTHING) }),
  noise: ({ ink }) => ({
    header: "noise (sd)",
    align: "right",
    cell: ({ comparison }) => (comparison === null ? NOTHING : ink.figure(percent(comparison.noise))),
  }),
  detectable: ({ ink }) => ({
    header: "detectable",
    align: "right",
    cell: ({ comparison }) => ink.figure(percent(comparison?.detectable ?? Number.NaN)),
  }),
  p: ({ ink }) => ({
    header: "p (adjusted)",
    align: "left",
    cell: ({ comparison }) => {
      if (comparison === null || comparison.p === null) return NOTHING;
      const adjusted = comparison.adjustedP === null ? "" : ` (${small(comparison.adjustedP)})`;
      return ink.figure(probability(comparison.p) + adjusted);
    },
  }),
};

/**
 * The named columns for a table of these judgements, but those in which no row says anything; one plot axis and one interval level for all.
 *
 * @param secondsPerPair how long one more pair takes, for what it would take; null where that is not known.
 */
export function columnsFor(
  names: readonly ColumnName[],
  judgements: readonly Judgement[],
  ink: Ink,
  sides: SideNames,
  secondsPerPair: number | null = null,
): readonly Column[] {
  const levels = new Set(
    judgements.flatMap(({ comparison }) =>
      comparison === null || comparison.design === "exact" ? [] : [comparison.interval.level],
    ),
  );
  const level = levels.size === 1 ? [...levels][0]! : null;
  const context: Context = {
    ink,
    sides,
    scale: forestScale(judgements),
    level,
    secondsPerPair,
    nameLimit: telling(judgements),
    crowded: names.length >= CROWDED,
  };
  return names
    .map((name) => ({ name, ...COLUMNS[name](context) }))
    .filter(({ cell }) => judgements.some((judgement) => cell(judgement) !== NOTHING));
}

/** A Markdown table of judgements, its columns unpadded: GitHub limits characters, and nobody reads the source. */
export function table(columns: readonly Column[], judgements: readonly Judgement[]): string {
  const rows = judgements.map((judgement) => columns.map(({ cell }) => cell(judgement)));
  return markdownTable([columns.map(({ header }) => header), ...rows], {
    align: columns.map(({ align }) => align),
    alignDelimiters: false,
  });
}

/** A value of a row in the row's own scale, which both sides and the limit share. */
function quantity({ unit, metric, baseline, candidate }: Judgement, value: number | null, ink: Ink): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const { factor, suffix, own } = scaleFor(unit, metric, [baseline, candidate]);
  const number = significant(value / factor);
  return own ? `${number}${suffix === "" ? "" : ` ${ink.name(suffix)}`}` : ink.figure(`${number}${suffix}`);
}

function limitWords(judgement: Judgement, ink: Ink): string {
  const { threshold, judged, better, limit, goal, verdict } = judgement;
  if (verdict === "failed" || verdict === "removed") return NOTHING;
  const [most, worse, wanted] = better === "lower" ? ["≤", "+", "−"] : ["≥", "−", "+"];
  const parts = [
    ...(threshold === null ? [] : [ink.figure(`${worse}${percent(threshold)}`)]),
    ...(judged?.why === "resolution" ? [`${worse}${quantity(judgement, judged.amount, ink)} in force`] : []),
    ...(limit === null ? [] : [`${most}${ink.figure(" ")}${quantity(judgement, limit.value, ink)}`]),
    ...(goal === null
      ? []
      : [`goal ${ink.figure(`${wanted}${percent(goal.value)}`)}${goal.state === "proven" ? " proven" : ""}`]),
  ];
  return parts.join(", ") || NOTHING;
}
