import { keyOf } from "../model/key.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Lineup, SideFailure, Subject } from "./subjects.ts";

/** Whether a benchmark, the file that defines it, or its whole suite, failed on either side. */
export function isFailed(failures: readonly SideFailure[], { suite, benchmark, measurement }: Subject): boolean {
  return failures.some((failure) => {
    if (failure.suite !== suite) return false;
    if (failure.benchmark !== "*") return failure.benchmark === benchmark;
    return failure.source === undefined || failure.source.file === measurement.source?.file;
  });
}

/** One judgement for each benchmark that failed on a side; a whole suite's failure is one for each benchmark that it is known to have. */
export function failedJudgements({ subjects, failures }: Lineup): readonly Judgement[] {
  const found = new Map<string, Judgement>();
  for (const failure of failures) {
    const known = subjects.filter((subject) => isFailed([failure], subject));
    const names = known.length > 0 ? known.map(({ benchmark }) => benchmark) : [failure.name];
    for (const benchmark of new Set(names)) {
      const key = keyOf(failure.suite, benchmark);
      if (found.has(key)) continue;
      found.set(key, judgementOn(failure, benchmark, known.find((each) => each.benchmark === benchmark) ?? null));
    }
  }
  return [...found.values()];
}

/** What is told of a benchmark that nobody has measured. */
const UNKNOWN = { metric: "latency", unit: "s", better: "lower", source: undefined } as const;

function judgementOn(
  { suite, side, reason, output, ...failure }: SideFailure,
  benchmark: string,
  subject: Subject | null,
): Judgement {
  const { metric, unit, better, source } = subject?.measurement ?? UNKNOWN;
  const [budget] = subject?.budgets ?? failure.budgets;
  return {
    suite,
    benchmark,
    metric,
    statistic: budget?.statistic ?? "p50",
    unit,
    better,
    verdict: "failed",
    // A baseline that does not run must not keep its own repair out.
    severity: side === "candidate" ? "gate" : "advisory",
    threshold: budget?.threshold ?? null,
    baseline: null,
    candidate: null,
    comparison: null,
    limit: null,
    goal: null,
    accepted: null,
    failure: { side, reason, output },
    warnings: [],
    source: source ?? null,
  };
}
