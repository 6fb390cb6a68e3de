import type { Environment } from "../model/environment.ts";
import type { Growth } from "../model/growth.ts";
import type { Budget } from "../model/plan.ts";
import type { Recording, Revision } from "../model/recording.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import type { Baseline } from "./baseline.ts";
import { type Tried, triedOf } from "./decision.ts";
import { failedJudgements, failedOn, failedRounds } from "./failed.ts";
import { complexityJudgements } from "./growth/complexity.ts";
import { growthOf } from "./growth/growth.ts";
import { brokenLimits, oneSided } from "./one-sided.ts";
import { priorsOf } from "./prior.ts";
import { apart } from "./rows/apart.ts";
import { inForce } from "./rows/in-force.ts";
import { isTold, rowsOf, unavailable } from "./rows/row.ts";
import { lineUp, type Subject } from "./rows/subjects.ts";
import { withoutSuiteShifts } from "./suite-shift.ts";
import { toolVerdicts } from "./tool-verdicts.ts";
import { trialOf } from "./trial.ts";
import { ungated } from "./ungated.ts";

/** What was measured at, and on what. */
type Measured = Pick<Recording, "revision" | "environment">;

/** What a gate knows of suites before their comparisons are held against those of others: everything but who shares the false discovery rate with whom. */
export interface Prepared {
  /** What the candidate was compared with; of runs the newest one's revision and machine. */
  readonly baseline:
    | Extract<Baseline, { readonly kind: "none" }>
    | (Measured & { readonly kind: Exclude<Baseline["kind"], "none">; readonly runs: number });
  readonly candidate: Measured;
  readonly tried: readonly Tried[];
  /** Judgements that need no test. */
  readonly failed: readonly Judgement[];
  readonly single: readonly Judgement[];
  readonly alone: readonly Judgement[];
  /** How families of benchmarks grow with their size, and the rows of those that have a budget for it. */
  readonly growth: readonly Growth[];
  readonly complexity: readonly Judgement[];
  /** What the tools noted: rounds that hold nothing else. */
  readonly noted: { readonly baseline: readonly Recording[]; readonly candidate: Recording };
  /** What is said of each suite by itself, by the place that it has in what is said of all. */
  readonly said: {
    readonly measured: readonly Warning[];
    readonly ungated: readonly Warning[];
    readonly shifted: readonly Warning[];
    readonly gaps: readonly Warning[];
  };
}

/** Both sides of suites that nobody else has, with every test made. Holds nothing of the recordings but through rows and subjects. */
export function prepare(
  baseline: Baseline,
  candidate: Recording,
  { budgets, ...rules }: { readonly budgets: readonly Budget[]; readonly looks?: Looks },
): Prepared & { readonly subjects: readonly Subject[] } {
  const looks = rules.looks ?? null;
  const recordings = baseline.kind === "none" ? [] : baseline.recordings;
  const found = lineUp(recordings, candidate, budgets);
  const lineup = { ...found, subjects: inForce(found.subjects) };
  const failed = failedOn(lineup.subjects);
  const sound = lineup.subjects.filter((subject) => failed(subject).length === 0);
  const both = sound.filter((subject) => subject.baseline.length > 0 && subject.candidate.length > 0);
  // A baseline that fails takes its comparison away, not the candidate's limits.
  const isSound = new Set(sound);
  const alone = lineup.subjects.filter(
    (subject) => subject.candidate.length > 0 && !isSound.has(subject) && !failed(subject).includes("candidate"),
  );

  const rows = both.flatMap((subject) => rowsOf(subject, looks));
  const asTold = rows.filter(isTold);
  const mode = baseline.kind === "none" ? "file" : baseline.kind;
  const { rows: told, warnings: shifted } =
    mode === "stored" ? withoutSuiteShifts(asTold) : { rows: asTold, warnings: [] };
  const growth = growthOf(sound, mode, budgets);
  const circumstances = { mode, looks, prior: priorsOf(told) } as const;
  return {
    baseline:
      baseline.kind === "none"
        ? baseline
        : { kind: baseline.kind, ...measuredAt(baseline.recordings[0]), runs: recordings.length },
    candidate: measuredAt(candidate),
    tried: told.map((row) => triedOf(row, trialOf(row, circumstances))),
    failed: failedJudgements(lineup),
    single: oneSided(sound, both, looks),
    alone: alone.flatMap((subject) => brokenLimits(subject, looks)),
    growth,
    complexity: complexityJudgements(growth, budgets),
    noted: { baseline: recordings.map(notesIn), candidate: notesIn(candidate) },
    said: {
      measured: [...toolVerdicts(recordings, candidate), ...apart(lineup)],
      ungated: ungated(lineup.subjects),
      shifted,
      gaps: [...unavailable(rows), ...failedRounds(lineup)],
    },
    subjects: lineup.subjects,
  };
}

function measuredAt({ revision, environment }: { readonly revision: Revision; readonly environment: Environment }) {
  return { revision, environment };
}

function notesIn({ rounds, ...recording }: Recording): Recording {
  return {
    ...recording,
    rounds: rounds.flatMap((round) =>
      round.notes === undefined ? [] : [{ ...round, measurements: [], failures: [], exits: [] }],
    ),
  };
}
