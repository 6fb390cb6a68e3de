import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { benchgate } from "../../../src/adapters/tools/benchgate.ts";

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/benchgate/${name}`, import.meta.url), "utf8");
const parse = (text: string) => benchgate.parse(outputOf(text));

describe("a program that prints a recording", () => {
  it("gives one round for each of its rounds, from schema and rounds alone", () => {
    const plain = { benchmark: "json", metric: "latency", unit: "s", better: "lower" };
    expect(parse(fixture("minimal.json"))).toEqual([
      {
        measurements: [
          { ...plain, distribution: { kind: "samples", samples: Float64Array.of(0.0012, 0.0013, 0.0011) } },
        ],
        failures: [],
      },
      {
        measurements: [{ ...plain, distribution: { kind: "samples", samples: Float64Array.of(0.0014, 0.0012) } }],
        failures: [],
      },
    ]);
  });

  it("keeps everything but the suites and the failures' output", () => {
    const [round, ...others] = parse(fixture("full.json"));
    expect(others).toEqual([]);
    expect(round!.failures).toEqual([{ benchmark: "POST /", reason: "all 40 requests failed" }]);
    expect(round!.measurements.map((measurement) => Object.hasOwn(measurement, "suite"))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(round!.measurements.map(({ benchmark, distribution }) => [benchmark, distribution.kind])).toEqual([
      ["json", "samples"],
      ["GET /", "quantiles"],
      ["GET /list", "histogram"],
      ["--version", "value"],
    ]);
    expect(round!.measurements[0]!.source).toEqual({ file: "bench/json.bench.ts", line: 12 });
    expect(round!.measurements[1]).toMatchObject({ estimator: "hdr", resolution: 0.001, loadModel: "closed" });
    expect([...(round!.measurements[2]!.distribution as { values: Float64Array }).values]).toEqual([0.0012, 0.0034]);
  });

  it("is refused with line and path where a value is wrong, and where nothing was measured", () => {
    expect(() => parse(fixture("minimal.json").replace("0.0013", '"fast"'))).toThrow(
      /^4:\d+: rounds\[0\]\.measurements\[0\]\.samples\[1\]: must be a finite number\./,
    );
    expect(() => parse('{"schema":"benchgate.recording/1","rounds":[]}')).toThrow(/holds no rounds/);
  });

  it("is refused where two suites hold one benchmark, which one suite cannot tell apart", () => {
    const [a, b] = ["a", "b"].map((suite) => ({ suite, benchmark: "x", metric: "latency", unit: "s", value: 1 }));
    const text = JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements: [a, b] }] });
    expect(() => parse(text)).toThrow(/two suites of the recording hold the benchmark "x" with latency/);
  });

  it("is recognised by its schema, a newer one too, so that the error can say so", () => {
    expect(benchgate.recognises(outputOf(fixture("minimal.json")))).toBe(true);
    expect(benchgate.recognises(outputOf('{"schema":"benchgate.recording/2"}'))).toBe(true);
    expect(() => parse('{"schema":"benchgate.recording/5"}')).toThrow(/newer Benchgate/);
    expect(benchgate.recognises(outputOf('{"schema":"benchgate.result/1"}'))).toBe(false);
    expect(benchgate.recognises(outputOf('["schema", "benchgate.recording/1"]'))).toBe(false);
  });
});
