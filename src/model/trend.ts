import type { Acceptance } from "./plan.ts";
import type { RowName } from "./row-name.ts";

/** One run of a history, in one statistic. */
export interface TrendPoint {
  readonly sha: string;
  /** ISO 8601, UTC; empty where unknown. */
  readonly committedAt: string;
  /** The geometric mean over the run's rounds, in the metric's unit. */
  readonly value: number;
  /** Standard deviation of ln over the run's rounds; null where there is one round, or a value that has no logarithm. */
  readonly spread: number | null;
}

/** A stretch of runs between two changes. */
interface TrendLevel {
  /** Indices of runs; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** The geometric mean of its runs; where they drift steadily, where that ends. */
  readonly value: number;
  /** Where a steady drift begins; absent of a level that does not drift. */
  readonly begin?: number;
}

/** A change of level between two runs, or a drift over several that has come to its end: then from the last run before it to its last one. */
export interface TrendChange {
  /** The first run at the new level. */
  readonly at: number;
  /** The last run at the old level, and the first at the new one: what lies between brought the change. */
  readonly before: string;
  readonly after: string;
  /** New level ÷ old level. */
  readonly ratio: number;
  readonly worse: boolean;
  /** Of the permutation test. */
  readonly p: number;
  /** Why it was accepted; null where nobody did, or had to. */
  readonly accepted: string | null;
}

/**
 * How far a series has drifted: `steady`, run after run since the first of them, up to now; else `from-first`, the newest runs against the first twenty, by steps or by
 * a creep too slow to be a change of level.
 */
export interface TrendDrift {
  readonly kind: "steady" | "from-first";
  /** Of a steady one the line's end ÷ its beginning; else the mean of the last ten runs, as far as they are at the newest level, ÷ that of the first twenty. */
  readonly ratio: number;
  readonly worse: boolean;
  /** The first commit that may belong to it. */
  readonly since: string;
}

/** One statistic of one metric of one benchmark over the runs of one gate on one kind of machine. */
export interface TrendSeries extends RowName {
  readonly gate: string;
  /** The machine's fingerprint. */
  readonly fingerprint: string;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  readonly levels: readonly TrendLevel[];
  readonly changes: readonly TrendChange[];
  readonly drift: TrendDrift | null;
}

/** A series before anything was looked for in it; `exact` where its values are deterministic. */
export interface RawSeries extends Omit<TrendSeries, "levels" | "changes" | "drift"> {
  readonly exact: boolean;
}

/** A kind of machine that a history was measured on. */
export interface TrendMachine {
  readonly gate: string;
  readonly fingerprint: string;
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  readonly runtime: string;
  readonly runs: number;
}

/** An acceptance as benchgate.yml first had it. */
export interface DatedAcceptance extends Acceptance {
  /** The commit that brought it, with the first line of its message, and when that was: ISO 8601, UTC. */
  readonly sha: string;
  readonly subject: string;
  readonly committedAt: string;
}

/** An acceptance, and the changes of level that came with it. */
export interface LedgerRow extends DatedAcceptance {
  readonly seen: readonly {
    readonly series: Pick<TrendSeries, "gate" | "suite" | "benchmark" | "metric" | "statistic" | "unit" | "better">;
    /** New level ÷ old level. */
    readonly ratio: number;
  }[];
}

/** What acceptances of a quarter come to for one statistic of a benchmark. */
export interface AcceptedSum {
  readonly series: LedgerRow["seen"][number]["series"];
  /** All changes one after the other, as measured. */
  readonly ratio: number;
  readonly changes: number;
}

/** What was accepted, newest first, and what that comes to in the present quarter of the year, the largest first. */
export interface Ledger {
  readonly rows: readonly LedgerRow[];
  readonly sums: readonly AcceptedSum[];
}

/** Everything that is stored of a branch's history, reduced to what can be looked at. */
export interface Trend {
  /** Where it is stored, for people. */
  readonly place: string;
  readonly machines: readonly TrendMachine[];
  readonly series: readonly TrendSeries[];
  /** Entries that could not be read, and why. */
  readonly unreadable: readonly { readonly entry: string; readonly reason: string }[];
  /** Absent where nobody asked what was accepted. */
  readonly ledger?: Ledger;
  /** Runs of commits that are not in the history that was asked for. */
  readonly unrelated: number;
}
