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
  return [...resultPieces(outcome)].join("");
}

/** With more verdicts than these, each is one line: nobody reads them one by one. */
export const LAID_OUT = 20_000;
/** So many verdicts are one piece. */
const AT_ONCE = 500;

/** The text of `resultJson` piece by piece: the verdicts of many cells may be more than one text can hold. */
export function* resultPieces(outcome: Outcome): Generator<string, void, void> {
  const { judgements } = outcome;
  const document = {
    schema: RESULT_SCHEMA,
    outcome: outcome.outcome,
    baseline: baselineOf(outcome.baseline),
    candidate: outcome.candidate,
    verdicts: [],
    warnings: outcome.warnings,
    ...(outcome.experiment && { experiment: outcome.experiment }),
    ...(outcome.cost && { cost: outcome.cost }),
    ...(outcome.growth && { growth: outcome.growth }),
    ...(outcome.explanations && { explanations: outcome.explanations.map(explanationOf) }),
  };
  // A text in JSON holds no line break: the key stands at the start of a line once.
  const key = '\n  "verdicts": [';
  const [before = "", after = ""] = `${visibleJson(document)}\n`.split(`${key}]`);
  yield `${before}${key}`;
  const indent = judgements.length > LAID_OUT ? 0 : 2;
  for (let from = 0; from < judgements.length; from += AT_ONCE) {
    const lines = judgements
      .slice(from, from + AT_ONCE)
      .map((judgement) => `\n    ${visibleJson(verdictOf(judgement), indent).replaceAll("\n", "\n    ")}`);
    yield `${from > 0 ? "," : ""}${lines.join(",")}`;
  }
  yield `${judgements.length > 0 ? "\n  " : ""}]${after}`;
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

/** A verdict as `benchgate.result/1` has it. */
export function verdictOf(judgement: Judgement): object {
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
