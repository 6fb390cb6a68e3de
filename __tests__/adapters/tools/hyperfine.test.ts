import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { hyperfine } from "../../../src/adapters/tools/hyperfine/hyperfine.ts";

function fixture(file: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "fixtures", "hyperfine", file), "utf8");
}

function parse(...results: readonly object[]) {
  return hyperfine.parse(outputOf(JSON.stringify({ results })));
}

describe("hyperfine", () => {
  it("makes a round of every run, since every run is a process", () => {
    const [first, second] = JSON.parse(fixture("named.json")).results;
    const rounds = hyperfine.parse(outputOf(fixture("named.json")));
    expect(rounds).toHaveLength(first.times.length);
    for (const [i, { measurements, failures }] of rounds.entries()) {
      expect(failures).toEqual([]);
      expect(measurements).toEqual(
        [first, second].map(({ command, times }) => ({
          benchmark: command,
          metric: "latency",
          unit: "s",
          better: "lower",
          distribution: { kind: "samples", samples: Float64Array.of(times[i]) },
        })),
      );
    }
  });

  it("leaves a command with fewer runs out of the later rounds", () => {
    const rounds = parse({ command: "a", times: [1, 2, 3] }, { command: "b", times: [4] });
    expect(rounds.map(({ measurements }) => measurements.map(({ benchmark }) => benchmark))).toEqual([
      ["a", "b"],
      ["a"],
      ["a"],
    ]);
  });

  it("puts parameters into names", () => {
    const [round] = hyperfine.parse(outputOf(fixture("parameters.json")));
    expect(round!.measurements.map(({ benchmark }) => benchmark)).toEqual([
      "seq 1000 (n=1)",
      "seq 2000 (n=2)",
      "seq 3000 (n=3)",
    ]);
  });

  it("keeps one name under two parameters apart, and reports runs that failed", () => {
    const rounds = hyperfine.parse(outputOf(fixture("one-name.json")));
    expect(rounds.map(({ measurements }) => measurements.map(({ benchmark }) => benchmark))).toEqual([
      ["count (file=/etc/hostname)"],
      ["count (file=/etc/hostname)"],
    ]);
    expect(rounds.flatMap(({ failures }) => failures)).toEqual([
      { benchmark: "count (file=/nonexistent)", reason: "Run 1 ended with exit code 1" },
      { benchmark: "count (file=/nonexistent)", reason: "Run 2 ended with exit code 1" },
    ]);
  });

  it("reports a run that a signal ended, and keeps the others", () => {
    const [first, second] = parse({ command: "a", times: [1, 2], exit_codes: [0, null] });
    expect(first!.failures).toEqual([]);
    expect(second).toEqual({ measurements: [], failures: [{ benchmark: "a", reason: "Run 2 was ended by a signal" }] });
  });

  it("reads a single run, which has no standard deviation", () => {
    expect(hyperfine.parse(outputOf(fixture("one-run.json")))).toHaveLength(1);
  });

  it("reads the memory that newer versions measure", () => {
    const [first, last] = JSON.parse(fixture("newest.json")).results;
    const rounds = hyperfine.parse(outputOf(fixture("newest.json")));
    expect(rounds).toHaveLength(4);
    for (const [i, round] of rounds.entries()) {
      expect(round.measurements.map(({ metric, distribution }) => [metric, distribution])).toEqual([
        ["latency", { kind: "samples", samples: Float64Array.of(first.times[i]) }],
        ["memory", { kind: "samples", samples: Float64Array.of(first.memory_usage_byte[i]) }],
      ]);
      expect(round.failures).toEqual([{ benchmark: last.command, reason: expect.stringContaining(`Run ${i + 1}`) }]);
    }
    const [, second] = parse({ command: "a", times: [1, 2], exit_codes: [0, 0], memory_usage_byte: [1000, 2000] });
    expect(second!.measurements[1]).toEqual({
      benchmark: "a",
      metric: "memory",
      unit: "B",
      better: "lower",
      distribution: { kind: "samples", samples: Float64Array.of(2000) },
    });
  });

  it("refuses two commands of one name, even where both failed", () => {
    const remedy = 'Two benchmarks are called "a". Name them with `--command-name`';
    expect(() => parse({ command: "a", times: [1] }, { command: "a", times: [1] })).toThrow(remedy);
    const failed = { command: "a", times: [1], exit_codes: [1] };
    expect(() => parse(failed, failed)).toThrow(remedy);
  });

  it.each([
    [{ command: "a", times: [1, "2"] }, "results[0].times[1]: Expected a finite number"],
    [{ command: "a", times: [1, -2] }, "results[0].times[1]: Expected a number of at least 0"],
    [{ command: "a", times: [1, 2], exit_codes: [0] }, "results[0].exit_codes: Expected 2 entries, one a run"],
    [{ command: "a", times: [1], exit_codes: ["0"] }, "results[0].exit_codes[0]: Expected an exit code"],
    [{ command: "a" }, "results[0].times: Expected a list, found nothing"],
    [{ command: "a", times: [] }, "It holds no benchmarks"],
  ])("refuses %j", (result, message) => {
    expect(() => parse(result)).toThrow(message);
  });
});
