import { describe, expect, it } from "vitest";
import { benchmarkDriver } from "../../../src/adapters/tools/benchmark-driver.ts";
import { fixture, measured, numbersOf, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const START = `Calculating ${"-".repeat(38)}\n`;
const LONG = "a job of more than twenty characters (i/s)";

function row(label: string, value: string, unit = "i/s - 1.000k times in 1.0s (1.00ms/i)"): string {
  return `${label.padStart(20)}${value.padStart(11)} ${unit}\n`;
}

describe("benchmark-driver", () => {
  it("gives iterations a second of the measured part alone, also behind long labels", () => {
    const round = onlyRound(benchmarkDriver, fixture("benchmark-driver/compare.txt"));
    expect(numbersOf(round, "throughput")).toEqual({ "blank?": [12345000], [LONG]: [903002] });
    expect(measured(round, "blank?", "throughput")).toMatchObject({ unit: "1/s", better: "higher", resolution: 1000 });
  });

  it("tells several Rubies apart, in either form", () => {
    expect(numbersOf(onlyRound(benchmarkDriver, fixture("benchmark-driver/rubies.txt")), "throughput")).toEqual({
      "sort (3.3.0)": [61210],
      "sort (3.3.0 --yjit)": [80144],
      "map (3.3.0)": [912],
      "map (3.3.0 --yjit)": [1004],
    });
    const table = onlyRound(benchmarkDriver, fixture("benchmark-driver/markdown.md"));
    expect(numbersOf(table, "throughput")["quick_sort (3.3.0 --yjit)"]).toEqual([120004]);
    expect(table.failures).toEqual([{ benchmark: "app_aobench (3.3.0)", reason: "benchmark-driver: ERROR" }]);
  });

  it("takes the metric from the runner's unit", () => {
    expect(numbersOf(onlyRound(benchmarkDriver, fixture("benchmark-driver/time.txt")))).toEqual({
      app_fib: [1.873],
      app_tarai: [0.912],
    });
    const memory = onlyRound(benchmarkDriver, fixture("benchmark-driver/memory.md"));
    expect(numbersOf(memory, "memory")).toEqual({ so_array: [19444000], so_string: [401000000] });
    expect(memory.measurements[0]!.per).toBeUndefined();
  });

  it("is told from benchmark-ips, whose headings are the same", () => {
    expect(recognisedBy(START + row("a", "1.000k"))).toEqual(["benchmark-driver"]);
    expect(recognisedBy(fixture("benchmark-ips/ips.txt"))).toEqual(["benchmark-ips"]);
  });

  it.each([
    [START, "It holds no benchmarks"],
    [`${START}${LONG}\n\n`, "2: A label without its result"],
    [`${START}${row("", "1.000k")}`, "2: A result without its label"],
    [`${START}${LONG}\n${row("a", "1.000k")}`, "3: A result without its label, or with two"],
    [`${START}${row("a", "1.000k")}ready\n`, "3: A line that is not a result: ready"],
    [`${START}${row("a", "1.000k")}\n${row("b", "1.000k")}`, "4: A result outside of the table"],
    [`${START}${row("a", "1.000k")}${row("a", "2.000k")}`, 'Two benchmarks are called "a"'],
    [`${START}${row("a", " 1.000k  2.000k")}`, "2: 2 values for 1 Rubies"],
    ["# X (i/s)\n\n|  |r|\n|:-|:-|\n|a |1.0|\n", '5: Expected a value, found "1.0"'],
  ])("refuses %#", (text, message) => {
    expect(refusal(benchmarkDriver, text).message).toContain(message);
  });
});
