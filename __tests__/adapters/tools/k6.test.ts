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

describe("a summary of k6", () => {
  it("gives http_req_duration with k6's own percentiles of the requests that it expected, and how many these are", () => {
    expect(measured(fixture("summary-export.json"), "http_req_duration")).toEqual({
      benchmark: "http_req_duration",
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: {
        kind: "quantiles",
        quantiles: { "0": 0.0035, "0.5": 0.01, "0.9": 0.034, "0.95": 36.99999999999999 / 1000, "1": 0.04 },
        count: 7,
        mean: 16.214285714285715 / 1000,
      },
      estimator: "interpolated",
    });
  });

  it("has no p99 where k6 was not asked for one: neither the maximum nor p95 stands in", () => {
    expect(Object.keys(quantilesOf(measured(fixture("summary-export.json"), "http_req_duration")))).not.toContain(
      "0.99",
    );
    expect(Object.keys(quantilesOf(measured(fixture("machine-readable.json"), "http_req_duration")))).not.toContain(
      "0.99",
    );
    expect(quantilesOf(measured(fixture("handle-summary.json"), "http_req_duration"))["0.99"]).toBeCloseTo(0.0393, 12);
  });

  it("gives the same run the same numbers in all three shapes", () => {
    const shared = (text: string) =>
      ["0", "0.5", "0.9", "0.95", "1"].map((level) => quantilesOf(measured(text, "http_req_duration"))[level]);
    const [flat, typed, listed] = ["summary-export.json", "handle-summary.json", "machine-readable.json"]
      .map(fixture)
      .map((text) => text.replaceAll("expected_response", "another_tag"));
    expect(shared(typed!)).toEqual(shared(flat!));
    expect(shared(listed!)).toEqual(shared(flat!));
    for (const text of [flat!, typed!, listed!]) {
      expect(measured(text, "http_reqs", "throughput").distribution).toEqual(single(1.75));
      expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(single(0.125));
      expect(measured(text, "http_req_duration").distribution).toMatchObject({ count: 8 });
    }
  });

  it("names submetrics and custom trends as k6 does, and leaves out the parts of a request and what repeats the whole", () => {
    expect(names(fixture("handle-summary.json"))).toEqual([
      "checkout_duration latency",
      "http_req_duration latency",
      "http_req_duration{scenario:steady} latency",
      "http_req_failed error-rate",
      "http_reqs throughput",
      "payload payload",
    ]);
    expect(measured(fixture("handle-summary.json"), "payload", "payload")).toMatchObject({ unit: "B" });
    expect(measured(fixture("summary-export.json"), "http_req_duration{scenario:steady}").distribution).toMatchObject({
      count: 4,
    });
  });

  it("never guesses that a custom trend is a time where the summary does not say so", () => {
    const [flat, typed] = ["summary-export.json", "handle-summary.json"].map(fixture);
    const unnamed = measured(flat!, "checkout_duration", "checkout_duration");
    expect(unnamed).toMatchObject({ unit: "1", distribution: { count: 0, mean: 25 } });
    expect(measured(typed!, "checkout_duration")).toMatchObject({ unit: "s", distribution: { count: 4, mean: 0.025 } });
  });

  it("pays no heed to thresholds, whose true means crossed in one summary and passed in the other", () => {
    for (const name of ["summary-export.json", "handle-summary.json"]) {
      const summary = JSON.parse(fixture(name));
      for (const metric of Object.values<{ thresholds?: unknown }>(summary.metrics)) delete metric.thresholds;
      expect(round(JSON.stringify(summary))).toEqual(round(fixture(name)));
    }
    expect(k6.exitCodes).toMatchObject([0, { code: 99 }]);
  });

  it("reports a submetric that no request matched as a failure, not as a latency of zero", () => {
    expect(round(fixture("handle-summary.json")).failures).toEqual([
      { benchmark: "http_req_duration{scenario:none}", reason: expect.stringMatching(/no request matched/) },
    ]);
  });

  it.each(["summary-export.json", "handle-summary.json", "machine-readable.json"])(
    "reports %s as a failure where every request failed",
    (name) => {
      const failed = fixture(name).replaceAll(/"(value|rate)": 0\.125/g, '"$1": 1');
      expect(round(failed)).toEqual({
        measurements: [],
        failures: [{ benchmark: "*", reason: expect.stringMatching(/^all 8 requests failed/) }],
      });
    },
  );

  it("reports durations that are all zero as a failure, even where k6 does not count failures", () => {
    const summary = JSON.parse(fixture("summary-export.json"));
    delete summary.metrics.http_req_failed;
    summary.metrics.http_req_duration = { avg: 0, min: 0, med: 0, max: 0, "p(90)": 0, "p(95)": 0 };
    expect(round(JSON.stringify(summary)).failures[0]!.benchmark).toBe("*");
  });

  it("takes the iterations of a script that makes no request and has no trend", () => {
    const summary = JSON.parse(fixture("summary-export.json"));
    for (const name of Object.keys(summary.metrics)) if (name !== "iteration_duration") delete summary.metrics[name];
    expect(names(JSON.stringify(summary))).toEqual(["iteration_duration latency"]);
  });

  it("refuses what it cannot measure or read, with the path", () => {
    const broken = fixture("summary-export.json").replace('"count": 8', '"count": "eight"');
    expect(errorOf(broken).message).toMatch(/metrics\["http_reqs"\]\.count: /);
    expect(errorOf('{"metrics":{"vus":{"value":1}},"root_group":{}}').message).toMatch(/no request and no trend/);
    expect(errorOf('{"metrics":{}}').message).toMatch(/not an output of k6/);
    expect(errorOf(fixture("summary-export.json").slice(0, 500)).position.line).toBeGreaterThan(1);
  });
});

describe("the points of k6's --out json", () => {
  const text = fixture("points.ndjson");

  it("give every duration in seconds, as a whole and for each request", () => {
    // The first of them, of 2.5 ms, failed.
    const durations = [3.5, 4.5, 5.5, 10, 20, 30, 40].map((value) => value / 1000);
    expect(samplesOf(measured(text, "http_req_duration"))).toEqual(durations);
    expect(samplesOf(measured(text, "steady > GET /items"))).toEqual(durations.slice(0, 3));
    expect(samplesOf(measured(text, "shop > checkout > POST pay"))).toEqual(durations.slice(3));
    expect(samplesOf(measured(text, "checkout_duration"))).toEqual(durations.slice(3));
    expect(samplesOf(measured(text, "payload", "payload"))).toEqual([512, 512, 512, 512]);
    expect(measured(text, "http_req_duration")).not.toHaveProperty("estimator");
  });

  it("give requests a second and the share that failed, as a whole and for each request", () => {
    expect(measured(text, "http_reqs", "throughput").distribution).toEqual(single(1.75));
    expect(measured(text, "http_req_failed", "error-rate").distribution).toEqual(single(0.125));
    expect(measured(text, "steady > GET /items", "error-rate").distribution).toEqual(single(0.25));
    expect(measured(text, "shop > checkout > POST pay", "error-rate").distribution).toEqual(single(0));
    expect(names(text)).toHaveLength(9);
  });

  it("give only the whole where there is one kind of request, and where there are too many to be kinds", () => {
    const one = text
      .replaceAll('"name":"pay"', '"name":"http://127.0.0.1:39017/items"')
      .replaceAll("::shop::checkout", "");
    const same = one
      .replaceAll('"method":"POST"', '"method":"GET"')
      .replaceAll('"scenario":"steady"', '"scenario":"default"');
    expect(names(same).filter((name) => name.includes("/items"))).toEqual([]);
    const [definitions, points] = [text.split("\n").slice(0, 7), text.split("\n").slice(7, 11)];
    const withIds = (kinds: number) =>
      [
        ...definitions,
        ...Array.from({ length: kinds }, (_, id) =>
          points.map((line) => line.replace("/items", `/items/${id}`)),
        ).flat(),
      ]
        .join("\n")
        .replaceAll('"value":1,"tags":{"expected_response":"false"', '"value":0,"tags":{"expected_response":"true"')
        .replaceAll('"expected_response":"false"', '"expected_response":"true"');
    expect(names(withIds(MOST_REQUESTS)).filter((name) => name.includes("/items/"))).toHaveLength(2 * MOST_REQUESTS);
    expect(names(withIds(MOST_REQUESTS + 1))).toEqual(["http_req_duration latency", "http_req_failed error-rate"]);
    expect(samplesOf(measured(withIds(MOST_REQUESTS + 1), "http_req_duration"))).toHaveLength(MOST_REQUESTS + 1);
  });

  it("report requests that all failed, one kind of them or all", () => {
    const kind = text.replaceAll(
      /("http_req_failed","type":"Point","data":\{[^}]*?)"value":0(,"tags":\{[^}]*"steady")/g,
      '$1"value":1$2',
    );
    expect(round(kind).failures).toEqual([
      { benchmark: "steady > GET /items", reason: expect.stringMatching(/^all 4 requests/) },
    ]);
    expect(names(kind).filter((name) => name.startsWith("steady"))).toEqual([]);
    const all = text.replaceAll(/("http_req_failed","type":"Point","data":\{[^}]*?)"value":0/g, '$1"value":1');
    expect(round(all)).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringMatching(/^all 8 requests/) }],
    });
  });

  it("say which line is cut off, broken, or not k6's", () => {
    const lines = text.trimEnd().split("\n");
    const cut = errorOf(text.slice(0, -20));
    expect(cut).toMatchObject({ problem: "the last line is cut off", position: { line: lines.length } });
    expect(errorOf([...lines.slice(0, 9), '{"metric":', ...lines.slice(9)].join("\n")).position.line).toBe(10);
    expect(errorOf([...lines, '{"type":"Oops","metric":"x","data":{}}'].join("\n"))).toMatchObject({
      position: { line: lines.length + 1, path: "type" },
    });
    expect(errorOf(text.replace('"value":20', '"value":"20"')).message).toMatch(
      /^\d+: data\.value: Expected a finite number/,
    );
    expect(errorOf(lines.slice(7).join("\n"))).toMatchObject({ position: { line: 1, path: "metric" } });
  });

  it("refuse to take two services for one", () => {
    const clash = text.replace(/("value":3\.5,.*)127\.0\.0\.1:39017/, "$1localhost:4000");
    expect(errorOf(clash).message).toMatch(/are both called "steady > GET \/items"\. Give requests .* `name` tag/);
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
    const [cut] = k6.parse({ ...outputOf(text), skip: 2.5 });
    const points = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "Point");
    const at = ({ data }: { data: { time: string } }) => Date.parse(data.time);
    const late = points.filter((point) => at(point) >= at(points[0]) + 2500);
    const expected = late.filter(
      ({ metric, data }) => metric === "http_req_duration" && data.tags.expected_response === "true",
    );
    expect(expected.length).toBeGreaterThan(0);
    const duration = cut!.measurements.find(({ benchmark }) => benchmark === "http_req_duration")!;
    expect(samplesOf(duration)).toEqual(expected.map(({ data }) => data.value / 1000));
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
    for (const name of ["http_req_duration", "steady > GET /items", "shop > checkout > POST pay"]) {
      expect(samplesOf(measured(csv, name))).toEqual(samplesOf(measured(points, name)));
    }
    expect(measured(csv, "checkout_duration", "checkout_duration")).toMatchObject({ unit: "1", better: "lower" });
    expect(names(csv)).not.toContain("http_reqs throughput");
    expect(measured(csv, "http_req_failed", "error-rate").distribution).toEqual(single(0.125));
  });

  it("gives requests a second where its timestamps are finer than seconds", () => {
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
    expect(errorOf(text.replace(",2.500000,", ",fast,")).message).toContain(
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
