import { describe, expect, it } from "vitest";
import { nvbench } from "../../../src/adapters/tools/nvbench.ts";
import { fixture, measured, onlyRound, refusal } from "../outputs.ts";

function summary(tag: string, value: string, more: object = {}): object {
  return { tag, name: tag, data: [{ name: "value", type: "float64", value }], ...more };
}

function file(summaries: readonly object[], state: object = {}): string {
  const whole = { device: 0, axis_values: null, summaries, is_skipped: false, ...state };
  return JSON.stringify({ benchmarks: [{ name: "copy", states: [whole] }] });
}

const MEAN = summary("nv/cold/time/gpu/mean", "1.25e-05");

describe("NVBench", () => {
  it("gives the mean of isolated launches by benchmark and axes, and the rates that it makes", () => {
    const round = onlyRound(nvbench, fixture("nvbench/axes.json"));
    const name = "copy (BlockSize=128)";
    expect(measured(round, name, "latency")).toMatchObject({
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value: 1.25e-5 },
    });
    expect(measured(round, name, "throughput")).toMatchObject({ unit: "1/s", better: "higher" });
    expect(measured(round, name, "global-memory-bandwidth")).toMatchObject({ unit: "B/s", better: "higher" });
    expect(measured(round, name, "peak_memory_usage")).toMatchObject({
      unit: "B",
      better: "lower",
      distribution: { value: 16777216 },
    });
    expect(measured(round, name, "GFLOP/s")).toMatchObject({
      unit: "1",
      better: "higher",
      distribution: { value: 412.5 },
    });
    expect(round.measurements.filter(({ metric }) => metric === "latency").map(({ benchmark }) => benchmark)).toEqual([
      name,
      "copy (BlockSize=256)",
      "reduce, all",
    ]);
  });

  it("says what it skipped", () => {
    expect(onlyRound(nvbench, fixture("nvbench/axes.json")).notes).toEqual([
      expect.objectContaining({
        benchmark: "*",
        count: 1,
        sentence: expect.stringContaining('"copy (BlockSize=2048)" among them: BlockSize is larger'),
      }),
    ]);
  });

  it("has the median where the version writes one, and reads what runs on the CPU alone", () => {
    const round = onlyRound(nvbench, fixture("nvbench/medians.json"));
    expect(measured(round, "copy (T=I32, BlockSize=128)", "latency").distribution).toMatchObject({
      kind: "quantiles",
      count: 1234,
      mean: 1.25e-5,
      quantiles: { "0.5": 1.25e-5 * 0.99 },
    });
    expect(measured(round, "host", "latency").distribution).toMatchObject({ kind: "value", value: 0.0012 });
  });

  it("tells devices apart where there are several", () => {
    const states = [0, 1].map((device) => ({ device, axis_values: [], summaries: [MEAN], is_skipped: false }));
    const text = JSON.stringify({ benchmarks: [{ name: "copy", states }] });
    expect(onlyRound(nvbench, text).measurements.map(({ benchmark }) => benchmark)).toEqual([
      "copy [Device=0]",
      "copy [Device=1]",
    ]);
  });

  it("reports a state without a time, and leaves out a number that is none", () => {
    expect(onlyRound(nvbench, file([])).failures).toEqual([
      { benchmark: "copy", reason: "NVBench measured no time of it" },
    ]);
    expect(onlyRound(nvbench, file([summary("nv/cold/time/gpu/mean", "nan")])).failures).toHaveLength(1);
    const round = onlyRound(nvbench, file([MEAN, summary("hits", "-nan"), summary("misses", "inf")]));
    expect(round.measurements).toHaveLength(1);
    expect(round.notes).toHaveLength(2);
  });

  it.each([
    [file([summary("nv/cold/time/gpu/mean", "fast")]), "summaries[0].data: Expected a number"],
    [file([{ name: "x" }]), "summaries[0].tag: Expected a text"],
    [file([MEAN], { axis_values: [{ name: "n" }] }), "axis_values[0].value: Expected a text"],
    [file([], { is_skipped: true, skip_reason: "no" }), "It holds no benchmarks"],
    [JSON.stringify({ benchmarks: [{ states: [] }] }), "benchmarks[0].name: Expected a text"],
    [
      JSON.stringify({ benchmarks: [1, 2].map(() => ({ name: "a", states: [{ summaries: [MEAN] }] })) }),
      'Two benchmarks are called "a"',
    ],
  ])("refuses %#", (text, message) => {
    expect(refusal(nvbench, text).message).toContain(message);
  });
});
