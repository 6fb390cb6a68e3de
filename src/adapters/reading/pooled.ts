import type { Distribution } from "../../model/measurement.ts";
import { histogramOf } from "./observed.ts";

/** So many samples of several outputs are kept one by one; more are counted in a histogram. */
const MOST_SAMPLES = 100_000;

/** How often each value was seen, by value. */
type Counted = ReadonlyMap<number, number>;

/**
 * All values that several outputs saw of one metric, as one distribution: samples one after the other, histograms by the sum of their counts, so that
 * quantiles are those of the whole. Null where one of them holds quantiles alone, which have no common quantile, or where no histogram can hold them.
 */
export function pooled(distributions: readonly Distribution[]): Distribution | null {
  const [first] = distributions;
  if (first === undefined || distributions.length === 1) return first ?? null;
  const samples = distributions.map((each) => (each.kind === "samples" ? each.samples : null));
  const size = samples.reduce((sum, each) => sum + (each?.length ?? Number.POSITIVE_INFINITY), 0);
  if (size <= MOST_SAMPLES) return { kind: "samples", samples: strung(samples.flatMap((each) => each ?? [])) };
  const counted = new Map<number, number>();
  for (const distribution of distributions) {
    const values = countsOf(distribution);
    if (values === null) return null;
    for (const [value, count] of values) counted.set(value, (counted.get(value) ?? 0) + count);
  }
  const ascending = [...counted].sort(([a], [b]) => a - b);
  return (ascending[0]?.[0] ?? 0) < 0 ? null : histogramOf(ascending, 1);
}

function strung(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function countsOf(distribution: Distribution): Counted | null {
  switch (distribution.kind) {
    case "samples": {
      const counted = new Map<number, number>();
      for (const sample of distribution.samples) counted.set(sample, (counted.get(sample) ?? 0) + 1);
      return counted;
    }
    case "histogram": {
      const counted = new Map<number, number>();
      for (const [index, value] of distribution.values.entries())
        counted.set(value, (counted.get(value) ?? 0) + distribution.counts[index]!);
      return counted;
    }
    case "quantiles":
    case "value":
      return null;
  }
}
