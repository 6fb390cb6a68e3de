import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { consoleTime } from "../../../src/adapters/tools/console-time.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

describe("console.time", () => {
  it("gives one time for each label, in seconds, with the step between two that could be printed", () => {
    const round = onlyRound(consoleTime, fixture("console-time/timer-ended.txt"));
    expect(numbersOf(round)).toEqual({ default: [0.058], "parse: big": [0.085] });
    expect(round.measurements.map(({ resolution }) => resolution)).toEqual([1e-3, 1e-3]);
  });

  it.each([
    ["a: 12.345ms", 0.012345],
    ["a: 1.234s", 1.234],
    ["a: 1:02.500 (m:ss.mmm)", 62.5],
    ["a: 2:01:02.500 (h:mm:ss.mmm)", 7262.5],
  ])("reads %s", (text, seconds) => {
    expect(numbersOf(onlyRound(consoleTime, text)).a![0]).toBeCloseTo(seconds, 12);
  });

  it("reads what Node printed, in milliseconds and in seconds, without what it logged on the way", () => {
    const text = fixture("console-time/node/time.txt");
    const printed = (label: string, unit: string) =>
      Number(new RegExp(`^${label}: ([\\d.]+)${unit}$`, "m").exec(text)![1]) / (unit === "ms" ? 1000 : 1);
    const numbers = numbersOf(onlyRound(consoleTime, text));
    expect(Object.keys(numbers)).toEqual(["default", "parse: big", "seconds"]);
    expect(numbers.default![0]).toBeCloseTo(printed("default", "ms"), 12);
    expect(numbers["parse: big"]![0]).toBeCloseTo(printed("parse: big", "s"), 12);
    expect(numbers.seconds![0]).toBeCloseTo(printed("seconds", "s"), 12);
  });

  it("reads what Node prints here", () => {
    const script = 'console.log("hello"); console.time("x"); console.timeEnd("x"); console.time(); console.timeEnd();';
    const { stdout } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    const numbers = numbersOf(onlyRound(consoleTime, stdout));
    expect(Object.keys(numbers)).toEqual(["x", "default"]);
    for (const [seconds] of Object.values(numbers)) expect(seconds).toBeGreaterThan(0);
  });

  it.each([
    ["a: 12ms\na: 13ms\n", /Two benchmarks are called "a"/],
    ["\na: soon - timer ended\n", /^2: Not a time: a: soon - timer ended/],
    ["hello\n", /^It holds no benchmarks/],
  ])("refuses %j", (text, message) => {
    expect(() => consoleTime.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("has four timers", () => {
    expect(numbersOf(onlyRound(consoleTime, corpusFile("js-console-time/bencher-four.txt")))).toEqual({
      default: [7.617],
      benchmark_1: [12.714],
      "benchmark 2": [9.034],
      "benchmark 3: The Third - timer/timerEnd": [8.827],
    });
  });
});
