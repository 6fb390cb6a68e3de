import { describe, expect, it } from "vitest";
import type { BenchLike, TaskLike } from "../../src/harness/benches.ts";
import { Calls, measuring, setTimes, trying } from "../../src/harness/times.ts";

/** How many calls a loop such as tinybench's makes where each of them takes `ms`. */
function callsOf(tail: boolean | null, ms: (call: number) => number, othersEnd = Infinity): number {
  let now = 0;
  const wanted = new Calls(measuring(tail), { now: () => now, isLast: () => now >= othersEnd });
  let made = 0;
  while (made < Number(wanted)) now += ms(made++);
  return made;
}

/** The same, for a fixed time. */
const every = (tail: boolean | null, ms: number) => callsOf(tail, (call) => (call >= 0 ? ms : 0));

describe("a benchmark whose times the harness chooses", () => {
  it("is measured for 50 ms, and where it is quick and even for 25 ms and 10,000 calls", () => {
    expect([0.01, 0.0051].map((ms) => every(false, ms))).toEqual([5001, 9804]);
    expect([0.005, 0.004, 0.0025].map((ms) => every(null, ms))).toEqual([10_000, 10_000, 10_000]);
    expect(every(null, 0.001)).toBeGreaterThanOrEqual(25_000);
    expect(every(null, 0.001)).toBeLessThan(26_000);
  });

  it("is measured for the whole 50 ms where its last calls took longer than those before them", () => {
    const slower = (call: number) => (call % 25_000 < 18_000 ? 0.001 : 0.0012);
    expect(callsOf(null, slower)).toBeGreaterThanOrEqual(45_000);
  });

  it("is measured on where its last calls took less time than those before them: it may not be compiled yet", () => {
    expect(callsOf(null, (call) => (call < 15_000 ? 0.00125 : 0.001))).toBeGreaterThanOrEqual(40_000);
    expect(callsOf(null, (call) => (call < 3_000 ? 0.00125 : 0.001))).toBeLessThan(26_000);
  });

  it("ends with the other sides where it has not run evenly, once it has what an even one has", () => {
    const uneven = (call: number) => 0.001 * (1 + call / 10_000);
    const [alone, late, early] = [Infinity, 40, 5].map((end) => callsOf(null, uneven, end));
    const half = every(null, 0.001);
    expect(early).toBeGreaterThanOrEqual(10_000);
    expect([early! < late!, late! < alone!, early! <= half]).toEqual([true, true, true]);
    // An even one has enough by itself, and neither a p99 nor a slow one is cut short.
    expect([every(null, 0.001), every(true, 0.5), every(false, 20)]).toEqual(
      [0.001, 0.5, 20].map((ms, index) => callsOf([null, true, false][index]!, (call) => (call >= 0 ? ms : 0), 0)),
    );
  });

  it("has 1,000 samples where they take less than a second, and 50 ms of them where they take more", () => {
    expect([0.2, 1].map((ms) => every(null, ms))).toEqual([1000, 1000]);
    expect(every(null, 1.1)).toBe(46);
  });

  it("has 10 samples where they take a second at most, fewer where they take longer, but 3", () => {
    expect([20, 100, 150, 200, 5000].map((ms) => every(null, ms))).toEqual([10, 10, 6, 5, 3]);
  });

  it("is only tried for 5 ms where that is asked for and it is quick, and measured as ever where it is not", () => {
    const made = (ms: (call: number) => number) => {
      let [now, calls] = [0, 0];
      const wanted = new Calls(trying(measuring(null)), { now: () => now, isLast: () => false });
      while (calls < Number(wanted)) now += ms(calls++);
      return calls;
    };
    expect([0.001, 0.25].map((ms) => made(() => ms))).toEqual([5001, 20]);
    expect([0.26, 1, 1.1, 5000].map((ms) => made(() => ms))).toEqual([1000, 1000, 46, 3]);
    // The first calls take longer, until they are compiled.
    expect(made((call) => (call < 3 ? 2 : 0.005))).toBeLessThan(1100);
  });

  it("has what its first turn said, whatever it takes now", () => {
    expect(every(true, 1.5)).toBe(1000);
    expect(every(false, 0.9)).toBe(56);
    expect(every(false, 0.15)).toBe(250);
    expect(every(false, 0.001)).toBeGreaterThanOrEqual(25_000);
  });

  it("is given up where 1,000 samples have come to take far longer than that turn said", () => {
    const made = every(true, 100);
    expect(made).toBeGreaterThan(50);
    expect(made).toBeLessThanOrEqual(100);
  });

  it("is not judged by its first calls, which compile it, nor by a call in which the system was busy", () => {
    expect(callsOf(null, (call) => (call < 3 ? 40 : 0.01))).toBeGreaterThanOrEqual(5000);
    expect(callsOf(null, (call) => (call < 8 ? 0.001 : 20))).toBeLessThanOrEqual(64);
    expect(callsOf(null, (call) => (call % 100 === 7 ? 20 : 0.5))).toBe(1000);
  });

  it("stops early, not never, where the number is read only once", () => {
    expect(Number(new Calls(measuring(null), { now: () => 0, isLast: () => true }))).toBe(1);
  });
});

const COURSE = { now: () => 0, isLast: () => false };

/** A bench of one task whose options lie where version 2 and 6 have them, or in `opts`. */
function benchOf(place: "bench" | "opts", more: object = {}) {
  const options = { time: 1000, iterations: 64, warmupTime: 250, warmupIterations: 16 };
  const task = Object.assign(new EventTarget(), { name: "a", reset: () => {} }) as TaskLike;
  const run = async () => {};
  const bench = { tasks: [task], run, remove: () => {}, ...(place === "opts" ? { opts: options } : options), ...more };
  const holder: Readonly<Record<string, unknown>> = place === "opts" ? options : (bench as never);
  return { bench: bench as BenchLike, task, holder };
}

describe.each(["bench", "opts"] as const)("a bench whose options are in its %s", (place) => {
  it("has them set for each task, and gets its own back", () => {
    const { bench, task, holder } = benchOf(place);
    const restore = setTimes(bench, { kind: "auto", tail: new Map() }, COURSE);
    task.dispatchEvent(new Event("warmup"));
    expect(holder).toMatchObject({ warmupTime: 0, warmupIterations: expect.any(Calls) });
    task.dispatchEvent(new Event("start"));
    expect(holder).toMatchObject({ time: 0, iterations: expect.any(Calls) });
    restore();
    expect(holder).toMatchObject({ time: 1000, iterations: 64, warmupTime: 250, warmupIterations: 16 });
  });

  it.each([
    ["keeps them", { kind: "keep" }, {}],
    ["keeps them where its calls overlap", { kind: "auto", tail: new Map() }, { concurrency: "task" }],
  ] as const)("%s", (_, times, more) => {
    const { bench, task, holder } = benchOf(place, more);
    setTimes(bench, times, COURSE);
    task.dispatchEvent(new Event("start"));
    expect(holder).toMatchObject({ time: 1000, iterations: 64 });
  });
});
