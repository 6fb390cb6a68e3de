import type { Exponent } from "./growth.ts";
import type { StatisticName } from "./statistic.ts";

/** The first of some names, and how many there are. */
export interface Names {
  readonly names: readonly string[];
  readonly count: number;
}

/** A diagnosis as data; `report/words/messages.ts` alone turns it into a sentence with its remedy. */
export type Warning =
  /** Too few rounds for a verdict: fewer than `needed` pairs, or rounds a side. */
  | { readonly code: "few-rounds"; readonly rounds: number; readonly needed: number }
  /** A tail percentile of so few samples a round is the maximum in disguise. */
  | {
      readonly code: "few-samples";
      readonly statistic: StatisticName;
      readonly samples: number;
      readonly needed: number;
    }
  /** The tool does not give this statistic. */
  | {
      readonly code: "statistic-unavailable";
      readonly suite: string;
      readonly metric: string;
      readonly statistic: StatisticName;
    }
  /** The tool does not give `statistic`, whose rule holds for `instead`. */
  | {
      readonly code: "stands-in";
      readonly suite: string;
      readonly metric: string;
      readonly statistic: StatisticName;
      readonly instead: StatisticName;
    }
  /** Stored history is too short to gate on. */
  | { readonly code: "few-baseline-runs"; readonly runs: number; readonly needed: number }
  /** The noise is larger than the threshold; so many rounds would decide (null: more than are within reach). `planned`: the most pairs there were to be, where there are pairs. */
  | {
      readonly code: "noisy";
      readonly detectable: number;
      readonly roundsNeeded: number | null;
      readonly planned?: number;
    }
  /** A tool's own percentiles rest on different numbers of samples, which alone can fake a change. */
  | { readonly code: "unequal-samples"; readonly baseline: number; readonly candidate: number }
  /** The percentiles were computed in two ways, which are not comparable; `mixed` where a side changed its own way from round to round. */
  | {
      readonly code: "estimator-differs";
      readonly baseline: string;
      readonly candidate: string;
      readonly mixed?: boolean;
    }
  /** Rounds, by pair number on each side, that take no part with their partners, and why; the other rounds of all `of` decide. */
  | {
      readonly code: "rounds-left-out";
      readonly why: LeftOutFor;
      readonly baseline: readonly number[];
      readonly candidate: readonly number[];
      readonly of: number;
    }
  /** The history itself changed level: the candidate is beyond its mean, but not beyond its newest run. */
  | { readonly code: "baseline-moved" }
  /** The mean is beyond the threshold, but only `slow` of its `rounds` are: slow rounds, not slow code. */
  | { readonly code: "slow-rounds"; readonly slow: number; readonly rounds: number }
  /** A benchmark failed in a few rounds of a side, and is compared by the others. */
  | {
      readonly code: "failed-rounds";
      readonly suite: string;
      readonly benchmark: string;
      readonly side: "baseline" | "candidate";
      readonly failed: number;
      readonly of: number;
      readonly reason: string;
    }
  /** Both sides were measured in different sessions, and what differs between those counts as change. */
  | { readonly code: "different-sessions" }
  /** So many rounds of each side have no partner on the other. */
  | { readonly code: "uneven-rounds"; readonly baseline: number; readonly candidate: number }
  /** Benchmark files that only the base revision has: they are not measured. */
  | { readonly code: "definitions-removed"; readonly files: readonly string[] }
  /** Submodules and LFS files, by path, that the candidate's tree has and the base revision's lacks. */
  | { readonly code: "incomplete-baseline"; readonly paths: readonly string[] }
  /** Pairs of a suite that were measured again because the machine itself changed speed: `dropped` of all `of` that were measured. */
  | { readonly code: "canary"; readonly suite: string; readonly dropped: number; readonly of: number }
  /**
   * What was remarkable about the machine: the share of time that others were given, the load that is not ours, how often heat slowed a
   * core down.
   */
  | {
      readonly code: "busy-machine";
      readonly steal: number;
      readonly load: number;
      readonly cores: number;
      readonly throttled: number;
    }
  /** The candidate differs from itself, measured beside itself: what is named changed although nothing did. */
  | { readonly code: "machine-unstable"; readonly benchmarks: readonly string[] }
  /** Suites that only the base revision's configuration has: they are not measured. */
  | { readonly code: "suites-removed"; readonly suites: readonly string[] }
  /**
   * Benchmarks (or whole suites, where `by` is `inputs`) that were not measured because both sides run the same code, and how many were measured all the
   * same by chance.
   */
  | {
      readonly code: "same-code";
      readonly by: "closure" | "inputs";
      readonly benchmarks: number;
      readonly audited: number;
    }
  /** What was found to be the same code was measured all the same, and differs: `suite/benchmark`. */
  | { readonly code: "same-code-differs"; readonly benchmarks: readonly string[] }
  | { readonly code: "same-code-late"; readonly suite: string; readonly file: string | null; readonly path: string }
  /**
   * Stored runs of a suite go up and down together, as machines do, 95 of 100 between `lower` and `upper` (candidate ÷ baseline): their shifts were taken off,
   * the candidate's, `ratio`, as well. The benchmarks among `sentinels` tell it from a change of the code if they are measured side by side.
   */
  | {
      readonly code: "suite-shift";
      readonly suite: string;
      readonly ratio: number;
      readonly lower: number;
      readonly upper: number;
      readonly benchmarks: number;
      readonly sentinels: readonly string[];
    }
  /** The same, once `sentinels` of the suite were measured side by side and did not get slower. */
  | {
      readonly code: "suite-shift-checked";
      readonly suite: string;
      readonly ratio: number;
      readonly sentinels: readonly string[];
    }
  /** All benchmarks of a suite moved together, by `ratio` (candidate ÷ baseline): a machine, or a cause that all share. */
  | {
      readonly code: "common-shift";
      readonly suite: string;
      readonly metric: string;
      readonly statistic: StatisticName;
      readonly ratio: number;
      readonly lower: number;
      readonly upper: number;
      readonly benchmarks: number;
    }
  /**
   * What benchmarks of one family take grows faster with their size than it did: exponents of each side, and what the largest size takes on each, in the
   * metric's unit.
   */
  | {
      readonly code: "steeper-growth";
      readonly suite: string;
      readonly family: string;
      readonly metric: string;
      readonly baseline: Exponent;
      readonly candidate: Exponent;
      readonly change: Exponent;
      readonly largest: { readonly size: number; readonly baseline: number; readonly candidate: number };
    }
  /**
   * A runner of several saw another change than the others, plainest on the benchmark that is named, in so many comparisons; ratios are candidate ÷ baseline.
   */
  | {
      readonly code: "odd-runner";
      readonly runner: string;
      readonly suite: string;
      readonly benchmark: string;
      readonly metric: string;
      readonly statistic: StatisticName;
      readonly ratio: number;
      readonly others: number;
      readonly comparisons: number;
    }
  /** Of a pool's runners, so many left nothing that counts: the verdict rests on the others. `of`: the cell or shard that it is about; empty: all. */
  | {
      readonly code: "runners-missing";
      readonly pool: string;
      readonly of: string;
      readonly missing: number;
      readonly runners: number;
    }
  /** What is judged here is a part of a gate: a shard (empty: all benchmarks), of so many benchmarks, on one runner of a pool (empty: the only one). */
  | {
      readonly code: "part";
      readonly shard: string;
      readonly benchmarks: number;
      readonly of: number;
      readonly pool: string;
    }
  /** What a job left and what does not count, and why. */
  | { readonly code: "part-left-out"; readonly part: string; readonly reason: string }
  /** Rounds fall into two groups; each side's count of rounds in the slower one. */
  | { readonly code: "two-modes"; readonly baseline: number; readonly candidate: number }
  /** The first round stands apart from the others. */
  | { readonly code: "first-round" }
  /** The clock, or the tool's output, is coarse for what it measures: `tick` in the metric's unit, `distinct` values. */
  | { readonly code: "coarse-clock"; readonly tick: number | null; readonly distinct: number }
  /** A tail so heavy that a mean or a maximum never settles; `index` is Hill's. */
  | { readonly code: "heavy-tail"; readonly index: number }
  /** Samples that follow each other say much the same: so few are left beyond the percentile. */
  | { readonly code: "correlated"; readonly statistic: StatisticName; readonly beyond: number }
  /** A promised improvement. */
  | { readonly code: "goal"; readonly goal: number; readonly state: "proven" | "open" | "missed" }
  /** The limit lies within the candidate's own interval. */
  | { readonly code: "limit-close" }
  /**
   * The baseline has a suite, and the candidate nothing of it: other names, or none. Names of each side, `suite/benchmark`, and which of them are
   * alike.
   */
  | {
      readonly code: "nothing-in-common";
      readonly suite: string;
      readonly baseline: Names;
      readonly candidate: Names;
      readonly alike: readonly { readonly baseline: string; readonly candidate: string }[];
    }
  /** A rule of the user's that is for nothing of what was measured; `near` is the nearest that was. */
  | {
      readonly code: "pattern-fits-nothing";
      readonly of: "budget" | "acceptance";
      readonly match: string;
      readonly near: string | null;
    }
  /** A budget for a metric that no benchmark it fits gives; `near` is the nearest that they do. */
  | {
      readonly code: "metric-not-measured";
      readonly match: string;
      readonly metric: string;
      readonly near: string | null;
    }
  /** A budget that is never in force, because that of `by` comes first for all that it fits. */
  | { readonly code: "budget-hidden"; readonly match: string; readonly metric: string; readonly by: string }
  /** Benchmarks of a suite that have nothing which can fail the check. */
  | {
      readonly code: "nothing-gates";
      readonly suite: string;
      readonly benchmarks: Names;
      readonly metrics: Names;
    }
  /** The baseline breaks the default limit as well, at `before`; null: there is none to tell. */
  | { readonly code: "limit-broken-before"; readonly before: number | null }
  /** More requests fail than before, so that a better value is no improvement; shares of one. */
  | { readonly code: "errors-rose"; readonly before: number | null; readonly after: number }
  /** Ratios of zero or negative values mean nothing. */
  | { readonly code: "non-positive" }
  /** It was measured in steps of `step`, in the metric's unit, which hide changes below `bound`: neither a change nor none can be told. */
  | { readonly code: "too-coarse"; readonly step: number; readonly bound: number }
  /** No round differs from another, and all lie so close to the threshold that the smallest error that is believed decides. */
  | { readonly code: "at-threshold" }
  /** Values that were declared deterministic, and are not: so many different ones on each side. They are judged as noisy ones are. */
  | { readonly code: "not-deterministic"; readonly baseline: number; readonly candidate: number }
  /** A default tail of tools that take few samples by their nature: `fewest` to `most` samples in a round, and it is in no table. */
  | {
      readonly code: "not-judged";
      readonly metric: string;
      readonly statistic: StatisticName;
      readonly fewest: number;
      readonly most: number;
      readonly benchmarks: number;
    }
  /** A default tail of benchmarks that not even the whole plan could decide: of so many, and it is in no table. */
  | {
      readonly code: "too-noisy";
      readonly metric: string;
      readonly statistic: StatisticName;
      readonly benchmarks: number;
      readonly of: number;
    }
  /** The change is beyond the threshold but smaller than the absolute floor, in the metric's unit. */
  | { readonly code: "below-floor"; readonly floor: number }
  /** A closed-loop load generator hides stalls: its p99 is advisory. */
  | { readonly code: "closed-loop" }
  /**
   * What a tool told beside its numbers. `benchmarks` of a suite on the gate as a whole, in no order; empty on a comparison, whose it is. `side` is the one
   * that it was told of; null where that is both, or the only one.
   */
  | {
      readonly code: "noted";
      readonly suite: string;
      readonly benchmarks: readonly string[];
      readonly side: "baseline" | "candidate" | null;
      readonly sentence: string;
      readonly remedy: string;
    }
  /** There is nothing to compare with yet. `stored` counts runs of other environments, `differs` names what sets them apart. */
  | { readonly code: "no-baseline"; readonly stored: number; readonly differs: readonly string[] }
  /** Stored entries that could not be read, by name. */
  | { readonly code: "unreadable-baseline"; readonly entry: string; readonly reason: string }
  /** The store could not be reached, so that the base revision was measured instead. */
  | { readonly code: "baseline-out-of-reach"; readonly place: string; readonly reason: string }
  /** The pull request changes its own budgets: the base revision's are in force. */
  | { readonly code: "budgets-from-base"; readonly file: string }
  /** The base revision's configuration cannot be read, so that its budgets cannot be in force. */
  | { readonly code: "base-unsound"; readonly file: string; readonly reason: string }
  /** An acceptance that no longer holds. */
  | { readonly code: "acceptance-expired"; readonly match: string; readonly until: string }
  /** An acceptance whose change is larger than agreed. */
  | { readonly code: "acceptance-exceeded"; readonly match: string; readonly upTo: number }
  /** What stored runs left in doubt was measured again side by side; they decided `kept` comparisons. */
  | { readonly code: "measured-again"; readonly benchmarks: number; readonly kept: number }
  /** The time budget ended the measurement of a suite early. */
  | { readonly code: "time-budget"; readonly suite: string; readonly rounds: number; readonly planned: number }
  /**
   * The tool gave a verdict of its own on the candidate's rounds that it did not give on the baseline's: it ended with this exit code in so
   * many of the rounds of each side. `requests`: what a round holds on each side, where the candidate's is short of it.
   */
  | (ToolVerdict & { readonly code: "tool-verdict" })
  /** The same where the baseline's rounds ended so too. */
  | (ToolVerdict & { readonly code: "tool-verdict-before" })
  /** A round of the candidate holds less than half the requests that one of the baseline does. */
  | { readonly code: "fewer-requests"; readonly suite: string; readonly baseline: number; readonly candidate: number }
  /** GitHub refused; `permission` is what the workflow must grant. */
  | { readonly code: "forbidden"; readonly action: string; readonly permission: string }
  /** GitHub could not be reached or answered with an error. */
  | { readonly code: "github-failed"; readonly action: string; readonly reason: string }
  /** The recording was not stored. */
  | { readonly code: "not-stored"; readonly reason: string };

/** Why a round takes no part: it failed, was measured in another way than most, has too few samples, reads zero (or less), or lacks the statistic. */
export type LeftOutFor = "failed" | "estimator" | "few-samples" | "zero" | "statistic";
/** A tool's own verdict, by its exit code. */
interface ToolVerdict {
  readonly suite: string;
  readonly exitCode: number;
  /** What the tool says by it. */
  readonly means: string;
  /** Rounds that ended so, of all that were measured. */
  readonly baseline: RoundShare;
  readonly candidate: RoundShare;
  readonly requests: { readonly baseline: number; readonly candidate: number } | null;
}

/** Some rounds of a side. */
export interface RoundShare {
  readonly rounds: number;
  readonly of: number;
}

/** What holds for all warnings of a code. */
export interface WarningTraits {
  /**
   * Whether it says why there is no verdict: `for-now` where more rounds may bring one, `lasting` where they never do. Null: a remark,
   * which holds with a verdict as well.
   */
  readonly bars: "for-now" | "lasting" | null;
  /**
   * `alert`: it must not be missed. `calm`: worth knowing, and no reason for alarm. `harmless`: how rounds came out that proved nothing
   * changed all the same, so that nobody has to do anything about it there.
   */
  readonly tone: "alert" | "calm" | "harmless";
  /** Whether a gate that has it passes with a warning at best. */
  readonly warns?: true;
  /** Whether it is said anew of a suite that is measured again. */
  readonly renewed?: true;
}

const REMARK = { bars: null, tone: "alert" } as const;
const WARNS = { bars: null, tone: "alert", warns: true, renewed: true } as const;
const CALM = { bars: null, tone: "calm" } as const;
const HARMLESS = { bars: null, tone: "harmless" } as const;
const OPEN = { bars: "for-now", tone: "alert" } as const;
const LASTING = { bars: "lasting", tone: "alert" } as const;

/** The traits of every code. A code without a row does not compile. */
export const WARNINGS: Readonly<Record<Warning["code"], WarningTraits>> = {
  "few-rounds": OPEN,
  "few-samples": LASTING,
  "statistic-unavailable": LASTING,
  "stands-in": CALM,
  "few-baseline-runs": OPEN,
  noisy: OPEN,
  "unequal-samples": LASTING,
  "estimator-differs": LASTING,
  "baseline-moved": OPEN,
  "slow-rounds": OPEN,
  "rounds-left-out": REMARK,
  "failed-rounds": REMARK,
  "different-sessions": REMARK,
  "uneven-rounds": REMARK,
  "definitions-removed": REMARK,
  "incomplete-baseline": REMARK,
  canary: REMARK,
  "busy-machine": REMARK,
  "machine-unstable": REMARK,
  "suites-removed": REMARK,
  "common-shift": REMARK,
  "suite-shift": { bars: "for-now", tone: "alert", warns: true },
  "suite-shift-checked": CALM,
  "same-code": CALM,
  "same-code-differs": WARNS,
  "same-code-late": WARNS,
  "steeper-growth": { ...WARNS, renewed: true },
  "odd-runner": REMARK,
  "runners-missing": REMARK,
  part: CALM,
  "part-left-out": REMARK,
  "two-modes": HARMLESS,
  "first-round": HARMLESS,
  "coarse-clock": HARMLESS,
  "heavy-tail": LASTING,
  correlated: HARMLESS,
  goal: OPEN,
  "limit-close": OPEN,
  "nothing-in-common": REMARK,
  "pattern-fits-nothing": REMARK,
  "metric-not-measured": REMARK,
  "budget-hidden": REMARK,
  "nothing-gates": CALM,
  "limit-broken-before": REMARK,
  "errors-rose": LASTING,
  "non-positive": LASTING,
  "too-coarse": LASTING,
  "at-threshold": LASTING,
  "not-deterministic": REMARK,
  "not-judged": CALM,
  "too-noisy": CALM,
  "below-floor": REMARK,
  "closed-loop": REMARK,
  noted: CALM,
  "no-baseline": CALM,
  "unreadable-baseline": REMARK,
  "baseline-out-of-reach": REMARK,
  "budgets-from-base": REMARK,
  "base-unsound": REMARK,
  "acceptance-expired": REMARK,
  "acceptance-exceeded": REMARK,
  "measured-again": CALM,
  "time-budget": REMARK,
  "tool-verdict": WARNS,
  "tool-verdict-before": { ...CALM, renewed: true },
  "fewer-requests": WARNS,
  forbidden: REMARK,
  "github-failed": REMARK,
  "not-stored": REMARK,
};
