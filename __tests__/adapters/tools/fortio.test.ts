import { describe, expect, it } from "vitest";
import { fortio } from "../../../src/adapters/tools/fortio.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const FLAKY = fixture("fortio/flaky.json");

function changed(change: (result: Record<string, unknown>) => void): string {
  const result = JSON.parse(FLAKY);
  change(result);
  return JSON.stringify(result);
}

describe("Fortio's JSON", () => {
  it.each([
    ["slow.json", "/slow", 200],
    ["grpc.json", "GRPC Health for 'other'", 60],
  ])("gives its percentiles, calls a second and the share of errors of %s", (file, benchmark, count) => {
    const common = { benchmark, loadModel: "closed" };
    const text = fixture(`fortio/${file}`);
    const { DurationHistogram: histogram, ActualQPS } = JSON.parse(text);
    const quantiles = Object.fromEntries(
      histogram.Percentiles.map(({ Percentile, Value }: { Percentile: number; Value: number }) => [
        String(Number((Percentile / 100).toPrecision(12))),
        Value,
      ]),
    );
    expect(Object.keys(quantiles).length).toBeGreaterThan(3);
    expect(onlyRound(fortio, text)).toEqual({
      measurements: [
        {
          ...common,
          ...{ metric: "latency", unit: "s", better: "lower", estimator: "interpolated" },
          distribution: {
            kind: "quantiles",
            quantiles: { "0": histogram.Min, ...quantiles, "1": histogram.Max },
            count,
            mean: histogram.Avg,
          },
        },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(ActualQPS) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(0) },
      ],
      failures: [],
    });
  });

  it.each([
    ["flaky.json", "/flaky", 200, 10],
    ["grpc-flaky.json", "GRPC Health for 'shop'", 60, 6],
  ])("takes the failures of %s off its latencies and its rate", (file, benchmark, count, failed) => {
    const {
      DurationHistogram: all,
      ErrorsDurationHistogram: errors,
      ActualQPS,
    } = JSON.parse(fixture(`fortio/${file}`));
    const round = onlyRound(fortio, fixture(`fortio/${file}`));
    const left = count - failed;
    expect([all.Count, errors.Count]).toEqual([count, failed]);
    const { distribution } = measured(round, benchmark, "latency");
    expect(distribution).toMatchObject({ count: left, mean: expect.closeTo((all.Sum - errors.Sum) / left, 9) });
    // So many calls that succeeded took at most so long: in whole buckets, of which one holds the percentile.
    const within = (
      histogram: { Data: { Start: number; End: number; Count: number }[] },
      key: "Start" | "End",
      at: number,
    ) => histogram.Data.reduce((sum, bucket) => sum + (bucket[key] <= at * 1.0001 ? bucket.Count : 0), 0);
    for (const [level, value] of Object.entries((distribution as { quantiles: Record<string, number> }).quantiles)) {
      if (level === "0" || level === "1") continue;
      expect(within(all, "Start", value) - within(errors, "End", value * 0.5)).toBeGreaterThanOrEqual(
        Math.floor(Number(level) * left),
      );
      expect(within(all, "End", value) - within(errors, "Start", value)).toBeLessThanOrEqual(
        Math.ceil(Number(level) * left) + failed,
      );
    }
    expect(measured(round, benchmark, "throughput").distribution).toMatchObject({
      value: expect.closeTo((ActualQPS * left) / count, 9),
    });
    expect(measured(round, benchmark, "error-rate").distribution).toEqual(single(failed / count));
  });

  it.each([
    ["all-500.json", "all 20 requests failed (20 code 500)"],
    ["refused.json", "all 6 requests failed (6 code -1)"],
  ])("reports %s as a failure without a latency", (file, reason) => {
    expect(onlyRound(fortio, fixture(`fortio/${file}`))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: `${reason}: check that the server is up and answers as expected` }],
    });
  });

  it("gives what a run came to that was interrupted", () => {
    const text = fixture("fortio/interrupted.json");
    const { Count } = JSON.parse(text).DurationHistogram;
    expect(Count).toBeLessThan(30 * 50);
    expect(measured(onlyRound(fortio, text), "/slow", "latency").distribution).toMatchObject({ count: Count });
  });

  it("counts codes that are no success where older versions have no histogram of errors", () => {
    const text = changed((result) => {
      delete result.ErrorsDurationHistogram;
      result.RetCodes = { "200": 190, "503": 6, "-1": 4 };
    });
    expect(measured(onlyRound(fortio, text), "/flaky", "error-rate").distribution).toEqual(single(10 / 200));
  });

  it("calls a run without a URL by its kind, never by a label that holds the machine's name", () => {
    const text = changed((result) => {
      delete result.URL;
      Object.assign(result, { RunType: "GRPC Ping", RetCodes: { SERVING: 190, ERROR: 10 } });
    });
    expect(measured(onlyRound(fortio, text), "GRPC Ping", "error-rate").distribution).toEqual(single(10 / 200));
  });

  it.each([
    [/^DurationHistogram\.Percentiles\[1\]\.Value: /, FLAKY.replace(/("Percentile": 75,\s+"Value": )[\d.]+/, "$1null")],
    [/^RetCodes\["500"\]: /, FLAKY.replace('"500": 10', '"500": "x"')],
    [/Expected a result of Fortio/, "{}"],
  ])("refuses with %s", (message, text) => {
    expect(refusal(fortio, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("Fortio's outputs in the corpus", () => {
  const files = corpus("fortio");

  it.each(files.filter(({ file }) => !file.includes("connrefused")))(
    "$file: every number stands in the text",
    ({ text }) => {
      expect(recognisedBy(text)).toEqual(["fortio"]);
      const round = onlyRound(fortio, text);
      const { distribution, loadModel } = measured(round, "/", "latency");
      if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
      expect(loadModel).toBeUndefined();
      const own = text.split('"RetCodes"')[0]!;
      const printed = [...own.matchAll(/"Percentile": ([\d.]+),\s+"Value": ([\d.]+)/g)];
      expect(Object.keys(distribution.quantiles)).toHaveLength(printed.length + 2);
      for (const [, percent, value] of printed)
        expect(distribution.quantiles[String(Number(percent) / 100)]).toBe(Number(value));
      expect(distribution.count).toBe(Number(/"Count": "?(\d+)/.exec(own)![1]));
      expect(measured(round, "/", "throughput").distribution).toEqual(
        single(Number(/"ActualQPS": ([\d.]+)/.exec(own)![1])),
      );
      expect(measured(round, "/", "error-rate").distribution).toEqual(single(0));
    },
  );

  it.each(files.filter(({ file }) => file.includes("connrefused")))(
    "$file is a failure without a latency",
    ({ text }) => {
      expect(recognisedBy(text)).toEqual(["fortio"]);
      const reason = "all 6 requests failed (6 code -1): check that the server is up and answers as expected";
      expect(onlyRound(fortio, text)).toEqual({ measurements: [], failures: [{ benchmark: "*", reason }] });
    },
  );
});
