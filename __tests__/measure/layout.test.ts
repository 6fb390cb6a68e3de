import { describe, expect, it } from "vitest";
import { LAYOUT, Layouts } from "../../src/measure/layout.ts";

/** The lengths of the next paddings. */
const lengths = (seed: number, count: number) => {
  const layouts = new Layouts(seed);
  return Array.from({ length: count }, () => layouts.next()[LAYOUT].length);
};

describe("the layout of memory", () => {
  it("is drawn anew each time, by the seed", () => {
    expect(new Set(lengths(7, 20)).size).toBeGreaterThan(15);
    expect(lengths(7, 20)).toEqual(lengths(7, 20));
    expect(lengths(7, 20)).not.toEqual(lengths(8, 20));
  });

  it("moves the stack by any part of a page, as often one as the other", () => {
    const sixteenths = new Map<number, number>();
    for (const length of lengths(1, 4096)) {
      const part = Math.floor(length / 256);
      sixteenths.set(part, (sixteenths.get(part) ?? 0) + 1);
    }
    expect([...sixteenths.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, part) => part));
    // 256 are expected in each; 16 is a standard deviation.
    for (const count of sixteenths.values()) expect(Math.abs(count - 256)).toBeLessThan(80);
  });
});
