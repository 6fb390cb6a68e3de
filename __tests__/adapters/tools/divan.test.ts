import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { divan } from "../../../src/adapters/tools/divan/divan.ts";
import { fixture, onlyRound } from "../outputs.ts";

const TEXT = fixture("divan/allocations.txt");

/** Everything that a text gives of a benchmark, by metric. */
function metricsOf(text: string, benchmark: string) {
  const found = onlyRound(divan, text).measurements.filter((each) => each.benchmark === benchmark);
  return Object.fromEntries(found.map(({ metric, ...rest }) => [metric, rest]));
}

function table(...rows: readonly string[]): string {
  return ["speed  fastest  │ slowest  │ median   │ mean     │ samples │ iters", ...rows].join("\n");
}

describe("divan", () => {
  it("names benchmarks by their path through the tree, without ignored ones", () => {
    const names = onlyRound(divan, TEXT).measurements.map(({ benchmark }) => benchmark);
    expect([...new Set(names)]).toEqual([
      "speed > counted > t=1",
      "speed > counted > t=2",
      "speed > fib > 4",
      "speed > fib > 12",
      "speed > strings > copy > 8",
      "speed > strings > copy > 512",
      "speed > strings > empty > String",
      "speed > strings > empty > Vec<u8>",
    ]);
  });

  it("gives what each row prints, in seconds, with the number of samples", () => {
    const rows = TEXT.split("\n").filter((line) => /\d+ +│ \d+$/.test(line));
    const expected = rows.map((row) => {
      const [fastest, slowest, median, mean] = [...row.matchAll(/([\d.]+) ns/g)].map(
        ([, digits]) => Number(digits) * 1e-9,
      );
      const [samples, iterations] = row.split("│").slice(-2).map(Number);
      expect(iterations).toBeGreaterThan(samples!);
      return { kind: "quantiles", quantiles: { "0": fastest, "0.5": median, "1": slowest }, count: samples, mean };
    });
    expect(expected).toHaveLength(8);
    const latencies = onlyRound(divan, TEXT).measurements.filter(({ metric }) => metric === "latency");
    expect(latencies.map(({ distribution }) => distribution)).toEqual(expected);
    expect(new Set(latencies.map(({ estimator }) => estimator))).toEqual(new Set(["batch-means"]));
  });

  it("gives what a call allocates, exactly where all columns agree, and neither throughput nor the most alive", () => {
    expect(metricsOf(TEXT, "speed > strings > copy > 512")).toEqual({
      latency: expect.anything(),
      allocations: {
        benchmark: "speed > strings > copy > 512",
        unit: "1",
        better: "lower",
        distribution: { kind: "value", value: 1, exact: true },
      },
      memory: {
        benchmark: "speed > strings > copy > 512",
        unit: "B",
        per: "operation",
        better: "lower",
        distribution: { kind: "value", value: 512, exact: true },
      },
    });
    expect(Object.keys(metricsOf(TEXT, "speed > counted > t=2"))).toEqual([
      "latency",
      "allocations",
      "memory",
      "deallocations",
      "deallocated-bytes",
    ]);
    expect(Object.keys(metricsOf(TEXT, "speed > fib > 12"))).toEqual(["latency"]);
  });

  it("reads units of any size, names with spaces, and counts that differ", () => {
    const text = table(
      "╰─ a b   1.5 µs   │ 2 s      │ 6.283 ms │ 1.5 m    │ 10      │ 10",
      "         alloc:   │          │          │          │         │",
      "           1      │ 2        │ 1.5      │ 1.5      │         │",
      "           1 KiB  │ 2 KiB    │ 1.5 KB   │ 1.5 KiB  │         │",
    );
    expect(metricsOf(text, "speed > a b")).toMatchObject({
      latency: { distribution: { quantiles: { 0: 1.5e-6, 0.5: 6.283e-3, 1: 2 }, mean: 90 }, estimator: "interpolated" },
      allocations: { distribution: { value: 1.5, exact: false } },
      memory: { distribution: { value: 1500, exact: false } },
    });
  });

  it("reads several targets, and leaves Cargo's lines between them", () => {
    const one = table("╰─ a   1 ns   │ 1 ns   │ 1 ns   │ 1 ns   │ 1   │ 1");
    const text = `${one}\n\n     Running benches/other.rs\n${one.replace("speed", "other")}\n`;
    expect(onlyRound(divan, text).measurements.map(({ benchmark }) => benchmark)).toEqual(["speed > a", "other > a"]);
  });

  it.each([
    [table("hello"), /^2: Not a row of Divan's table: hello/],
    [
      table("├─ a   1 ns   │ 1 ns   │ 1 ns   │ 1 ns   │ 1   │ 1", "tick ╰─ b   │   │   │   │   │"),
      /^3: Not a row of Divan's table: tick/,
    ],
    [table("╰─ a   1 ns   │ 1 xs   │ 1 ns   │ 1 ns   │ 1   │ 1"), /^2: Not a time: 1 xs/],
    [table("╰─ a   1 ns   │ 1 ns   │ 1 ns   │ 1 ns   │ 0   │ 1"), /^2: Not a number of samples: 0/],
    [
      table("╰─ a   1 ns   │ 1 ns   │ 1 ns   │ 1 ns   │ 1   │ 1", "       alloc: │  │  │  │  │"),
      /^4: Allocations that cannot be read/,
    ],
    [
      table(...Array(2).fill("├─ a   1 ns   │ 1 ns   │ 1 ns   │ 1 ns   │ 1   │ 1")),
      /Two benchmarks are called "speed > a"/,
    ],
    [table("╰─ a   (ignored) │  │  │  │  │"), /^It holds no benchmarks/],
  ])("refuses %#", (text, message) => {
    expect(() => divan.parse(outputOf(text))).toThrow(message);
  });
});
