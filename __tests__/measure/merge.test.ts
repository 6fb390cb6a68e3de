import { describe, expect, it } from "vitest";
import { mergeRounds } from "../../src/measure/merge.ts";
import type { Distribution, ToolMeasurement } from "../../src/model/measurement.ts";

const measured = (benchmark: string, distribution: Distribution, metric = "latency"): ToolMeasurement => ({
  benchmark,
  metric,
  unit: "s",
  better: "lower",
  distribution,
});
const samples = (...values: number[]): Distribution => ({ kind: "samples", samples: Float64Array.from(values) });
const value = (value: number, exact = false): Distribution => ({ kind: "value", value, exact });
const percentiles: Distribution = { kind: "quantiles", quantiles: { "0.5": 1 }, count: 10 };
const rounds = (...each: ToolMeasurement[][]) => each.map((measurements) => ({ measurements, failures: [] }));

describe("merging what one execution printed", () => {
  it("leaves one process as it is, whatever it measured", () => {
    const one = [measured("a", percentiles), measured("a", value(3), "memory"), measured("b", samples(1))];
    expect(mergeRounds(rounds(one))).toEqual({ measurements: one, failures: [] });
  });

  it("tells the same note of several processes once", () => {
    const note = { benchmark: "a", sentence: "Its ratio is NaN, and left out", remedy: "report a number" };
    const one = { measurements: [measured("a", value(3))], failures: [], notes: [note] };
    expect(mergeRounds([one, one]).notes).toEqual([note]);
    expect(mergeRounds([one, { ...one, notes: [{ ...note, benchmark: "b" }] }]).notes).toHaveLength(2);
  });

  it("strings the samples and single values of several processes together, in order", () => {
    const merged = mergeRounds(
      rounds([measured("a", samples(1, 2))], [measured("a", value(3))], [measured("a", samples(4))]),
    );
    expect(merged.measurements).toEqual([measured("a", samples(1, 2, 3, 4))]);
  });

  it("keeps an exact value exact where all processes agree, and makes samples of it where they do not", () => {
    const exact = (second: number) =>
      mergeRounds(rounds([measured("a", value(5, true))], [measured("a", value(second, true))])).measurements[0]
        ?.distribution;
    expect(exact(5)).toEqual(value(5, true));
    expect(exact(6)).toEqual(samples(5, 6));
  });

  it("fails a benchmark that comes twice in one process, and keeps nothing of it but all others", () => {
    const merged = mergeRounds(
      rounds([
        measured("a", samples(1), "memory"),
        measured("a", samples(1)),
        measured("b", samples(2)),
        measured("a", samples(3)),
      ]),
    );
    expect(merged.measurements).toEqual([measured("b", samples(2))]);
    expect(merged.failures).toEqual([
      { benchmark: "a", reason: expect.stringContaining('two benchmarks "a" (latency)') },
    ]);
  });

  it("fails percentiles of several processes, which have no common percentile", () => {
    const merged = mergeRounds(rounds([measured("a", percentiles)], [measured("a", percentiles)]));
    expect(merged.measurements).toEqual([]);
    expect(merged.failures).toEqual([{ benchmark: "a", reason: expect.stringContaining("from 2 processes") }]);
  });

  it("tells the same failure of several processes once", () => {
    const failures = [{ benchmark: "a", reason: "exit 1" }];
    const twice = [
      { measurements: [], failures },
      { measurements: [], failures },
    ];
    expect(mergeRounds(twice).failures).toEqual(failures);
  });
});
