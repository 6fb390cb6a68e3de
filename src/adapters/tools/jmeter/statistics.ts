import type { ParsedRound } from "../../adapter.ts";
import { at, field, type JsonObject, mistake, readName, readObject, readPositive } from "../../reading/json.ts";
import { concludeSummary, type LoadSummary, printedQuantiles } from "../../reading/load-summary.ts";
import { round } from "../../reading/round.ts";

const OPENING = /^\uFEFF?\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{\s*"transaction"\s*:/;

const HINTS = { remedy: "Give each sampler a name of its own", nothing: "Let the plan take at least one sample" };

/** The line of the dashboard that adds up all labels. */
const TOTAL = "Total";
const MILLISECOND = 1e-3;
/** The percentiles of the dashboard as JMeter is delivered (`aggregate_rpt_pct1` to `3`): the file does not name them. */
const LEVELS = [
  [0.5, "medianResTime"],
  [0.9, "pct1ResTime"],
  [0.95, "pct2ResTime"],
  [0.99, "pct3ResTime"],
] as const;

/** Whether a text begins as the dashboard's `statistics.json` does. */
export function isStatistics(head: string): boolean {
  return OPENING.test(head);
}

/**
 * The labels of a dashboard's `statistics.json`, without their sum. Its times hold those of samples that failed. Throughput is per second over the label's
 * own time. A redirect of a sample is a label of its own here, `page-0`.
 */
export function readStatistics(root: JsonObject): ParsedRound {
  const labels = Object.keys(root).filter((label) => label !== TOTAL);
  const read = labels.length === 0 ? Object.keys(root) : labels;
  return round(
    read.flatMap((label) =>
      concludeSummary("JMeter", readLabel(readObject(field(root, label), at("", label)), at("", label))),
    ),
    HINTS,
  );
}

function readLabel(entry: JsonObject, path: string): LoadSummary {
  const number = (key: string) => readPositive(field(entry, key), at(path, key));
  const [requests, failed] = [number("sampleCount"), number("errorCount")];
  if (!Number.isInteger(requests) || failed > requests) mistake("whole counts of samples and errors", requests, path);
  const seconds = (key: string) => number(key) * MILLISECOND;
  return {
    benchmark: readName(field(entry, "transaction"), at(path, "transaction")),
    ...{ requests, failed, failedInLatency: failed, rate: { perSecond: number("throughput"), of: requests } },
    latency:
      requests === 0
        ? null
        : {
            distribution: printedQuantiles(
              LEVELS.map(([level, key]) => [level, seconds(key)] as const),
              { min: seconds("minResTime"), max: seconds("maxResTime"), mean: seconds("meanResTime"), count: requests },
            ),
            ...{ estimator: "interpolated", resolution: MILLISECOND },
          },
  };
}
