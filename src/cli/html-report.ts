import { analyse } from "../baseline/trend.ts";
import type { Gated } from "../gate.ts";
import { readPageProgram } from "../io/report-program.ts";
import { type Compared, evidenceOf, type FindSteps } from "../judge/evidence.ts";
import type { Acceptance } from "../model/plan.ts";
import type { Outcome } from "../model/verdict.ts";
import { htmlReport, type PageOptions } from "../report/html/report.ts";

/** What the page is told beyond the outcome. */
export interface PageExtras extends Omit<PageOptions, "program"> {
  /** Names the steps of a history that were agreed to. */
  readonly accept?: readonly Acceptance[];
}

/** The HTML report of an outcome, with what its verdicts rest on. */
export async function page(
  outcome: Outcome,
  compared: readonly Compared[],
  { accept = [], ...options }: PageExtras,
): Promise<string> {
  const program = await readPageProgram();
  const evidence = compared.map((each) => evidenceOf(outcome.judgements, each, stepsWith(accept)));
  return htmlReport(outcome, evidence, { program, ...options });
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

/** The comparisons that a gate made, in the order in which they were made. */
export function comparedIn({
  recordings: { baseline, candidate },
  screened,
}: Pick<Gated, "recordings" | "screened">): readonly Compared[] {
  if (screened === undefined && baseline === undefined) {
    return candidate === undefined ? [] : [{ kind: "stored", baseline: [], candidate }];
  }
  return [
    ...(screened === undefined ? [] : [{ kind: "stored" as const, ...screened }]),
    ...(baseline === undefined || candidate === undefined
      ? []
      : [{ kind: "side-by-side" as const, baseline: [baseline], candidate }]),
  ];
}
