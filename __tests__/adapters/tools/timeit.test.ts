import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { timeit } from "../../../src/adapters/tools/timeit.ts";
import { hasTool } from "../../tool.ts";
import { fixture, numbersOf, onlyRound } from "../outputs.ts";

describe("timeit", () => {
  it("divides the raw times by the loops", () => {
    const raw = /^raw times: (.*)$/m.exec(fixture("timeit/verbose.txt"))![1]!.split(", ").map(Number.parseFloat);
    const [found] = onlyRound(timeit, fixture("timeit/verbose.txt")).measurements;
    expect(raw).toHaveLength(5);
    expect(found).toMatchObject({
      benchmark: "timeit",
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "batch-means",
      resolution: 1e-9,
    });
    expect(numbersOf(onlyRound(timeit, fixture("timeit/verbose.txt"))).timeit).toEqual(
      raw.map((usec) => (usec * 1e-6) / 1000),
    );
  });

  it("reads what -v says of the search for a number of loops", () => {
    const [, loops] = /^(\d+) loops, best/m.exec(fixture("timeit/search.txt"))!;
    const raw = /^raw times: (.*)$/m.exec(fixture("timeit/search.txt"))![1]!.split(", ").map(Number.parseFloat);
    expect(numbersOf(onlyRound(timeit, fixture("timeit/search.txt"))).timeit).toEqual(
      raw.map((msec) => (msec * 1e-3) / Number(loops)),
    );
  });

  it("takes the best time for the minimum that it is, of so many", () => {
    expect(onlyRound(timeit, fixture("timeit/best.txt")).measurements[0]).toMatchObject({
      distribution: { kind: "quantiles", quantiles: { 0: 809 * 1e-9 }, count: 5 },
      estimator: "batch-means",
    });
    const [once] = onlyRound(timeit, fixture("timeit/once.txt")).measurements;
    expect(once!.distribution).toEqual({ kind: "quantiles", quantiles: { 0: 10.1 * 1e-3 }, count: 1 });
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
