import type { GateError } from "../model/error.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";

/** What the process ends with: 0 pass (or warn), 1 regression, broken limit or missed goal, 2 the user must mend something, 3 could not measure. */
export function exitCodeOf(end: Outcome | GateError): 0 | 1 | 2 | 3 {
  if (end instanceof Error) return end.kind === "fix" ? 2 : 3;
  if (end.outcome !== "fail") return 0;
  // What is red by itself is the stronger news; a gate that fails for failures alone could not measure.
  const gating = end.judgements.filter(({ severity, accepted }) => severity === "gate" && accepted === null);
  if (end.judgements.length === 0) return 3;
  const isRed = ({ verdict, limit, goal }: Judgement) =>
    verdict === "regression" || limit?.broken === true || goal?.state === "missed";
  const onlyFailed = gating.some(({ verdict }) => verdict === "failed") && !gating.some(isRed);
  return onlyFailed ? 3 : 1;
}
