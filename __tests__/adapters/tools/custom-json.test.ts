import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { readUnit } from "../../../src/adapters/reading/unit-words.ts";
import { selectAdapter } from "../../../src/adapters/select.ts";
import { customBiggerIsBetter, customSmallerIsBetter } from "../../../src/adapters/tools/custom-json.ts";
import { corpusFile, fixture, hasCorpus, onlyRound } from "../outputs.ts";

/** Name, metric, unit, direction and value of everything in a text. */
function rowsOf(adapter: typeof customSmallerIsBetter, text: string): unknown[] {
  return onlyRound(adapter, text).measurements.map(({ benchmark, metric, unit, better, distribution }) => [
    benchmark,
    metric,
    unit,
    better,
    (distribution as { value: number }).value,
  ]);
}

describe("the custom formats of github-action-benchmark", () => {
  it("make units that are known canonical, and name other metrics by their unit", () => {
    expect(rowsOf(customSmallerIsBetter, fixture("customSmallerIsBetter/entries.json"))).toEqual([
      ["parse", "latency", "s", "lower", 12.5 * 1e-3],
      ["heap", "memory", "B", "lower", 99.71 * 1e6],
      ["load", "Percent", "1", "lower", 0.5],
      ["depth", "levels", "levels", "lower", 7],
      ["ratio", "MB", "B", "higher", 3e6],
    ]);
    expect(rowsOf(customBiggerIsBetter, fixture("customBiggerIsBetter/entries.json"))).toEqual([
      ["requests", "throughput", "1/s", "higher", 70],
      ["free", "MB", "B", "higher", 150e6],
      ["score", "points", "points", "higher", 31.5],
    ]);
  });

  it("cannot be told apart, so both are named", () => {
    expect(() => selectAdapter("auto", outputOf(fixture("customBiggerIsBetter/entries.json")))).toThrow(
      "More than one tool could have written this output. Name the tool: customSmallerIsBetter, customBiggerIsBetter",
    );
  });

  it.each([
    ['[{"name":"a","unit":"s","value":"fast"}]', '[0].value: Expected a finite number, found the text "fast"'],
    ['[{"name":"a","unit":"s","value":1e999}]', "[0].value: Expected a finite number"],
    ['[{"name":"a","value":1}]', "[0].unit: Expected a text, found nothing"],
    ['[{"unit":"s","value":1}]', "[0].name: Expected a text, found nothing"],
    ['[{"name":"a","unit":"s","value":1},{"name":"a","unit":"ms","value":1}]', 'Two benchmarks are called "a"'],
    ["[]", "It holds no benchmarks"],
  ])("refuse %j", (text, message) => {
    expect(() => customSmallerIsBetter.parse(outputOf(text))).toThrow(message);
  });
});

describe("a unit of a user's own", () => {
  it.each([
    ["ns/iter", "s", 1e-9],
    ["\u00b5s/op", "s", 1e-6],
    ["Milliseconds", "s", 1e-3],
    ["MiB", "B", 1024 ** 2],
    ["MB/s", "B/s", 1e6],
    ["ops/sec", "1/s", 1],
    ["%", "1", 0.01],
  ])("%s is known", (text, unit, scale) => {
    expect(readUnit(text)).toMatchObject({ unit, scale });
  });

  it.each(["Mb", "mb", "ops", "MS", "points", "ops/s/op", "", "constructor", "x/op"])(
    "%j is not guessed at",
    (text) => {
      expect(readUnit(text)).toBeNull();
    },
  );
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("has all four with the numbers that stand in them", () => {
    expect(rowsOf(customBiggerIsBetter, corpusFile("custom-gha/gha-customBiggerIsBetter.json"))).toEqual([
      ["My Custom Bigger Is Better Benchmark - Throughput", "throughput", "1/s", "higher", 70],
      ["My Custom Bigger Is Better Benchmark - Free Memory", "Megabytes", "B", "higher", 150e6],
    ]);
    expect(rowsOf(customSmallerIsBetter, corpusFile("custom-gha/gha-customSmallerIsBetter.json"))).toEqual([
      ["My Custom Smaller Is Better Benchmark - CPU Load", "Percent", "1", "lower", 0.5],
      ["My Custom Smaller Is Better Benchmark - Memory Used", "memory", "B", "lower", 100e6],
    ]);
    const nanoseconds = JSON.parse(corpusFile("custom-gha/gha-customSmallerIsBetter2.json"));
    expect(rowsOf(customSmallerIsBetter, corpusFile("custom-gha/gha-customSmallerIsBetter2.json"))).toEqual(
      nanoseconds.map(({ name, value }: { name: string; value: number }) => [
        name,
        "latency",
        "s",
        "lower",
        value * 1e-9,
      ]),
    );
    expect(rowsOf(customSmallerIsBetter, corpusFile("custom-gha/openpgpjs-raw_output.json"))).toEqual([
      ["empty test (baseline)", "memory", "B", "lower", 63.72 * 1e6],
      ["openpgp.encrypt/decrypt (CFB, binary)", "memory", "B", "lower", 99.71 * 1e6],
    ]);
  });

  it("has one whose entries tell their direction, which `auto` takes", () => {
    expect(selectAdapter("auto", outputOf(corpusFile("custom-gha/openpgpjs-raw_output.json"))).name).toBe(
      "customSmallerIsBetter",
    );
  });
});
