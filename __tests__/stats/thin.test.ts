import { describe, expect, it } from "vitest";
import { thinned } from "../../src/stats/thin.ts";

const counted = (n: number) => Float64Array.from({ length: n }, (_, i) => i);

describe("a thinned round", () => {
  it.each([1, 2, 3, 10, 299, 300, 901, 999])("holds %i of 1,000 samples, each once, in their order", (size) => {
    const kept = [...thinned(counted(1000), size)];
    expect(kept).toHaveLength(size);
    expect(new Set(kept).size).toBe(size);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it("keeps neighbours together and reaches from the first sample to the last", () => {
    const kept = thinned(counted(10_000), 900);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(9999);
    const steps = Array.from(kept.subarray(1), (value, i) => value - kept[i]!);
    expect(steps.filter((step) => step === 1)).toHaveLength(870);
  });

  it("is the round itself where there are no more", () => {
    const samples = counted(300);
    expect(thinned(samples, 300)).toBe(samples);
    expect(thinned(samples, 1000)).toBe(samples);
  });
});
