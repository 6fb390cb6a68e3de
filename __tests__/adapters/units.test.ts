import { describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { asv } from "../../src/adapters/tools/asv/asv.ts";
import { criterion } from "../../src/adapters/tools/criterion/criterion.ts";
import { customBiggerIsBetter, customSmallerIsBetter } from "../../src/adapters/tools/custom-json.ts";
import { dart } from "../../src/adapters/tools/dart.ts";
import { divan } from "../../src/adapters/tools/divan/divan.ts";
import { goBench } from "../../src/adapters/tools/go/go.ts";
import { jmh } from "../../src/adapters/tools/jmh/jmh.ts";
import { libtest } from "../../src/adapters/tools/libtest.ts";
import { vegeta } from "../../src/adapters/tools/vegeta/vegeta.ts";
import { fixture, onlyRound } from "./outputs.ts";

/** An output with a time in microseconds, of every format that writes units and any sign for them. */
const WITH_UNIT: readonly (readonly [name: string, adapter: Adapter, text: (unit: string) => string])[] = [
  ["Criterion", criterion, (unit) => `g/b                     time:   [4.0 ${unit} 4.05 ${unit} 4.1 ${unit}]\n`],
  [
    "cargo criterion",
    criterion,
    (unit) =>
      `${JSON.stringify({ reason: "benchmark-complete", id: "a", iteration_count: [2], measured_values: [8.1], unit })}\n`,
  ],
  ["libtest", libtest, (unit) => `test a ... bench:       4.05 ${unit}/iter (+/- 7)\n`],
  [
    "Divan",
    divan,
    (unit) =>
      `speed             fastest       │ slowest       │ median        │ mean          │ samples │ iters\n╰─ a              4.05 ${unit}       │ 4.05 ${unit}       │ 4.05 ${unit}       │ 4.05 ${unit}       │ 20      │ 160\n`,
  ],
  ["custom JSON", customSmallerIsBetter, (unit) => JSON.stringify([{ name: "a", unit, value: 4.05 }])],
  ["a Go unit", goBench, (unit) => `BenchmarkA-2 \t 10\t 4.05 p99-${unit}\n`],
  ["Dart", dart, (unit) => `A(RunTime): 4.05 ${unit}.\n`],
  ["vegeta", vegeta, (unit) => fixture("vegeta/report.txt").replaceAll("\u00b5s", unit)],
];

describe("a micro sign that a console mangled", () => {
  it.each(WITH_UNIT)("is read as one in the output of %s", (_, adapter, text) => {
    const whole = adapter.parse(outputOf(text("\u00b5s")));
    for (const form of ["\u252c\u2561s", "\u00c2\u00b5s", "\u788cs"])
      expect(adapter.parse(outputOf(text(form)))).toEqual(whole);
    for (const form of ["\u256c\u255ds", "\u00ce\u00bcs"])
      expect(adapter.parse(outputOf(text(form)))).toEqual(adapter.parse(outputOf(text("\u03bcs"))));
  });

  it.each(WITH_UNIT)("and that is lost is refused with its place in the output of %s", (_, adapter, text) => {
    for (const form of ["?s", "\ufffds"]) {
      if (text(form) === text("\u00b5s")) throw new Error("The text holds no unit");
      expect(() => adapter.parse(outputOf(text(form)))).toThrow(/^(?:\d+|\[0\]\.unit): /);
    }
  });
});

describe("a number without a unit", () => {
  it("is a ratio or a count", () => {
    const text = JSON.stringify([
      { name: "hits", unit: "", value: 0.5 },
      { name: "parts", unit: " ", value: "7" },
      { name: "t", unit: "ms", value: 3 },
    ]);
    for (const [adapter, better] of [
      [customSmallerIsBetter, "lower"] as const,
      [customBiggerIsBetter, "higher"] as const,
    ])
      expect(onlyRound(adapter, text).measurements.slice(0, 2)).toMatchObject([
        { benchmark: "hits", metric: "value", unit: "1", better, distribution: { value: 0.5 } },
        { benchmark: "parts", metric: "value", unit: "1", better, distribution: { value: 7 } },
      ]);
  });

  it("is one in a custom measurement of Criterion as well", () => {
    const text = '{"reason":"benchmark-complete","id":"a","iteration_count":[1],"measured_values":[7],"unit":""}\n';
    expect(onlyRound(criterion, text).measurements).toMatchObject([{ metric: "value", unit: "1" }]);
  });
});

describe("a unit in kotlinx-benchmark's words", () => {
  const entry = (mode: string, scoreUnit: string, value: number) =>
    JSON.stringify([
      {
        benchmark: "demo.join",
        mode,
        primaryMetric: { score: value, scoreUnit, rawData: [[value, value]] },
        secondaryMetrics: {},
      },
    ]);

  it.each([
    ["thrpt", "ops/sec", "throughput", 20],
    ["thrpt", "ops/ms", "throughput", 20_000],
    ["thrpt", "ops/min", "throughput", 20 / 60],
    ["avgt", "sec/op", "latency", 20],
    ["avgt", "us/op", "latency", 20e-6],
  ])("of %s, %s, is what JMH's is", (mode, unit, metric, value) => {
    const [measured] = onlyRound(jmh, entry(mode, unit, 20)).measurements;
    expect(measured).toMatchObject({ metric });
    const { distribution } = measured!;
    expect(distribution.kind === "samples" && distribution.samples[0]).toBeCloseTo(value, 9);
  });
});

describe("a tracked unit of asv", () => {
  it("that lost its first sign is refused with its path", () => {
    const results = JSON.stringify({
      commit_hash: "a",
      results: { "b.track_t": [[4.05], []] },
      result_columns: ["result", "params"],
    });
    const definitions = (unit: string) => JSON.stringify({ "b.track_t": { code: "", param_names: [], unit } });
    const parse = (unit: string) =>
      asv.folder!.parse(
        new Map([
          ["benchmarks.json", definitions(unit)],
          ["m/c-env.json", results],
        ]),
      )[0]!.measurements;
    expect(parse("\u252c\u2561s")).toMatchObject([
      { metric: "track", unit: "s", distribution: { value: 4.05 * 1e-6 } },
    ]);
    expect(() => parse("?s")).toThrow(/results\["b\.track_t"\]: "\?s" is a unit whose first sign is lost/);
  });
});
