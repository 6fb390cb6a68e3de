import type { Plan } from "../model/plan.ts";
import { isApart, type Judgement, type Outcome } from "../model/verdict.ts";
import { WARNINGS, type Warning } from "../model/warning.ts";

/**
 * What judgements and the gate's warnings mean for it: the worst that any of them means; a gate that judged nothing, or could compare nothing, has not
 * passed.
 */
export function outcomeOf(
  judgements: readonly Judgement[],
  warnings: readonly Warning[],
  onInconclusive: Plan["onInconclusive"],
): Outcome["outcome"] {
  if (judgements.length === 0 || isApart(judgements)) return "fail";
  const effects = [
    ...judgements.map((judgement) => {
      const effect = effectOf(judgement, onInconclusive);
      return effect === "pass" && failedNowAndThen(judgement) ? "warn" : effect;
    }),
    ...warnings.map(({ code }) => (WARNINGS[code].warns ? "warn" : "pass")),
  ];
  return effects.includes("fail") ? "fail" : effects.includes("warn") ? "warn" : "pass";
}

/** Whether the candidate failed in some of the rounds: whatever the others prove, that is no pass. */
export function failedNowAndThen({ warnings }: Judgement): boolean {
  return warnings.some((each) => each.code === "rounds-left-out" && each.why === "failed" && each.candidate.length > 0);
}

function effectOf(
  { verdict, severity, accepted, failure, goal, limit }: Judgement,
  onInconclusive: Plan["onInconclusive"],
): Outcome["outcome"] {
  if (accepted !== null) return "pass";
  if (severity === "gate" && goal?.state === "missed") return "fail";
  if (severity === "gate" && goal?.state === "open" && verdict !== "regression") return onInconclusive;
  // A baseline that does not run leaves everything open; it must not keep its own repair out.
  if (failure?.side === "baseline") return onInconclusive === "pass" ? "warn" : onInconclusive;
  if (verdict === "regression" || verdict === "failed") return severity === "gate" ? "fail" : "warn";
  if (limit?.broken === true) return "warn";
  if (verdict === "inconclusive") return severity === "gate" ? onInconclusive : "pass";
  return verdict === "removed" && severity === "gate" ? "warn" : "pass";
}
