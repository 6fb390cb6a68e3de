import { environmentDifferences } from "../model/environment.ts";
import type { Growth } from "../model/growth.ts";
import type { Acceptance, Budget, Plan } from "../model/plan.ts";
import type { Recording } from "../model/recording.ts";
import type { CodeCompared, SameCode } from "../model/same-code.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { applyAcceptances } from "./accept.ts";
import type { Baseline } from "./baseline.ts";
import { oddRunners } from "./cells/odd-runner.ts";
import { commonShifts } from "./common-shift.ts";
import { decide } from "./decision.ts";
import { exponentsIn, steeperGrowth } from "./growth/complexity.ts";
import { judgementOf } from "./judgement.ts";
import { withNotes } from "./noted.ts";
import { outcomeOf } from "./outcome.ts";
import { withoutFalsePraise } from "./praise.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { sameCodeJudgement, sameCodeWarnings, withoutDoubts } from "./same-code.ts";
import { type Measured, measuredOf, unfitting } from "./unfitting.ts";
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
  const { same } = rules.code ?? { same: [] };
  const prepared = prepare(baseline, candidate, rules);
  return conclude([prepared], { baseline: prepared.baseline, candidate: prepared.candidate }, rules, {
    warnings,
    unfitting: (judgements) =>
      rules.partial
        ? []
        : unfitting(
            rules,
            [...measuredOf(candidate), ...exponentsIn(prepared.growth), ...ended(warnings), ...unmeasured(same)],
            judgements,
          ),
  });
}

/** What is said of a gate beside its comparisons. */
interface Said {
  readonly warnings?: readonly Warning[];
  /** What is said of rules that fit nothing; absent where others may have what they are for. */
  readonly unfitting?: (judgements: readonly Judgement[]) => readonly Warning[];
}

/**
 * One answer over everything that was prepared, each with suites of its own: all comparisons in one family.
 *
 * @param baseline what all of it was compared with, and `candidate`: as a whole.
 */
export function conclude(
  parts: readonly Prepared[],
  { baseline, candidate }: Pick<Prepared, "baseline" | "candidate">,
  rules: Omit<Rules, "budgets" | "looks">,
  { warnings = [], unfitting: unfits = () => [] }: Said = {},
): Outcome {
  const { same, audited } = rules.code ?? { same: [], audited: [] };
  const each = <T>(of: (part: Prepared) => readonly T[]) => parts.flatMap(of);
  const tried = each((part) => part.tried);
  const { judged: decided, notJudged } = withoutUnjudged(decide(tried));
  const growth = each((part) => part.growth);
  const complexity = each((part) => part.complexity);
  const measured = [
    ...each(({ failed }) => failed),
    ...decided.map(judgementOf),
    ...each(({ single }) => single),
    ...each(({ alone }) => alone),
  ];
  const judged = withoutFalsePraise([
    ...withoutDoubts(measured, audited),
    ...same.map(sameCodeJudgement),
    ...complexity,
  ]).map((judgement) => applyAcceptances(judgement, rules.accept, rules.today));

  const rounds = each(({ noted }) => noted.candidate.rounds);
  const { judgements, warnings: notes } = withNotes(
    judged,
    each(({ noted }) => noted.baseline),
    { ...candidate, rounds },
  );
  const trials = tried.flatMap(({ trial }) => trial ?? []);
  const said: readonly Warning[] = [
    ...(baseline.kind === "none"
      ? [{ code: "no-baseline", stored: baseline.stored, differs: baseline.differs } as const]
      : []),
    ...warnings,
    ...notes,
    ...each((part) => part.said.measured),
    ...unfits(judgements),
    ...each((part) => part.said.ungated),
    ...each((part) => part.said.shifted),
    ...commonShifts(trials),
    ...steeperGrowth(growth.filter((found) => !isRed(found, complexity))),
    ...oddRunners(trials),
    ...each((part) => part.said.gaps),
    ...notJudged,
    ...sameCodeWarnings(same, audited, judgements),
  ];
  return {
    outcome: outcomeOf(judgements, said, rules.onInconclusive),
    baseline: baseline.kind === "none" ? { kind: "none" } : baseline,
    candidate,
    differences: baseline.kind === "none" ? [] : environmentDifferences(baseline.environment, candidate.environment),
    judgements,
    warnings: said,
    ...(growth.length > 0 && { growth }),
  };
}

/** Whether a growth is told under a row of its own. */
function isRed({ suite, family }: Growth, rows: readonly Judgement[]): boolean {
  return rows.some((row) => row.verdict === "regression" && row.suite === suite && row.benchmark === family);
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
