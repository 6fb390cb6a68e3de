import { describe, expect, it } from "vitest";
import { tracemalloc } from "../../../src/adapters/tools/tracemalloc.ts";
import { fixture, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const TOP = fixture("tracemalloc/display-top.txt");

describe("tracemalloc's total", () => {
  it("is the memory of one benchmark, whatever else the program prints", () => {
    const [, total] = /Total allocated size: ([\d.]+) KiB/.exec(TOP)!;
    const measurement = { benchmark: "allocated", metric: "memory", unit: "B", better: "lower", resolution: 102.4 };
    const expected = { measurements: [{ ...measurement, distribution: single(Number(total) * 1024) }], failures: [] };
    expect(onlyRound(tracemalloc, TOP)).toEqual(expected);
    expect(onlyRound(tracemalloc, `started\n${TOP}done\n`)).toEqual(expected);
  });

  it("is what tracemalloc is recognised by", () => {
    expect(recognisedBy(TOP)).toEqual(["tracemalloc"]);
    expect(recognisedBy("Top 3 lines\n")).toEqual([]);
  });

  it("is the sum of what stands above it", () => {
    const parts = [...TOP.matchAll(/: (\d+\.\d) KiB$/gm)].map(([, kib]) => Number(kib));
    const total = parts.pop()!;
    expect(parts.reduce((a, b) => a + b)).toBeCloseTo(total, 0);
  });

  it.each([
    [/^1: There is no total of tracemalloc\. .*display_top/, "Top 3 lines"],
    [
      /^2: There is no total of tracemalloc: the largest allocations alone are none/,
      "[ Top 10 ]\napp.py:3: size=59.7 KiB, count=1002, average=61 B\n",
    ],
    [/There are two totals\. Give each snapshot a file of its own/, TOP + TOP],
  ])("is refused with %s", (message, text) => {
    expect(refusal(tracemalloc, text).message).toMatch(message);
  });
});
