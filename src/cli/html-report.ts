import { analyse } from "../baseline/trend.ts";
import type { Compared } from "../judge/compared.ts";
import { evidenceOf, type FindSteps } from "../judge/evidence.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Acceptance } from "../model/plan.ts";
import type { Outcome } from "../model/verdict.ts";

/** What the verdicts of an outcome rest on, for the HTML report. `accept` names the steps of a history that were agreed to. */
export function evidenceIn(
  outcome: Outcome,
  compared: readonly Compared[],
  accept: readonly Acceptance[],
): readonly Evidence[] {
  return compared.map((each) => evidenceOf(outcome.judgements, each, stepsWith(accept)));
}

/** Finds the steps of a history as the trend does. */
function stepsWith(accept: readonly Acceptance[]): FindSteps {
  return (followed, means) => {
    const points = means.map((value) => ({ sha: "", committedAt: "", value, spread: null }));
    const { changes } = analyse({ ...followed, gate: "", fingerprint: "", exact: false, points }, accept);
    return changes.map(({ at, ratio, accepted }) => ({
      at,
      kind: accepted === null ? "change" : "accepted",
      ratio,
      reason: accepted ?? "",
    }));
  };
}
