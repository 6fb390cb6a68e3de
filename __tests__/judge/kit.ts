import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge, type Rules } from "../../src/judge/judge.ts";
import type { BaselineMode } from "../../src/judge/rows/compared.ts";
import type { Budget } from "../../src/model/plan.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import type { Warning } from "../../src/model/warning.ts";

/** The default rules. */
const RULES: Rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-23" };

/** A gating budget of the user's for the p50 of latency at 5 %, unless told otherwise. */
export function aBudget(parts: Partial<Budget> = {}): Budget {
  return {
    match: "*",
    metric: "latency",
    statistic: "p50",
    threshold: 0.05,
    limit: null,
    floor: 0,
    severity: "gate",
    origin: "user",
    ...parts,
  };
}

/** The verdict on a candidate against one recording, or against several stored ones, the newest first. */
export function judged(
  baseline: Recording | readonly Recording[],
  candidate: Recording,
  rules: Partial<Rules> = {},
  kind: BaselineMode = "file",
): Outcome {
  const recordings = (Array.isArray(baseline) ? baseline : [baseline]) as [Recording, ...Recording[]];
  return judge({ kind: recordings.length > 1 ? "stored" : kind, recordings }, candidate, { ...RULES, ...rules });
}

/** The judgement on a statistic of the only benchmark; throws where there is none. */
export function row({ judgements }: Outcome, statistic = "p50"): Judgement {
  const found = judgements.find((each) => each.statistic === statistic && each.failure === null);
  if (found === undefined) throw new Error(`no judgement on ${statistic}`);
  return found;
}

/** The warning of a code; throws where there is none. */
export function warned<Code extends Warning["code"]>(
  warnings: readonly Warning[],
  code: Code,
): Extract<Warning, { readonly code: Code }> {
  const found = warnings.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no ${code} among ${warnings.map((each) => each.code).join(", ")}`);
  return found as Extract<Warning, { readonly code: Code }>;
}
