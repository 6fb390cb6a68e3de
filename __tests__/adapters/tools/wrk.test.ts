import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { wrk } from "../../../src/adapters/tools/wrk.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(wrk, fixture(`wrk/${file}`));

const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1 };

/** What an output itself prints, read without the adapter. */
function printed(file: string) {
  const text = fixture(`wrk/${file}`);
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  const time = (value: string, unit: string) => expect.closeTo(Number(value) * SECONDS[unit]!, 12);
  const percentiles = [...text.matchAll(/^ +(\d\d)% +([\d.]+)(us|ms|s) *$/gm)];
  const [, mean, meanUnit, max, maxUnit] =
    /Latency +([\d.]+)(us|ms|s) +[\d.]+(?:us|ms|s) +([\d.]+)(us|ms|s)/.exec(text) ?? [];
  return {
    quantiles: {
      ...Object.fromEntries(
        percentiles.map(([, percent, value, unit]) => [String(Number(percent) / 100), time(value!, unit!)]),
      ),
      "1": time(max!, maxUnit!),
    },
    mean: time(mean!, meanUnit!),
    requests: number(/(\d+) requests in/),
    rate: number(/Requests\/sec: +([\d.]+)/),
    bad: number(/Non-2xx or 3xx responses: (\d+)/),
    broken: [...(/Socket errors: (.*)/.exec(text)?.[1] ?? "").matchAll(/\d+/g)].reduce((sum, n) => sum + Number(n), 0),
  };
}

describe("wrk", () => {
  it.each(["latency.txt", "interrupted.txt"])(
    "gives its four percentiles with the number of requests that they rest on: %s",
    (file) => {
      const common = { benchmark: "/slow", loadModel: "closed" };
      const { quantiles, requests, mean, rate } = printed(file);
      expect(Object.keys(quantiles)).toHaveLength(5);
      expect(read(file)).toEqual({
        measurements: [
          {
            ...common,
            ...{ metric: "latency", unit: "s", better: "lower", estimator: "nearest-rank", resolution: 0.00001 },
            distribution: { kind: "quantiles", quantiles, count: requests, mean },
          },
          { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(rate) },
          { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(0) },
        ],
        failures: [],
      });
    },
  );

  it("has no percentile without --latency, and puts neither mean nor maximum in its place", () => {
    const { quantiles, requests, mean } = printed("plain.txt");
    expect(Object.keys(quantiles)).toEqual(["1"]);
    const { distribution } = measured(read("plain.txt"), "/", "latency");
    expect(distribution).toEqual({ kind: "quantiles", quantiles, count: requests, mean });
  });

  it("never claims to resolve less than the microsecond that wrk counts in", () => {
    expect(measured(read("flaky.txt"), "/flaky", "latency").resolution).toBe(1e-6);
  });

  it("counts statuses outside 200-399 and broken connections as failures", () => {
    const [flaky, cut] = [printed("flaky.txt"), printed("broken-connections.txt")];
    expect(flaky.bad / flaky.requests).toBeCloseTo(1 / 20, 2);
    expect(measured(read("flaky.txt"), "/flaky", "error-rate").distribution).toEqual(
      single(flaky.bad / flaky.requests),
    );
    expect(cut.broken).toBeGreaterThan(0);
    expect(measured(read("broken-connections.txt"), "/cut", "error-rate").distribution).toEqual(
      single(cut.broken / (cut.requests + cut.broken)),
    );
  });

  it.each([
    ["all-500.txt", `all ${printed("all-500.txt").requests} requests failed (${printed("all-500.txt").bad} status)`],
    ["no-answer.txt", "wrk got no answer to any request"],
  ])("reports %s as a failure without a latency", (file, reason) => {
    const { measurements, failures } = read(file);
    expect(measurements).toEqual([]);
    expect(failures).toEqual([{ benchmark: "*", reason: expect.stringContaining(reason) }]);
  });

  it("makes a round of every run in a file, since each was a process", () => {
    const rounds = wrk.parse(outputOf(fixture("wrk/latency.txt").repeat(3)));
    expect(rounds).toHaveLength(3);
    expect(rounds[2]).toEqual(read("latency.txt"));
  });

  it("leaves out what the script prints before and after, and refuses what it prints in between", () => {
    const text = fixture("wrk/latency.txt");
    expect(onlyRound(wrk, `hello\n${text}{"p99":1}\n`)).toEqual(read("latency.txt"));
    const mixed = text.replace(/^ {2}\d+ requests/m, "got 200\n$&");
    expect(refusal(wrk, mixed).message).toMatch(/^11: wrk does not print this line: got 200\. .*stderr$/);
  });

  it.each([
    [/^1: This is not output of wrk/, ""],
    [/^1: The output is cut short/, fixture("wrk/latency.txt").slice(0, 200)],
    [/^7: "[\d.]+xx" is not a time/, fixture("wrk/latency.txt").replace(/^( +50% +[\d.]+)ms/m, "$1xx")],
    [/^1: This is not output of wrk/, fixture("wrk/unread-refused.txt")],
    [/^1: .* no line for its requests/, fixture("wrk/latency.txt").replace(/^.*requests in.*\n/m, "")],
  ])("refuses with %s", (message, text) => {
    expect(refusal(wrk, text).message).toMatch(message);
  });
});

describe("wrk2", () => {
  it("is an open load, whose percentiles rest on the requests after its calibration", () => {
    const { distribution, loadModel, estimator } = measured(read("wrk2.txt"), "/slow", "latency");
    expect({ loadModel, estimator }).toEqual({ loadModel: "open", estimator: "hdr" });
    expect(distribution).toMatchObject({
      count: 396,
      quantiles: { "0.5": 0.01262, "0.99": 0.02269, "0.999": 0.02377 },
    });
  });

  it("takes the corrected block where -U prints a second one", () => {
    const { distribution } = measured(read("wrk2-uncorrected.txt"), "/slow", "latency");
    expect(distribution).toMatchObject({ quantiles: { "0.5": 0.01304, "0.99": 0.02272 } });
  });
});

describe.skipIf(!hasCorpus)("wrk's and wrk2's outputs in the corpus", () => {
  const files = [...corpus("wrk"), ...corpus("wrk2")];
  const SCALE: Readonly<Record<string, number>> = { us: 1e6, ms: 1e3, s: 1 };

  it.each(files)("$file: every number stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["wrk"]);
    const path = /@ http:\/\/[^/]+(\S+)/.exec(text)![1]!;
    const round = onlyRound(wrk, text);
    const { distribution } = measured(round, path, "latency");
    if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
    const printed = [...text.split("Uncorrected")[0]!.matchAll(/^ +([\d.]+)% +([\d.]+)(us|ms|s) *$/gm)];
    expect(printed.length).toBeGreaterThanOrEqual(4);
    for (const [, percent, value, unit] of printed) {
      const level = String(Number((Number(percent) / 100).toFixed(8)));
      expect(distribution.quantiles[level]).toBeCloseTo(Number(value) / SCALE[unit!]!, 12);
    }
    const requests = Number(/(\d+) requests in/.exec(text)![1]);
    expect(distribution.count).toBe(Number(/Total count += +(\d+)/.exec(text)?.[1] ?? requests));
    const rate = Number(/Requests\/sec: +([\d.]+)/.exec(text)![1]);
    const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
    expect(measured(round, path, "throughput").distribution).toMatchObject({
      value: expect.closeTo(rate * ((requests - bad) / requests), 6),
    });
    expect(measured(round, path, "error-rate").distribution).toEqual(single(bad / requests));
    const successes = bad === 0 ? rate : (rate * (requests - bad)) / requests;
    expect(measured(round, path, "throughput").distribution).toEqual(single(successes));
  });
});
