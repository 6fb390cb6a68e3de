import { describe, expect, it } from "vitest";
import { lineThrough, pOfRise, steadied } from "../../src/stats/slope.ts";

describe("lineThrough", () => {
  it("agrees with scipy.stats.linregress at equal weights", () => {
    // linregress([0, 1, 2, 3], [1, 3, 2, 5]): slope 1.1, stderr 0.519615
    const { slope, se, df } = lineThrough([0, 1, 2, 3], [1, 1, 1, 1]).fit([1, 3, 2, 5]);
    expect(slope).toBeCloseTo(1.1, 12);
    expect(se).toBeCloseTo(0.5196152, 6);
    expect(df).toBe(2);
  });

  it("has the slope of the two places that alone have weight", () => {
    expect(lineThrough([0, 1, 2], [1, 1, 1e-12]).slope([0, 3, -50])).toBeCloseTo(3, 6);
  });

  it("knows how an error of each value becomes one of the slope", () => {
    // Places −1, 0, 1: cᵢ = xᵢ ÷ 2.
    expect(lineThrough([-1, 0, 1], [1, 1, 1]).scale).toBeCloseTo(Math.SQRT1_2, 12);
  });
});

describe("pOfRise", () => {
  it("is small only for values near to a rising line", () => {
    const line = lineThrough([0, 1, 2, 3], [1, 1, 1, 1]);
    expect(pOfRise(line.fit([0, 1.01, 2, 3.01]))).toBeLessThan(0.001);
    expect(pOfRise(line.fit([0, 0, 0, 3]))).toBeGreaterThan(0.1);
    expect(pOfRise(line.fit([3, 2, 1, 0]))).toBe(1);
    expect(pOfRise(line.fit([0, 1, 2, 3]))).toBeLessThan(1e-6);
  });
});

describe("steadied", () => {
  it("lets no place speak for all because its rounds agree", () => {
    expect(steadied([0, 0])).toEqual([1, 1]);
    expect(Math.max(...steadied([0, 1, 1]))).toBeLessThanOrEqual(2);
  });
});
