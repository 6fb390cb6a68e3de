import type { Failure } from "../../model/measurement.ts";
import { reasonLine } from "../../model/recording.ts";
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
import { forest } from "./forest.ts";
import { benchmarkName, type Ink, telling } from "./ink.ts";

/** The columns that tables choose from. */
export type ColumnName =
  | "verdict"
  | "benchmark"
  | "statistic"
  | "baseline"
  | "candidate"
  | "sides"
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
  /** The level of all intervals of the table, or null where they differ. */
  readonly level: number | null;
  readonly secondsPerPair: number | null;
  /** Whether no row has a baseline. */
  readonly alone: boolean;
  /** How long the names of benchmarks may be. */
  readonly nameLimit: number;
}

/** What a cell says that has nothing to say. */
export const NOTHING = "–";

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
    cell: (judgement) => (isWhole(judgement) ? NOTHING : statisticWords(judgement, ink)),
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
  sides: ({ ink, sides, alone }) => ({
    header: alone ? sides.candidate : `${sides.baseline} → ${sides.candidate}`,
    align: "left",
    cell: (judgement) => sidesWords(judgement, ink),
  }),
  change: ({ ink, level }) => {
    const beside = (first: string, second: string) => `${first} ${ink.figure(second)}`;
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
  plot: ({ ink }) => ({
    header: "against it",
    align: "left",
    cell: (judgement) => (judgement.comparison === null ? NOTHING : ink.plot(forest(judgement))),
  }),
  limit: ({ ink }) => ({ header: "threshold", align: "left", cell: (judgement) => limitWords(judgement, ink) }),
  needs: ({ ink, secondsPerPair }) => ({
    header: "what it would take",
    align: "left",
    cell: (judgement) => needs(judgement, ink, secondsPerPair) || NOTHING,
  }),
  reason: ({ ink }) => ({
    header: "reason",
    align: "left",
    cell: ({ accepted, failure, source }) => {
      if (failure !== null) return ink.name(failureWords(failure, source), REASON);
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
 * The named columns for a table of these judgements, but those in which no row says anything; one interval level for all.
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
    level,
    secondsPerPair,
    alone: judgements.every(({ baseline }) => baseline === null),
    nameLimit: telling(judgements),
  };
  return names
    .map((name) => ({ name, ...COLUMNS[name](context) }))
    .filter(({ cell }) => judgements.some((judgement) => cell(judgement) !== NOTHING));
}

/** A value of a row in the row's own scale, which both sides and the limit share. */
export function quantity({ unit, metric, baseline, candidate }: Judgement, value: number | null, ink: Ink): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const { factor, suffix, own } = scaleFor(unit, metric, [baseline, candidate]);
  const number = significant(value / factor);
  return own ? `${number}${suffix === "" ? "" : ` ${ink.name(suffix)}`}` : ink.figure(`${number}${suffix}`);
}

/** Whether a row is about all that was to be measured, and no statistic of it: a failure, or a suite that was left out as a whole. */
function isWhole({ verdict, benchmark }: Judgement): boolean {
  return verdict === "failed" || (verdict === "same-code" && benchmark === "*");
}

/** The longest reason of a failure that a row has room for, in code points. */
const REASON = 160;

/** The first line of why a benchmark failed, and where it is. */
function failureWords(failure: Pick<Failure, "reason">, source: Judgement["source"]): string {
  const place = source === null ? "" : `, ${source.file}${source.line === undefined ? "" : `:${source.line}`}`;
  return `${reasonLine(failure)}${place}`;
}

/** Both sides in one unit, which is said once: "21.5 → 34.8 ms". */
function sidesWords({ unit, metric, baseline, candidate }: Judgement, ink: Ink): string {
  if (baseline === null && candidate === null) return NOTHING;
  const { factor, suffix, own } = scaleFor(unit, metric, [baseline, candidate]);
  const numbers = [baseline, candidate].map((value) => significant(value === null ? null : value / factor));
  const written = own ? (suffix === "" ? "" : ` ${ink.name(suffix)}`) : ink.figure(suffix);
  // A side that is missing has no unit.
  if (candidate === null) return `${numbers[0]}${written} → ${NOTHING}`;
  return `${baseline === null ? numbers[1] : numbers.join(" → ")}${written}`;
}

/** The limit and the goal of a row: "limit ≤ 250 ms", "goal −20 %"; none where it has neither. */
export function promiseWords(judgement: Judgement, ink: Ink): readonly string[] {
  const { better, limit, goal } = judgement;
  const [most, wanted] = better === "lower" ? ["≤", "−"] : ["≥", "+"];
  return [
    ...(limit === null ? [] : [`limit ${most}${ink.figure(" ")}${quantity(judgement, limit.value, ink)}`]),
    ...(goal === null
      ? []
      : [`goal ${ink.figure(`${wanted}${percent(goal.value)}`)}${goal.state === "proven" ? " proven" : ""}`]),
  ];
}

function limitWords(judgement: Judgement, ink: Ink): string {
  const { threshold, judged, better, limit, verdict } = judgement;
  if (verdict === "failed" || verdict === "removed" || (verdict === "added" && limit === null)) return NOTHING;
  const worse = better === "lower" ? "+" : "−";
  const parts = [
    ...(threshold === null ? [] : [ink.figure(`${worse}${percent(threshold)}`)]),
    ...(judged?.why === "resolution"
      ? [`${worse}${quantity(judgement, judged.amount, ink)} in force: the clock's steps`]
      : []),
    ...promiseWords(judgement, ink),
  ];
  return parts.join(", ") || NOTHING;
}
