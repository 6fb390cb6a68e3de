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

describe("a run of autocannon by --amount", () => {
  /** A run whose samples and requests are these, and that left `open` requests unanswered. */
  const run = (samples: number, average: number, open: number) =>
    changed("ok.json", (result) => {
      Object.assign(result, { samples, connections: 4 });
      Object.assign(result.requests!, { average, total: average * samples, sent: average * samples + open });
      Object.assign(result.latency!, { totalCount: average * samples });
    });
  const throughputOf = (text: string) => round(text).measurements.find(({ metric }) => metric === "throughput");

  it("has no throughput where a second more or less would be another one, and says so", () => {
    for (const [samples, words] of [
      [1, "one sample"],
      [2, "2 samples"],
      [9, "9 samples"],
    ] as const) {
      const { measurements, notes } = round(run(samples, 300, 0));
      expect(measurements.map(({ metric }) => metric)).toEqual(["latency", "error-rate"]);
      expect(notes).toMatchObject([{ benchmark: "/slow", remedy: "run autocannon with --duration" }]);
      expect(notes![0]!.sentence).toContain(`it rests on ${words} of a second`);
    }
  });

  it("tells how coarse its throughput is where there are more seconds", () => {
    expect(throughputOf(run(21, 300, 0))).toMatchObject({ distribution: { value: 300 }, resolution: 15 });
  });

  it("is told from one by --duration, which leaves requests under way", () => {
    for (const samples of [1, 2, 30]) {
      const throughput = throughputOf(run(samples, 300, 4));
      expect(throughput).toMatchObject({ distribution: { value: 300 } });
      expect(throughput!.resolution).toBeUndefined();
    }
  });
});

describe("two results of autocannon", () => {
  const warmup = changed("ok.json", (result) => Object.assign(result, { connections: 1, samples: 1 }));

  it("are a warm-up and the run, whatever stands around them", () => {
    const text = `\n${warmup}\nready\n${fixture("ok.json")}done\n`;
    expect(autocannon.recognises(outputOf(text))).toBe(true);
    expect(autocannon.parse(outputOf(text))).toEqual(autocannon.parse(outputOf(fixture("ok.json"))));
  });

  it("of the same kind are taken for that with a note", () => {
    const { notes, ...rest } = round(`${fixture("ok.json")}\n${fixture("ok.json")}`);
    expect(rest).toEqual(round(fixture("ok.json")));
    expect(notes).toMatchObject([
      { benchmark: "/slow", sentence: expect.stringMatching(/^The first of two equal results/) },
    ]);
  });

  it("of two services, and more than two, are refused", () => {
    const other = changed("ok.json", (result) => Object.assign(result, { url: "http://127.0.0.1:1/other" }));
    for (const text of [`${other}\n${fixture("ok.json")}`, `${warmup}\n${warmup}\n${fixture("ok.json")}`])
      expect(() => round(text)).toThrow(/It holds \d results\. Give each run of autocannon a file of its own/);
  });
});

describe("autocannon's JSON", () => {
  it("gives its percentiles in seconds, requests a second and the share of failures", () => {
    const common = { benchmark: "/slow", loadModel: "closed" };
    const { latency, requests } = JSON.parse(fixture("ok.json"));
    const printed = Object.keys(latency).filter((key) => /^p\d/.test(key));
    const quantiles = {
      ...Object.fromEntries(
        printed.map((key) => [
          String(Number((Number(key.slice(1).replace("_", ".")) / 100).toPrecision(12))).replace("1e-5", "0.00001"),
          latency[key] / 1000,
        ]),
      ),
      "0": latency.min / 1000,
      "1": latency.max / 1000,
    };
    expect(printed).toHaveLength(15);
    expect(round(fixture("ok.json"))).toEqual({
      measurements: [
        {
          ...common,
          metric: "latency",
          unit: "s",
          better: "lower",
          distribution: {
            kind: "quantiles",
            quantiles,
            count: latency.totalCount,
            mean: latency.average / 1000,
          },
          estimator: "hdr",
          resolution: 0.001,
        },
        {
          ...common,
          metric: "throughput",
          unit: "1/s",
          better: "higher",
          distribution: { kind: "value", value: requests.average, exact: false },
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
    [
      "refused.json",
      /^all \d+ requests failed \(\d+ errors\): check that the server is up at http:\/\/127\.0\.0\.1:\d+\/$/,
    ],
    [
      "all-404.json",
      /^all 50 requests failed \(50 4xx\): check that the server is up at http:\/\/127\.0\.0\.1:\d+\/gone$/,
    ],
  ])("reports %s, where every request failed, as a failure without a latency", (name, reason) => {
    expect(round(fixture(name))).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringMatching(reason) }],
    });
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
      /^latency\.totalCount: The histogram holds 1\d\d latencies of 100 answers: what autocannon adds for a rate is not to be trusted\. Run it with -C/,
    );
  });

  it("keeps the ends outside the percentiles, though the printed minimum passes over zeros", () => {
    const quantiles = (text: string) =>
      (round(text).measurements[0]!.distribution as { quantiles: Record<string, number> }).quantiles;
    expect(JSON.parse(fixture("non2xx.json")).latency.min).toBe(1);
    expect(quantiles(fixture("non2xx.json"))).toMatchObject({
      "0": 0,
      "0.5": 0,
      "1": JSON.parse(fixture("non2xx.json")).latency.max / 1000,
    });
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
      const { measurements, failures, notes } = round(text);
      const found = (pattern: RegExp) => Number(pattern.exec(text)![1]);
      if (found(/"2xx":(\d+)/) === 0) {
        expect(failures.map(({ benchmark }) => benchmark)).toEqual(["*"]);
        return expect(measurements).toEqual([]);
      }
      const of = (metric: string) => measurements.find((each) => each.metric === metric)?.distribution;
      const [latency, throughput, errorRate] = [of("latency"), of("throughput"), of("error-rate")];
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
      if (found(/"sent":(\d+)/) > found(/"requests":\{[^}]*"total":(\d+)/))
        expect(throughput).toMatchObject({ value: found(/"requests":\{"average":([\d.]+)/) });
      else
        expect([throughput, notes]).toMatchObject([
          undefined,
          expect.arrayContaining([
            expect.objectContaining({ sentence: expect.stringMatching(/^Its throughput is left out/) }),
          ]),
        ]);
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
