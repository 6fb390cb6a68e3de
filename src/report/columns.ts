import { markdownTable } from "markdown-table";
import type { Judgement } from "../model/verdict.ts";
import { bucketOf } from "./buckets.ts";
import { type ForestScale, forest, forestScale } from "./forest.ts";
import {
  change,
  changeInterval,
  percent,
  plural,
  probability,
  scaleFor,
  significant,
  small,
  wordsFor,
} from "./format.ts";
import { benchmarkName, type Ink } from "./ink.ts";
import { message } from "./messages.ts";

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
}

/** Metrics whose names we know need no escaping. */
const KNOWN_METRICS: readonly string[] = ["latency", "throughput", "memory", "error-rate"];
const NOTHING = "–";

const COLUMNS: Readonly<Record<ColumnName, (context: Context) => Omit<Column, "name">>> = {
  verdict: ({ ink }) => ({
    header: "",
    align: "left",
    cell: (judgement) => ink.verdict(bucketOf(judgement)),
  }),
  benchmark: ({ ink }) => ({
    header: "benchmark",
    align: "left",
    cell: (judgement) => benchmarkName(judgement, ink),
  }),
  statistic: ({ ink }) => ({ header: "statistic", align: "left", cell: (judgement) => statisticWords(judgement, ink) }),
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
  change: ({ ink, level }) => ({
    header: level === null ? "change (interval)" : `change (${percent(level)} interval)`,
    align: "left",
    cell: ({ comparison, unit }) => {
      if (comparison === null) return NOTHING;
      const { ratio, interval, design } = comparison;
      const estimate = ink.strong(change(ratio, wordsFor(unit)));
      if (design === "exact") return `${estimate} ${ink.figure("(exact)")}`;
      const reached = level === null ? ` at ${percent(interval.level)}` : "";
      return `${estimate} ${ink.figure(changeInterval(interval, ratio) + reached)}`;
    },
  }),
  plot: ({ ink, scale }) => ({
    header: "where it lies",
    align: "left",
    cell: (judgement) => (judgement.comparison === null ? NOTHING : ink.plot(forest(judgement, scale))),
  }),
  limit: ({ ink }) => ({ header: "limit", align: "left", cell: (judgement) => limitWords(judgement, ink) }),
  needs: ({ ink }) => ({ header: "what it would take", align: "left", cell: (judgement) => needs(judgement, ink) }),
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

/** The named columns for a table of these judgements, but those in which no row says anything; one plot axis and one interval level for all. */
export function columnsFor(
  names: readonly ColumnName[],
  judgements: readonly Judgement[],
  ink: Ink,
  sides: SideNames,
): readonly Column[] {
  const levels = new Set(
    judgements.flatMap(({ comparison }) =>
      comparison === null || comparison.design === "exact" ? [] : [comparison.interval.level],
    ),
  );
  const level = levels.size === 1 ? [...levels][0]! : null;
  const context: Context = { ink, sides, scale: forestScale(judgements), level };
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

function statisticWords({ metric, statistic, verdict }: Judgement, ink: Ink): string {
  if (verdict === "failed") return NOTHING;
  if (metric === "latency") return statistic;
  const known = KNOWN_METRICS.includes(metric);
  return known ? `${metric} ${statistic}` : `${ink.name(metric, 30)} ${statistic}`;
}

/** A value of a row in the row's own scale, which both sides and the limit share. */
function quantity({ unit, metric, baseline, candidate }: Judgement, value: number | null, ink: Ink): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const { factor, suffix, own } = scaleFor(unit, metric, [baseline, candidate]);
  const number = significant(value / factor);
  return own ? `${number}${suffix === "" ? "" : ` ${ink.name(suffix)}`}` : ink.figure(`${number}${suffix}`);
}

function limitWords(judgement: Judgement, ink: Ink): string {
  const { threshold, better, limit, verdict } = judgement;
  if (verdict === "failed" || verdict === "removed") return NOTHING;
  const parts = [
    ...(threshold === null ? [] : [ink.figure(`${better === "lower" ? "+" : "−"}${percent(threshold)}`)]),
    ...(limit === null
      ? []
      : [`${better === "lower" ? "≤" : "≥"}${ink.figure(" ")}${quantity(judgement, limit.value, ink)}`]),
  ];
  return parts.join(", ") || NOTHING;
}

function needs({ comparison, warnings, unit, metric }: Judgement, ink: Ink): string {
  const missing = comparison?.roundsNeeded == null ? 0 : comparison.roundsNeeded - comparison.rounds;
  const [one, many] = comparison?.design === "pairs" ? ["more pair", "more pairs"] : ["more round", "more rounds"];
  const parts = [
    ...warnings.map((warning) => message(warning, ink, { unit, metric }).sentence),
    ...(missing > 0 ? [`About ${plural(missing, one, many)} would decide it.`] : []),
  ];
  return parts.join(" ") || NOTHING;
}
