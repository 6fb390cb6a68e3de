import type { Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import { judge, type Rules } from "./judge.ts";

/**
 * What the control says of the machine: the candidate judged against itself, both measured in the same session, by the rules of the
 * gate. Whatever changes there beyond its threshold, the machine has changed, and no other verdict of the session deserves trust. Null
 * where nothing did. Limits and goals say nothing here, and nothing is accepted.
 */
export function controlWarning(candidate: Recording, control: Recording, rules: Rules): Warning | null {
  const budgets = rules.budgets.map(({ goal: _, ...budget }) => ({ ...budget, limit: null }));
  const { judgements } = judge({ kind: "side-by-side", recordings: [candidate] }, control, {
    ...rules,
    budgets,
    accept: [],
  });
  const changed = judgements.filter(
    ({ verdict, severity }) => severity === "gate" && (verdict === "regression" || verdict === "improvement"),
  );
  if (changed.length === 0) return null;
  const benchmarks = new Set(changed.map(({ suite, benchmark, statistic }) => `${suite} / ${benchmark} ${statistic}`));
  return { code: "machine-unstable", benchmarks: [...benchmarks] };
}
