import type { Sketch } from "./sketch.ts";

/** Which way is worse for a metric: `lower` is better for latency, `higher` for throughput. */
export type Direction = "lower" | "higher";

/** +1 where a larger value is worse, −1 where it is better. */
export function worse(better: Direction): 1 | -1 {
  return better === "lower" ? 1 : -1;
}

/**
 * What one round saw of one metric, in the metric's canonical unit.
 * - `samples`: every observed value, in the order they were collected where the tool keeps it.
 * - `quantiles`: percentiles that the tool computed itself, keyed by level ("0.5", "0.99"; "0" is the minimum, "1" the maximum).
 * - `histogram`: `values` (ascending) with their `counts`, decoded from an HdrHistogram (`encoded` is the original base64, `scale` its unit), all distinct, or
 *   from the `sketch` that a store keeps in place of samples, where neighbours may be equal.
 * - `value`: one number. `exact` says that it is deterministic (bytes, instructions) and compared without statistics.
 */
export type Distribution =
  | { readonly kind: "samples"; readonly samples: Float64Array }
  | {
      readonly kind: "quantiles";
      readonly quantiles: Readonly<Record<string, number>>;
      readonly count: number;
      readonly mean?: number;
    }
  | ({
      readonly kind: "histogram";
      readonly values: Float64Array;
      readonly counts: Float64Array;
    } & ({ readonly encoded: string; readonly scale: number } | { readonly sketch: Sketch }))
  | { readonly kind: "value"; readonly value: number; readonly exact: boolean };

/** Where a benchmark is defined, relative to the repository's root; `line` counts from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
}

/** One metric of one benchmark as an adapter reads it, before it is filed under a suite. */
export interface ToolMeasurement {
  readonly benchmark: string;
  /** A name of `METRICS` (metric.ts), or the tool's own for anything else. */
  readonly metric: string;
  /** Canonical: `s`, `B`, `1/s`, `B/s`, `1` (a ratio or a count), or the tool's own symbol for anything else. */
  readonly unit: string;
  readonly better: Direction;
  /**
   * What a size is of: `operation` where one operation of the benchmark allocates it, which is a fact of the benchmark. Absent: of a process, its heap or
   * whatever else has a size.
   */
  readonly per?: "operation";
  readonly distribution: Distribution;
  /**
   * Beside samples, or the sketch of them: of each slice of the round the mean of its middle half, in the order of time. Slice i of both sides of a pair ran
   * side by side, so that what disturbed one disturbed the other. They are called medians because that is what they were.
   */
  readonly medians?: readonly number[];
  /** Beside `medians`, where slices hold enough samples: the p99 of each slice, and how many samples a slice holds on average. */
  readonly tails?: readonly number[];
  readonly perSlice?: number;
  /** How the tool computed its quantiles (`hdr`, `t-digest`, `interpolated`); absent where we compute them from samples. */
  readonly estimator?: string;
  /** The smallest step the tool can print, in `unit`: 0.001 for integer milliseconds. */
  readonly resolution?: number;
  /** `closed`: each user waits for an answer before the next request, so stalls are hidden (coordinated omission). */
  readonly loadModel?: "open" | "closed";
  readonly source?: SourceLocation;
}

/**
 * What a reader must know of a benchmark beside its numbers, as its tool or its adapter tells it: a counter that was no number, iterations that were dropped.
 * It decides nothing.
 */
export interface ToolNote {
  /** `*` is the whole run. */
  readonly benchmark: string;
  /** The metric whose numbers it is about; absent where it is about no metric that was measured. */
  readonly metric?: string;
  /** What is the case, without a full stop; `#` in it stands for `count`. */
  readonly sentence: string;
  /** A number that may differ from round to round, so that it is no part of the text: the largest of a side is told. */
  readonly count?: number;
  /** What to do about it, as the end of a sentence: `report a finite number`. */
  readonly remedy: string;
}

/** The sentence of a note with its numbers, if it has any: equal ones once, else one after the other as baseline and candidate stand in tables. */
export function sentenceOf({ sentence }: ToolNote, counts: readonly (number | undefined)[]): string {
  const known = [...new Set(counts.filter((count) => count !== undefined))];
  return known.length === 0 ? sentence : sentence.replace("#", known.join(" \u2192 "));
}

/** A note on what a suite measured in one round. */
export interface SuiteNote extends ToolNote {
  readonly suite: string;
}

/** The benchmark under which the CPU time and memory of a service under load are filed. */
export const SERVICE_BENCHMARK = "service";

/** What is filed under it. */
export const SERVICE_METRICS: readonly string[] = ["memory", "cpu-time"];

/** One metric of one benchmark in one round. */
export interface Measurement extends ToolMeasurement {
  readonly suite: string;
}

/** A command that ended with another exit code than 0 although its tool's results are complete: the tool's own verdict on the round. */
export interface ToolExit {
  readonly suite: string;
  readonly exitCode: number;
  /** What the tool says by it, or nothing. */
  readonly means: string;
}

/** A benchmark that ran and failed, or a whole suite's round where `benchmark` is `*`. */
export interface Failure {
  readonly suite: string;
  readonly benchmark: string;
  /** One sentence: what went wrong, with the remedy where we know it. */
  readonly reason: string;
  /** The last lines of the child's output, or empty. */
  readonly output: string;
  readonly source?: SourceLocation;
}
