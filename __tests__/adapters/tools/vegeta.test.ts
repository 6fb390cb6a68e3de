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

/** One request as the file itself tells it, read without the adapter. */
interface Request {
  readonly at: number;
  readonly seconds: number;
  readonly ok: boolean;
  readonly target: string;
}

const RESULTS: readonly Request[] = fixture("vegeta/results.ndjson")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line))
  .map(({ timestamp, latency, code, method, url }) => ({
    at: Date.parse(timestamp) / 1000,
    seconds: latency / 1e9,
    ok: code >= 200 && code < 400,
    target: `${method} ${url.replace("http://127.0.0.1:38080", "")}`,
  }));
const REPORT = JSON.parse(fixture("vegeta/report.json"));
const TARGETS = ["GET /slow", "GET /flaky", 'POST /vary?q=a%20b,"c"', "GET /cut"];

describe("vegeta's results", () => {
  it("hold what is needed to prove it: four targets, and failures of some", () => {
    expect([...new Set(RESULTS.map(({ target }) => target))].sort()).toEqual([...TARGETS].sort());
    const failed = RESULTS.filter(({ ok }) => !ok).length;
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(RESULTS.length);
    expect(REPORT.requests).toBe(RESULTS.length);
  });

  it.each(["results.csv", "results.ndjson"])(
    "in %s are the latencies of what succeeded, as a whole and by target",
    (file) => {
      const round = read(file);
      const good = RESULTS.filter(({ ok }) => ok);
      expect(measured(round, "requests", "latency")).toEqual({
        ...{
          benchmark: "requests",
          metric: "latency",
          unit: "s",
          better: "lower",
          resolution: 1e-9,
          loadModel: "open",
        },
        distribution: { kind: "samples", samples: Float64Array.from(good, ({ seconds }) => seconds) },
      });
      for (const name of TARGETS)
        expect(samplesOf(round, name)).toEqual(
          good.filter(({ target }) => target === name).map(({ seconds }) => seconds),
        );
      const share = (RESULTS.length - good.length) / RESULTS.length;
      expect(measured(round, "requests", "error-rate").distribution).toEqual(single(share));
      expect(1 - share).toBeCloseTo(REPORT.success, 12);
      const { value } = measured(round, "requests", "throughput").distribution as { value: number };
      expect(value).toBeCloseTo(REPORT.throughput, 4);
    },
  );

  it("of two attacks in one file are kept apart", () => {
    const round = read("two-attacks.ndjson");
    const names = new Set(round.measurements.map(({ benchmark }) => benchmark));
    const each = ["one", "two"].flatMap((attack) => [attack, ...TARGETS.map((target) => `${attack} > ${target}`)]);
    expect([...names].sort()).toEqual(each.sort());
    const lines = fixture("vegeta/two-attacks.ndjson").trimEnd().split("\n");
    for (const attack of ["one", "two"])
      expect(samplesOf(round, attack)).toHaveLength(
        lines.filter((line) => line.includes(`"attack":"${attack}"`) && line.includes('"code":200')).length,
      );
  });

  it("are only a whole where there are too many targets to be kinds", () => {
    const first = fixture("vegeta/results.ndjson").split("\n", 1)[0]!;
    const lines = Array.from({ length: 51 }, (_, id) => first.replace(/:38080\/\w+/, `:38080/items/${id}`));
    expect(onlyRound(vegeta, `${lines.join("\n")}\n`).measurements.map(({ benchmark }) => benchmark)).not.toContain(
      "GET /items/0",
    );
    expect(samplesOf(onlyRound(vegeta, `${lines.join("\n")}\n`), "requests")).toHaveLength(51);
  });

  it.each(["refused.csv", "refused.json", "refused.txt"])(
    "of which none succeeded are a failure: %s, whose quick failures are no latency",
    (file) => {
      const reason = expect.stringMatching(/^all 20 requests failed/);
      expect(read(file)).toEqual({ measurements: [], failures: [{ benchmark: "*", reason }] });
    },
  );

  it("of an attack that was interrupted are what it got to", () => {
    const rows = fixture("vegeta/interrupted.csv").trimEnd().split("\n");
    expect(rows.length).toBeGreaterThan(10);
    expect(samplesOf(read("interrupted.csv"), "requests")).toEqual(rows.map((row) => Number(row.split(",")[2]) / 1e9));
  });

  it("can leave out a warm-up, counted from the first result of the file", () => {
    const begin = RESULTS[0]!.at;
    const late = RESULTS.filter(({ at, ok }) => ok && at >= begin + 0.35).map(({ seconds }) => seconds);
    expect(late.length).toBeGreaterThan(10);
    for (const file of ["results.csv", "results.ndjson"]) {
      const [round] = vegeta.parse({ ...outputOf(fixture(`vegeta/${file}`)), skip: 0.35 });
      expect(samplesOf(round!, "requests")).toEqual(late);
    }
    expect(() => vegeta.parse({ ...outputOf(fixture("vegeta/report.json")), skip: 1 })).toThrow(
      "cannot be cut from a report of vegeta",
    );
  });
});

describe("vegeta's reports", () => {
  it("give its percentiles, its throughput and the share that failed", () => {
    const round = read("report.json");
    const { latencies } = REPORT;
    const quantiles = Object.fromEntries(
      Object.entries({ "0": "min", "0.5": "50th", "0.9": "90th", "0.95": "95th", "0.99": "99th", "1": "max" }).map(
        ([level, key]) => [level, latencies[key] / 1e9],
      ),
    );
    expect(measured(round, "requests", "latency")).toEqual({
      ...{ benchmark: "requests", metric: "latency", unit: "s", better: "lower", resolution: 1e-9, loadModel: "open" },
      estimator: "t-digest",
      distribution: { kind: "quantiles", quantiles, count: RESULTS.length, mean: latencies.mean / 1e9 },
    });
    expect(measured(round, "requests", "throughput").distribution).toEqual(single(REPORT.throughput));
    expect(measured(round, "requests", "error-rate").distribution).toMatchObject({
      value: expect.closeTo(1 - REPORT.success, 12),
    });
  });

  it("say the same as text, to the digits that are printed", () => {
    const [text, json] = [read("report.txt"), read("report.json")];
    for (const [level, value] of Object.entries(quantilesOf(json)))
      expect(quantilesOf(text)[level]).toBeCloseTo(value, 5);
    const long = fixture("vegeta/report.txt").replace(
      /^(Latencies.*\] +).*$/m,
      "$11ms, 2ms, 3ms, 5.7ms, 1.5s, 2m30.5s, 1h0m0s",
    );
    expect(quantilesOf(onlyRound(vegeta, long))).toMatchObject({ "0.95": 1.5, "0.99": 150.5, "1": 3600 });
    expect(measured(onlyRound(vegeta, long), "requests", "latency").resolution).toBe(1);
  });
});

describe("vegeta", () => {
  const [lines, rows] = [fixture("vegeta/results.ndjson"), fixture("vegeta/results.csv")];

  it.each([
    ["a cut line", lines.slice(0, -20), `${RESULTS.length}: the last line is cut off`],
    ["a broken line", lines.replace(/^((?:.*\n){2}.*?"seq":\d+,)/, "$1,"), "3:"],
    ["a latency that is none", rows.replace(/^(.*\n\d+,\d+,)\d+/, "$14.5ms"), "2: latency: Expected a whole number"],
    ["a time that is none", lines.replace(/^(.*\n.*?"timestamp":")[^"]*/, "$1yesterday"), "2: timestamp: "],
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
      problem: expect.stringContaining("does not say which requests failed"),
      position: { line: 1 },
    });
  });
});
