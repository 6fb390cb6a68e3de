import type { ExplainMode } from "../../model/explanation.ts";
import { keyOf } from "../../model/key.ts";
import type { Suite } from "../../model/plan.ts";
import type { Judgement } from "../../model/verdict.ts";
import { provenOf, secondsOf } from "./proven.ts";

/** What is profiled: where time goes, where memory is allocated, or where what stays allocated comes from. */
export type ProfileMode = "cpu" | "heap" | "live";

/** What is to be explained: a benchmark of a suite of modules, or another suite as a whole. */
export interface Target {
  readonly suite: Suite;
  /** `*`: the suite. */
  readonly benchmark: string;
  /** The file that defines the benchmark, as seen from the tree's root; null where that is not known. */
  readonly file: string | null;
  /** What the verdict has proven, as a share of the baseline; 0 where it has proven nothing. */
  readonly proven: number;
  readonly mode: ProfileMode;
  /** Seconds that one operation takes on each side; null where that is not known. */
  readonly seconds: { readonly baseline: number; readonly candidate: number } | null;
}

/** Metrics that a profile of the CPU can explain. */
const OF_TIME = new Set([
  "latency",
  "throughput",
  "cpu-time",
  "user-time",
  "gc-time",
  "event-loop-delay",
  "instructions",
]);

/**
 * What is profiled to explain a metric; null where no profile does. The memory of modules is what their heap holds in the end, that of tools what an operation
 * allocates; what a process holds at its peak is neither.
 */
function modeOf(metric: string, { workload, service }: Suite): ProfileMode | null {
  if (OF_TIME.has(metric)) return "cpu";
  if (metric === "heap-growth") return "live";
  if (metric === "allocations") return "heap";
  if (metric !== "memory" || service !== undefined) return null;
  return workload.kind === "bench" ? "live" : workload.kind === "run" ? "heap" : null;
}

/** What there is to explain in these judgements, the largest regression first. */
export function targetsOf(
  judgements: readonly Judgement[],
  suites: readonly Suite[],
  mode: ExplainMode,
): readonly Target[] {
  const found = new Map<string, Target>();
  for (const judgement of judgements) {
    const { comparison, metric, verdict, severity, accepted } = judgement;
    const red = verdict === "regression" && severity === "gate" && accepted === null;
    if (mode === "never" || comparison === null) continue;
    const suite = suites.find(({ name }) => name === judgement.suite);
    if (suite === undefined) continue;
    const profiled = modeOf(metric, suite);
    // Memory is profiled where it is red: where everything is asked for, time is meant.
    if (profiled === null || !(red || (mode === "always" && profiled === "cpu"))) continue;
    const isModule = suite.workload.kind === "bench";
    const benchmark = isModule ? judgement.benchmark : "*";
    const key = keyOf(suite.name, benchmark, profiled);
    if (found.has(key)) continue;
    const all = judgements.filter((each) => each.suite === suite.name && (!isModule || each.benchmark === benchmark));
    found.set(key, {
      suite,
      benchmark,
      file: all.find(({ source }) => source != null)?.source?.file ?? null,
      proven: provenOf(all.filter((each) => modeOf(each.metric, suite) === profiled)),
      mode: profiled,
      seconds: isModule ? secondsOf(all) : null,
    });
  }
  return [...found.values()].sort((a, b) => b.proven - a.proven);
}
