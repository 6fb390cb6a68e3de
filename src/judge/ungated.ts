import { benchmarkKey } from "../model/key.ts";
import { SERVICE_BENCHMARK } from "../model/measurement.ts";
import type { Warning } from "../model/warning.ts";
import type { Subject } from "./rows/subjects.ts";

/** The most names that are told. */
const TOLD = 20;

/**
 * Warnings that benchmarks have nothing which can fail the check, once a suite: counts, sizes and a tool's own metrics are held to nothing by default.
 * What Benchgate itself adds to a load test is left out.
 */
export function ungated(subjects: readonly Subject[]): readonly Warning[] {
  const present = subjects.filter(({ candidate }) => candidate.length > 0);
  const gated = new Set(present.filter(canFail).map(benchmarkKey));
  const loose = present.filter((each) => each.benchmark !== SERVICE_BENCHMARK && !gated.has(benchmarkKey(each)));
  const suites = new Set(loose.map(({ suite }) => suite));
  return [...suites].map((suite): Warning => {
    const own = loose.filter((each) => each.suite === suite);
    const names = [...new Set(own.map(({ benchmark }) => benchmark))];
    const metrics = [...new Set(own.map(({ measurement }) => measurement.metric))];
    return {
      code: "nothing-gates",
      suite,
      benchmarks: { names: names.slice(0, TOLD), count: names.length },
      metrics: { names: metrics.slice(0, TOLD), count: metrics.length },
    };
  });
}

function canFail({ budgets }: Subject): boolean {
  return budgets.some(({ severity }) => severity === "gate");
}
