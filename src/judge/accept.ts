import { worse } from "../model/measurement.ts";
import { type Acceptance, matches } from "../model/plan.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";

/** A judgement with the acceptance that covers it, or with the reason why an acceptance that names it does not. */
export function applyAcceptances(judgement: Judgement, acceptances: readonly Acceptance[], today: string): Judgement {
  if (judgement.verdict !== "regression" || judgement.comparison === null) return judgement;
  // Broken limits are not accepted here: a limit is raised in its budget, where reviewers see the number.
  if (judgement.limit?.broken) return judgement;
  const { suite, benchmark, metric, statistic, better, comparison } = judgement;
  const worsening = worse(better) * (comparison.ratio - 1);
  const warnings: Warning[] = [];
  for (const { match, upTo, reason, until } of acceptances) {
    if (!matches(match, `${suite}/${benchmark} ${metric} ${statistic}`)) continue;
    if (until !== null && until < today) warnings.push({ code: "acceptance-expired", match, until });
    else if (worsening > upTo) warnings.push({ code: "acceptance-exceeded", match, upTo });
    else return { ...judgement, accepted: { reason, upTo, until } };
  }
  return { ...judgement, warnings: [...judgement.warnings, ...warnings] };
}
