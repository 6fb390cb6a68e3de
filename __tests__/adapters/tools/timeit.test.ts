import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { timeit } from "../../../src/adapters/tools/timeit.ts";
import { hasTool } from "../../tool.ts";
import { fixture, numbersOf, onlyRound } from "../outputs.ts";

const SCALE: Record<string, number> = { nsec: 1e-9, usec: 1e-6, msec: 1e-3, sec: 1 };

/** The raw times of a file in seconds; each has a unit of its own. */
function rawTimes(file: string): number[] {
  const [, times] = /^raw times: (.*)$/m.exec(fixture(`timeit/${file}`))!;
  return times!.split(", ").map((time) => Number.parseFloat(time) * SCALE[time.split(" ")[1]!]!);
}

describe("timeit", () => {
  it("divides the raw times by the loops", () => {
    const raw = rawTimes("verbose.txt");
    const [found] = onlyRound(timeit, fixture("timeit/verbose.txt")).measurements;
    expect(raw).toHaveLength(5);
    expect(found).toMatchObject({
      benchmark: "timeit",
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "batch-means",
      resolution: expect.any(Number),
    });
    expect(numbersOf(onlyRound(timeit, fixture("timeit/verbose.txt"))).timeit).toEqual(
      raw.map((seconds) => seconds / 1000),
    );
  });

  it("reads what -v says of the search for a number of loops", () => {
    const [, loops] = /^(\d+) loops, best/m.exec(fixture("timeit/search.txt"))!;
    const raw = rawTimes("search.txt");
    expect(numbersOf(onlyRound(timeit, fixture("timeit/search.txt"))).timeit).toEqual(
      raw.map((seconds) => seconds / Number(loops)),
    );
  });

  it("takes the best time for the minimum that it is, of so many", () => {
    const printed = (file: string) => {
      const [, count, number, unit] = /best of (\d+): ([\d.]+) (\w+) per loop/.exec(fixture(`timeit/${file}`))!;
      return { count: Number(count), seconds: Number(number) * SCALE[unit!]! };
    };
    const best = printed("best.txt");
    expect(best.count).toBe(5);
    expect(onlyRound(timeit, fixture("timeit/best.txt")).measurements[0]).toMatchObject({
      distribution: { kind: "quantiles", quantiles: { 0: best.seconds }, count: 5 },
      estimator: "batch-means",
    });
    const [once] = onlyRound(timeit, fixture("timeit/once.txt")).measurements;
    expect(once!.distribution).toEqual({ kind: "quantiles", quantiles: { 0: printed("once.txt").seconds }, count: 1 });
    expect(once!.estimator).toBeUndefined();
  });

  it("reads Python 2's form and its warning", () => {
    const text =
      "1000000 loops, best of 3: 0.0432 usec per loop\n:0: UserWarning: The test results are likely unreliable. The worst time\n";
    expect(onlyRound(timeit, text).measurements[0]!.distribution).toEqual({
      kind: "quantiles",
      quantiles: { 0: 0.0432 * 1e-6 },
      count: 3,
    });
  });

  it.each([
    [
      "1 loop, best of 1: 1 sec per loop\n1 loop, best of 1: 2 sec per loop",
      'Two benchmarks are called "timeit". Timeit names nothing',
    ],
    ["hello\n1 loop, best of 1: 1 sec per loop", "1: Not what timeit prints: a line that timeit does not print: hello"],
    ["raw times: 1 sec, 2 sec\n\n1 loop, best of 3: 1 sec per loop", "3: Not what timeit prints: 2 raw times of 3"],
    ["raw times: 1 sec, two sec\n", "1: Not what timeit prints: a raw time that cannot be read: two sec"],
    ["raw times: 1 sec\n", "raw times without the line"],
    ["1 loop, best of 1: 1 fortnight per loop", "1: Not what timeit prints"],
    ["0 loops, best of 1: 1 sec per loop", "1: Not what timeit prints: a time that cannot be read"],
    ["", "It holds no benchmarks. Run `python -m timeit -v`"],
  ])("refuses %j", (text, message) => {
    expect(() => timeit.parse(outputOf(text))).toThrow(message);
  });

  it.skipIf(!hasTool("python3"))("reads what the Python of this machine prints", () => {
    const { stdout } = spawnSync("python3", ["-m", "timeit", "-v", "-n", "10", "-r", "4", "sorted(range(100))"], {
      encoding: "utf8",
    });
    expect(timeit.recognises(outputOf(stdout))).toBe(true);
    expect(numbersOf(onlyRound(timeit, stdout)).timeit).toHaveLength(4);
  });
});
