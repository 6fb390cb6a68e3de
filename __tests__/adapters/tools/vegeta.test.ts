import { describe, expect, it } from "vitest";
import type { ParsedRound } from "../../../src/adapters/adapter.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { vegeta } from "../../../src/adapters/tools/vegeta/vegeta.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(vegeta, fixture(`vegeta/${file}`));

function samplesOf(round: ParsedRound, benchmark: string): number[] {
  const { distribution } = measured(round, benchmark, "latency");
  if (distribution.kind !== "samples") throw new Error(distribution.kind);
  return [...distribution.samples];
}

function quantilesOf(round: ParsedRound): Readonly<Record<string, number>> {
  const { distribution } = measured(round, "requests", "latency");
  if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
  return distribution.quantiles;
}

describe("vegeta's results", () => {
  it.each(["results.csv", "results.ndjson"])(
    "in %s are the latencies of what succeeded, as a whole and by target",
    (file) => {
      const round = read(file);
      expect(measured(round, "requests", "latency")).toEqual({
        ...{
          benchmark: "requests",
          metric: "latency",
          unit: "s",
          better: "lower",
          resolution: 1e-9,
          loadModel: "open",
        },
        distribution: { kind: "samples", samples: Float64Array.of(0.002, 0.0045, 0.003217088, 0.006) },
      });
      expect(samplesOf(round, "GET /items")).toEqual([0.002, 0.003217088]);
      expect(samplesOf(round, "GET /pay")).toEqual([0.0045, 0.006]);
      expect(measured(round, "requests", "error-rate").distribution).toEqual(single(2 / 6));
      expect(measured(round, "requests", "throughput").distribution).toMatchObject({
        value: expect.closeTo(4 / 0.506, 5),
      });
    },
  );

  it("of two attacks in one file are kept apart", () => {
    const [one, two] = ["a", "b"].map((name) =>
      fixture("vegeta/results.ndjson").replaceAll('"attack":""', `"attack":"${name}"`),
    );
    const names = new Set(onlyRound(vegeta, one! + two!).measurements.map(({ benchmark }) => benchmark));
    expect([...names]).toEqual(["a", "b", "a > GET /items", "a > GET /pay", "b > GET /items", "b > GET /pay"]);
  });

  it("are only a whole where there are too many targets to be kinds", () => {
    const lines = Array.from({ length: 51 }, (_, id) =>
      fixture("vegeta/results.ndjson").split("\n", 1)[0]!.replace("/items", `/items/${id}`),
    );
    expect(onlyRound(vegeta, `${lines.join("\n")}\n`).measurements.map(({ benchmark }) => benchmark)).not.toContain(
      "GET /items/0",
    );
    expect(samplesOf(onlyRound(vegeta, `${lines.join("\n")}\n`), "requests")).toHaveLength(51);
  });

  it("of which none succeeded are a failure", () => {
    const failed = fixture("vegeta/results.ndjson").replaceAll(/"code":\d+/g, '"code":0');
    expect(onlyRound(vegeta, failed)).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringMatching(/^all 6 requests failed/) }],
    });
  });

  it("can leave out a warm-up", () => {
    for (const file of ["results.csv", "results.ndjson"]) {
      const [round] = vegeta.parse({ ...outputOf(fixture(`vegeta/${file}`)), skip: 0.35 });
      expect(samplesOf(round!, "requests")).toEqual([0.003217088, 0.006]);
    }
    expect(() => vegeta.parse({ ...outputOf(fixture("vegeta/report.json")), skip: 1 })).toThrow(
      "cannot be cut from a report of vegeta",
    );
  });
});

describe("vegeta's reports", () => {
  it("give its percentiles, its throughput and the share that failed", () => {
    const round = read("report.json");
    const quantiles = { "0": 0.0003, "0.5": 0.002608544, "0.9": 0.0057, "0.95": 0.006, "0.99": 0.006, "1": 0.006 };
    expect(measured(round, "requests", "latency")).toEqual({
      ...{ benchmark: "requests", metric: "latency", unit: "s", better: "lower", resolution: 1e-9, loadModel: "open" },
      ...{ estimator: "t-digest", distribution: { kind: "quantiles", quantiles, count: 6, mean: 0.002836181 } },
    });
    expect(measured(round, "requests", "throughput").distribution).toEqual(single(7.905138339920948));
    expect(measured(round, "requests", "error-rate").distribution).toMatchObject({ value: expect.closeTo(1 / 3, 9) });
  });

  it("say the same as text, to the digits that are printed", () => {
    const [text, json] = [read("report.txt"), read("report.json")];
    expect(measured(text, "requests", "latency").resolution).toBe(1e-3);
    for (const [level, value] of Object.entries(quantilesOf(json)))
      expect(quantilesOf(text)[level]).toBeCloseTo(value, 6);
    const long = fixture("vegeta/report.txt").replace(/6ms, 6ms, 6ms$/m, "1.5s, 2m30.5s, 1h0m0s");
    expect(quantilesOf(onlyRound(vegeta, long))).toMatchObject({ "0.95": 1.5, "0.99": 150.5, "1": 3600 });
  });

  it("of nothing but failures are a failure", () => {
    const json = fixture("vegeta/report.json").replace(/"success":[\d.]+/, '"success":0');
    const text = fixture("vegeta/report.txt").replace("66.67%", "0.00%");
    for (const failed of [json, text]) expect(onlyRound(vegeta, failed).failures[0]!.benchmark).toBe("*");
  });
});

describe("vegeta", () => {
  it.each([
    ["a cut line", fixture("vegeta/results.ndjson").slice(0, -20), "6: the last line is cut off"],
    ["a broken line", fixture("vegeta/results.ndjson").replace('"seq":2,', '"seq":2,,'), "3:22: "],
    [
      "a latency that is none",
      fixture("vegeta/results.csv").replace(",4500000,", ",4.5ms,"),
      "2: latency: Expected a whole number",
    ],
    [
      "a time that is none",
      fixture("vegeta/results.ndjson").replace("2023-11-14T22:13:20.1Z", "yesterday"),
      "2: timestamp: ",
    ],
    [
      "a line that is no report's",
      fixture("vegeta/report.txt").replace(/^Bytes In.*$/m, "Bytes"),
      "4: This line is not of vegeta's report",
    ],
    [
      "a report without its success",
      fixture("vegeta/report.txt").replace(/^Success.*\n/m, ""),
      "There is no Success [ratio]",
    ],
    [
      "a report without its latencies",
      fixture("vegeta/report.txt").replace(/^Latencies.*\n/m, ""),
      "There is no row of Latencies",
    ],
    [
      "the histogram",
      "Bucket           #    %       Histogram\n[0s,     2ms]  121  40.33%  ###\n",
      "has no percentiles",
    ],
    [
      "results in Go's own form",
      "\u0000\u0001Result\u0001\u0000\u0001\rAttack\u0001\f\u0000\u0001\u0003Seq\u0001\u0006\u0000\u0001\u0004Code\u0001\u0006\u0000\u0001\tTimestamp",
      "vegeta encode results.bin",
    ],
  ])("refuses %s", (_, text, message) => {
    const error = refusal(vegeta, text);
    expect(error.message).toContain(message);
    expect(error.position.line).toBeGreaterThan(0);
  });
});

describe.skipIf(!hasCorpus)("vegeta's outputs in the corpus", () => {
  const file = (name: string) => corpus("vegeta").find((each) => each.file === `vegeta-12.13-${name}`)!.text;

  it("are each recognised", () => {
    for (const { text } of corpus("vegeta")) expect(recognisedBy(text)).toEqual(["vegeta"]);
  });

  it("vegeta-12.13-encode.csv: every latency is the one in the third column, and sums to what vegeta reports", () => {
    const rows = file("encode.csv")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const report = JSON.parse(file("report-buckets.json"));
    const round = onlyRound(vegeta, file("encode.csv"));
    const all = rows.map((row) => Number(row[2]) / 1e9);
    expect(samplesOf(round, "requests")).toEqual(all);
    expect(all.reduce((sum, value) => sum + value, 0)).toBeCloseTo(report.latencies.total / 1e9, 9);
    expect(Math.max(...all)).toBe(report.latencies.max / 1e9);
    for (const path of ["/slow", "/flaky"]) {
      const own = rows.filter((row) => row[10]!.endsWith(path)).map((row) => Number(row[2]) / 1e9);
      expect(samplesOf(round, `GET ${path}`)).toEqual(own);
    }
    const { value } = measured(round, "requests", "throughput").distribution as { value: number };
    expect(value).toBeCloseTo(report.throughput, 4);
    expect(measured(round, "requests", "error-rate").distribution).toEqual(single(1 - report.success));
  });

  it("vegeta-12.13-report-buckets.json and -report.txt: every percentile is the one that is printed", () => {
    const { latencies } = JSON.parse(file("report-buckets.json"));
    const keys = { "0": "min", "0.5": "50th", "0.9": "90th", "0.95": "95th", "0.99": "99th", "1": "max" };
    expect(quantilesOf(onlyRound(vegeta, file("report-buckets.json")))).toEqual(
      Object.fromEntries(Object.entries(keys).map(([level, key]) => [level, latencies[key] / 1e9])),
    );
    expect(quantilesOf(onlyRound(vegeta, file("report.txt")))).toEqual({
      "0": 217.088 / 1e6,
      ...{ "0.5": 0.004037, "0.9": 0.017229, "0.95": 0.025015, "0.99": 0.042482, "1": 0.051017 },
    });
  });

  it("vegeta-12.13-hdrplot.txt is refused: it does not tell what failed", () => {
    expect(refusal(vegeta, file("hdrplot.txt"))).toMatchObject({
      problem: expect.stringContaining("does not tell which requests failed"),
      position: { line: 1 },
    });
  });
});
