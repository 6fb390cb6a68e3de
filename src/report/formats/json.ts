import type { Explanation } from "../../model/explanation.ts";
import type { BaselineDescription, Judgement, Outcome } from "../../model/verdict.ts";
import { visibleJson } from "../parts/escape.ts";

/** The schema name of the result that machines read. */
const RESULT_SCHEMA = "benchgate.result/1";

/**
 * An outcome as the JSON document `benchgate.result/1`. Ratios and intervals are candidate ÷ baseline as measured;
 * values are in canonical units; numbers that JSON cannot write (infinite, not a number) are null.
 */
export function resultJson(outcome: Outcome): string {
  const document = {
    schema: RESULT_SCHEMA,
    outcome: outcome.outcome,
    baseline: baselineOf(outcome.baseline),
    candidate: outcome.candidate,
    verdicts: outcome.judgements.map(verdictOf),
    warnings: outcome.warnings,
    ...(outcome.experiment && { experiment: outcome.experiment }),
    ...(outcome.cost && { cost: outcome.cost }),
    ...(outcome.growth && { growth: outcome.growth }),
    ...(outcome.explanations && { explanations: outcome.explanations.map(explanationOf) }),
  };
  return `${visibleJson(document)}\n`;
}

function baselineOf(baseline: BaselineDescription): object {
  if (baseline.kind === "none") return { kind: "none" };
  const { kind, revision, runs, environment, distance } = baseline;
  return { kind, revision, runs, environment, ...(distance !== undefined && { distance }) };
}

/** The call trees are for the page alone. */
function explanationOf(explanation: Explanation): object {
  if (explanation.kind === "not-profiled") return explanation;
  const { flame: _, ...told } = explanation;
  return told;
}

function verdictOf(judgement: Judgement): object {
  const { comparison, accepted, cell } = judgement;
  return {
    ...(cell !== undefined && { cell }),
    suite: judgement.suite,
    benchmark: judgement.benchmark,
    metric: judgement.metric,
    statistic: judgement.statistic,
    unit: judgement.unit,
    verdict: judgement.verdict,
    severity: judgement.severity,
    baseline: judgement.baseline,
    candidate: judgement.candidate,
    ratio: comparison?.ratio ?? null,
    interval: comparison?.interval ?? null,
    p: comparison?.p ?? null,
    adjustedP: comparison?.adjustedP ?? null,
    threshold: judgement.threshold,
    resolution: judgement.resolution ?? null,
    judged: judgement.judged ?? null,
    limit: judgement.limit,
    rounds: comparison?.rounds ?? null,
    roundsNeeded: comparison?.roundsNeeded ?? null,
    paired: comparison?.design === "pairs",
    goal: judgement.goal,
    check: comparison?.check ?? null,
    noise: comparison?.noise ?? null,
    detectable: comparison?.detectable ?? null,
    warnings: judgement.warnings,
    failure: judgement.failure,
    ...(accepted === null ? {} : { accepted }),
  };
}
