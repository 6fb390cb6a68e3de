import { benchmarkKey } from "../model/key.ts";
import type { SameCode } from "../model/same-code.ts";
import type { Judgement, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { failedNowAndThen } from "./outcome.ts";

/** What a benchmark is judged by where it was not measured: the one statistic that every benchmark of speed has. */
const SPEED = { metric: "latency", statistic: "p50", unit: "s", better: "lower" } as const;

/** The judgement on a benchmark, or a whole suite, that was not measured because both sides run the same code. */
export function sameCodeJudgement({ suite, benchmark }: Pick<SameCode, "suite" | "benchmark">): Judgement {
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

/**
 * The judgements, where what was measured as a check of the rule alone is no longer in doubt: it is the same code, as what was not measured is, unless anything of
 * its benchmark is found, failed, or looks worse.
 */
export function withoutDoubts(judgements: readonly Judgement[], audited: readonly SameCode[]): readonly Judgement[] {
  const isAudited = auditedIn(audited.filter(({ late }) => late !== true));
  const told = new Set(judgements.filter(isTelling).map(benchmarkKey));
  return judgements.map((each) => {
    const { suite, benchmark, metric, statistic, unit, better, verdict, severity } = each;
    const isDoubt = verdict === "inconclusive" && severity === "gate";
    if (!isDoubt || !isAudited(each) || told.has(benchmarkKey(each))) return each;
    return { ...sameCodeJudgement({ suite, benchmark }), metric, statistic, unit, better };
  });
}

/** The verdicts that say nothing against the same code. */
const CALM: readonly Verdict[] = ["inconclusive", "unchanged", "not-slower", "same-code"];

function isTelling(judgement: Judgement): boolean {
  const { verdict, limit, comparison, better } = judgement;
  const { lower, upper } = comparison?.interval ?? { lower: 1, upper: 1 };
  const looksWorse = verdict === "inconclusive" && (better === "lower" ? lower > 1 : upper < 1);
  const isLimitInDoubt = limit !== null && (limit.broken || verdict === "inconclusive");
  return !CALM.includes(verdict) || isLimitInDoubt || failedNowAndThen(judgement) || looksWorse;
}

/** Whether a judgement is on what was measured as a check: a benchmark, or anything of a suite. */
function auditedIn(audited: readonly SameCode[]): (judgement: Judgement) => boolean {
  const keys = new Set(audited.map(benchmarkKey));
  return (each) => keys.has(benchmarkKey(each)) || keys.has(benchmarkKey({ ...each, benchmark: "*" }));
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
  const isAudited = auditedIn(audited);
  const odd = judgements.filter(
    (each) =>
      (each.verdict === "regression" || each.verdict === "improvement") &&
      isAudited(each) &&
      each.severity === "gate" &&
      each.comparison !== null,
  );
  const names = [...new Set(odd.map(({ suite, benchmark }) => `${suite}/${benchmark}`))];
  return names.length === 0 ? ways : [...ways, { code: "same-code-differs", benchmarks: names }];
}
