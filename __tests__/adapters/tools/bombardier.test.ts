import { describe, expect, it } from "vitest";
import { bombardier } from "../../../src/adapters/tools/bombardier.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const FLAKY = fixture("bombardier/flaky.json");

describe("bombardier's JSON", () => {
  it.each([
    ["slow.json", "/slow", 0],
    ["flaky.json", "/flaky", 10 / 200],
    ["cut.json", "/cut", 10 / 100],
  ])(
    "gives its percentiles in seconds, successes a second and the share of failures: %s",
    (file, benchmark, failed) => {
      const { spec, result } = JSON.parse(fixture(`bombardier/${file}`));
      const common = { benchmark, loadModel: "closed" };
      const { mean, max, percentiles } = result.latency;
      const quantiles = Object.fromEntries(
        Object.entries<number>(percentiles).map(([percent, micros]) => [String(Number(percent) / 100), micros / 1e6]),
      );
      const count = spec.numberOfRequests;
      expect(onlyRound(bombardier, fixture(`bombardier/${file}`))).toEqual({
        measurements: [
          {
            ...common,
            ...{ metric: "latency", unit: "s", better: "lower", estimator: "nearest-rank", resolution: 1e-6 },
            distribution: { kind: "quantiles", quantiles: { ...quantiles, "1": max / 1e6 }, count, mean: mean / 1e6 },
          },
          {
            ...common,
            ...{ metric: "throughput", unit: "1/s", better: "higher" },
            distribution: single((count * (1 - failed)) / result.timeTakenSeconds),
          },
          { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(failed) },
        ],
        failures: [],
        ...(failed === 0 ? {} : { notes: [expect.objectContaining({ benchmark, metric: "latency", count: 10 })] }),
      });
    },
  );

  it("has no percentile without -l", () => {
    const { latency } = JSON.parse(fixture("bombardier/no-percentiles.json")).result;
    expect(latency).not.toHaveProperty("percentiles");
    const round = onlyRound(bombardier, fixture("bombardier/no-percentiles.json"));
    const { distribution } = measured(round, "/slow?x=1", "latency");
    expect(distribution).toMatchObject({ quantiles: { "1": latency.max / 1e6 }, mean: latency.mean / 1e6 });
    expect(Object.keys((distribution as { quantiles: object }).quantiles)).toEqual(["1"]);
  });

  it.each([
    ["refused.json", "all 200 requests failed (200 others)"],
    ["all-404.json", "all 50 requests failed (50 req4xx)"],
    ["no-answer.json", "all 4 requests failed (4 others)"],
  ])("reports %s as a failure, whose times are no latency", (file, reason) => {
    expect(onlyRound(bombardier, fixture(`bombardier/${file}`))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: `${reason}: check that the server is up and answers as expected` }],
    });
  });

  it.each([
    [/^result\.req2xx: /, FLAKY.replace('"req2xx":190', '"req2xx":-1')],
    [/^result\.latency\.percentiles\["99"\]: /, FLAKY.replace(/"99":\d+/, '"99":"14200"')],
    [/^1: This is not bombardier's JSON\. Run bombardier with -o json -p r -l/, "{}"],
    [/^1: This is not bombardier's JSON\. Run bombardier with -o json -p r -l/, fixture("bombardier/unread-text.txt")],
    [/The JSON ends in the middle/, FLAKY.slice(0, 300)],
  ])("refuses with %s", (message, text) => {
    expect(refusal(bombardier, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("bombardier's outputs in the corpus", () => {
  const files = corpus("bombardier");

  it.each(files.filter(({ file }) => file.endsWith(".json")))("$file: every number stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["bombardier"]);
    const found = (pattern: RegExp) => Number(pattern.exec(text)![1]);
    const round = onlyRound(bombardier, text);
    const { distribution } = measured(round, "/slow", "latency");
    if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
    for (const percent of [50, 75, 90, 95, 99])
      expect(distribution.quantiles[String(percent / 100)]! * 1e6).toBeCloseTo(
        found(new RegExp(`"${percent}":(\\d+)`)),
        6,
      );
    expect(distribution.quantiles["1"]! * 1e6).toBeCloseTo(found(/"max":(\d+)/), 6);
    expect(distribution.count).toBe(found(/"req2xx":(\d+)/));
    const rate = found(/"req2xx":(\d+)/) / found(/"timeTakenSeconds":([\d.]+)/);
    expect(measured(round, "/slow", "throughput").distribution).toEqual(single(rate));
    expect(measured(round, "/slow", "error-rate").distribution).toEqual(single(0));
  });

  it.each(files.filter(({ file }) => file.endsWith(".txt")))("$file is refused with the options to use", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["bombardier"]);
    expect(refusal(bombardier, text).message).toMatch(
      /^1: This is not bombardier's JSON\. Run bombardier with -o json/,
    );
  });
});
