import { describe, expect, it } from "vitest";
import { bombardier } from "../../../src/adapters/tools/bombardier.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const FLAKY = fixture("bombardier/flaky.json");

describe("bombardier's JSON", () => {
  it("gives its percentiles in seconds, successes a second and the share of failures", () => {
    const common = { benchmark: "/flaky", loadModel: "closed" };
    const quantiles = { "0.5": 0.0035, "0.75": 0.0052, "0.9": 0.0081, "0.95": 0.0099, "0.99": 0.0142, "1": 0.015 };
    expect(onlyRound(bombardier, FLAKY)).toEqual({
      measurements: [
        {
          ...common,
          ...{ metric: "latency", unit: "s", better: "lower", estimator: "nearest-rank", resolution: 1e-6 },
          distribution: { kind: "quantiles", quantiles, count: 200, mean: 4100.5 / 1e6 },
        },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(186 / 0.5) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(14 / 200) },
      ],
      failures: [],
      notes: [expect.objectContaining({ benchmark: "/flaky", metric: "latency", count: 14 })],
    });
  });

  it("has no percentile without -l", () => {
    const report = JSON.parse(FLAKY);
    delete report.result.latency.percentiles;
    const { distribution } = measured(onlyRound(bombardier, JSON.stringify(report)), "/flaky", "latency");
    expect(distribution).toMatchObject({ quantiles: { "1": 0.015 }, mean: 4100.5 / 1e6 });
  });

  it("reports a run whose requests all failed as a failure, whose quick failures are no latency", () => {
    const reason = "all 200 requests failed (200 others): check that the server is up and answers as expected";
    expect(onlyRound(bombardier, fixture("bombardier/refused.json"))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason }],
    });
  });

  it.each([
    [/^result\.req2xx: /, FLAKY.replace('"req2xx": 186', '"req2xx": -1')],
    [/^result\.latency\.percentiles\["99"\]: /, FLAKY.replace('"99": 14200', '"99": "14200"')],
    [/^1: This is no JSON of bombardier\. Run bombardier with -o json -p r -l/, "{}"],
    [/Not valid JSON/, FLAKY.slice(0, 300)],
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
      /^1: This is no JSON of bombardier\. Run bombardier with -o json/,
    );
  });
});
