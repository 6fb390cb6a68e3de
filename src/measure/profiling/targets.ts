import type { ExplainMode } from "../../model/explanation.ts";
import { benchmarkKey } from "../../model/key.ts";
import { worse } from "../../model/measurement.ts";
import type { Suite } from "../../model/plan.ts";
import type { Judgement } from "../../model/verdict.ts";

/** What is to be explained: a benchmark of a suite of modules, or another suite as a whole. */
export interface Target {
  readonly suite: Suite;
  /** `*`: the suite. */
  readonly benchmark: string;
  /** The file that defines the benchmark, as seen from the tree's root; null where that is not known. */
  readonly file: string | null;
  /** What the verdict has proven, as a share of the baseline; 0 where it has proven nothing. */
  readonly proven: number;
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
    if (mode === "never" || comparison === null || !OF_TIME.has(metric) || (mode !== "always" && !red)) continue;
    const suite = suites.find(({ name }) => name === judgement.suite);
    if (suite === undefined) continue;
    const benchmark = suite.workload.kind === "bench" ? judgement.benchmark : "*";
    const key = benchmarkKey({ suite: suite.name, benchmark });
    const proven = verdict === "regression" ? changeOf(judgement) : 0;
    const known = found.get(key);
    const seconds = metric === "latency" && judgement.unit === "s" ? secondsOf(judgement) : null;
    found.set(key, {
      suite,
      benchmark,
      file: known?.file ?? judgement.source?.file ?? null,
      proven: Math.max(known?.proven ?? 0, proven),
      seconds: known?.seconds ?? seconds,
    });
  }
  const latencies = new Map(
    judgements.flatMap((each) =>
      each.metric === "latency" && each.unit === "s" && secondsOf(each) !== null
        ? [[benchmarkKey(each), secondsOf(each)] as const]
        : [],
    ),
  );
  return [...found]
    .map(([key, target]) => ({ ...target, seconds: target.seconds ?? latencies.get(key) ?? null }))
    .sort((a, b) => b.proven - a.proven);
}

/** By how much it takes more, as a share of the baseline: what is halved in throughput takes twice the time. */
function changeOf({ comparison, better }: Judgement): number {
  const { ratio } = comparison!;
  return worse(better) > 0 ? Math.max(0, ratio - 1) : Math.max(0, 1 / ratio - 1);
}

function secondsOf({ baseline, candidate }: Judgement): Target["seconds"] {
  return baseline === null || candidate === null || !(baseline > 0) ? null : { baseline, candidate };
}
