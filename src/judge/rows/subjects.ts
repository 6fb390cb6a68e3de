import { isSameSubject, subjectKey } from "../../model/key.ts";
import {
  type Distribution,
  type Failure,
  type Measurement,
  SERVICE_BENCHMARK,
  SERVICE_METRICS,
} from "../../model/measurement.ts";
import { identityOf } from "../../model/metric.ts";
import type { Budget } from "../../model/plan.ts";
import { failuresOf, type Recording } from "../../model/recording.ts";
import { budgetsFor, type Rule } from "./budgets.ts";
import type { Sides, Slot } from "./left-out.ts";

/** One metric of one benchmark in one round, with what is needed to pair it. */
export interface Observation extends Slot {
  readonly distribution: Distribution;
  /** The middles and the p99s of its slices, in the order of time; absent where it was not cut into slices. */
  readonly medians?: readonly number[] | undefined;
  readonly tails?: readonly number[] | undefined;
  /** How many samples such a slice holds on average. */
  readonly perSlice?: number | undefined;
  /** How its statistics come about: from samples, from one value, or by the tool's own estimator. */
  readonly estimator: string;
}

/** One metric of one benchmark on both sides; rounds in which it failed are not among its observations. */
export interface Subject extends Sides<Observation> {
  /** The cell of a matrix whose suite this is, where cells are judged as one. */
  readonly cell?: string | undefined;
  readonly suite: string;
  readonly benchmark: string;
  /**
   * What the candidate says of itself; the baseline's words where the candidate has none. Unit and direction are both sides'. It is what an operation
   * allocates where any round says so: no side loosens the gate by leaving that out.
   */
  readonly measurement: Measurement;
  /** The budgets in force for it, one a statistic, the most important first. */
  readonly budgets: readonly Rule[];
  /** One list of rounds for each baseline recording that has it, newest recording first. */
  readonly baseline: readonly (readonly Observation[])[];
  readonly candidate: readonly Observation[];
  /** The rounds of each side in which the benchmark, its file or its suite failed. */
  readonly failed: { readonly baseline: readonly Slot[]; readonly candidate: readonly Slot[] };
  /** The coarsest step that any round was printed in, in the metric's unit. */
  readonly resolution: number;
  readonly closedLoop: boolean;
  /** Whether its suite puts a service under load: a tool of that kind counts errors or names its load model, and Benchgate adds what its own services use. */
  readonly load: boolean;
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
  readonly failed: Map<number, Slot[]>;
  per: Measurement["per"];
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
  const recordings = [[CANDIDATE, candidate] as const, ...baseline.entries()];
  for (const [index, recording] of recordings) collect(drafts, recording, index);
  for (const [index, recording] of recordings) collectFailures([...drafts.values()], recording, index);
  const loads = new Set(recordings.flatMap(([, recording]) => loadSuites(recording)));
  // What only older runs knew was removed on the base branch long ago: this candidate has nothing to do with it.
  const current = [...drafts.values()].filter(({ sides }) => sides.has(CANDIDATE) || sides.has(0));
  return {
    subjects: current.map((draft) => subjectOf(draft, baseline.length, budgets, loads)),
    failures: [
      ...failuresOf(candidate).map((failure) => sideFailure("candidate", failure, budgets)),
      ...baseline.flatMap(failuresOf).map((failure) => sideFailure("baseline", failure, budgets)),
    ],
  };
}

/** Whether a failure is one of this benchmark: its own, that of the file that defines it, or that of its whole suite. */
export function covers(failure: Failure, { suite, benchmark, source }: Measurement): boolean {
  if (failure.suite !== suite) return false;
  if (failure.benchmark !== "*") return failure.benchmark === benchmark;
  return failure.source === undefined || failure.source.file === source?.file;
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
  const places: Draft[] = [];
  for (const { session, pair, runner, measurements, failures } of recording.rounds) {
    for (const [place, measurement] of measurements.entries()) {
      const { distribution, medians, tails, perSlice } = measurement;
      const before = places[place];
      const draft =
        before !== undefined && isSameSubject(before.measurement, measurement) ? before : draftOf(drafts, measurement);
      places[place] = draft;
      const rounds = draft.sides.get(index) ?? [];
      draft.sides.set(index, rounds);
      // What a benchmark still wrote in a round in which it failed is not a round's work.
      if (!failures.some((failure) => covers(failure, measurement))) {
        rounds.push({
          session,
          pair,
          runner,
          distribution,
          medians,
          tails,
          perSlice,
          estimator: estimatorOf(measurement),
        });
      }
      draft.per ??= measurement.per;
      draft.resolution = Math.max(draft.resolution, measurement.resolution ?? 0);
      draft.closedLoop ||= measurement.loadModel === "closed";
    }
  }
}

function draftOf(drafts: Map<string, Draft>, measurement: Measurement): Draft {
  const key = subjectKey(measurement);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft = {
    measurement,
    sides: new Map(),
    failed: new Map(),
    per: undefined,
    resolution: 0,
    closedLoop: false,
  };
  drafts.set(key, draft);
  return draft;
}

function collectFailures(drafts: readonly Draft[], recording: Recording, index: number): void {
  for (const { session, pair, failures } of recording.rounds) {
    if (failures.length === 0) continue;
    for (const { measurement, failed } of drafts) {
      if (!failures.some((failure) => covers(failure, measurement))) continue;
      failed.set(index, [...(failed.get(index) ?? []), { session, pair }]);
    }
  }
}

/** The suites of a recording that put a service under load. */
function loadSuites({ rounds }: Recording): readonly string[] {
  const found = new Set<string>();
  for (const { suite, benchmark, metric, loadModel } of rounds.flatMap(({ measurements }) => measurements)) {
    const own = benchmark === SERVICE_BENCHMARK && SERVICE_METRICS.includes(metric);
    if (loadModel !== undefined || metric === "error-rate" || own) found.add(suite);
  }
  return [...found];
}

function subjectOf(
  { measurement: said, sides, failed, per, resolution, closedLoop }: Draft,
  recordings: number,
  budgets: readonly Budget[],
  loads: ReadonlySet<string>,
): Subject {
  const indices = Array.from({ length: recordings }, (_, index) => index);
  const measurement = per === undefined ? said : { ...said, per };
  return {
    suite: measurement.suite,
    benchmark: measurement.benchmark,
    measurement,
    budgets: budgetsFor(budgets, measurement),
    baseline: indices.map((index) => sides.get(index) ?? []).filter((rounds) => rounds.length > 0),
    candidate: sides.get(CANDIDATE) ?? [],
    failed: {
      baseline: indices.flatMap((index) => failed.get(index) ?? []),
      candidate: failed.get(CANDIDATE) ?? [],
    },
    resolution,
    closedLoop,
    load: loads.has(measurement.suite),
  };
}

function estimatorOf({ estimator, distribution: { kind } }: Measurement): string {
  if (estimator !== undefined) return estimator;
  return kind === "value" ? "one value" : kind === "quantiles" ? "the tool's own" : "samples";
}
