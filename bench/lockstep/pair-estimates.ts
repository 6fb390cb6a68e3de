import { pairRatios } from "../../src/judge/rows/pair-ratio.ts";
import { type Readings, readings } from "../../src/judge/rows/readings.ts";
import { lineUp } from "../../src/judge/rows/subjects.ts";
import type { Recording } from "../../src/model/recording.ts";

/** What the judge reads of a latency, round by round: p50 with the middles of slices, and p99. */
export interface Latency {
  readonly p50: Readings;
  readonly p99: Readings;
}

/** The latencies of all benchmarks of two recordings that were measured side by side, by name, as the judge reads them. */
export function latenciesOf(baseline: Recording, candidate: Recording): ReadonlyMap<string, Latency> {
  const { subjects } = lineUp([baseline], candidate, []);
  return new Map(
    subjects
      .filter(({ measurement }) => measurement.metric === "latency")
      .map((subject) => [subject.benchmark, { p50: readings(subject, "p50"), p99: readings(subject, "p99") }]),
  );
}

/** What the judge makes of each pair's p50: its log ratio, candidate over baseline, of pairs in their order. Every round has its partner. */
export function pairEstimates({ baseline: [baseline = []], candidate }: Pick<Readings, "baseline" | "candidate">) {
  return pairRatios(candidate.map((reading, pair) => [baseline[pair]!, reading]));
}
