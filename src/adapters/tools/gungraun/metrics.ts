import type { ToolMeasurement } from "../../../model/measurement.ts";

/** What Valgrind's tools count, as the name in JSON and the label on the console; where there is one word, it is both. */
const METRICS: readonly (readonly [key: string, label: string])[] = [
  ["Ir", "Instructions"],
  ...["Dr", "Dw", "I1mr", "D1mr", "D1mw", "ILmr", "DLmr", "DLmw", "SysCount", "SysTime", "SysCpuTime", "Ge"].map(same),
  ...["Bc", "Bcm", "Bi", "Bim", "ILdmr", "DLdmr", "DLdmw", "AcCost1", "AcCost2", "SpLoss1", "SpLoss2"].map(same),
  ["L1hits", "L1 Hits"],
  ["LLhits", "LL Hits"],
  ["RamHits", "RAM Hits"],
  ["TotalRW", "Total read+write"],
  ["EstimatedCycles", "Estimated Cycles"],
  ["I1MissRate", "I1 Miss Rate"],
  ["D1MissRate", "D1 Miss Rate"],
  ["LLiMissRate", "LLi Miss Rate"],
  ["LLdMissRate", "LLd Miss Rate"],
  ["LLMissRate", "LL Miss Rate"],
  ["L1HitRate", "L1 Hit Rate"],
  ["LLHitRate", "LL Hit Rate"],
  ["RamHitRate", "RAM Hit Rate"],
  ["TotalUnits", "Total units"],
  ["TotalEvents", "Total events"],
  ["TotalBytes", "Total bytes"],
  ["TotalBlocks", "Total blocks"],
  ["AtTGmaxBytes", "At t-gmax bytes"],
  ["AtTGmaxBlocks", "At t-gmax blocks"],
  ["AtTEndBytes", "At t-end bytes"],
  ["AtTEndBlocks", "At t-end blocks"],
  ["ReadsBytes", "Reads bytes"],
  ["WritesBytes", "Writes bytes"],
  ["TotalLifetimes", "Total lifetimes"],
  ["MaximumBytes", "Maximum bytes"],
  ["MaximumBlocks", "Maximum blocks"],
  ["Errors", "Errors"],
  ["Contexts", "Contexts"],
  ["SuppressedErrors", "Suppressed Errors"],
  ["SuppressedContexts", "Suppressed Contexts"],
];

function same(word: string): readonly [string, string] {
  return [word, word];
}

const BY_KEY: ReadonlyMap<string, string> = new Map(METRICS);
/** `L2 Hits` is what Iai-Callgrind before 0.16 called the hits of the last level. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ...METRICS.map(([, label]) => same(label)),
  ["L2 Hits", "LL Hits"],
]);

/** Tools whose metrics keep their plain names: no other tool counts the same. */
const PLAIN: ReadonlySet<string> = new Set(["callgrind", "dhat"]);

/** The label behind a metric's name in JSON, or null for one that is not known. */
export function labelOfKey(key: string): string | null {
  return BY_KEY.get(key) ?? null;
}

/** The newest label behind one on the console, or null for one that is not known. */
export function labelOf(label: string): string | null {
  return LABELS.get(label) ?? null;
}

/**
 * One count of a Valgrind tool as a measurement. The metric is the label in kebab case (`instructions`, `estimated-cycles`, `total-bytes`),
 * with the tool before it for all but Callgrind and DHAT, since Cachegrind counts the same and so do the tools that count errors.
 * Counts are exact: the same program takes the same ones. Rates, in per cent, are shares of one; the more hits in the first cache the better, and of
 * everything else less is better. Times of system calls are not exact, and their unit depends on an option, so it is told as `time`.
 */
export function measure(benchmark: string, tool: string, label: string, value: number): ToolMeasurement {
  const own = label.toLowerCase().replaceAll(" ", "-");
  const isTime = label === "SysTime" || label === "SysCpuTime";
  const isRate = label.endsWith(" Rate");
  return {
    benchmark,
    metric: PLAIN.has(tool) ? own : `${tool}-${own}`,
    unit: isTime ? "time" : label.toLowerCase().endsWith(" bytes") ? "B" : "1",
    better: label === "L1 Hit Rate" ? "higher" : "lower",
    distribution: { kind: "value", value: isRate ? value / 100 : value, exact: !isTime },
  };
}
