import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { benchmarkIps } from "../../../src/adapters/tools/benchmark-ips.ts";
import { fixture, numbersOf, onlyRound } from "../outputs.ts";

const TEXT = fixture("benchmark-ips/ips.txt");
const LONG = "a label of more than twenty characters (i/s)";

describe("benchmark-ips", () => {
  it("takes the rates of the JSON", () => {
    const reports = JSON.parse(fixture("benchmark-ips/ips.json")) as { name: string; ips: number }[];
    const round = onlyRound(benchmarkIps, fixture("benchmark-ips/ips.json"));
    expect(numbersOf(round, "throughput")).toEqual(Object.fromEntries(reports.map(({ name, ips }) => [name, [ips]])));
    expect(round.measurements[0]).toMatchObject({ unit: "1/s", better: "higher", estimator: "batch-means" });
  });

  it("reads what is printed to its last digit, with long labels on lines of their own", () => {
    const exact = numbersOf(onlyRound(benchmarkIps, fixture("benchmark-ips/ips.json")), "throughput");
    const { measurements } = onlyRound(benchmarkIps, TEXT);
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["addition", LONG, "sort"]);
    for (const { benchmark, distribution, resolution } of measurements) {
      expect(Math.abs((distribution as { value: number }).value - exact[benchmark]![0]!)).toBeLessThanOrEqual(
        resolution! / 2,
      );
    }
  });

  it("reads the time an iteration that newer versions print behind the rate", () => {
    const line = "            addition     36.209M (± 2.8%) i/s   (27.62 ns/i) -    182.253M in   5.037433s";
    expect(numbersOf(onlyRound(benchmarkIps, `Calculating ${"-".repeat(37)}\n${line}\n`), "throughput")).toEqual({
      addition: [36.209 * 1e6],
    });
  });

  const calculating = (...lines: string[]) => [`Calculating ${"-".repeat(37)}`, ...lines].join("\n");

  it.each([
    [calculating("a 1.0k (± 2.8%) i/s", "a 1.0k (± 2.8%) i/s"), 'Two benchmarks are called "a"'],
    [calculating("a label as long as its column", "and noise"), "3: A line that is not a result: and noise"],
    [calculating("a label as long as its column"), "2: A label without its result"],
    [calculating("tick             addition     1.0k (± 2.8%) i/s"), "2: A label that is mixed with other output"],
    [calculating("  1.0k (± 2.8%) i/s"), "2: A result without its label, or with two"],
    [calculating(`a ${"9".repeat(400)}k (± 2.8%) i/s`), "2: A rate that cannot be read"],
    ['[{"name": "a", "ips": "fast"}]', "[0].ips: Expected a finite number"],
    ["[]", "It holds no benchmarks. Report blocks"],
    ["", "It holds no benchmarks"],
  ])("refuses %j", (text, message) => {
    expect(() => benchmarkIps.parse(outputOf(text))).toThrow(message);
  });
});
