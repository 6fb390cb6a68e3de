import { describe, expect, it } from "vitest";
import { ghz } from "../../../src/adapters/tools/ghz.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const OK = fixture("ghz/ok.json");

function changed(change: (report: Record<string, unknown>) => void): string {
  const report = JSON.parse(OK);
  change(report);
  return JSON.stringify(report);
}

describe("ghz's JSON", () => {
  it("gives the time of every call without an error, answers a second and the share of errors", () => {
    const common = { benchmark: "shop.Cart.Get", loadModel: "closed" };
    const samples = Float64Array.of(0.008, 0.004, 0.012, 0.006, 0.01);
    expect(onlyRound(ghz, OK)).toEqual({
      measurements: [
        { ...common, metric: "latency", unit: "s", better: "lower", distribution: { kind: "samples", samples } },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single((200 * 5) / 6) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(1 / 6) },
      ],
      failures: [],
    });
  });

  it("takes ghz's own percentiles where there are no details, and passes over empty ones", () => {
    const text = changed((report) => {
      report.details = null;
      (report.latencyDistribution as object[])[6] = { percentage: 0, latency: 0 };
    });
    const { distribution, estimator } = measured(onlyRound(ghz, text), "shop.Cart.Get", "latency");
    expect(estimator).toBe("ghz");
    expect(distribution).toEqual({
      kind: "quantiles",
      quantiles: {
        "0": 0.004,
        "0.1": 0.004,
        "0.25": 0.006,
        "0.5": 0.008,
        "0.75": 0.01,
        "0.9": 0.012,
        "0.95": 0.012,
        "1": 0.012,
      },
      count: 5,
    });
  });

  it("is an open load with --async, and is called by its call where it has no name", () => {
    const text = changed((report) => {
      Object.assign(report.options as object, { async: true });
      report.name = "";
    });
    expect(measured(onlyRound(ghz, text), "shop.Cart.Get", "latency").loadModel).toBe("open");
  });

  it("reports a run whose calls all failed as a failure without a latency", () => {
    expect(onlyRound(ghz, fixture("ghz/all-failed.json"))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringContaining("all 3 requests failed (3 rpc error") }],
    });
    const none = changed((report) => Object.assign(report, { count: 0, errorDistribution: {}, details: [] }));
    expect(onlyRound(ghz, none).failures).toEqual([{ benchmark: "*", reason: expect.stringContaining("no answer") }]);
  });

  it.each([
    [
      /^details\[2\]\.latency: Expected a number of at least 0/,
      changed(({ details }) => Object.assign((details as object[])[2]!, { latency: -1 })),
    ],
    [/^count: Expected a finite number/, changed((report) => Object.assign(report, { count: "6" }))],
    [/Expected a report of ghz/, "{}"],
  ])("refuses with %s", (message, text) => {
    expect(refusal(ghz, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("ghz's outputs in the corpus", () => {
  it.each(corpus("ghz"))("$file: every time stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["ghz"]);
    const round = onlyRound(ghz, text);
    const calls = [...text.split('"details"')[1]!.matchAll(/"latency": (\d+),\s+"error": "([^"]*)"/g)];
    const times = calls.filter(([, , error]) => error === "").map(([, latency]) => Number(latency) / 1e9);
    const [latency, throughput, errorRate] = round.measurements.map(({ distribution }) => distribution);
    expect(latency).toEqual({ kind: "samples", samples: Float64Array.from(times) });
    const count = Number(/"count": (\d+)/.exec(text)![1]);
    const errors = [.../"errorDistribution": \{([^}]*)\}/.exec(text)![1]!.matchAll(/": (\d+)/g)];
    const failed = errors.reduce((sum, [, n]) => sum + Number(n), 0);
    expect(errorRate).toEqual(single(failed / count));
    const rps = Number(/"rps": ([\d.]+)/.exec(text)![1]);
    expect((throughput as { value: number }).value).toBeCloseTo(rps * (1 - failed / count), 9);
    // ghz's own percentiles are those of the same times, where no call failed; versions differ by a rank.
    if (failed > 0) return;
    const sorted = times.sort((a, b) => a - b);
    for (const [, percent, value] of text.matchAll(/"percentage": (\d+),\s+"latency": (\d+)/g))
      expect([-1, 0].map((step) => sorted[(Number(percent) / 100) * sorted.length + step])).toContain(
        Number(value) / 1e9,
      );
  });
});
