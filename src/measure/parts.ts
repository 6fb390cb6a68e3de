import type { ParsedRound, ToolFailure } from "../adapters/adapter.ts";
import { pooled } from "../adapters/reading/pooled.ts";
import { single } from "../adapters/reading/requests.ts";
import { largest, smallest } from "../model/extremes.ts";
import { keyOf } from "../model/key.ts";
import type { Distribution, ToolMeasurement, ToolNote } from "../model/measurement.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";
import { mergeRounds } from "./merge.ts";

/** What one generator's output says of one metric, and how many requests it rests on, where that is known. */
interface Part {
  readonly measurement: ToolMeasurement;
  readonly requests: number | null;
}

/**
 * What several generators measured at the same time, as one round: values are put together, rates are added, a share of failures counts by its requests. A
 * benchmark whose quantiles alone are known is a failure: the mean of percentiles is no percentile. Each part is what one output holds.
 */
export function mergeParts(parts: readonly (readonly ParsedRound[])[]): ParsedRound {
  const outputs = parts.map(mergeRounds);
  const groups = new Map<string, Part[]>();
  for (const { measurements } of outputs) {
    for (const measurement of measurements) {
      const key = keyOf(measurement.benchmark, measurement.metric);
      const part = { measurement, requests: requestsOf(measurement, measurements) };
      groups.set(key, [...(groups.get(key) ?? []), part]);
    }
  }
  const failures = new Map<string, ToolFailure>();
  for (const failure of outputs.flatMap((output) => output.failures)) failures.set(JSON.stringify(failure), failure);
  const merged: ToolMeasurement[] = [];
  for (const group of groups.values()) {
    const { medians: _, tails: __, perSlice: ___, ...first } = group[0]!.measurement;
    const distribution = group.length === 1 ? first.distribution : together(first, group);
    if (distribution !== null) merged.push(group.length === 1 ? group[0]!.measurement : { ...first, distribution });
    else {
      const problem = `${group.length} outputs have only percentiles of ${first.metric}, which have no common percentile`;
      const reason = `${problem}. Let the tool write its samples or a histogram, or one output for all.`;
      failures.set(keyOf(first.benchmark, first.metric), { benchmark: first.benchmark, reason });
    }
  }
  const told = new Map<string, number>();
  for (const { measurements } of outputs) {
    for (const name of new Set(measurements.map(({ benchmark }) => benchmark)))
      told.set(name, (told.get(name) ?? 0) + 1);
  }
  const failed = new Set([...failures.values()].map(({ benchmark }) => benchmark));
  const note = {
    benchmark: "*",
    sentence: "The outputs of # generators were read as one",
    count: parts.length,
    remedy: "check the number: what a generator did not write is not in the figures",
  };
  const notes = new Map(outputs.flatMap(({ notes = [] }) => notes.map((each) => [JSON.stringify(each), each])));
  return {
    measurements: merged.filter(({ benchmark }) => !failed.has(benchmark)),
    failures: [...failures.values()],
    notes: [...notes.values(), note, ...[...groups.values()].flatMap((group) => disagreement(group) ?? [])],
    outputs: { all: parts.length, of: told },
  };
}

/** From as many samples on a generator's own p99 is worth a word, and from such a ratio of the largest to the smallest. */
const ENOUGH = 300;
const APART = 1.5;

/** What is told where generators that asked for the same saw different tails: the slow one may be slow itself. Null where they agree. */
function disagreement(group: readonly Part[]): ToolNote | null {
  const [first] = group;
  if (first === undefined || first.measurement.metric !== "latency") return null;
  const tails = group.flatMap(({ measurement: { distribution } }) => {
    const tail = (sampleCount(distribution) ?? 0) < ENOUGH ? null : evaluate(distribution, "p99", null);
    return tail === null || tail <= 0 ? [] : [tail];
  });
  if (tails.length < 2) return null;
  const ratio = largest(tails) / smallest(tails);
  if (ratio < APART) return null;
  return {
    benchmark: first.measurement.benchmark,
    metric: "latency",
    sentence: "One of its generators saw # times the p99 of another",
    count: Math.round(10 * ratio) / 10,
    remedy: "look at the load of each generator's machine: what it adds counts as the service's",
  };
}

/** Null where the values of a group cannot be put together. */
function together({ metric, unit, better }: ToolMeasurement, group: readonly Part[]): Distribution | null {
  const distributions = group.map(({ measurement }) => measurement.distribution);
  // Generators work at once: what they did in a second adds up.
  if (unit === "1/s" || unit === "B/s") {
    const rates = distributions.map(meanOf);
    return rates.includes(null) ? null : single(rates.reduce((sum: number, rate) => sum + (rate ?? 0), 0));
  }
  const values = distributions.flatMap((each) => (each.kind === "value" ? each.value : []));
  if (values.length < group.length) return pooled(distributions.map(asSamples));
  if (values.every((each) => each === values[0])) return distributions[0]!;
  if (unit !== "1") return { kind: "samples", samples: Float64Array.from(values) };
  const requests = group.map((part) => part.requests ?? Number.NaN);
  const all = requests.reduce((sum, each) => sum + each, 0);
  if (metric === "error-rate" && all > 0)
    return single(values.reduce((sum, share, index) => sum + share * requests[index]!, 0) / all);
  // Of how many the others are shares is not known: the worst of them hides nothing.
  return single(better === "lower" ? largest(values) : smallest(values));
}

function asSamples(distribution: Distribution): Distribution {
  return distribution.kind === "value"
    ? { kind: "samples", samples: Float64Array.of(distribution.value) }
    : distribution;
}

function meanOf(distribution: Distribution): number | null {
  switch (distribution.kind) {
    case "value":
      return distribution.value;
    case "samples":
      return distribution.samples.reduce((sum, sample) => sum + sample, 0) / distribution.samples.length;
    case "histogram":
    case "quantiles":
      return null;
  }
}

/** How many requests a share of failures is of: those that succeeded have a latency each. */
function requestsOf({ benchmark, distribution }: ToolMeasurement, all: readonly ToolMeasurement[]): number | null {
  const latency = all.find((each) => each.benchmark === benchmark && each.metric === "latency");
  const succeeded = latency === undefined ? null : sampleCount(latency.distribution);
  return succeeded === null || distribution.kind !== "value" ? null : succeeded / (1 - distribution.value);
}
