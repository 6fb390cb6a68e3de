import type { Distribution, Failure, Measurement } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";

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
  /** What the candidate says of itself; the baseline's words where the candidate has none. */
  readonly measurement: Measurement;
  /** One list of rounds for each baseline recording that has it, newest recording first. */
  readonly baseline: readonly (readonly Observation[])[];
  readonly candidate: readonly Observation[];
  /** How each side's quantiles were computed. */
  readonly estimators: { readonly baseline: string | null; readonly candidate: string | null };
}

/** A benchmark (`*`: a whole suite) that failed in at least one round of a side. */
export interface SideFailure extends Failure {
  readonly side: "baseline" | "candidate";
}

/** Everything that either side measured or failed to, in the order in which it first appears, the candidate's order first. */
export interface Lineup {
  readonly subjects: readonly Subject[];
  readonly failures: readonly SideFailure[];
}

/** Lines both sides up by (suite, benchmark, metric). A name is never matched by likeness: what is renamed is removed and added. */
export function lineUp(baseline: readonly Recording[], candidate: Recording): Lineup {
  const drafts = new Map<
    string,
    { measurement: Measurement; sides: Map<number, Observation[]>; estimators: Map<number, string> }
  >();
  const candidateIndex = -1;
  const collect = (recording: Recording, index: number) => {
    for (const { session, pair, measurements } of recording.rounds) {
      for (const measurement of measurements) {
        const key = [measurement.suite, measurement.benchmark, measurement.metric].join("\u0000");
        let draft = drafts.get(key);
        if (draft === undefined) {
          draft = { measurement, sides: new Map(), estimators: new Map() };
          drafts.set(key, draft);
        }
        const rounds = draft.sides.get(index) ?? [];
        rounds.push({ session, pair, distribution: measurement.distribution });
        draft.sides.set(index, rounds);
        draft.estimators.set(index, measurement.estimator ?? "samples");
      }
    }
  };
  collect(candidate, candidateIndex);
  baseline.forEach(collect);

  // What only older runs knew was removed on the base branch long ago: this candidate has nothing to do with it.
  const current = [...drafts.values()].filter(({ sides }) => sides.has(candidateIndex) || sides.has(0));
  const subjects = current.map(({ measurement, sides, estimators }) => ({
    suite: measurement.suite,
    benchmark: measurement.benchmark,
    measurement,
    baseline: baseline.map((_, index) => sides.get(index) ?? []).filter((rounds) => rounds.length > 0),
    candidate: sides.get(candidateIndex) ?? [],
    estimators: {
      baseline: baseline.map((_, index) => estimators.get(index)).find((estimator) => estimator !== undefined) ?? null,
      candidate: estimators.get(candidateIndex) ?? null,
    },
  }));
  return {
    subjects,
    failures: [...failuresOf(candidate, "candidate"), ...baseline.flatMap((each) => failuresOf(each, "baseline"))],
  };
}

/** One failure for each (suite, benchmark): the first round's tells the most. */
function failuresOf(recording: Recording, side: SideFailure["side"]): SideFailure[] {
  const first = new Map<string, SideFailure>();
  for (const failure of recording.rounds.flatMap((round) => round.failures)) {
    const key = `${failure.suite}\u0000${failure.benchmark}\u0000${failure.source?.file ?? ""}`;
    if (!first.has(key)) first.set(key, { ...failure, side });
  }
  return [...first.values()];
}
