import { benchmarkKey, keyOf } from "../model/key.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";

/**
 * Judgements without praise for failures that are fast: where the share of requests that fail rose, what got faster, or more in a second, is no
 * improvement and keeps no promise. The share counts for its own benchmark; for the whole suite where it is all that its benchmark has (k6).
 */
export function withoutFalsePraise(judgements: readonly Judgement[]): readonly Judgement[] {
  const rates = judgements.filter(({ metric }) => metric === "error-rate");
  if (rates.length === 0) return judgements;
  const fast = new Set(judgements.filter(({ metric }) => metric !== "error-rate").map(benchmarkKey));
  const placeOf = (each: Judgement) => (fast.has(benchmarkKey(each)) ? benchmarkKey(each) : keyOf(each.suite));
  const rose = new Map(rates.filter(isRise).map((each) => [placeOf(each), each]));
  if (rose.size === 0) return judgements;
  return judgements.map((each) => {
    const rise =
      each.metric === "error-rate" ? undefined : (rose.get(benchmarkKey(each)) ?? rose.get(keyOf(each.suite)));
    return rise === undefined ? each : sobered(each, rise);
  });
}

/** A rise that was proven, or that broke a limit. */
function isRise({ verdict, baseline, candidate }: Judgement): boolean {
  return verdict === "regression" && candidate !== null && candidate > (baseline ?? 0);
}

function sobered(judgement: Judgement, { baseline, candidate }: Judgement): Judgement {
  const { verdict, goal, warnings } = judgement;
  const praised = verdict === "improvement";
  const kept = goal?.state === "proven";
  if (!praised && !kept) return judgement;
  const warning: Warning = { code: "errors-rose", before: baseline, after: candidate! };
  return {
    ...judgement,
    verdict: praised ? "inconclusive" : verdict,
    goal: kept ? { ...goal, state: "open" } : goal,
    warnings: [...warnings.filter(({ code }) => !(kept && code === "goal")), warning],
  };
}
