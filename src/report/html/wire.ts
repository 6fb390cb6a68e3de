import type { Evidence, HistoryStep, RoundSlot } from "../../model/evidence.ts";
import type { Revision } from "../../model/recording.ts";
import type { StatisticName } from "../../model/statistic.ts";
import type { Design, Judgement } from "../../model/verdict.ts";
import type { SideNames } from "../parts/columns.ts";
import type { WireNumber, WireNumbers } from "./numbers.ts";

// What the page's two large JSON blocks hold: thousands of rows, so rows are lists, and words that repeat are numbers into one list of words.

/** The schema name of the page's data. Page and data are one file, so there is no older version to read. */
export const PAGE_SCHEMA = "benchgate.page/1";

/** The `id` of the `script` element that holds each block. */
export const BLOCKS = {
  overview: "overview-data",
  evidence: "evidence-data",
  why: "why-data",
  growth: "growth-data",
} as const;

export const DESIGNS: readonly Design[] = ["pairs", "stored", "unpaired", "exact"];

/** A word: its place in `words`. */
export type Word = number;

/** An interval: lower, upper, level. */
export type WireInterval = readonly [WireNumber, WireNumber, WireNumber];

/** design, ratio, interval, check, p, adjusted p, rounds, noise, detectable, rounds needed, false alarm. */
export type WireComparison = readonly [
  design: number,
  ratio: WireNumber,
  interval: WireInterval,
  check: WireInterval | 0,
  p: WireNumber,
  adjustedP: WireNumber,
  rounds: number,
  noise: WireNumber,
  detectable: WireNumber,
  roundsNeeded: WireNumber,
  falseAlarm: WireNumber,
];

/** What few judgements have; absent where it is null, or empty. */
export type WireRest = Partial<
  Pick<
    Judgement,
    "resolution" | "judged" | "limit" | "goal" | "accepted" | "failure" | "warnings" | "source" | "cell"
  > & {
    readonly advisory: true;
  }
>;

/** A judgement; `rest` is 0 where there is none. */
export type WireRow = readonly [
  suite: Word,
  benchmark: Word,
  metric: Word,
  unit: Word,
  statistic: Word,
  verdict: Word,
  better: Word,
  threshold: WireNumber,
  baseline: WireNumber,
  candidate: WireNumber,
  comparison: WireComparison | 0,
  rest: WireRest | 0,
];

/** The first block: all that the overview shows. */
export interface WireOverview {
  readonly schema: typeof PAGE_SCHEMA;
  readonly sides: SideNames;
  /** The address of the repository's pages, and the commits of both sides as far as it has any. */
  readonly repository: string;
  readonly commits: { readonly baseline: string; readonly candidate: string };
  /** How long one more pair takes; null where that is not known. */
  readonly secondsPerPair: number | null;
  readonly words: readonly string[];
  readonly rows: readonly WireRow[];
}

/** One side: the rounds of each statistic; the distribution: 0 is none, [samples, values] pooled, [levels, values] printed. */
export type WireArm = readonly [
  rounds: readonly WireNumbers[],
  distribution:
    | 0
    | readonly [samples: number, values: WireNumbers]
    | readonly [levels: WireNumbers, values: WireNumbers],
];

export type WireSubject = readonly [
  suite: Word,
  benchmark: Word,
  metric: Word,
  unit: Word,
  better: Word,
  statistics: readonly StatisticName[],
  baseline: WireArm | 0,
  candidate: WireArm | 0,
  history: readonly WireNumbers[] | 0,
  steps: readonly (readonly HistoryStep[])[] | 0,
];

/** The second block: what the verdicts rest on, read when the first benchmark is opened. */
export type WireEvidence = readonly {
  readonly kind: Evidence["kind"];
  readonly baseline: readonly RoundSlot[];
  readonly candidate: readonly RoundSlot[];
  readonly history: readonly Revision[];
  readonly subjects: readonly WireSubject[];
}[];
