import { subjectKey } from "../model/key.ts";
import type { Distribution, Failure, Measurement } from "../model/measurement.ts";
import { identityOf } from "../model/metric.ts";
import type { Budget } from "../model/plan.ts";
import { failuresOf, type Recording } from "../model/recording.ts";
import { budgetsFor, type Rule } from "./budgets.ts";

/** One metric of one benchmark in one round, with what is needed to pair it. */
export interface Observation {
  readonly session: string;
  readonly pair: number;
  readonly distribution: Distribution;
}

/** One metric of one benchmark on both sides. */
export interface Subject {
  readonly suite: string;
  readonly benchmark: string;
  /** What the candidate says of itself; the baseline's words where the candidate has none. Unit and direction are both sides'. */
  readonly measurement: Measurement;
  /** The budgets in force for it, one a statistic, the most important first. */
  readonly budgets: readonly Rule[];
  /** One list of rounds for each baseline recording that has it, newest recording first. */
  readonly baseline: readonly (readonly Observation[])[];
  readonly candidate: readonly Observation[];
  /** How each side's statistics come about: from samples, from one value, or by the tool's own estimator. */
  readonly estimators: { readonly baseline: string | null; readonly candidate: string | null };
  /** The coarsest step that any round was printed in, in the metric's unit. */
  readonly resolution: number;
  readonly closedLoop: boolean;
}

/** A benchmark (`*`: a whole suite) that failed in at least one round of a side. */
export interface SideFailure extends Failure {
  readonly side: "baseline" | "candidate";
  /** The benchmark; of a whole file its path, where nothing else is known of what is in it. */
  readonly name: string;
  /** The budgets in force for the latency of what goes by that name. */
  readonly budgets: readonly Rule[];
}

/** Everything that either side measured or failed to, in the order in which it first appears, the candidate's order first. */
export interface Lineup {
  readonly subjects: readonly Subject[];
  readonly failures: readonly SideFailure[];
}

interface Draft {
  readonly measurement: Measurement;
  readonly sides: Map<number, Observation[]>;
  readonly estimators: Map<number, string>;
  resolution: number;
  closedLoop: boolean;
}

/** The candidate among the indices of recordings. */
const CANDIDATE = -1;

/**
 * Lines both sides up by (suite, benchmark, metric, unit, direction). Nothing is matched by likeness: what is renamed, or given in
 * another unit, is removed and added.
 *
 * @param budgets the gate's, of which each subject gets its own.
 */
export function lineUp(baseline: readonly Recording[], candidate: Recording, budgets: readonly Budget[]): Lineup {
  const drafts = new Map<string, Draft>();
  collect(drafts, candidate, CANDIDATE);
  for (const [index, recording] of baseline.entries()) collect(drafts, recording, index);
  // What only older runs knew was removed on the base branch long ago: this candidate has nothing to do with it.
  const current = [...drafts.values()].filter(({ sides }) => sides.has(CANDIDATE) || sides.has(0));
  return {
    subjects: current.map((draft) => subjectOf(draft, baseline.length, budgets)),
    failures: [
      ...failuresOf(candidate).map((failure) => sideFailure("candidate", failure, budgets)),
      ...baseline.flatMap(failuresOf).map((failure) => sideFailure("baseline", failure, budgets)),
    ],
  };
}

function sideFailure(side: SideFailure["side"], failure: Failure, budgets: readonly Budget[]): SideFailure {
  const name = failure.benchmark === "*" ? (failure.source?.file ?? "*") : failure.benchmark;
  return {
    ...failure,
    side,
    name,
    budgets: budgetsFor(budgets, { ...failure, ...identityOf("latency"), benchmark: name }),
  };
}

function collect(drafts: Map<string, Draft>, recording: Recording, index: number): void {
  for (const { session, pair, measurements } of recording.rounds) {
    for (const measurement of measurements) {
      const { distribution } = measurement;
      const key = subjectKey(measurement);
      const draft = drafts.get(key) ?? {
        measurement,
        sides: new Map(),
        estimators: new Map(),
        resolution: 0,
        closedLoop: false,
      };
      drafts.set(key, draft);
      const rounds = draft.sides.get(index) ?? [];
      rounds.push({ session, pair, distribution });
      draft.sides.set(index, rounds);
      draft.estimators.set(index, estimatorOf(measurement));
      draft.resolution = Math.max(draft.resolution, measurement.resolution ?? 0);
      draft.closedLoop ||= measurement.loadModel === "closed";
    }
  }
}

function subjectOf(
  { measurement, sides, estimators, resolution, closedLoop }: Draft,
  recordings: number,
  budgets: readonly Budget[],
): Subject {
  const indices = Array.from({ length: recordings }, (_, index) => index);
  return {
    suite: measurement.suite,
    benchmark: measurement.benchmark,
    measurement,
    budgets: budgetsFor(budgets, measurement),
    baseline: indices.map((index) => sides.get(index) ?? []).filter((rounds) => rounds.length > 0),
    candidate: sides.get(CANDIDATE) ?? [],
    estimators: {
      baseline: indices.map((index) => estimators.get(index)).find((estimator) => estimator !== undefined) ?? null,
      candidate: estimators.get(CANDIDATE) ?? null,
    },
    resolution,
    closedLoop,
  };
}

function estimatorOf({ estimator, distribution: { kind } }: Measurement): string {
  if (estimator !== undefined) return estimator;
  return kind === "value" ? "one value" : kind === "quantiles" ? "the tool's own" : "samples";
}
