import { describe, expect, it } from "vitest";
import { artillery } from "../../../src/adapters/tools/artillery.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

/** What the report itself says, read without the adapter. */
const AGGREGATE: {
  readonly counters: Record<string, number>;
  readonly summaries: Record<string, Record<string, number>>;
  readonly firstHistogramAt: number;
  readonly lastHistogramAt: number;
  readonly firstCounterAt: number;
  readonly lastCounterAt: number;
} = JSON.parse(fixture("artillery/ok.json")).aggregate;

/** The report with some of its aggregate changed. */
function changed(change: (aggregate: Record<string, Record<string, unknown>>) => void): string {
  const report = JSON.parse(fixture("artillery/ok.json"));
  change(report.aggregate);
  return JSON.stringify(report);
}

describe("Artillery's report", () => {
  it("gives all requests together and each endpoint, with their error rates", () => {
    const round = onlyRound(artillery, fixture("artillery/ok.json"));
    expect(round.measurements.map(({ benchmark, metric }) => `${benchmark} ${metric}`)).toEqual([
      "requests latency",
      "requests throughput",
      "requests error-rate",
      "/slow latency",
      "/slow error-rate",
      "/flaky latency",
      "/flaky error-rate",
    ]);
    const { distribution, ...latency } = measured(round, "/flaky", "latency");
    expect(latency).toEqual({
      ...{ benchmark: "/flaky", metric: "latency", unit: "s", better: "lower" },
      ...{ loadModel: "open", estimator: "ddsketch", resolution: 0.001 },
    });
    const { counters, summaries, firstHistogramAt, lastHistogramAt, firstCounterAt, lastCounterAt } = AGGREGATE;
    const flaky = summaries["plugins.metrics-by-endpoint.response_time./flaky"]!;
    expect(distribution).toMatchObject({
      count: 60,
      quantiles: {
        "0.5": flaky.p50! / 1000,
        "0.95": flaky.p95! / 1000,
        "0.99": flaky.p99! / 1000,
        "1": Math.max(flaky.max!, flaky.p999!) / 1000,
      },
    });
    const failed = counters["http.codes.500"]!;
    expect(failed).toBe(3);
    expect(measured(round, "/flaky", "error-rate").distribution).toEqual(single(failed / 60));
    expect(measured(round, "requests", "error-rate").distribution).toEqual(single(failed / 120));
    const seconds = (Math.max(lastHistogramAt, lastCounterAt) - Math.min(firstHistogramAt, firstCounterAt)) / 1000;
    expect(measured(round, "requests", "throughput").distribution).toEqual(single((120 - failed) / seconds));
  });

  it("keeps the maximum above what the sketch rounds up", () => {
    const text = changed(({ summaries }) =>
      Object.assign(summaries!["http.response_time.2xx"]!, { max: 63, p999: 63.4 }),
    );
    const { distribution } = measured(onlyRound(artillery, text), "requests", "latency");
    expect(distribution).toMatchObject({ quantiles: { "0.999": 0.0634, "1": 0.0634 } });
  });

  it("gives what was measured where a threshold of `ensure` was crossed, for which Artillery exits with 1", () => {
    const { aggregate } = JSON.parse(fixture("artillery/ensure.json"));
    const { distribution } = measured(onlyRound(artillery, fixture("artillery/ensure.json")), "requests", "latency");
    expect(distribution).toMatchObject({ count: aggregate.summaries["http.response_time"].count });
  });

  it("reports a run whose requests all failed as a failure without a latency, though Artillery exits with 0", () => {
    const reason = "all 60 requests failed (60 ECONNREFUSED): check that the server is up and answers as expected";
    expect(onlyRound(artillery, fixture("artillery/refused.json"))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason }],
    });
  });

  it("reports an endpoint whose requests all failed by its name, and keeps the others", () => {
    const text = changed(({ counters }) => {
      counters!["plugins.metrics-by-endpoint./flaky.codes.500"] = 60;
      delete counters!["plugins.metrics-by-endpoint./flaky.codes.200"];
    });
    const { measurements, failures } = onlyRound(artillery, text);
    expect(failures).toEqual([{ benchmark: "/flaky", reason: expect.stringContaining("(60 status 500)") }]);
    expect(new Set(measurements.map(({ benchmark }) => benchmark))).toEqual(new Set(["requests", "/slow"]));
  });

  it("reports a run whose users all failed before their first request", () => {
    const text = changed(({ counters }) => {
      for (const name of Object.keys(counters!)) if (name.startsWith("http.")) delete counters![name];
      Object.assign(counters!, { "vusers.failed": 60, "errors.Undefined function": 60 });
    });
    const reason = "all 60 users failed: 60 Undefined function";
    expect(onlyRound(artillery, text).failures).toEqual([{ benchmark: "*", reason }]);
  });

  it("gives a custom summary its own name as metric, and never guesses that it is a time", () => {
    const text = changed(({ summaries }) => {
      summaries!["basket.size"] = { min: 1, max: 9, count: 3, mean: 4, p50: 3, median: 3, p95: 9, p99: 9, p999: 9 };
      summaries!["browser.page.LCP./"] = { min: 100, max: 900, count: 3, mean: 400, p50: 300, p99: 900 };
    });
    const round = onlyRound(artillery, text);
    expect(measured(round, "basket.size", "basket.size")).toMatchObject({ unit: "1", distribution: { mean: 4 } });
    expect(measured(round, "browser.page.LCP./", "latency")).toMatchObject({ unit: "s", distribution: { mean: 0.4 } });
  });

  it("reads sessions only where nothing else was timed", () => {
    const text = changed((aggregate) => {
      aggregate.summaries = { "vusers.session_length": aggregate.summaries!["vusers.session_length"] };
      aggregate.counters = { "vusers.created": 60, "vusers.completed": 60 };
    });
    expect(onlyRound(artillery, text).measurements.map(({ benchmark }) => benchmark)).toEqual([
      "vusers.session_length",
    ]);
  });

  it.each([
    [/^1: This is not a report of Artillery 2.*-o FILE/, '{"aggregate":{"latency":{"p99":3}}}'],
    [
      /^aggregate\.counters\["http.requests"\]: Expected a number/,
      changed(({ counters }) => Object.assign(counters!, { "http.requests": -1 })),
    ],
    [
      /^aggregate\.summaries\["http.response_time.2xx"\]\.p99: /,
      changed(({ summaries }) => Object.assign(summaries!["http.response_time.2xx"]!, { p99: "3" })),
    ],
  ])("refuses with %s", (message, text) => {
    expect(refusal(artillery, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("Artillery's outputs in the corpus", () => {
  const files = corpus("artillery");
  const report = files.find(({ file }) => file.endsWith(".json"))?.text ?? "";
  const console = files.find(({ file }) => file.endsWith(".txt"))?.text ?? "";

  it("gives the numbers that the console printed at the end of the same run", () => {
    expect(recognisedBy(report)).toEqual(["artillery"]);
    const round = onlyRound(artillery, report);
    const summary = console.split("Summary report")[1]!;
    const under = (heading: string, key: string) =>
      Number(new RegExp(`${key}: \\.+ ([\\d.]+)`).exec(summary.split(`\n${heading}:\n`)[1]!)![1]);
    for (const [benchmark, heading] of [
      ["requests", "http.response_time.2xx"],
      ["/slow", "plugins.metrics-by-endpoint.response_time./slow"],
      ["/flaky", "plugins.metrics-by-endpoint.response_time./flaky"],
    ] as const) {
      const { distribution } = measured(round, benchmark, "latency");
      if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
      for (const [level, key] of Object.entries({
        "0": "min",
        "0.5": "median",
        "0.95": "p95",
        "0.99": "p99",
        "1": "max",
      }))
        expect(distribution.quantiles[level]! * 1000).toBeCloseTo(under(heading, key), 9);
      expect(distribution.mean! * 1000).toBeCloseTo(under(heading, "mean"), 9);
    }
    const counter = (name: string) => Number(new RegExp(`^${name}: \\.+ (\\d+)`, "m").exec(summary)![1]);
    expect(measured(round, "requests", "error-rate").distribution).toEqual(
      single(counter("http.codes.500") / counter("http.requests")),
    );
  });

  it("refuses the console's output with the option to use", () => {
    expect(recognisedBy(console)).toEqual(["artillery"]);
    expect(refusal(artillery, console).message).toMatch(
      /^1: This is not a report of Artillery 2\. Run artillery with -o FILE/,
    );
  });
});
