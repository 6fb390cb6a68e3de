import { describe, expect, it } from "vitest";
import type { BenchLike, TaskLike } from "../../src/harness/benches.ts";
import { Calls } from "../../src/harness/calls.ts";
import { measuring, setTimes, type Times, trying } from "../../src/harness/times.ts";

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

/** As `callsOf`, of one that may settle first: the calls before and after it has; `known` is whether they can be told apart. */
function settling(ms: (call: number) => number, known = true) {
  let [now, made, spent, asked] = [0, 0, 0, 0];
  const settle = (calls: number) => {
    asked++;
    if (known) spent = calls;
    return known;
  };
  const wanted = new Calls(measuring(null), { now: () => now, isLast: () => false, settle });
  while (made < Number(wanted)) now += ms(made++);
  return { spent, measured: made - spent, asked };
}

describe("a benchmark whose first calls count for nothing", () => {
  it("has all that it is measured for after 12 ms of them, and no more of them than that", () => {
    for (const ms of [0.001, 0.004, 0.0051, 0.01, 0.2, 0.25, 1]) {
      const { spent, measured } = settling(() => ms);
      expect([spent * ms >= 12, spent * ms < 12 + 3 * ms], `${ms} ms`).toEqual([true, true]);
      expect(measured, `${ms} ms`).toBeGreaterThanOrEqual(every(null, ms) - 1);
      expect(measured * ms, `${ms} ms`).toBeLessThan(1.1 * every(null, ms) * ms);
    }
  });

  it("does not have them held against it: how evenly it runs is what it does afterwards", () => {
    const compiled = settling((call) => (call < 3000 ? 0.004 : 0.001));
    expect(compiled.measured).toBeGreaterThanOrEqual(25_000);
    expect(compiled.measured).toBeLessThan(27_000);
  });

  it("has as many of them however long the first takes", () => {
    for (const first of [0.1, 11, 13, 300]) {
      const { spent } = settling((call) => (call === 0 ? first : 0.1));
      expect(spent, `${first} ms`).toBeGreaterThanOrEqual(121);
      expect(spent, `${first} ms`).toBeLessThanOrEqual(123);
    }
  });

  it("is measured as ever where they cannot be told from the rest", () => {
    for (const ms of [0.001, 0.01, 0.2]) {
      const { spent, measured } = settling(() => ms, false);
      expect([spent, measured >= every(null, ms)], `${ms} ms`).toEqual([0, true]);
    }
  });

  it("does not settle where a call takes longer than that, or where it has come to take far longer", () => {
    for (const ms of [20, 1000, 6000])
      expect(settling(() => ms)).toEqual({ spent: 0, measured: every(null, ms), asked: 0 });
    expect(settling((call) => (call < 64 ? 0.001 : 300))).toMatchObject({ spent: 0, asked: 0 });
  });
});

const COURSE = { now: () => 0, isLast: () => false, hasNoted: () => false, settle: () => false };

/** A bench of one task whose options lie where version 2 and 6 have them, or in `opts`. */
function benchOf(place: "bench" | "opts", more: object = {}) {
  const options = { time: 1000, iterations: 64, warmupTime: 250, warmupIterations: 16 };
  const task = Object.assign(new EventTarget(), { name: "a", reset: () => {} }) as TaskLike;
  const run = async () => {};
  const bench = { tasks: [task], run, remove: () => {}, ...(place === "opts" ? { opts: options } : options), ...more };
  const holder: Readonly<Record<string, unknown>> = place === "opts" ? options : (bench as never);
  return { bench: bench as BenchLike, task, holder };
}

const AUTO = { kind: "auto", tail: new Map([["a", true]]) } as const;

/** How many calls of so many ms a bench makes in each phase, and of which numbers of them it was told that they count for nothing. */
function phases(times: Times, { ms = 0.125, known = true, events = ["warmup", "start"] } = {}) {
  const { bench, task, holder } = benchOf("opts");
  let now = 0;
  const spent: number[] = [];
  const settle = (calls: number) => {
    if (known) spent.push(calls);
    return known;
  };
  setTimes(bench, times, { now: () => now, isLast: () => false, hasNoted: () => known, settle });
  const made = events.map((event) => {
    task.dispatchEvent(new Event(event));
    let calls = 0;
    for (; calls < Number(holder[event === "warmup" ? "warmupIterations" : "iterations"]); calls++) now += ms;
    return calls;
  });
  return [...made, spent];
}

describe("a bench that settles as it measures", () => {
  it("is warmed up for 12 ms less, and measured for 12 ms more, where it is measured for a p99", () => {
    expect(phases(AUTO)).toEqual([304, 1097, [97]]);
    expect(phases(AUTO, { ms: 2 })).toEqual([19, 1007, [7]]);
    const never = { kind: "auto", tail: new Map([["a", false]]) } as const;
    expect(phases(never)).toEqual([400, 250, []]);
    expect(phases(never, { ms: 2 })).toEqual([25, 25, []]);
  });

  it("is as ever where nobody has said what it is measured for: one side might settle, and the other not", () => {
    const unknown = { kind: "auto", tail: new Map() } as const;
    expect(phases(unknown)).toEqual([400, 1000, []]);
    expect(phases(unknown, { ms: 2 })).toEqual([25, 25, []]);
  });

  it("does not where its samples are not known, where it is only tried, and where nothing has warmed it up", () => {
    expect(phases(AUTO, { known: false })).toEqual([400, 1000, []]);
    expect(phases({ kind: "brief" })).toEqual([40, 40, []]);
    expect(phases(AUTO, { events: ["start"] })).toEqual([1000, []]);
  });
});

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
