import { GateError } from "../../model/error.ts";
import { largest, smallest } from "../../model/extremes.ts";
import type { Distribution, ToolMeasurement, ToolNote } from "../../model/measurement.ts";
import type { ParsedRound, Told } from "../adapter.ts";
import { mistake } from "./json.ts";
import { withFailures } from "./load-notes.ts";
import { parted, wholeRun } from "./round.ts";

/** How a load tool's latencies are distributed, and what is known of how it computed them. */
export type LoadLatency = Pick<ToolMeasurement, "distribution" | "estimator" | "resolution">;

/** What a load tool's summary says of one run, for one benchmark. */
export interface LoadSummary {
  readonly benchmark: string;
  readonly loadModel?: "open" | "closed";
  /** Requests that were made, whatever became of them. */
  readonly requests: number;
  /** Those of them that got no answer, or one that says that it failed. */
  readonly failed: number;
  /** What failed, in the tool's words: `3 timeouts, 5 status 500`; empty where it does not say. */
  readonly errors?: string;
  /** Why the tool gave up before it had results, where it did: all else is of no account then. */
  readonly stopped?: string;
  /** Null where the tool does not tell. */
  readonly rate: LoadRate | null;
  readonly latency: LoadLatency | null;
  /** How many of those that failed have their time among the latencies, where the tool does not tell them apart. */
  readonly failedInLatency?: number;
  /** What else must be known of its latency. */
  readonly notes?: readonly ToolNote[];
}

/** How many requests ended a second, as the tool counts them, and how many these were. Throughput is the successes' part of it. */
export interface LoadRate {
  readonly perSecond: number;
  readonly of: number;
}

/** The name of what was measured where a tool's output holds no URL. */
export const UNNAMED = "requests";

/**
 * Latency, throughput and error rate of a run, or its failure: a run that made no request, or whose requests all failed, has no latency.
 * Throws a `GateError` for counts that are too large to be any.
 */
export function concludeSummary(tool: string, run: LoadSummary): readonly Told[] {
  const { benchmark, requests, failed, errors = "", rate, latency, failedInLatency = 0, notes = [] } = run;
  if (run.stopped !== undefined) return [{ benchmark, reason: `${tool} stopped: ${run.stopped}` }];
  if (![requests, failed, rate?.perSecond ?? 0].every(Number.isFinite))
    throw new GateError(`The counts of ${benchmark.slice(0, 100)} are too large`, `Give ${tool}'s output as it is`);
  if (requests === 0)
    return [{ benchmark, reason: `${tool} got no answer to any request: check that the server is up and answers` }];
  if (failed >= requests) {
    const which = errors === "" ? "" : ` (${errors})`;
    const remedy = "check that the server is up and answers as expected";
    return [{ benchmark, reason: `all ${requests} requests failed${which}: ${remedy}` }];
  }
  const common = { benchmark, ...(run.loadModel === undefined ? {} : { loadModel: run.loadModel }) };
  const single = (value: number): Distribution => ({ kind: "value", value, exact: false });
  return [
    ...(latency === null ? [] : [{ ...common, metric: "latency", unit: "s", better: "lower", ...latency } as const]),
    ...(rate === null
      ? []
      : [
          {
            ...{ ...common, metric: "throughput", unit: "1/s", better: "higher" as const },
            distribution: single(successesPerSecond(rate, requests - failed)),
          },
        ]),
    { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(failed / requests) },
    ...(latency === null || failedInLatency === 0 ? [] : [withFailures(benchmark, tool, failedInLatency, MEND)]),
    ...notes,
  ];
}

const MEND = "fix what fails, or use a load tool that reports it separately";

/** The part of a rate that succeeded. More successes than it counts are those of a tool that counts in two ways. */
export function successesPerSecond({ perSecond, of }: LoadRate, succeeded: number): number {
  return succeeded < of ? (perSecond * succeeded) / of : perSecond;
}

/**
 * Rounds of runs that were processes of their own, one after another in one output: run k of every benchmark is in round k, as for hyperfine.
 * A failed run is the failure of its benchmark, or of the whole round (`*`) where there is only that one.
 */
export function roundsOf(tool: string, runs: readonly LoadSummary[]): readonly ParsedRound[] {
  const byName = new Map<string, LoadSummary[]>();
  for (const run of runs) {
    const list = byName.get(run.benchmark) ?? [];
    byName.set(run.benchmark, list);
    list.push(run);
  }
  const rounds = [...byName.values()].reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: rounds }, (_, k) => {
    const told = [...byName.values()].flatMap((list) => (list[k] === undefined ? [] : concludeSummary(tool, list[k])));
    return byName.size === 1 ? wholeRun(told) : parted(told);
  });
}

/**
 * Percentiles that a tool printed (level → value), held within a minimum and a maximum that it printed beside them: a bucket's upper end can lie
 * above the largest value, which then is the maximum. Throws a `GateError` for a count below one.
 */
export function printedQuantiles(
  printed: readonly (readonly [level: number, value: number])[],
  {
    min,
    max,
    mean,
    count,
  }: { readonly min?: number; readonly max?: number; readonly mean?: number; readonly count: number },
): Distribution {
  if (!(count >= 1)) mistake("a count of at least 1 request", count, "");
  const values = printed.map(([, value]) => value);
  const all = new Map(printed);
  if (min !== undefined) all.set(0, smallest(values, min));
  if (max !== undefined) all.set(1, largest(values, max));
  const sorted = [...all].sort(([a], [b]) => a - b);
  const quantiles = Object.fromEntries(sorted.map(([level, value]) => [String(level), value]));
  return { kind: "quantiles", quantiles, count, ...(mean === undefined ? {} : { mean }) };
}

/** A percentage as a level: 97.5 is 0.975, without the dust of a division. */
export function levelOf(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}

/** The path of a URL: host and port belong to the side that was measured, not to the benchmark. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";
}
