import { describe, expect, it } from "vitest";
import { Observed } from "../../src/adapters/reading/observed.ts";
import { mergeParts } from "../../src/measure/parts.ts";
import type { Distribution, ToolMeasurement } from "../../src/model/measurement.ts";
import { quantileOf, quantileOfCounts } from "../../src/stats/quantile.ts";
import { xoshiro128 } from "../../src/stats/random.ts";

const LEVELS = [0.01, 0.5, 0.9, 0.99, 0.999, 1];

const measured = (metric: string, unit: string, distribution: Distribution, benchmark = "GET /"): ToolMeasurement => ({
  benchmark,
  metric,
  unit,
  better: metric === "throughput" ? "higher" : "lower",
  distribution,
});
const latency = (distribution: Distribution) => measured("latency", "s", distribution);
const single = (value: number): Distribution => ({ kind: "value", value, exact: false });
const samples = (values: readonly number[]): Distribution => ({ kind: "samples", samples: Float64Array.from(values) });
const output = (...measurements: ToolMeasurement[]) => [{ measurements, failures: [] }];
const onlyOf = (parts: ReturnType<typeof output>[], metric = "latency") =>
  mergeParts(parts).measurements.find((each) => each.metric === metric)?.distribution;

/** Latencies of one generator with a long tail, in seconds: its own speed, as on a machine of its own. */
function latencies(size: number, seed: number): readonly number[] {
  const random = xoshiro128(seed);
  return Array.from({ length: size }, () => 0.002 * seed * (1 - random()) ** -0.4);
}

function counted(values: readonly number[]): Distribution {
  const observed = new Observed();
  for (const value of values) observed.addCounted(value, 1);
  return observed.distribution(1)!;
}

function quantilesOf(distribution: Distribution | undefined): readonly number[] {
  if (distribution?.kind === "samples") return LEVELS.map((level) => quantileOf(distribution.samples, level));
  if (distribution?.kind !== "histogram") throw new Error(`it is ${distribution?.kind}`);
  return LEVELS.map((level) => quantileOfCounts(distribution.values, distribution.counts, level));
}

describe("the outputs of several generators, read as one", () => {
  it("are told apart where one generator saw a far longer tail than another, and the whole is judged all the same", () => {
    const words = (sizes: readonly number[], speeds: readonly number[]) => {
      const outputs = sizes.map((size, index) => output(latency(samples(latencies(size, speeds[index]!)))));
      return (mergeParts(outputs).notes ?? []).filter(({ metric }) => metric === "latency");
    };
    expect(words([3000, 3000, 3000], [1, 1, 3])).toEqual([
      expect.objectContaining({
        benchmark: "GET /",
        sentence: expect.stringContaining("# times the p99"),
        count: expect.any(Number),
      }),
    ]);
    expect(words([3000, 3000, 3000], [1, 1, 1])).toEqual([]);
    expect(words([3000, 100], [1, 3])).toEqual([]);
  });

  const parts = [latencies(4_000, 1), latencies(9_000, 2), latencies(1_500, 3)];
  const whole = parts.flat();
  const exact = LEVELS.map((level) => quantileOf(Float64Array.from(whole), level));

  it("have the quantiles of the whole: exactly, where they hold samples", () => {
    expect(quantilesOf(onlyOf(parts.map((part) => output(latency(samples(part))))))).toEqual(exact);
  });

  it.each([
    ["histograms", [counted, counted, counted]],
    ["histograms beside samples", [counted, samples, counted]],
  ] as const)("have them within 0.1 %%, where they hold %s", (_, kinds) => {
    const merged = quantilesOf(onlyOf(parts.map((part, index) => output(latency(kinds[index]!(part))))));
    for (const [index, value] of exact.entries()) expect(Math.abs(merged[index]! / value - 1)).toBeLessThan(0.001);
  });

  it("have them within 0.1 %, where there are too many samples to keep each", () => {
    const many = [latencies(60_000, 1), latencies(60_000, 2)];
    const distribution = onlyOf(many.map((part) => output(latency(samples(part)))));
    expect(distribution?.kind).toBe("histogram");
    const all = Float64Array.from(many.flat());
    for (const [index, level] of LEVELS.entries())
      expect(Math.abs(quantilesOf(distribution)[index]! / quantileOf(all, level) - 1)).toBeLessThan(0.001);
  });

  it("are refused where only percentiles are known, and everything else of that benchmark with them", () => {
    const percentiles: Distribution = { kind: "quantiles", quantiles: { "0.5": 0.01, "0.99": 0.02 }, count: 100 };
    const round = mergeParts([
      output(latency(percentiles), measured("throughput", "1/s", single(10))),
      output(latency(percentiles), measured("throughput", "1/s", single(10))),
      output(measured("latency", "s", samples([1, 2]), "GET /other")),
    ]);
    expect(round.measurements.map(({ benchmark }) => benchmark)).toEqual(["GET /other"]);
    expect(round.failures).toEqual([
      {
        benchmark: "GET /",
        reason: expect.stringMatching(/^2 outputs have only percentiles of latency, .*samples or a histogram/),
      },
    ]);
  });

  it("have the sum of the throughputs: generators work at the same time", () => {
    const rates = [120, 80, 300].map((rate) => output(measured("throughput", "1/s", single(rate))));
    expect(onlyOf(rates, "throughput")).toEqual(single(500));
  });

  it("have the share of failures of all requests, not the mean of the shares", () => {
    // 10 of 1,010 and 190 of 200 requests failed.
    const some = output(latency(samples(latencies(1_000, 1))), measured("error-rate", "1", single(10 / 1_010)));
    const most = output(latency(samples(latencies(10, 1))), measured("error-rate", "1", single(190 / 200)));
    const rate = onlyOf([some, most], "error-rate");
    expect(rate?.kind === "value" && rate.value).toBeCloseTo(200 / 1_210, 12);
  });

  it("have the worst of other shares, whose counts nobody knows: no failed check is averaged away", () => {
    const checks = [0, 0.2, 0.1].map((share) => output(measured("failed-checks", "1", single(share))));
    expect(onlyOf(checks, "failed-checks")).toEqual(single(0.2));
  });

  it("tell how many they were, so that one that is missing is seen", () => {
    const { notes } = mergeParts(parts.map((part) => output(latency(samples(part)))));
    expect(notes!.filter(({ benchmark }) => benchmark === "*")).toMatchObject([
      { benchmark: "*", count: 3, sentence: expect.stringContaining("read as one") },
    ]);
  });

  it("have no slices of time: those of several generators are not one after the other", () => {
    const sliced = { ...latency(samples([1, 2])), medians: [1, 2], tails: [1, 2] };
    expect(mergeParts([output(sliced), output(sliced)]).measurements[0]).not.toHaveProperty("medians");
    expect(mergeParts([output(sliced), output(sliced)]).measurements[0]).not.toHaveProperty("tails");
  });
});
