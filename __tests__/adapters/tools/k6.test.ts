import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { k6 } from "../../../src/adapters/tools/k6/k6.ts";
import { MOST_REQUESTS } from "../../../src/adapters/tools/k6/kinds.ts";
import { GateError } from "../../../src/model/error.ts";
import type { ToolMeasurement } from "../../../src/model/measurement.ts";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/k6/${name}`, import.meta.url), "utf8");
const round = (text: string) => k6.parse(outputOf(text))[0]!;
const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "..", "shared", "corpus");
const FOLDER = join(CORPUS, "k6");

/** `benchmark metric` of each measurement, sorted. */
function names(text: string): string[] {
  return round(text)
    .measurements.map(({ benchmark, metric }) => `${benchmark} ${metric}`)
    .sort();
}

function measured(text: string, benchmark: string, metric = "latency"): ToolMeasurement {
  return round(text).measurements.find(
    (measurement) => measurement.benchmark === benchmark && measurement.metric === metric,
  )!;
}

function quantilesOf(measurement: ToolMeasurement): Readonly<Record<string, number>> {
  if (measurement.distribution.kind !== "quantiles") throw new Error(measurement.distribution.kind);
  return measurement.distribution.quantiles;
}

function samplesOf(measurement: ToolMeasurement): number[] {
  if (measurement.distribution.kind !== "samples") throw new Error(measurement.distribution.kind);
  return [...measurement.distribution.samples];
}

function single(value: number) {
  return { kind: "value", value, exact: false };
}

function errorOf(text: string): GateError {
  try {
    k6.parse(outputOf(text));
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error("the output was accepted");
}

/** The points of the run that the fixtures tell of, read without the adapter. */
interface Point {
  readonly metric: string;
  readonly at: number;
  readonly value: number;
  readonly tags: Readonly<Record<string, string>>;
}

const POINTS: readonly Point[] = fixture("points.ndjson")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line))
  .filter(({ type }) => type === "Point")
  .map(({ metric, data }) => ({ metric, at: Date.parse(data.time), value: data.value, tags: data.tags }));

/** The values of a metric; of `http_req_duration` those of requests that were answered as expected. */
const valuesOf = (metric: string, scenario?: string): number[] =>
  POINTS.filter((point) => point.metric === metric && (scenario ?? point.tags.scenario) === point.tags.scenario)
    .filter(({ tags }) => metric !== "http_req_duration" || tags.expected_response === "true")
    .map(({ value }) => value);
const inSeconds = (values: readonly number[]) => values.map((value) => value / 1000);
const REQUESTS = valuesOf("http_reqs").length;
const FAILED = valuesOf("http_req_failed").filter((value) => value === 1).length / REQUESTS;
const PAY = 'shop > checkout > POST pay, or "not"';

/** k6's own metric in one of the two summaries of the same run. */
function printed(file: string, name: string): Record<string, number> {
  const metric = JSON.parse(fixture(file)).metrics[name];
  return metric.values ?? metric;
}

/** The quantiles that k6 printed, by Benchgate's levels. */
function levels(values: Record<string, number>, per: number): Record<string, number> {
  const keys = { "0": "min", "0.5": "med", "0.9": "p(90)", "0.95": "p(95)", "0.99": "p(99)", "1": "max" };
  return Object.fromEntries(
    Object.entries(keys).flatMap(([level, key]) => (values[key] === undefined ? [] : [[level, values[key] / per]])),
  );
}

describe("a summary of k6", () => {
  it.each([
    "summary-export.json",
    "handle-summary.json",
    "plain.json",
    "v0-summary-export.json",
    "v0-handle-summary.json",
  ])("gives http_req_duration with k6's own percentiles, and the requests behind them: %s", (file) => {
    const values = printed(file, "http_req_duration{expected_response:true}");
    const [{ count }, failed] = [printed(file, "http_reqs"), printed(file, "http_req_failed")];
    expect(measured(fixture(file), "http_req_duration")).toEqual({
      benchmark: "http_req_duration",
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: {
        kind: "quantiles",
        quantiles: levels(values, 1000),
        count: Math.round(count! * (1 - (failed.rate ?? failed.value)!)),
        mean: values.avg! / 1000,
      },
      estimator: "interpolated",
    });
  });

  it("has no p99 where k6 was not asked for one: neither the maximum nor p95 stands in", () => {
    expect(Object.keys(quantilesOf(measured(fixture("plain.json"), "http_req_duration")))).not.toContain("0.99");
    expect(Object.keys(quantilesOf(measured(fixture("machine-readable.json"), "http_req_duration")))).not.toContain(
      "0.99",
    );
    expect(quantilesOf(measured(fixture("handle-summary.json"), "http_req_duration"))["0.99"]).toBeGreaterThan(0);
  });

  it("gives the same run the same numbers in both shapes, and as in its points", () => {
    const [flat, typed] = ["summary-export.json", "handle-summary.json"].map(fixture);
    const durations = inSeconds(valuesOf("http_req_duration"));
    expect(quantilesOf(measured(flat!, "http_req_duration"))).toEqual(
      quantilesOf(measured(typed!, "http_req_duration")),
    );
    expect(quantilesOf(measured(flat!, "http_req_duration"))["0"]).toBe(Math.min(...durations));
    expect(quantilesOf(measured(flat!, "http_req_duration"))["1"]).toBe(Math.max(...durations));
    for (const text of [flat!, typed!]) {
      const { rate } = printed("summary-export.json", "http_reqs");
      expect(measured(text, "http_reqs", "throughput").distribution).toEqual({
        ...single(0),
        value: expect.closeTo(rate! * (1 - FAILED), 9),
      });
      expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(single(FAILED));
      expect(measured(text, "http_req_duration").distribution).toMatchObject({ count: durations.length });
    }
  });

  it("reads the list of the machine-readable shape", () => {
    const text = fixture("machine-readable.json");
    const { config, results } = JSON.parse(text);
    const values = (name: string) => results.metrics.find((metric: { name: string }) => metric.name === name).values;
    const { min, med, max, p90, p95 } = values("http_req_duration{expected_response:true}");
    const succeeded = values("http_reqs").count * (1 - values("http_req_failed").rate);
    expect(quantilesOf(measured(text, "http_req_duration"))).toEqual(
      Object.fromEntries(
        Object.entries({ "0": min, "0.5": med, "0.9": p90, "0.95": p95, "1": max }).map(([level, value]) => [
          level,
          value / 1000,
        ]),
      ),
    );
    expect(measured(text, "http_req_duration").distribution).toMatchObject({ count: Math.round(succeeded) });
    expect(measured(text, "http_reqs", "throughput").distribution).toEqual({
      ...single(0),
      value: expect.closeTo(succeeded / config.duration, 9),
    });
    expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(
      single(values("http_req_failed").rate),
    );
  });

  it("names submetrics and custom trends as k6 does, and leaves out the parts of a request and what repeats the whole", () => {
    expect(names(fixture("handle-summary.json"))).toEqual([
      "checkout_duration latency",
      "checks failed-checks",
      "http_req_duration latency",
      "http_req_duration{scenario:steady} latency",
      "http_req_failed error-rate",
      "http_reqs throughput",
      "payload payload",
    ]);
    expect(measured(fixture("handle-summary.json"), "payload", "payload")).toMatchObject({ unit: "1" });
    const summary = JSON.parse(fixture("handle-summary.json"));
    summary.metrics.payload.contains = "data";
    expect(measured(JSON.stringify(summary), "payload", "payload")).toMatchObject({ unit: "B" });
    const steady = valuesOf("http_req_duration", "steady");
    const submetric = measured(fixture("summary-export.json"), "http_req_duration{scenario:steady}").distribution;
    expect(submetric).toMatchObject({ count: steady.length });
    expect((submetric as { mean: number }).mean).toBeCloseTo(
      steady.reduce((a, b) => a + b, 0) / steady.length / 1000,
      12,
    );
  });

  it("never guesses that a custom trend is a time where the summary does not say so", () => {
    const [flat, typed] = ["summary-export.json", "handle-summary.json"].map(fixture);
    const { avg } = printed("summary-export.json", "checkout_duration");
    const unnamed = measured(flat!, "checkout_duration", "checkout_duration");
    expect(unnamed).toMatchObject({ unit: "1", distribution: { count: 4, mean: avg } });
    expect(measured(typed!, "checkout_duration")).toMatchObject({
      unit: "s",
      distribution: { count: 4, mean: avg! / 1000 },
    });
  });

  it("pays no heed to thresholds, whose true means crossed in one summary and passed in the other", () => {
    const threshold = (file: string) =>
      JSON.parse(fixture(file)).metrics["http_req_duration{scenario:steady}"].thresholds["p(95)<1"];
    expect([threshold("summary-export.json"), threshold("handle-summary.json").ok]).toEqual([true, false]);
    for (const name of ["summary-export.json", "handle-summary.json"]) {
      const summary = JSON.parse(fixture(name));
      for (const metric of Object.values<{ thresholds?: unknown }>(summary.metrics)) delete metric.thresholds;
      expect(round(JSON.stringify(summary))).toEqual(round(fixture(name)));
    }
    expect(k6.exitCodes).toMatchObject([0, { code: 99 }]);
  });

  it("reports a submetric that no request matched as a failure, not as a latency of zero", () => {
    for (const file of ["handle-summary.json", "summary-export.json", "machine-readable.json"])
      expect(round(fixture(file)).failures).toEqual([
        { benchmark: "http_req_duration{scenario:none}", reason: expect.stringMatching(/no request matched/) },
      ]);
  });

  it.each(["refused.json", "all-404.json", "refused.ndjson"])(
    "reports %s as a failure: every request failed, though k6 ends with 0",
    (name) => {
      expect(round(fixture(name))).toEqual({
        measurements: [],
        failures: [{ benchmark: "*", reason: expect.stringMatching(/^all 6 requests failed/) }],
      });
    },
  );

  it("reports a machine-readable summary as a failure where every request failed", () => {
    const failed = fixture("machine-readable.json").replace(/("http_req_failed"[^}]*"rate": )[\d.]+/, "$11");
    expect(round(failed).failures.map(({ benchmark }) => benchmark)).toEqual(["*"]);
  });

  it("reports durations that are all zero as a failure, even where k6 does not count failures", () => {
    const summary = JSON.parse(fixture("summary-export.json"));
    delete summary.metrics.http_req_failed;
    summary.metrics.http_req_duration = { avg: 0, min: 0, med: 0, max: 0, "p(90)": 0, "p(95)": 0 };
    expect(round(JSON.stringify(summary)).failures[0]!.benchmark).toBe("*");
  });

  it.each(["aborted.json", "interrupted.json", "dropped.json"])("gives what %s came to", (file) => {
    const { count, rate } = printed(file, "http_reqs");
    expect(count).toBeGreaterThan(0);
    expect(measured(fixture(file), "http_req_duration").distribution).toMatchObject({ count });
    expect(measured(fixture(file), "http_reqs", "throughput").distribution).toEqual(single(rate!));
  });

  it("gives the calls of gRPC", () => {
    const values = printed("grpc.json", "grpc_req_duration");
    expect(quantilesOf(measured(fixture("grpc.json"), "grpc_req_duration"))).toEqual(levels(values, 1000));
    const lines = fixture("grpc.ndjson").split("\n");
    const calls = lines.filter((line) => line.startsWith('{"metric":"grpc_req_duration","type":"Point"'));
    const answered = calls.map((line) => JSON.parse(line).data).filter(({ tags }) => tags.status === "0");
    expect([calls.length, answered.length]).toEqual([20, 18]);
    expect(samplesOf(measured(fixture("grpc.ndjson"), "grpc_req_duration"))).toEqual(
      answered.map(({ value }) => value / 1000),
    );
  });

  it("takes the iterations of a script that makes no request and has no trend", () => {
    const summary = JSON.parse(fixture("summary-export.json"));
    for (const name of Object.keys(summary.metrics)) if (name !== "iteration_duration") delete summary.metrics[name];
    expect(names(JSON.stringify(summary))).toEqual(["iteration_duration latency"]);
  });

  it("refuses what it cannot measure or read, with the path", () => {
    const broken = fixture("summary-export.json").replace(/("http_reqs": \{\s+"count": )\d+/, '$1"ten"');
    expect(errorOf(broken).message).toMatch(/metrics\["http_reqs"\]\.count: /);
    expect(errorOf('{"metrics":{"vus":{"value":1}},"root_group":{}}').message).toMatch(/no request and no trend/);
    expect(errorOf('{"metrics":{}}').message).toMatch(/not an output of k6/);
    expect(errorOf(fixture("summary-export.json").slice(0, 500)).position.line).toBeGreaterThan(1);
  });
});

describe("the points of k6's --out json", () => {
  const text = fixture("points.ndjson");

  it("give every duration in seconds, as a whole and for each request", () => {
    expect(samplesOf(measured(text, "http_req_duration"))).toEqual(inSeconds(valuesOf("http_req_duration")));
    for (const [name, scenario] of [
      ["steady > GET /slow", "steady"],
      [PAY, "shop"],
    ] as const) {
      expect(valuesOf("http_req_duration", scenario).length).toBeGreaterThan(2);
      expect(samplesOf(measured(text, name))).toEqual(inSeconds(valuesOf("http_req_duration", scenario)));
    }
    expect(samplesOf(measured(text, "checkout_duration"))).toEqual(inSeconds(valuesOf("checkout_duration")));
    expect(samplesOf(measured(text, "payload", "payload"))).toEqual(valuesOf("payload"));
    expect(measured(text, "http_req_duration")).not.toHaveProperty("estimator");
  });

  it("give requests a second and the share that failed, as a whole and for each request", () => {
    const times = POINTS.filter(({ metric }) => metric === "http_reqs").map(({ at }) => at / 1000);
    const rate = (measured(text, "http_reqs", "throughput").distribution as { value: number }).value;
    expect(rate).toBeCloseTo((REQUESTS * (1 - FAILED)) / (Math.max(...times) - Math.min(...times)), 0);
    expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(single(FAILED));
    expect(measured(text, "steady > GET /slow", "error-rate").distribution).toEqual(single(0));
    const paid = valuesOf("http_req_failed", "shop");
    const unpaid = paid.filter((value) => value === 1).length;
    expect(unpaid).toBeGreaterThan(0);
    expect(measured(text, PAY, "error-rate").distribution).toEqual(single(unpaid / paid.length));
    const checks = valuesOf("checks");
    expect(measured(text, "checks", "failed-checks").distribution).toEqual(
      single(checks.filter((value) => value === 0).length / checks.length),
    );
    expect(names(text)).toHaveLength(10);
  });

  it("give only the whole where there is one kind of request, and where there are too many to be kinds", () => {
    expect(names(fixture("plain.ndjson"))).toEqual([
      "http_req_duration latency",
      "http_req_failed error-rate",
      "http_reqs throughput",
    ]);
    const lines = fixture("plain.ndjson").trimEnd().split("\n");
    const definitions = lines.filter((line) => line.includes('"type":"Metric"'));
    const request = lines.filter((line) => line.includes('"type":"Point"') && /^\{"metric":"http_req/.test(line));
    const points = ["http_reqs", "http_req_duration", "http_req_failed"].map(
      (metric) => request.find((line) => line.startsWith(`{"metric":"${metric}"`))!,
    );
    const withIds = (kinds: number) =>
      [
        ...definitions,
        ...Array.from({ length: kinds }, (_, id) =>
          points.map((line) => line.replaceAll("/slow", `/items/${id}`)),
        ).flat(),
      ].join("\n");
    expect(names(withIds(MOST_REQUESTS)).filter((name) => name.includes("/items/"))).toHaveLength(2 * MOST_REQUESTS);
    expect(names(withIds(MOST_REQUESTS + 1))).toEqual(["http_req_duration latency", "http_req_failed error-rate"]);
    expect(samplesOf(measured(withIds(MOST_REQUESTS + 1), "http_req_duration"))).toHaveLength(MOST_REQUESTS + 1);
  });

  it("report one kind of requests that all failed", () => {
    const kind = text.replaceAll(
      /("http_req_failed","type":"Point","data":\{[^}]*?)"value":0(,"tags":\{[^}]*"steady")/g,
      '$1"value":1$2',
    );
    const count = valuesOf("http_reqs", "steady").length;
    expect(round(kind).failures).toEqual([
      { benchmark: "steady > GET /slow", reason: expect.stringContaining(`all ${count} requests`) },
    ]);
    expect(names(kind).filter((name) => name.startsWith("steady"))).toEqual([]);
  });

  it("say which line is cut off, broken, or not k6's", () => {
    const lines = text.trimEnd().split("\n");
    const cut = errorOf(text.slice(0, -20));
    expect(cut).toMatchObject({ problem: "the last line is cut off", position: { line: lines.length } });
    expect(errorOf([...lines.slice(0, 9), '{"metric":', ...lines.slice(9)].join("\n")).position.line).toBe(10);
    expect(errorOf([...lines, '{"type":"Oops","metric":"x","data":{}}'].join("\n"))).toMatchObject({
      position: { line: lines.length + 1, path: "type" },
    });
    expect(errorOf(text.replace(/"value":(\d+\.\d+)/, '"value":"$1"')).message).toMatch(
      /^\d+: data\.value: Expected a finite number/,
    );
    expect(errorOf(lines.filter((line) => line.includes('"type":"Point"')).join("\n"))).toMatchObject({
      position: { line: 1, path: "metric" },
    });
  });

  it("refuse to take two services for one", () => {
    const lines = text.split("\n");
    const requests = lines.filter((line) => line.startsWith('{"metric":"http_req_duration"') && line.includes("/slow"));
    const clash = text.replace(requests[1]!, requests[1]!.replaceAll("127.0.0.1:38080", "localhost:4000"));
    expect(errorOf(clash).message).toMatch(/are both called "steady > GET \/slow"\. Give requests .* `name` tag/);
  });

  it("are recognised by their first line", () => {
    expect(k6.recognises(outputOf(text))).toBe(true);
    expect(k6.recognises(outputOf('{"type":"Point"}\n'))).toBe(false);
  });
});

describe("the points of k6, line by line", () => {
  const text = fixture("points.ndjson");
  const lines = text.trimEnd().split("\n");

  it("are the same in the form that k6 writes and in any other that means the same", () => {
    const spaced = lines.map((line) => line.replaceAll(/([,:])(?=["{])/g, "$1 ")).join("\n");
    const escaped = text.replaceAll('"GET"', String.raw`"\u0047ET"`);
    const turned = lines
      .map((line) => {
        const { metric, type, data } = JSON.parse(line);
        return JSON.stringify(
          type === "Point"
            ? { type, data: { tags: data.tags, value: data.value, time: data.time }, metric }
            : { data, metric, type },
        );
      })
      .join("\n");
    const withMetadata = text.replaceAll("}}}\n", '},"metadata":{"trace_id":"1"}}}\n');
    for (const other of [spaced, escaped, turned, withMetadata]) expect(round(other)).toEqual(round(text));
  });

  it("are refused where they look like k6's and are not, at their line", () => {
    const place = lines.findIndex((line) => line.includes('"Point"'));
    const wrong = [
      (line: string) => line.replace(/"value":[\d.]+/, '"value":007'),
      (line: string) => line.replace(/"value":[\d.]+/, '"value":1e999'),
      (line: string) => line.replace(/"value":[\d.]+/, '"value":'),
      (line: string) => line.replace(/"value":[\d.]+/, '"value":-1'),
      (line: string) => line.replace('"tags":{', '"tags":{,'),
      (line: string) => line.replace('"tags":{', '"tags":{"a":"b"'),
      (line: string) => line.replace(/}}}$/, "}}"),
      (line: string) => line.replace(/}}}$/, "}}}}"),
      (line: string) => line.replace('"method":"', '"method":"\t'),
      (line: string) => line.replace(/"time":"[^"]*"/, '"time":"some day"'),
      (line: string) => line.replace('"http_reqs"', '"http_requests"'),
    ];
    for (const change of wrong) {
      // Behind a line with the same tags, so that there is something to mistake it for.
      const changed = [...lines.slice(0, place + 1), change(lines[place]!), ...lines.slice(place + 1)].join("\n");
      expect(changed).toContain(change(lines[place]!));
      expect(errorOf(`${changed}\n`).position.line).toBe(place + 2);
    }
  });

  it("can leave out a warm-up, from the first point on", () => {
    const [cut] = k6.parse({ ...outputOf(text), skip: 0.5 });
    const begin = POINTS[0]!.at;
    const expected = POINTS.filter(({ metric, at }) => metric === "http_req_duration" && at >= begin + 500).filter(
      ({ tags }) => tags.expected_response === "true",
    );
    expect(expected.length).toBeGreaterThan(0);
    const duration = cut!.measurements.find(({ benchmark }) => benchmark === "http_req_duration")!;
    expect(samplesOf(duration)).toEqual(inSeconds(expected.map(({ value }) => value)));
    expect(() => k6.parse({ ...outputOf(text), skip: 60 })).toThrow(/^\d+: the warm-up of 60 s leaves nothing/);
    expect(() => k6.parse({ ...outputOf(fixture("summary-export.json")), skip: 1 })).toThrow(
      "a warm-up cannot be cut from a summary of k6",
    );
  });
});

describe("k6's CSV", () => {
  const text = fixture("points.csv");

  it("gives what the points give, but for what it has no units and times for", () => {
    const [points, csv] = [fixture("points.ndjson"), text];
    for (const name of ["http_req_duration", "steady > GET /slow", PAY]) {
      expect(samplesOf(measured(csv, name)).length).toBeGreaterThan(2);
      // k6 writes six digits behind the point in CSV, and more in JSON.
      const exact = samplesOf(measured(points, name));
      for (const [i, value] of samplesOf(measured(csv, name)).entries()) expect(value).toBeCloseTo(exact[i]!, 9);
    }
    expect(measured(csv, "checkout_duration", "checkout_duration")).toMatchObject({ unit: "1", better: "lower" });
    expect(names(csv)).not.toContain("http_reqs throughput");
    expect(measured(csv, "http_req_failed", "error-rate").distribution).toEqual(single(FAILED));
  });

  it("gives requests a second where its timestamps are finer than seconds", () => {
    const nano = fixture("nano.csv");
    const times = [...nano.matchAll(/^http_reqs,(\d+)/gm)].map((match) => Number(match[1]) / 1e9);
    const { value } = measured(nano, "http_reqs", "throughput").distribution as { value: number };
    expect(value).toBeCloseTo(times.length / (Math.max(...times) - Math.min(...times)), 6);
    const fine = text.replaceAll(/^(\w+),(\d{10}),/gm, (_, metric, seconds) => `${metric},${seconds}000,`);
    const rfc = text.replaceAll(
      /^(\w+),(\d{10}),/gm,
      (_, metric, seconds) => `${metric},${new Date(Number(seconds) * 1000).toISOString()},`,
    );
    for (const each of [fine, rfc])
      expect(measured(each, "http_reqs", "throughput").distribution).toEqual(
        measured(fine, "http_reqs", "throughput").distribution,
      );
    expect(errorOf(text.replace(/^(http_reqs),\d+/m, "$1,yesterday"))).toMatchObject({
      position: { line: 2, path: "timestamp" },
    });
  });

  it("is refused at a line where a value, a column or an end is missing", () => {
    expect(errorOf(text.replace(/^((?:.*\n){2}\w+,\d+),[\d.]+,/, "$1,fast,")).message).toContain(
      '3: metric_value: Expected a number, found "fast"',
    );
    expect(errorOf(text.replace(",scenario,", ",scene,")).message).toContain("1: There is no column scenario");
    expect(errorOf(text.trimEnd()).message).toMatch(/^\d+: the last line is cut off/);
    expect(errorOf(text.split("\n", 1)[0]!.concat("\n")).message).toContain("holds no request and no trend");
  });
});

describe.skipIf(!existsSync(FOLDER))("k6's outputs in the corpus", () => {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");

  it.each(files.filter((file) => file.endsWith(".json")))(
    "%s: every number is the one that stands under k6's name",
    (file) => {
      const { metrics } = JSON.parse(read(file));
      const valuesOf = (name: string) => metrics[name].values ?? metrics[name];
      const valuesTold = (name: string) =>
        valuesOf(name === "http_req_duration" ? "http_req_duration{expected_response:true}" : name);
      const failedShare = () => valuesOf("http_req_failed").rate ?? valuesOf("http_req_failed").value;
      const { measurements, failures } = round(read(file));
      if ((valuesOf("http_req_failed").rate ?? valuesOf("http_req_failed").value) === 1) {
        expect(failures.map(({ benchmark }) => benchmark)).toEqual(["*"]);
        return expect(measurements).toEqual([]);
      }
      expect(failures).toEqual([]);
      expect(measurements.map(({ benchmark }) => benchmark)).toEqual(
        expect.arrayContaining(["http_req_duration", "http_reqs", "http_req_failed"]),
      );
      for (const { benchmark, metric, unit, distribution } of measurements) {
        const values = valuesTold(benchmark);
        if (distribution.kind === "value") {
          const told = {
            throughput: values.rate * (1 - failedShare()),
            "failed-checks": values.fails / (values.passes + values.fails),
          }[metric as string];
          expect(distribution.value).toBeCloseTo(told ?? values.rate ?? values.value, 12);
          continue;
        }
        if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
        const printed: [string, string][] = Object.keys(values)
          .filter((key) => !["avg", "count", "thresholds"].includes(key))
          .map((key) => [
            { min: "0", med: "0.5", max: "1", "p(90)": "0.9", "p(95)": "0.95", "p(99)": "0.99", "p(99.9)": "0.999" }[
              key
            ]!,
            key,
          ]);
        expect(Object.keys(distribution.quantiles).sort()).toEqual(printed.map(([level]) => level).sort());
        for (const [level, key] of printed)
          expect(distribution.quantiles[level]).toBe(unit === "s" ? values[key] / 1000 : values[key]);
        if (benchmark === "http_req_duration")
          expect(distribution.count).toBe(Math.round(valuesOf("http_reqs").count * (1 - failedShare())));
      }
    },
  );

  it("reads from the points what k6 wrote of the same run as CSV", () => {
    const [, ...rows] = read("k6-0.49.0-out.csv")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const inCsv = (metric: string, column = 0, word = metric) =>
      rows
        .filter(
          (row) => row[0] === metric && row[column] === word && (metric !== "http_req_duration" || row[6] === "true"),
        )
        .map((row) => Number(row[2]));
    const text = read("k6-0.49.0-out.ndjson");
    const inSeconds = (values: number[]) => values.map((value) => value / 1000);
    expect(inCsv("http_req_duration")).toHaveLength(37);
    expect(samplesOf(measured(text, "http_req_duration"))).toEqual(inSeconds(inCsv("http_req_duration")));
    expect(samplesOf(measured(text, "checkout_duration"))).toEqual(inSeconds(inCsv("checkout_duration")));
    expect(samplesOf(measured(text, "payload_bytes", "payload_bytes"))).toEqual(inCsv("payload_bytes"));
    const scenario = 11;
    expect(samplesOf(measured(text, "vus > browse > GET flaky"))).toEqual(
      inSeconds(inCsv("http_req_duration", scenario, "vus")),
    );
    expect(samplesOf(measured(text, "steady > GET /slow"))).toEqual(
      inSeconds(inCsv("http_req_duration", scenario, "steady")),
    );
    const failed = inCsv("http_req_failed");
    const share = failed.filter((value) => value === 1).length / failed.length;
    expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(single(share));
  });

  it("counts requests a second as k6 does, but for the moments before the first request and after the last", () => {
    const { distribution } = measured(read("k6-0.49.0-out.ndjson"), "http_reqs", "throughput");
    expect((distribution as { value: number }).value).toBeCloseTo(37 / 1.008, 1);
  });

  it.each(files.filter((file) => file.endsWith(".csv")))("%s: every value is the one in k6's third column", (file) => {
    const [, ...rows] = read(file)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const values = (metric: string, keep: (row: string[]) => boolean = () => true) =>
      rows.filter((row) => row[0] === metric && keep(row)).map((row) => Number(row[2]));
    const inSeconds = (milliseconds: number[]) => milliseconds.map((value) => value / 1000);
    const text = read(file);
    const expected = (row: string[]) => row[6] === "true";
    expect(values("http_req_duration", expected).length).toBeGreaterThan(30);
    expect(samplesOf(measured(text, "http_req_duration"))).toEqual(inSeconds(values("http_req_duration", expected)));
    expect(samplesOf(measured(text, "checkout_duration", "checkout_duration"))).toEqual(values("checkout_duration"));
    expect(samplesOf(measured(text, "payload_bytes", "payload_bytes"))).toEqual(values("payload_bytes"));
    expect(samplesOf(measured(text, "vus > browse > GET flaky"))).toEqual(
      inSeconds(values("http_req_duration", (row) => row[11] === "vus" && expected(row))),
    );
    const failed = values("http_req_failed");
    const share = failed.filter((value) => value === 1).length / failed.length;
    expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(single(share));
    expect(names(text)).not.toContain("http_reqs throughput");
  });

  it("reads the same latencies of one run from its points and from its CSV", () => {
    const [points, csv] = ["ndjson", "csv"].map((type) => read(`k6-0.49.0-out.${type}`));
    const requests = names(points!).filter((name) => /http_req_duration latency|> (GET|POST) .* latency/.test(name));
    expect(requests.length).toBeGreaterThan(2);
    for (const name of requests) {
      const benchmark = name.slice(0, -" latency".length);
      expect(samplesOf(measured(csv!, benchmark))).toEqual(samplesOf(measured(points!, benchmark)));
    }
  });

  it("refuses the text that k6 prints for people", () => {
    expect(errorOf(read("k6-1.5.0-console.txt")).message).toMatch(/^1: .*--out json=FILE/);
  });
});

describe("a k6 metric without a name", () => {
  it("is refused, not filed under nothing", () => {
    const summary = JSON.parse(fixture("handle-summary.json"));
    const text = JSON.stringify({ ...summary, metrics: { ...summary.metrics, "": summary.metrics.http_req_duration } });
    expect(() => k6.parse(outputOf(text))).toThrow(GateError);
    expect(() => k6.parse(outputOf(text))).toThrow(/metrics\[""\]: .*a name/);
  });
});

describe("the summary that k6 2 writes unasked", () => {
  it("is the same from --summary-export and from handleSummary, whatever its metadata are called", () => {
    const exported = fixture("machine-readable-export.json");
    const { metadata, ...rest } = JSON.parse(exported);
    expect(round(exported).measurements.length).toBeGreaterThan(5);
    expect(round(exported)).toEqual(round(fixture("machine-readable.json")));
    const camel = { ...rest, metadata: { generatedAt: metadata.generated_at, k6Version: "2.3.0" } };
    expect(k6.recognises(outputOf(JSON.stringify(camel)))).toBe(true);
    expect(round(JSON.stringify(camel))).toEqual(round(exported));
  });
});
