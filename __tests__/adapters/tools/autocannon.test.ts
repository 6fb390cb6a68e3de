import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { autocannon } from "../../../src/adapters/tools/autocannon.ts";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/autocannon/${name}`, import.meta.url), "utf8");
const round = (text: string) => autocannon.parse(outputOf(text))[0]!;
const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "..", "shared", "corpus");
const FOLDER = join(CORPUS, "autocannon");

/** A result with some members changed. */
function changed(name: string, change: (result: Record<string, Record<string, unknown>>) => void): string {
  const result = JSON.parse(fixture(name));
  change(result);
  return JSON.stringify(result);
}

describe("autocannon's JSON", () => {
  it("gives its percentiles in seconds, requests a second and the share of failures", () => {
    const common = { benchmark: "/slow", loadModel: "closed" };
    const quantiles = {
      "0": 0.001,
      "0.00001": 0.001,
      "0.0001": 0.001,
      "0.001": 0.001,
      "0.01": 0.002,
      "0.025": 0.002,
      "0.1": 0.004,
      "0.25": 0.007,
      "0.5": 0.013,
      "0.75": 0.018,
      "0.9": 0.021,
      "0.975": 0.023,
      "0.99": 0.135,
      "0.999": 0.141,
      "0.9999": 0.141,
      "0.99999": 0.141,
      "1": 0.141,
    };
    expect(round(fixture("ok.json"))).toEqual({
      measurements: [
        {
          ...common,
          metric: "latency",
          unit: "s",
          better: "lower",
          distribution: { kind: "quantiles", quantiles, count: 529, mean: 14.54 / 1000 },
          estimator: "hdr",
          resolution: 0.001,
        },
        {
          ...common,
          metric: "throughput",
          unit: "1/s",
          better: "higher",
          distribution: { kind: "value", value: 264.5, exact: false },
        },
        {
          ...common,
          metric: "error-rate",
          unit: "1",
          better: "lower",
          distribution: { kind: "value", value: 0, exact: false },
        },
      ],
      failures: [],
    });
  });

  it("has no p95, because autocannon does not print one", () => {
    const { distribution } = round(fixture("ok.json")).measurements[0]!;
    expect(Object.keys((distribution as { quantiles: object }).quantiles)).not.toContain("0.95");
  });

  it("counts refused connections, statuses outside 200-399 and wrong bodies as failures, and time-outs once", () => {
    const rate = (text: string) => round(text).measurements.find(({ metric }) => metric === "error-rate")!.distribution;
    const value = (expected: number) => ({ kind: "value", value: expected, exact: false });
    expect(rate(fixture("non2xx.json"))).toEqual(value(10 / 200));
    const timeouts = { errors: 50, timeouts: 50, mismatches: 5 };
    expect(rate(changed("non2xx.json", (result) => Object.assign(result, timeouts)))).toEqual(value(65 / 250));
    expect(rate(changed("non2xx.json", (result) => Object.assign(result, { "3xx": 10, "5xx": 0 })))).toEqual(value(0));
  });

  it.each([
    ["refused.json", "all 9932 requests failed (9932 errors): check that the server is up at http://127.0.0.1:18433/"],
    ["all-404.json", "all 50 requests failed (50 4xx): check that the server is up at http://127.0.0.1:18432/gone"],
  ])("reports %s, where every request failed, as a failure without a latency", (name, reason) => {
    expect(round(fixture(name))).toEqual({ measurements: [], failures: [{ benchmark: "*", reason }] });
  });

  it("reports a run without any request as a failure", () => {
    const text = changed("refused.json", (result) => Object.assign(result, { errors: 0 }));
    expect(round(text).failures[0]!.reason).toMatch(/made no request/);
  });

  it("takes the title as name, and else the path without the port, which belongs to a side", () => {
    const titled = changed("ok.json", (result) => Object.assign(result, { title: "list items" }));
    expect(new Set(round(titled).measurements.map(({ benchmark }) => benchmark))).toEqual(new Set(["list items"]));
    const named = (url: string) =>
      round(changed("ok.json", (result) => Object.assign(result, { url }))).measurements[0]!.benchmark;
    expect(named("http://localhost:1234")).toBe("/");
    expect(named("https://example.org/a/b?c=d")).toBe("/a/b?c=d");
  });

  it("refuses latencies that autocannon has made up for a rate, and says how to run it", () => {
    expect(() => round(fixture("rate.json"))).toThrow(
      "latency.totalCount: The histogram holds 124 latencies of 100 answers: what autocannon adds for a rate is not to be trusted. Run it with -C",
    );
  });

  it("keeps the ends outside the percentiles, though the printed minimum passes over zeros", () => {
    const quantiles = (text: string) =>
      (round(text).measurements[0]!.distribution as { quantiles: Record<string, number> }).quantiles;
    expect(JSON.parse(fixture("non2xx.json")).latency.min).toBe(1);
    expect(quantiles(fixture("non2xx.json"))).toMatchObject({ "0": 0, "0.5": 0, "1": 0.007 });
    const bucketed = changed("ok.json", ({ latency }) => Object.assign(latency!, { p99_999: 150 }));
    expect(quantiles(bucketed)["1"]).toBe(0.15);
  });

  it.each([
    ["text", "Running 10s test @ http://localhost", /not valid JSON/i],
    ["another document", '{"latency":{}}', /not autocannon's JSON.*--json/],
    [
      "a percentile that is no number",
      changed("ok.json", ({ latency }) => Object.assign(latency!, { p99: "25" })),
      /latency\.p99/,
    ],
    ["a negative count", changed("ok.json", (result) => Object.assign(result, { errors: -1 })), /errors: /],
    [
      "no average",
      changed("ok.json", ({ requests }) => Object.assign(requests!, { average: null })),
      /requests\.average/,
    ],
  ])("refuses %s", (_what, text, message) => {
    expect(() => round(text)).toThrow(message);
  });
});

describe.skipIf(!existsSync(FOLDER))("autocannon's outputs in the corpus", () => {
  const files = (existsSync(FOLDER) ? readdirSync(FOLDER) : []).map((file) => ({
    file,
    text: readFileSync(join(FOLDER, file), "utf8"),
  }));

  it.each(files.filter(({ file }) => file.endsWith(".json")))(
    "$file: every number is the one that a pattern finds in the text",
    ({ text }) => {
      const { measurements, failures } = round(text);
      const found = (pattern: RegExp) => Number(pattern.exec(text)![1]);
      if (found(/"2xx":(\d+)/) === 0) {
        expect(failures.map(({ benchmark }) => benchmark)).toEqual(["*"]);
        return expect(measurements).toEqual([]);
      }
      const [latency, throughput, errorRate] = measurements.map(({ distribution }) => distribution);
      const { quantiles, count, mean } = latency as { quantiles: Record<string, number>; count: number; mean: number };
      expect(failures).toEqual([]);
      expect(Object.keys(quantiles)).toHaveLength(17);
      for (const [level, key] of Object.entries({
        "0.01": "p1",
        "0.5": "p50",
        "0.9": "p90",
        "0.975": "p97_5",
        "0.99": "p99",
        "0.999": "p99_9",
      })) {
        expect(quantiles[level]! * 1000).toBeCloseTo(found(new RegExp(`"latency":\\{[^}]*"${key}":([\\d.]+)`)), 9);
      }
      expect(mean * 1000).toBeCloseTo(found(/"latency":\{"average":([\d.]+)/), 9);
      expect(count).toBe(found(/"totalCount":(\d+)/));
      const answered = found(/"requests":\{[^}]*"total":(\d+)/);
      const succeeded = (answered - found(/"non2xx":(\d+)/)) / answered;
      expect(throughput).toMatchObject({
        value: expect.closeTo(found(/"requests":\{"average":([\d.]+)/) * succeeded, 9),
      });
      const bad = found(/"errors":(\d+)/) + found(/"non2xx":(\d+)/);
      expect(errorRate).toMatchObject({
        value: bad / (found(/"requests":\{[^}]*"total":(\d+)/) + found(/"errors":(\d+)/)),
      });
    },
  );

  it.each(files.filter(({ file }) => file.endsWith(".txt")))("$file is not recognised, and refused", ({ text }) => {
    expect(autocannon.recognises(outputOf(text))).toBe(false);
    expect(() => round(text)).toThrow(/JSON/);
  });
});
