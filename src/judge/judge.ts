import { environmentDifferences } from "../model/environment.ts";
import { COMPLEXITY, type Growth } from "../model/growth.ts";
import type { Acceptance, Budget, Plan } from "../model/plan.ts";
import type { Recording } from "../model/recording.ts";
import type { CodeCompared, SameCode } from "../model/same-code.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { applyAcceptances } from "./accept.ts";
import type { Baseline } from "./baseline.ts";
import { commonShifts } from "./common-shift.ts";
import { decide } from "./decision.ts";
import { failedJudgements, failedOn, failedRounds } from "./failed.ts";
import { complexityJudgements, namesOf, steeperGrowth } from "./growth/complexity.ts";
import { growthOf } from "./growth/growth.ts";
import { judgementOf } from "./judgement.ts";
import { withNotes } from "./noted.ts";
import { oddRunners } from "./odd-runner.ts";
import { brokenLimits, oneSided } from "./one-sided.ts";
import { outcomeOf } from "./outcome.ts";
import { withoutFalsePraise } from "./praise.ts";
import { priorsOf } from "./prior.ts";
import { apart } from "./rows/apart.ts";
import { inForce } from "./rows/in-force.ts";
import { isTold, rowsOf, unavailable } from "./rows/row.ts";
import { lineUp } from "./rows/subjects.ts";
import { sameCodeJudgement, sameCodeWarnings } from "./same-code.ts";
import { withoutSuiteShifts } from "./suite-shift.ts";
import { toolVerdicts } from "./tool-verdicts.ts";
import { trialOf } from "./trial.ts";
import { type Measured, measuredOf, unfitting } from "./unfitting.ts";
import { ungated } from "./ungated.ts";
import { withoutUnjudged } from "./unjudged.ts";

/** The rules of a gate. `today` is an ISO date, UTC. */
export interface Rules {
  readonly budgets: readonly Budget[];
  readonly accept: readonly Acceptance[];
  readonly onInconclusive: Plan["onInconclusive"];
  readonly today: string;
  /** The rounds after which the measurement looked at its data and could stop; absent: it looked once, at the end. */
  readonly looks?: Looks;
  /** What was found out about the code of both sides; absent: everything was measured. */
  readonly code?: CodeCompared;
  /** Whether only a part of what they are for was measured, so that it says nothing where one fits nothing. */
  readonly partial?: boolean;
}

/** The gate's answer to "did it get slower": every benchmark of either side has at least one judgement. */
export function judge(
  baseline: Baseline,
  candidate: Recording,
  rules: Rules,
  warnings: readonly Warning[] = [],
): Outcome {
  const recordings = baseline.kind === "none" ? [] : baseline.recordings;
  const looks = rules.looks ?? null;
  const { same, audited } = rules.code ?? { same: [], audited: [] };
  const found = lineUp(recordings, candidate, rules.budgets);
  const lineup = { ...found, subjects: inForce(found.subjects) };
  const failed = failedOn(lineup.subjects);
  const sound = lineup.subjects.filter((subject) => failed(subject).length === 0);
  const both = sound.filter((subject) => subject.baseline.length > 0 && subject.candidate.length > 0);
  // A baseline that fails takes its comparison away, not the candidate's limits.
  const alone = lineup.subjects.filter(
    (subject) => subject.candidate.length > 0 && !sound.includes(subject) && !failed(subject).includes("candidate"),
  );

  const rows = both.flatMap((subject) => rowsOf(subject, looks));
  const asTold = rows.filter(isTold);
  const mode = baseline.kind === "none" ? "file" : baseline.kind;
  const { rows: told, warnings: shifted } =
    mode === "stored" ? withoutSuiteShifts(asTold) : { rows: asTold, warnings: [] };
  const circumstances = { mode, looks, prior: priorsOf(told) };
  const tried = told.map((row) => ({ row, trial: trialOf(row, circumstances) }));
  const { judged: decided, notJudged } = withoutUnjudged(decide(tried));
  const growth = growthOf(sound, mode, rules.budgets);
  const complexity = complexityJudgements(growth, rules.budgets);
  const judged = withoutFalsePraise([
    ...failedJudgements(lineup),
    ...decided.map(judgementOf),
    ...oneSided(sound, both, looks),
    ...alone.flatMap((subject) => brokenLimits(subject, looks)),
    ...same.map(sameCodeJudgement),
    ...complexity,
  ]).map((judgement) => applyAcceptances(judgement, rules.accept, rules.today));

  const { judgements, warnings: notes } = withNotes(judged, recordings, candidate);
  const first = recordings[0];
  const said: readonly Warning[] = [
    ...(baseline.kind === "none"
      ? [{ code: "no-baseline", stored: baseline.stored, differs: baseline.differs } as const]
      : []),
    ...warnings,
    ...notes,
    ...toolVerdicts(recordings, candidate),
    ...apart(lineup),
    ...(rules.partial
      ? []
      : unfitting(
          rules,
          [...measuredOf(candidate), ...exponentsIn(growth), ...ended(warnings), ...unmeasured(same)],
          judgements,
        )),
    ...ungated(lineup.subjects),
    ...shifted,
    ...commonShifts(tried.flatMap(({ trial }) => trial ?? [])),
    ...steeperGrowth(growth.filter((each) => !isRed(each, complexity))),
    ...oddRunners(tried.flatMap(({ trial }) => trial ?? [])),
    ...unavailable(rows),
    ...failedRounds(lineup),
    ...notJudged,
    ...sameCodeWarnings(same, audited, judgements),
  ];
  const differences = first === undefined ? [] : environmentDifferences(first.environment, candidate.environment);
  return {
    outcome: outcomeOf(judgements, said, rules.onInconclusive),
    baseline:
      baseline.kind === "none" || first === undefined
        ? { kind: "none" }
        : { kind: baseline.kind, revision: first.revision, runs: recordings.length, environment: first.environment },
    candidate: { revision: candidate.revision, environment: candidate.environment },
    differences,
    judgements,
    warnings: said,
    ...(growth.length > 0 && { growth }),
  };
}

/** Whether a growth is told under a row of its own. */
function isRed({ suite, family }: Growth, rows: readonly Judgement[]): boolean {
  return rows.some((row) => row.verdict === "regression" && row.suite === suite && row.benchmark === family);
}

/** What budgets for exponents may be for. */
function exponentsIn(growth: readonly Growth[]): readonly Measured[] {
  return growth.flatMap((each) =>
    namesOf(each).map((benchmark) => ({ suite: each.suite, benchmark, metric: COMPLEXITY })),
  );
}

/** Benchmarks that are there although nothing of them was measured. */
function unmeasured(same: readonly SameCode[]): readonly Measured[] {
  return same.map(({ suite, benchmark }) => ({ suite, benchmark, metric: null }));
}

/** Suites that a time budget may have kept from being measured whole. */
function ended(warnings: readonly Warning[]): readonly Measured[] {
  return warnings.flatMap((warning) =>
    warning.code === "time-budget" ? [{ suite: warning.suite, benchmark: "*", metric: null }] : [],
  );
}
