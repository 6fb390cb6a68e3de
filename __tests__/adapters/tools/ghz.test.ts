import { describe, expect, it } from "vitest";
import { ghz } from "../../../src/adapters/tools/ghz.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const FLAKY = fixture("ghz/flaky.json");
const CHECK = "grpc.health.v1.Health.Check";

interface Call {
  readonly latency: number;
  readonly error: string;
}

function changed(change: (report: Record<string, unknown>) => void): string {
  const report = JSON.parse(FLAKY);
  change(report);
  return JSON.stringify(report);
}

describe("ghz's JSON", () => {
  it.each([
    ["ok.json", CHECK, 60, 0, "closed"],
    ["flaky.json", "Check | 10 % down", 60, 6, "closed"],
    ["async.json", CHECK, 50, 0, "open"],
    ["skipped.json", CHECK, 30, 0, "closed"],
  ])(
    "gives the time of every call without an error, answers a second and the share of errors of %s",
    (file, benchmark, calls, failed, loadModel) => {
      const text = fixture(`ghz/${file}`);
      const { details, rps } = JSON.parse(text);
      const times = details.filter(({ error }: Call) => error === "").map(({ latency }: Call) => latency / 1e9);
      expect(times).toHaveLength(calls - failed);
      const common = { benchmark, loadModel };
      const samples = Float64Array.from(times);
      expect(onlyRound(ghz, text)).toEqual({
        measurements: [
          { ...common, metric: "latency", unit: "s", better: "lower", distribution: { kind: "samples", samples } },
          {
            ...common,
            ...{ metric: "throughput", unit: "1/s", better: "higher" },
            distribution: { kind: "value", value: expect.closeTo(rps * (1 - failed / calls), 9), exact: false },
          },
          { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(failed / calls) },
        ],
        failures: [],
      });
    },
  );

  it("takes ghz's own percentiles where there are no details, and passes over empty ones", () => {
    const report = JSON.parse(FLAKY);
    const text = changed((report) => {
      report.details = null;
      (report.latencyDistribution as object[])[6] = { percentage: 0, latency: 0 };
    });
    const own = report.latencyDistribution.slice(0, 6) as { percentage: number; latency: number }[];
    const { distribution, estimator } = measured(onlyRound(ghz, text), "Check | 10 % down", "latency");
    expect(estimator).toBe("ghz");
    expect(distribution).toEqual({
      kind: "quantiles",
      quantiles: {
        "0": report.fastest / 1e9,
        ...Object.fromEntries(own.map(({ percentage, latency }) => [String(percentage / 100), latency / 1e9])),
        "1": report.slowest / 1e9,
      },
      count: 54,
    });
  });

  it("is called by its call where it has no name", () => {
    expect(JSON.parse(fixture("ghz/ok.json"))).toMatchObject({ options: { call: CHECK } });
    const unnamed = changed((report) => Object.assign(report, { name: "" }));
    expect(measured(onlyRound(ghz, unnamed), "grpc.health.v1.Health/Check", "latency")).toBeDefined();
  });

  it.each([
    ["all-failed.json", "all 20 requests failed (20 rpc error: code = NotFound"],
    ["refused.json", "all 6 requests failed (6 rpc error: code = Unavailable"],
  ])("reports %s as a failure without a latency", (file, reason) => {
    expect(onlyRound(ghz, fixture(`ghz/${file}`))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringContaining(reason) }],
    });
  });

  it("reports a run without a call as a failure", () => {
    const none = changed((report) => Object.assign(report, { count: 0, errorDistribution: {}, details: [] }));
    expect(onlyRound(ghz, none).failures).toEqual([{ benchmark: "*", reason: expect.stringContaining("no answer") }]);
  });

  it.each([
    [
      /^details\[2\]\.latency: Expected a number of at least 0/,
      changed(({ details }) => Object.assign((details as object[])[2]!, { latency: -1 })),
    ],
    [/^count: Expected a finite number/, changed((report) => Object.assign(report, { count: "6" }))],
    [/Not valid JSON|Expected a report of ghz/, fixture("ghz/unread-summary.txt")],
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
