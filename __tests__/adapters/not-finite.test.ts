import { describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { benchmarkDotNet } from "../../src/adapters/tools/benchmarkdotnet/benchmarkdotnet.ts";
import { bmf } from "../../src/adapters/tools/bmf.ts";
import { customSmallerIsBetter } from "../../src/adapters/tools/custom-json.ts";
import { googleBenchmark } from "../../src/adapters/tools/google-benchmark/google-benchmark.ts";
import { gungraun } from "../../src/adapters/tools/gungraun/gungraun.ts";
import { jmh } from "../../src/adapters/tools/jmh/jmh.ts";
import { junit } from "../../src/adapters/tools/junit.ts";
import { nanobench } from "../../src/adapters/tools/nanobench.ts";
import { pyperf } from "../../src/adapters/tools/pyperf.ts";
import { pytestBenchmark } from "../../src/adapters/tools/pytest-benchmark.ts";
import { fixture, numbersOf, onlyRound } from "./outputs.ts";

const googleRow = (repetition: number, counters: string) =>
  `{"name": "BM_a", "run_name": "BM_a", "run_type": "iteration", "repetition_index": ${repetition}, "iterations": 10,
    "real_time": 1500.0, "cpu_time": 1400.0, "time_unit": "ns", ${counters}}`;

const dotNet = (metric: string) =>
  `{"HostEnvironmentInfo": {}, "Benchmarks": [{"FullName": "N.B.M", "Statistics": {"Mean": 1, "Skewness": NaN, "OriginalValues": [1500, 1600]},
    "Metrics": [{"Value": ${metric}, "Descriptor": {"Id": "Hits", "UnitType": 0}}, {"Value": 7, "Descriptor": {"Id": "Misses", "UnitType": 0}}]}]}`;

const jmhEntry = (secondary: object) =>
  JSON.stringify([
    {
      benchmark: "B.m",
      mode: "avgt",
      primaryMetric: { score: 2, scoreUnit: "us/op", rawData: [[2, 2]] },
      secondaryMetrics: { hits: secondary, misses: { score: 1, scoreUnit: "#", rawData: [[1, 1]] } },
    },
  ]);

const epoch = (instructions: string) =>
  `{"iterations": 1, "elapsed": 0.5, "instructions": ${instructions}, "cpucycles": 7}`;
const nanobenchOf = (instructions: string) =>
  `{"results": [{"title": "t", "name": "a", "unit": "op", "median(elapsed)": 0.5, "measurements": [${epoch("5")}, ${epoch(instructions)}]}]}`;

const summary = (rate: string) =>
  `{"baselines":[null,null],"version":"6","module_path":"b::g::f","id":null,"profiles":[{"tool":"Callgrind","summaries":{"total":{"summary":{"Callgrind":{"Ir":{"metrics":{"Left":{"Int":7}}},"L1HitRate":{"metrics":{"Left":{"Float":${rate}}}}}}}}}]}\n`;

describe("a counter that is no number", () => {
  it.each<[string, Adapter, string, string, readonly string[]]>([
    [
      "a counter of Google Benchmark in one of its repetitions",
      googleBenchmark,
      `{"benchmarks": [${googleRow(0, '"hits": 0.5, "misses": 1')}, ${googleRow(1, '"hits": -Infinity, "misses": 1')}]}`,
      "Its hits is -Infinity, and left out",
      ["latency", "cpu-time", "misses"],
    ],
    [
      "a diagnoser's of BenchmarkDotNet",
      benchmarkDotNet,
      dotNet("NaN"),
      "Its Hits is NaN, and left out",
      ["latency", "Misses"],
    ],
    [
      "an iteration's of JMH",
      jmh,
      jmhEntry({ score: 1, scoreUnit: "#", rawData: [[1, "NaN"]] }),
      "Its hits is NaN, and left out",
      ["latency", "misses"],
    ],
    [
      "a score's of JMH",
      jmh,
      jmhEntry({ score: "+INF", scoreUnit: "#" }),
      "Its hits is +INF, and left out",
      ["latency", "misses"],
    ],
    [
      "one of nanobench",
      nanobench,
      nanobenchOf("-nan"),
      "Its instructions is NaN, and left out",
      ["latency", "cycles"],
    ],
    [
      "a rate of nothing of Gungraun",
      gungraun,
      summary("null"),
      "Its L1 Hit Rate is no number, and left out",
      ["instructions"],
    ],
    [
      "a measure of Bencher's",
      bmf,
      '{"a": {"latency": {"value": 5}, "hits": {"value": NaN}}}',
      "Its hits is NaN, and left out",
      ["latency"],
    ],
  ])("%s costs that counter, and a note says so", (_, adapter, text, sentence, metrics) => {
    const { measurements, failures, notes } = onlyRound(adapter, text);
    expect(measurements.map(({ metric }) => metric)).toEqual(metrics);
    expect(failures).toEqual([]);
    expect(notes).toMatchObject([{ benchmark: measurements[0]!.benchmark, sentence }]);
    expect(adapter.recognises(outputOf(text))).toBe(true);
  });

  it.each<[string, Adapter, string]>([
    ["the time of JMH", jmh, jmhEntry({ score: 1, scoreUnit: "#" }).replace("[[2,2]]", '[[2,"NaN"]]')],
    ["the latency of Bencher's format", bmf, '{"a": {"latency": {"value": NaN}, "hits": {"value": 1}}}'],
    ["the only number of a custom entry", customSmallerIsBetter, '[{"name": "a", "unit": "ms", "value": NaN}]'],
  ])("%s costs the benchmark", (_, adapter, text) => {
    const { failures, notes } = onlyRound(adapter, text);
    expect(failures).toHaveLength(1);
    expect(failures[0]!.reason).toMatch(/NaN/);
    expect(notes).toBeUndefined();
  });
});

describe("NaN where nobody reads it", () => {
  it.each<[string, Adapter, string, string]>([
    ["pytest-benchmark's extra_info", pytestBenchmark, "pytest-benchmark/data.json", '"extra_info": {}'],
    ["pyperf's metadata", pyperf, "pyperf/script.json", '"metadata":{'],
  ])("in %s changes nothing", (_, adapter, file, place) => {
    const text = fixture(file);
    const more = place.endsWith("{}") ? `${place.slice(0, -1)}"ratio": NaN, "x": -Infinity}` : `${place}"ratio": NaN, `;
    expect(text).toContain(place);
    const odd = text.replaceAll(place, more);
    expect(adapter.parse(outputOf(odd))).toEqual(adapter.parse(outputOf(text)));
    expect(adapter.recognises(outputOf(odd))).toBe(true);
  });

  it("in a value that is needed is refused with its path", () => {
    const text = fixture("pytest-benchmark/data.json").replace(/"data": \[\s*[\d.e-]+/, '"data": [NaN');
    expect(() => pytestBenchmark.parse(outputOf(text))).toThrow(
      /^benchmarks\[0\]\.stats\.data\[0\]: Expected a finite number, found NaN/,
    );
  });
});

it("a zero with a sign is a zero", () => {
  const json = '[{"name": "a", "unit": "ms", "value": -0}, {"name": "b", "unit": "ms", "value": "-0"}]';
  for (const values of Object.values(numbersOf(onlyRound(customSmallerIsBetter, json))))
    expect(values.map(Math.abs)).toEqual([0]);
  const xml = '<testsuite name="s"><testcase name="a" time="-0.000"/></testsuite>';
  expect(numbersOf(onlyRound(junit, xml))).toEqual({ "s > a": [0] });
});
