import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { locust } from "../../../src/adapters/tools/locust/locust.ts";
import { decodeRecording, encodeRecording } from "../../../src/codec/recording.ts";
import { GateError } from "../../../src/model/error.ts";
import type { ToolMeasurement } from "../../../src/model/measurement.ts";

/** A fixture with plain line ends, so that a test can add a line of its own; Locust writes CRLF into its CSV. */
const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/locust/${name}`, import.meta.url), "utf8").replaceAll("\r\n", "\n");
const round = (text: string) => locust.parse(outputOf(text))[0]!;
const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "..", "shared", "corpus");
const FOLDER = join(CORPUS, "locust");

const ENDPOINTS = ["Aggregated", 'GET /flaky?[id], "quoted"', "GET /slow", "POST /slow"];

function measured(text: string, benchmark: string, metric = "latency"): ToolMeasurement {
  return round(text).measurements.find(
    (measurement) => measurement.benchmark === benchmark && measurement.metric === metric,
  )!;
}

function names(text: string): string[] {
  return [...new Set(round(text).measurements.map(({ benchmark }) => benchmark))].sort();
}

/** Milliseconds → count, as the histogram of a measurement holds them. */
function countsOf(measurement: ToolMeasurement): Record<string, number> {
  if (measurement.distribution.kind !== "histogram") throw new Error(measurement.distribution.kind);
  const { values, counts } = measurement.distribution;
  return Object.fromEntries([...values].map((value, i) => [String(Math.round(value * 1000)), counts[i]!]));
}

function single(value: number) {
  return { kind: "value", value, exact: false };
}

function errorOf(text: string): GateError {
  try {
    locust.parse(outputOf(text));
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error("the output was accepted");
}

/** One endpoint as `--json` prints it, with a response time for each of `times`. */
function endpoint(name: string, times: readonly number[], parts: object = {}): object {
  const counts: Record<string, number> = {};
  for (const time of times) counts[time] = (counts[time] ?? 0) + 1;
  const plain = {
    method: "GET",
    start_time: 1000,
    last_request_timestamp: 1010,
    num_none_requests: 0,
    num_failures: 0,
  };
  return { ...plain, name, num_requests: times.length, response_times: counts, ...parts };
}

/** The numbers of the row of `ok_stats.csv` that begins so, by their column, read without the adapter. */
function cells(begin: string): (column: string) => number {
  const [header, ...rows] = fixture("ok_stats.csv").split("\n");
  const row = rows.find((each) => each.startsWith(begin))!.split(",");
  return (column) => Number(row[header!.split(",").indexOf(column)]);
}

describe("Locust's _stats.csv", () => {
  it("gives its percentiles in seconds, requests a second and the share of failures", () => {
    const common = { benchmark: "GET /slow", loadModel: "closed" };
    const cell = cells("GET,/slow,");
    const levels = ["50", "66", "75", "80", "90", "95", "98", "99", "99.9", "99.99", "100"];
    const quantiles = Object.fromEntries(
      levels.map((percent) => [String(Number((Number(percent) / 100).toPrecision(6))), cell(`${percent}%`) / 1000]),
    );
    const [count, mean] = [cell("Request Count"), cell("Average Response Time") / 1000];
    expect(count).toBeGreaterThan(100);
    expect(round(fixture("ok_stats.csv")).measurements.filter(({ benchmark }) => benchmark === "GET /slow")).toEqual([
      {
        ...common,
        metric: "latency",
        unit: "s",
        better: "lower",
        distribution: { kind: "quantiles", quantiles, count, mean },
        estimator: "rounded",
        resolution: 0.001,
      },
      { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(cell("Requests/s")) },
      { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(0) },
    ]);
  });

  it("reads N/A as absent, and an endpoint without requests as nothing measured", () => {
    const text = fixture("ok_stats.csv").replace(
      "\nPOST,/slow,",
      "\nPUT,/never,0,0,0,0,0,0,0,0,0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\nPOST,/slow,",
    );
    expect(names(text)).toEqual(ENDPOINTS);
    const noTail = fixture("ok_stats.csv").replace(/^(GET,\/slow,.*?)(?:,\d+){4}$/m, "$1,N/A,N/A,N/A,N/A");
    const ninetyEighth = cells("GET,/slow,")("98%") / 1000;
    expect(measured(noTail, "GET /slow").distribution).toMatchObject({ quantiles: { "0.98": ninetyEighth } });
    expect(Object.keys((measured(noTail, "GET /slow").distribution as { quantiles: object }).quantiles)).toHaveLength(
      7,
    );
  });

  it("is refused where it is cut off or damaged, with the line", () => {
    const lines = fixture("ok_stats.csv").trimEnd().split("\n");
    expect(errorOf(lines.slice(0, 4).join("\n")).message).toMatch(/^4: .*its last row is not Aggregated/);
    expect(errorOf(lines.join("\n").slice(0, -30))).toMatchObject({ position: { line: 5 } });
    expect(errorOf(lines.join("\n").replace(/^GET,\/slow,\d+,/m, "GET,/slow,many,")).message).toMatch(
      /^3: .*"many" under "Request Count" is not a number/,
    );
    expect(errorOf([...lines.slice(0, 3), lines[2], ...lines.slice(3)].join("\n")).message).toMatch(
      /^4: two endpoints are called "GET \/slow"/,
    );
  });
});

describe("Locust's --json", () => {
  it("gives every response time with its count, as Locust rounded it", () => {
    const entries: { name: string; method: string; response_times: Record<string, number> }[] = JSON.parse(
      fixture("ok.json"),
    );
    expect(entries).toHaveLength(3);
    for (const { name, method, response_times } of entries) {
      const measurement = measured(fixture("ok.json"), `${method} ${name}`);
      // Above 100 ms versions before 2.14 write "120.0".
      const whole = Object.entries(response_times).map(([time, count]) => [time.replace(/\.0$/, ""), count]);
      expect(countsOf(measurement)).toEqual(Object.fromEntries(whole));
      expect(measurement).toMatchObject({ unit: "s", better: "lower", loadModel: "closed", resolution: 0.001 });
      expect(measurement).not.toHaveProperty("estimator");
    }
  });

  it("names its benchmarks as the CSV does, with all requests together under Aggregated", () => {
    expect(names(fixture("ok.json"))).toEqual(ENDPOINTS);
    expect(names(fixture("ok_stats.csv"))).toEqual(ENDPOINTS);
    const all = countsOf(measured(fixture("ok.json"), "Aggregated"));
    const entries: { num_requests: number; num_failures: number }[] = JSON.parse(fixture("ok.json"));
    const total = (key: keyof (typeof entries)[number]) => entries.reduce((sum, entry) => sum + entry[key], 0);
    expect(Object.values(all).reduce((sum, count) => sum + count, 0)).toBe(total("num_requests"));
    expect(total("num_failures")).toBeGreaterThan(3);
    expect(measured(fixture("ok.json"), "Aggregated", "error-rate").distribution).toEqual(
      single(total("num_failures") / total("num_requests")),
    );
  });

  it("leaves Aggregated out where it would repeat the only endpoint, in both shapes", () => {
    expect(names(JSON.stringify([endpoint("/", [1, 2])]))).toEqual(["GET /"]);
    const [header, , slow, , aggregated] = fixture("ok_stats.csv").split("\n");
    expect(names([header, slow, aggregated].join("\n"))).toEqual(["GET /slow"]);
  });

  it("counts requests over the whole run, as Locust does", () => {
    const text = JSON.stringify([
      endpoint("/a", [1, 2], { last_request_timestamp: 1004 }),
      endpoint("/b", [3], { start_time: 1002 }),
    ]);
    expect(measured(text, "GET /a", "throughput").distribution).toEqual(single(0.2));
    expect(measured(text, "Aggregated", "throughput").distribution).toEqual(single(0.3));
  });

  it("says how coarsely Locust rounded at the median", () => {
    const resolution = (...times: number[]) => measured(JSON.stringify([endpoint("/", times)]), "GET /").resolution;
    expect(resolution(5, 6, 5100)).toBe(0.001);
    expect(resolution(99)).toBe(0.001);
    expect(resolution(110, 120, 340)).toBe(0.01);
    expect(resolution(5100)).toBe(0.1);
    expect(resolution(51_000)).toBe(1);
  });

  it("survives being written to a recording and read again", () => {
    const measurements = round(fixture("ok.json")).measurements.map((measurement) => ({
      suite: "api",
      ...measurement,
    }));
    const empty = decodeRecording('{"schema":"benchgate.recording/1","rounds":[]}');
    const recording = { ...empty, rounds: [{ session: "", pair: 0, startedAt: "", measurements, failures: [] }] };
    expect(decodeRecording(encodeRecording(recording))).toEqual(recording);
  });

  it("is refused with the path of what Locust does not write", () => {
    const text = (parts: object) => JSON.stringify([endpoint("/", [1], parts)]);
    expect(errorOf(text({ num_failures: "0" })).position.path).toBe("[0].num_failures");
    expect(errorOf(text({ response_times: { fast: 1 } })).position.path).toBe('[0].response_times["fast"]');
    expect(errorOf(text({ response_times: { 5: 1.5 } })).message).toMatch(/a whole number/);
    expect(errorOf(text({ response_times: { 1e300: 1 } })).message).toMatch(/a whole number/);
    expect(errorOf(JSON.stringify([endpoint("/", [1]), endpoint("/", [1])])).message).toMatch(
      /two endpoints are called "GET \/"/,
    );
    expect(errorOf(fixture("ok.json").slice(0, 400)).position.line).toBeGreaterThan(10);
  });
});

describe("a run of Locust in which requests failed", () => {
  it.each(["all-404.json", "all-404_stats.csv", "refused.json", "refused_stats.csv"])(
    "is a failure without a latency where all did: %s",
    (name) => {
      expect(round(fixture(name))).toEqual({
        measurements: [],
        failures: [{ benchmark: "*", reason: expect.stringMatching(/^all \d+ requests failed/) }],
      });
    },
  );

  it("is what it came to where it was interrupted, which the CSV tells up to its last second alone", () => {
    const [json, csv] = [fixture("interrupted.json"), fixture("interrupted_stats.csv")];
    const requests = JSON.parse(json).map((entry: { num_requests: number }) => entry.num_requests);
    const all = Object.values(countsOf(measured(json, "Aggregated"))).reduce((sum, count) => sum + count, 0);
    expect(all).toBe(requests.reduce((sum: number, count: number) => sum + count, 0));
    const { count } = measured(csv, "Aggregated").distribution as { count: number };
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(all);
  });

  it("is a failure of the one endpoint that always failed", () => {
    const text = JSON.stringify([endpoint("/up", [5, 6]), endpoint("/down", [1, 1, 1], { num_failures: 3 })]);
    expect(round(text).failures).toEqual([
      { benchmark: "GET /down", reason: expect.stringMatching(/^all 3 requests/) },
    ]);
    expect(names(text)).toEqual(["Aggregated", "GET /up"]);
  });

  it("is complete though Locust exits with 1", () => {
    expect(locust.exitCodes).toMatchObject([0, { code: 1 }]);
    expect(measured(fixture("ok_stats.csv"), "Aggregated", "error-rate").distribution).toEqual(
      single(cells(",Aggregated,")("Failure Count") / cells(",Aggregated,")("Request Count")),
    );
  });

  it("is a failure where there was no request at all", () => {
    expect(round("[]").failures[0]!.reason).toMatch(/made no request/);
    const [header] = fixture("ok_stats.csv").split("\n");
    const none = `${header}\n,Aggregated,0,0,0,0.0,0,0,0,0.0,0.0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\n`;
    expect(round(none).failures[0]!.reason).toMatch(/made no request/);
  });
});

describe("the other files of --csv", () => {
  it.each([
    ["ok_stats_history.csv", /^1: this is Locust's _stats_history\.csv.*_stats\.csv/],
    ["ok_failures.csv", /^1: this is Locust's _failures\.csv/],
    ["ok_exceptions.csv", /^1: this is Locust's _exceptions\.csv/],
  ])("%s is recognised, and refused with the file to give instead", (name, message) => {
    expect(locust.recognises(outputOf(fixture(name)))).toBe(true);
    expect(errorOf(fixture(name)).message).toMatch(message);
  });

  it("and other text are refused", () => {
    expect(errorOf("Type     Name   # reqs\n").message).toMatch(/not an output of Locust/);
    expect(locust.recognises(outputOf("[]"))).toBe(false);
  });
});

describe.skipIf(!existsSync(FOLDER))("Locust's outputs in the corpus", () => {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");

  it.each(files.filter((file) => file.endsWith("_stats.csv")))(
    "%s: each row is found in the text with the same numbers",
    (file) => {
      const [header, ...lines] = read(file).trimEnd().split(/\r?\n/);
      // Names are the only quoted cells: once they are cut out, commas separate.
      const rows = lines.map((line) => line.replace(/,"(?:[^"]|"")*",/, ",name,").split(","));
      const column = (name: string) => header!.split(",").indexOf(name);
      const expected = lines.length > 2 ? rows : rows.slice(0, -1);
      const latencies = round(read(file)).measurements.filter(({ metric }) => metric === "latency");
      expect(latencies).toHaveLength(expected.length);
      for (const [i, { distribution }] of latencies.entries()) {
        if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
        expect(distribution.count).toBe(Number(expected[i]![column("Request Count")]));
        expect(distribution.quantiles["0.5"]! * 1000).toBeCloseTo(Number(expected[i]![column("50%")]), 9);
        expect(distribution.quantiles["0.99"]! * 1000).toBeCloseTo(Number(expected[i]![column("99%")]), 9);
        expect(distribution.quantiles["1"]! * 1000).toBeCloseTo(Number(expected[i]![column("100%")]), 9);
      }
      const rates = round(read(file)).measurements.filter(({ metric }) => metric === "throughput");
      expect(rates.map(({ distribution }) => distribution)).toEqual(
        expected.map((row) => {
          const [requests, failures] = ["Request Count", "Failure Count"].map((name) => Number(row[column(name)]));
          return single((Number(row[column("Requests/s")]) * (requests! - failures!)) / requests!);
        }),
      );
    },
  );

  it.each(files.filter((file) => file.endsWith(".json")))("%s: every count stands in the text", (file) => {
    const blocks = read(file).split('"name": ').slice(1);
    const latencies = round(read(file)).measurements.filter(({ metric }) => metric === "latency");
    expect(latencies).toHaveLength(blocks.length + 1);
    for (const [i, block] of blocks.entries()) {
      const times = /"response_times": \{([^}]*)\}/.exec(block)![1]!;
      const pairs = [...times.matchAll(/"(\d+)": (\d+)/g)].map(([, time, count]) => [time, Number(count)]);
      expect(countsOf(latencies[i]!)).toEqual(Object.fromEntries(pairs));
    }
    const total = (key: string) =>
      blocks.reduce((sum, block) => sum + Number(new RegExp(`"${key}": (\\d+)`).exec(block)![1]), 0);
    const share = total("num_failures") / total("num_requests");
    expect(measured(read(file), "Aggregated", "error-rate").distribution).toEqual(single(share));
  });

  it.each(files.filter((file) => /_(history|failures|exceptions)\.csv$/.test(file)))(
    "%s is refused with the file to give instead",
    (file) => {
      expect(errorOf(read(file)).message).toMatch(/^1: this is Locust's _.*_stats\.csv/);
    },
  );
});
