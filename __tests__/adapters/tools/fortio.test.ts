import { describe, expect, it } from "vitest";
import { fortio } from "../../../src/adapters/tools/fortio.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const API = fixture("fortio/api.json");

function changed(change: (result: Record<string, unknown>) => void): string {
  const result = JSON.parse(API);
  change(result);
  return JSON.stringify(result);
}

describe("Fortio's JSON", () => {
  it("gives its percentiles, successes a second and the share of errors, under the path of the URL", () => {
    const common = { benchmark: "/api", loadModel: "closed" };
    const quantiles = {
      "0": 0.0011,
      "0.5": 0.0044,
      "0.75": 0.0061,
      "0.9": 0.0088,
      "0.99": 0.0192,
      "0.999": 0.0211,
      "1": 0.0213,
    };
    expect(onlyRound(fortio, API)).toEqual({
      measurements: [
        {
          ...common,
          ...{ metric: "latency", unit: "s", better: "lower", estimator: "interpolated" },
          distribution: { kind: "quantiles", quantiles, count: 200, mean: 0.005 },
        },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(99.5 * (196 / 200)) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(4 / 200) },
      ],
      failures: [],
    });
  });

  it("counts codes that are no success where older versions have no histogram of errors", () => {
    const text = changed((result) => {
      delete result.ErrorsDurationHistogram;
      result.RetCodes = { "200": 190, "503": 6, "-1": 4 };
    });
    expect(measured(onlyRound(fortio, text), "/api", "error-rate").distribution).toEqual(single(10 / 200));
  });

  it("calls a run without a URL by its kind, never by a label that holds the machine's name", () => {
    const text = changed((result) => {
      delete result.URL;
      Object.assign(result, { RunType: "GRPC Ping", RetCodes: { SERVING: 196, ERROR: 4 } });
    });
    expect(measured(onlyRound(fortio, text), "GRPC Ping", "error-rate").distribution).toEqual(single(4 / 200));
  });

  it.each([
    [/^DurationHistogram\.Percentiles\[1\]\.Value: /, API.replace('"Value": 0.0061', '"Value": null')],
    [/^RetCodes\["503"\]: /, API.replace('"503": 4', '"503": "x"')],
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
