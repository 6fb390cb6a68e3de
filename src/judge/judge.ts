import { environmentDifferences } from "../model/environment.ts";
import type { Acceptance, Budget, Plan } from "../model/plan.ts";
import type { Recording } from "../model/recording.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { brokenLimits, failedJudgements, isFailed, oneSided } from "./absent.ts";
import { applyAcceptances } from "./accept.ts";
import { commonShifts } from "./common-shift.ts";
import type { BaselineMode } from "./contrast.ts";
import { decide } from "./decide.ts";
import { judgementOf, type RowWithThreshold } from "./row.ts";
import { lineUp } from "./subjects.ts";
import { priorsOf, rowsOf, trialOf, unavailable } from "./trial.ts";

/** What the candidate is compared with; recordings newest first. */
export type Baseline =
  | { readonly kind: "none"; readonly stored: number; readonly differs: readonly string[] }
  | { readonly kind: BaselineMode; readonly recordings: readonly [Recording, ...Recording[]] };

/** The rules of a gate. `today` is an ISO date, UTC. */
export interface Rules {
  readonly budgets: readonly Budget[];
  readonly accept: readonly Acceptance[];
  readonly onInconclusive: Plan["onInconclusive"];
  readonly today: string;
  /** The rounds after which the measurement looked at its data and could stop; absent: it looked once, at the end. */
  readonly looks?: Looks;
}

/** The gate's answer to "did it get slower": every benchmark of either side has at least one judgement. */
export function judge(
  baseline: Baseline,
  candidate: Recording,
  rules: Rules,
  warnings: readonly Warning[] = [],
): Outcome {
  const recordings = baseline.kind === "none" ? [] : baseline.recordings;
  const lineup = lineUp(recordings, candidate);
  const failed = failedJudgements(lineup, rules.budgets);
  const candidateFailures = lineup.failures.filter(({ side }) => side === "candidate");
  const sound = lineup.subjects.filter((subject) => !isFailed(lineup.failures, subject));
  const both = sound.filter((subject) => subject.baseline.length > 0 && subject.candidate.length > 0);
  const mode = baseline.kind === "none" ? "file" : baseline.kind;

  const compared = both.flatMap((subject) => rowsOf(subject, rules.budgets));
  const gone = oneSided(sound, both, rules.budgets, rules.looks);
  // A baseline that fails takes its comparison away, not the candidate's limits.
  const limited = lineup.subjects
    .filter(
      (subject) => subject.candidate.length > 0 && !sound.includes(subject) && !isFailed(candidateFailures, subject),
    )
    .flatMap((subject) => brokenLimits(subject, rules.budgets, rules.looks));
  const prior = priorsOf(compared);
  const trials = compared.flatMap((row) =>
    row.budget.threshold === null
      ? []
      : [trialOf(row as RowWithThreshold, { mode, looks: rules.looks ?? null, prior })],
  );
  const decisions = decide(trials);
  let next = 0;
  const judgements = [
    ...failed,
    ...compared.map((row) => {
      const index = row.budget.threshold === null ? null : next++;
      return judgementOf(
        row,
        index === null ? null : { trial: trials[index]!, decision: decisions[index]! },
        rules.looks,
      );
    }),
    ...gone,
    ...limited,
  ].map((judgement) => applyAcceptances(judgement, rules.accept, rules.today));

  const first = recordings[0];
  const differences = first === undefined ? [] : environmentDifferences(first.environment, candidate.environment);
  return {
    outcome: outcomeOf(judgements, rules.onInconclusive),
    baseline:
      baseline.kind === "none" || first === undefined
        ? { kind: "none" }
        : { kind: baseline.kind, revision: first.revision, runs: recordings.length, environment: first.environment },
    candidate: { revision: candidate.revision, environment: candidate.environment },
    differences,
    judgements,
    warnings: [
      ...(baseline.kind === "none"
        ? [{ code: "no-baseline", stored: baseline.stored, differs: baseline.differs } as const]
        : []),
      ...warnings,
      ...commonShifts(trials),
      ...unavailable(both, rules.budgets),
    ],
  };
}

/** The worst that any judgement means for the gate; a gate that judged nothing has not passed. */
export function outcomeOf(
  judgements: readonly Judgement[],
  onInconclusive: Plan["onInconclusive"],
): Outcome["outcome"] {
  if (judgements.length === 0) return "fail";
  const effects = judgements.map(({ verdict, severity, accepted, failure, goal }): Outcome["outcome"] => {
    if (accepted !== null) return "pass";
    if (severity === "gate" && goal?.state === "missed") return "fail";
    if (severity === "gate" && goal?.state === "open" && verdict !== "regression") return onInconclusive;
    // A baseline that does not run leaves everything open; it must not keep its own repair out.
    if (failure?.side === "baseline") return onInconclusive === "pass" ? "warn" : onInconclusive;
    if (verdict === "regression" || verdict === "failed") return severity === "gate" ? "fail" : "warn";
    if (verdict === "inconclusive") return severity === "gate" ? onInconclusive : "pass";
    return verdict === "removed" ? "warn" : "pass";
  });
  return effects.includes("fail") ? "fail" : effects.includes("warn") ? "warn" : "pass";
}
