import { benchmarkKey } from "../model/key.ts";
import type { SameCode } from "../model/same-code.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";

/** What a benchmark is judged by where it was not measured: the one statistic that every benchmark of speed has. */
const SPEED = { metric: "latency", statistic: "p50", unit: "s", better: "lower" } as const;

/** The judgement on a benchmark, or a whole suite, that was not measured because both sides run the same code. */
export function sameCodeJudgement({ suite, benchmark }: SameCode): Judgement {
  return {
    suite,
    benchmark,
    ...SPEED,
    verdict: "same-code",
    severity: "gate",
    threshold: null,
    baseline: null,
    candidate: null,
    comparison: null,
    limit: null,
    goal: null,
    accepted: null,
    failure: null,
    warnings: [],
    source: null,
  };
}

/** What is said of all that was not measured, by how it is known, and of what was measured all the same and does not agree. */
export function sameCodeWarnings(
  same: readonly SameCode[],
  audited: readonly SameCode[],
  judgements: readonly Judgement[],
): readonly Warning[] {
  const ways = (["closure", "inputs"] as const).flatMap((by): Warning[] => {
    const own = same.filter((each) => each.by === by);
    const checked = audited.filter((each) => each.by === by).length;
    return own.length + checked === 0 ? [] : [{ code: "same-code", by, benchmarks: own.length, audited: checked }];
  });
  const keys = new Set(audited.map(benchmarkKey));
  const odd = judgements.filter(
    (each) =>
      (each.verdict === "regression" || each.verdict === "improvement") &&
      (keys.has(benchmarkKey(each)) || keys.has(benchmarkKey({ ...each, benchmark: "*" }))) &&
      each.severity === "gate" &&
      each.comparison !== null,
  );
  const names = [...new Set(odd.map(({ suite, benchmark }) => `${suite}/${benchmark}`))];
  return names.length === 0 ? ways : [...ways, { code: "same-code-differs", benchmarks: names }];
}
