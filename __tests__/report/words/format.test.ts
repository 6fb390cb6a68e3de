import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  change,
  changeInterval,
  duration,
  listed,
  percent,
  plural,
  probability,
  roughly,
  scaleFor,
  significant,
  small,
  wordsFor,
} from "../../../src/report/words/format.ts";

const time = wordsFor("s");
const other = wordsFor("1/s");

describe("significant", () => {
  it.each([
    [0, "0"],
    [1, "1.00"],
    [1.2, "1.20"],
    [12.345, "12.3"],
    [999.6, "1,000"],
    [1234.5, "1,230"],
    [1_234_567, "1,230,000"],
    [0.00123, "0.00123"],
    [-4.5, "−4.50"],
    [9.999, "10.0"],
    [1e-9, "1.00e-9"],
    [null, "–"],
    [Number.NaN, "–"],
    [Number.POSITIVE_INFINITY, "–"],
  ])("writes %s as %s", (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it("is never further from the value than half of its third digit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e14, noNaN: true }), (value) => {
        const read = Number(significant(value).replaceAll(",", ""));
        expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});

describe("scaleFor", () => {
  const row = (unit: string, metric: string, values: readonly (number | null)[]) => {
    const { factor, suffix } = scaleFor(unit, metric, values);
    return values.map((value) => (value === null ? "–" : significant(value / factor) + suffix));
  };

  it("gives a row one scale, that of its largest value", () => {
    expect(row("s", "latency", [0.00099, 0.00101])).toEqual(["0.990 ms", "1.01 ms"]);
    expect(row("s", "latency", [4.2e-9, 3.1e-7])).toEqual(["4.20 ns", "310 ns"]);
    expect(row("s", "latency", [4.2e-6, null])).toEqual(["4.20 µs", "–"]);
    expect(row("s", "latency", [75, 80])).toEqual(["75.0 s", "80.0 s"]);
  });

  it("never writes a thousand of a smaller step", () => {
    expect(row("s", "latency", [0.0009996])).toEqual(["1.00 ms"]);
  });

  it("counts bytes in powers of 1,024 and rates in powers of 1,000", () => {
    expect(row("B", "memory", [512, 65_536])).toEqual(["0.500 KiB", "64.0 KiB"]);
    expect(row("B/s", "throughput", [3 * 1024 ** 2])).toEqual(["3.00 MiB/s"]);
    expect(row("1/s", "throughput", [18_420])).toEqual(["18.4 k/s"]);
    expect(row("1/s", "throughput", [420])).toEqual(["420/s"]);
  });

  it("writes rates and ratios without a unit as percentages, counts as numbers", () => {
    expect(row("1", "error-rate", [0.0025])).toEqual(["0.250 %"]);
    expect(row("1", "instructions", [48_128])).toEqual(["48.1 k"]);
  });

  it("keeps the base unit for zero", () => {
    expect(row("s", "latency", [0])).toEqual(["0 s"]);
  });

  it("marks a tool's own unit, also one that is called like a property of every object", () => {
    expect(scaleFor("ops", "speed", [5])).toEqual({ factor: 1, suffix: "ops", own: true });
    expect(scaleFor("constructor", "speed", [5])).toEqual({ factor: 1, suffix: "constructor", own: true });
  });
});

describe("change", () => {
  it.each([
    [1.125, time, "+12.5 %"],
    [0.883, time, "−11.7 %"],
    [1.0004, time, "+0.04 %"],
    [1, time, "±0 %"],
    [1.5, time, "+50.0 %"],
    [1.62, time, "1.62× slower"],
    [0.4, time, "2.50× faster"],
    [1.62, other, "1.62× more"],
    [0.4, other, "2.50× less"],
    [0, other, "−100 %"],
    [Number.POSITIVE_INFINITY, other, "–"],
  ])("tells the ratio %s as a signed change or a factor", (ratio, words, text) => {
    expect(change(ratio, words)).toBe(text);
  });
});

describe("changeInterval", () => {
  it.each([
    [1.109, 1.142, 1.125, "(+10.9 … +14.2)"],
    [0.985, 1.02, 1.002, "(−1.50 … +2.00)"],
    [1.58, 1.66, 1.62, "(1.58 … 1.66×)"],
    [0.38, 0.42, 0.4, "(2.38 … 2.63×)"],
    [0.9, 3.1, 1.6, "(−10.0 … +210)"],
    [0, 0.9, 0.4, "(−100 … −10.0)"],
    [0.9, Number.POSITIVE_INFINITY, 1.1, "(−10.0 … +∞)"],
    [1.2, Number.POSITIVE_INFINITY, 2, "(1.20 … ∞×)"],
  ])("writes %s … %s around %s as %s", (lower, upper, ratio, text) => {
    expect(changeInterval({ lower, upper }, ratio)).toBe(text);
  });
});

describe("words for numbers", () => {
  it("writes shares without trailing zeros", () => {
    expect([0.05, 0.15, 0.005, 1, 0].map(percent)).toEqual(["5 %", "15 %", "0.5 %", "100 %", "0 %"]);
    expect(percent(Number.NaN)).toBe("–");
  });

  it("bounds small probabilities instead of rounding them to zero", () => {
    expect([0.0004, 0.0234, 0.5].map(probability)).toEqual(["p < 0.001", "p = 0.023", "p = 0.5"]);
    expect([0, 0.0004, 0.0184].map(small)).toEqual(["0", "under 0.001", "0.018"]);
  });

  it("tells a span in its largest whole unit", () => {
    expect([5, 90, 22_800, 86_400, 400_000].map(duration)).toEqual(["5 s", "1 min", "6 h", "1 day", "4 days"]);
    expect(duration(-3)).toBe("0 s");
  });

  it("rounds a span that is only known roughly up, never down to nothing", () => {
    expect([0.2, 40, 89.5, 90, 170, 5_399, 5_400, 7_201].map(roughly)).toEqual([
      ...["~1 s", "~40 s", "~90 s", "~2 min", "~3 min", "~90 min", "~2 h", "~3 h"],
    ]);
  });

  it("lists words as English does", () => {
    expect([[], [6], [6, 12], [6, 12, 24]].map(listed)).toEqual(["", "6", "6 and 12", "6, 12 and 24"]);
  });

  it("counts with the right noun", () => {
    expect([1, 2, 3000].map((count) => plural(count, "pair", "pairs"))).toEqual(["1 pair", "2 pairs", "3,000 pairs"]);
  });
});
