import { describe, expect, it } from "vitest";
import { nighthawk } from "../../../src/adapters/tools/nighthawk.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const OPEN = fixture("nighthawk/open-loop.json");

function changed(change: (global: Record<string, unknown>, output: Record<string, unknown>) => void): string {
  const output = JSON.parse(OPEN);
  change(output.results[0], output);
  return JSON.stringify(output);
}

describe("Nighthawk's JSON", () => {
  it("gives every statistic of all workers together, throughput and error rate from the counters", () => {
    const round = onlyRound(nighthawk, OPEN);
    expect(round.measurements.map(({ benchmark, metric, unit }) => [benchmark, metric, unit])).toEqual([
      ["benchmark_http_client.request_to_response", "latency", "s"],
      ["benchmark_http_client.response_body_size", "benchmark_http_client.response_body_size", "B"],
      ["benchmark_http_client", "throughput", "1/s"],
      ["benchmark_http_client", "error-rate", "1"],
    ]);
    expect(round.measurements[0]).toMatchObject({
      estimator: "hdr",
      loadModel: "open",
      distribution: {
        quantiles: { "0": 0.0009, "0.5": 0.0021, "0.9": 0.004, "0.990625": 0.0081, "1": 0.0081 },
        count: 100,
        mean: 0.0025,
      },
    });
    expect(measured(round, "benchmark_http_client", "throughput").distribution).toEqual(single(98 / 2));
    expect(measured(round, "benchmark_http_client", "error-rate").distribution).toEqual(single(2 / 100));
  });

  it("has no p99, which is not among the steps that Nighthawk prints", () => {
    const { distribution } = onlyRound(nighthawk, OPEN).measurements[0]!;
    expect(Object.keys((distribution as { quantiles: object }).quantiles)).not.toContain("0.99");
  });

  it("is a closed load without --open-loop", () => {
    const text = changed((_, output) => Object.assign(output, { options: {} }));
    expect(onlyRound(nighthawk, text).measurements[0]!.loadModel).toBe("closed");
  });

  it("reports a run whose requests all failed as a failure without a latency", () => {
    const text = changed((global) => {
      global.counters = [{ name: "benchmark.pool_connection_failure", value: "5" }, { name: "benchmark.http_2xx" }];
    });
    const { measurements, failures } = onlyRound(nighthawk, text);
    expect(measurements).toEqual([]);
    expect(failures).toEqual([{ benchmark: "*", reason: expect.stringContaining("all 5 requests failed") }]);
  });

  it.each([
    [
      /^results\[0\]\.statistics\[0\]\.percentiles\[1\]\.duration: Expected a duration/,
      OPEN.replace('"0.002100s"', '"2.1 ms"'),
    ],
    [
      /^results\[0\]\.counters\[0\]\.value: /,
      OPEN.replace('"98"\n        }', '"x"\n        }').replace('"value": "98"', '"value": "x"'),
    ],
    [/^results: Expected a result called "global"/, OPEN.replace('"global"', '"worker_0"')],
    [/^1: This is not Nighthawk's JSON\. Run nighthawk_client with --output-format json/, "{}"],
  ])("refuses with %s", (message, text) => {
    expect(refusal(nighthawk, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("Nighthawk's outputs in the corpus", () => {
  const files = corpus("nighthawk");

  it.each(files.filter(({ file }) => file.endsWith(".json")))("$file: every number stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["nighthawk"]);
    const round = onlyRound(nighthawk, text);
    const own = text.slice(text.indexOf('"name": "global"')).split('"counters"')[0]!;
    const blocks = own.split(/\n {5}"count": /).slice(1);
    const counted = blocks.filter((block) => !block.startsWith('"0"'));
    expect(round.measurements).toHaveLength(counted.length);
    for (const [i, block] of counted.entries()) {
      const { benchmark, distribution } = round.measurements[i]!;
      if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
      expect(benchmark).toBe(/"id": "([^"]+)"/.exec(block)![1]);
      expect(distribution.count).toBe(Number(/^"(\d+)"/.exec(block)![1]));
      expect(distribution.mean).toBe(Number(/"(?:raw_)?mean": "?([\d.]+)/.exec(block)![1]));
      const steps = [
        ...block.matchAll(/"percentile": ([\d.]+),\s+"count": "\d+",\s+"(?:duration|raw_value)": "?([\d.]+)/g),
      ];
      for (const [, level, value] of steps) expect(distribution.quantiles[level!]).toBe(Number(value));
      expect(distribution.quantiles["0"]).toBe(Number(/"(?:raw_)?min": "([\d.]+)/.exec(block)![1]));
      expect(distribution.quantiles["1"]).toBe(Number(/"(?:raw_)?max": "([\d.]+)/.exec(block)![1]));
    }
  });

  it.each(files.filter(({ file }) => file.endsWith(".csv")))("$file is refused with the option to use", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["nighthawk"]);
    expect(refusal(nighthawk, text).message).toMatch(/^1: .*--output-format json$/);
  });
});
