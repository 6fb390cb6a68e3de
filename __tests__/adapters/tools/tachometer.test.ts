import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { tachometer } from "../../../src/adapters/tools/tachometer.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

interface Benchmark {
  readonly name: string;
  readonly version?: string;
  readonly samples: readonly number[];
  readonly bytesSent: number;
}

function json(...benchmarks: readonly object[]): string {
  return JSON.stringify({
    benchmarks: benchmarks.map((each) => ({ name: "a", bytesSent: 0, samples: [1], differences: [], ...each })),
  });
}

describe("tachometer", () => {
  it("gives the samples of a measurement in seconds, the value of an expression as it is, and the size of the page once", () => {
    const text = fixture("tachometer/two-measurements.json");
    const [work, heap] = JSON.parse(text).benchmarks as Benchmark[];
    const { measurements } = onlyRound(tachometer, text);
    expect(measurements).toEqual([
      {
        benchmark: "work [work] (chrome)",
        metric: "latency",
        unit: "s",
        better: "lower",
        distribution: { kind: "samples", samples: Float64Array.from(work!.samples, (ms) => ms * 1e-3) },
      },
      {
        benchmark: "work [heap] (chrome)",
        metric: "heap",
        unit: "heap",
        better: "lower",
        distribution: { kind: "samples", samples: Float64Array.from(heap!.samples) },
      },
      {
        benchmark: "work (chrome)",
        metric: "bytes-sent",
        unit: "B",
        better: "lower",
        distribution: { kind: "value", value: work!.bytesSent, exact: true },
      },
    ]);
  });

  it("takes tachometer's own result for milliseconds", () => {
    const measurement = { mode: "expression", expression: "window.tachometerResult", name: "window.tachometerResult" };
    expect(numbersOf(onlyRound(tachometer, json({ measurement })))).toEqual({ a: [1e-3] });
    expect(numbersOf(onlyRound(tachometer, json({ name: "a [window.tachometerResult]" })))).toEqual({
      "a [window.tachometerResult]": [1e-3],
    });
  });

  it.each([
    [json({}, {}), 'Two benchmarks are called "a"'],
    [json({ samples: [] }), "benchmarks[0].samples: A benchmark without samples"],
    [json({ samples: [1, "2"] }), "benchmarks[0].samples[1]: Expected a finite number"],
    [json({ bytesSent: -1 }), "benchmarks[0].bytesSent: Expected a number of at least 0"],
    [json(), "It holds no benchmarks"],
  ])("refuses %#", (text, message) => {
    expect(() => tachometer.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("has two measurements of three versions", () => {
    const text = corpusFile("tachometer/andrewiggins-multi-measure-results.json");
    const benchmarks: Benchmark[] = JSON.parse(text).benchmarks;
    const of = (mark: string, scale: number) =>
      Object.fromEntries(
        benchmarks
          .filter(({ name }) => name.includes(mark))
          .map(({ name, version, samples }) => [`${name} (${version}, chrome)`, samples.map((each) => each * scale)]),
      );
    const round = onlyRound(tachometer, text);
    expect(Object.keys(of("[duration]", 1))).toHaveLength(3);
    expect(numbersOf(round)).toEqual(of("[duration]", 1e-3));
    expect(numbersOf(round, "window.usedJSHeapSize")).toEqual(of("usedJSHeapSize", 1));
    expect(numbersOf(round, "bytes-sent")).toEqual(
      Object.fromEntries(benchmarks.map(({ version, bytesSent }) => [`test_bench (${version}, chrome)`, [bytesSent]])),
    );
  });
});
