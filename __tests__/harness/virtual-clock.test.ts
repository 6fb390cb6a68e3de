import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/harness/virtual-clock.ts";

/** A clock that is moved by hand; `pass` moves it as another side would. */
function world({ slice = 3, others = 50 } = {}) {
  let ms = 1000;
  let passed = 0;
  const real = { ms: () => ms, ns: () => BigInt(Math.round(ms * 1e6)) };
  const clock = new VirtualClock(real, slice);
  const start = () =>
    clock.startSlices(() => {
      passed++;
      ms += others;
    });
  return { clock, start, work: (time: number) => (ms += time), passed: () => passed };
}

describe("virtual time", () => {
  it("is the real clock's until something is waited for", () => {
    const { clock, work } = world();
    work(2);
    expect(clock.now()).toBe(1002);
    expect(clock.bigint()).toBe(1_002_000_000n);
  });

  it("goes on from where it stood after a wait, whichever reading it was that waited", () => {
    const { clock, start, work, passed } = world();
    start();
    const begin = clock.yieldingNow();
    work(4);
    const end = clock.yieldingNow();
    work(1);
    const next = clock.yieldingNow();
    expect([end - begin, next - end, passed()]).toEqual([4, 1, 1]);
    expect(clock.yieldingBigint()).toBe(BigInt(next) * 1_000_000n);
  });

  it("begins a new slice after each wait", () => {
    const { clock, start, work, passed } = world({ slice: 3 });
    start();
    const counts = Array.from({ length: 7 }, () => {
      work(1);
      clock.yieldingNow();
      return passed();
    });
    expect(counts).toEqual([0, 0, 1, 1, 1, 2, 2]);
  });

  it("never waits outside slices, nor where it is read by a clock that does not yield", () => {
    const { clock, start, work, passed } = world();
    work(100);
    clock.yieldingNow();
    start();
    work(100);
    clock.now();
    clock.bigint();
    expect(passed()).toBe(0);
    clock.yieldIfDue();
    clock.stopSlices();
    work(100);
    clock.yieldingBigint();
    expect(passed()).toBe(1);
  });

  it("tells clocks apart without waiting or losing time", () => {
    const { clock, start, work, passed } = world();
    start();
    work(2);
    const before = clock.now();
    expect(clock.probe(clock.yieldingNow)).toEqual({ virtual: true, yields: true });
    expect(clock.probe(() => Number(clock.yieldingBigint()) / 1e6)).toEqual({ virtual: true, yields: true });
    expect(clock.probe(clock.now)).toEqual({ virtual: true, yields: false });
    expect(clock.probe(() => 5)).toEqual({ virtual: false, yields: false });
    expect([clock.now(), passed()]).toEqual([before, 0]);
    work(2);
    clock.yieldingNow();
    expect(passed()).toBe(1);
  });
});

describe("the samples of a slice", () => {
  it("have a middle for each slice, in the order of time, by either clock", () => {
    for (const read of ["yieldingNow", "yieldingBigint"] as const) {
      const { clock, start, work } = world({ slice: 10 });
      start();
      clock.beginSamples();
      for (const time of [2, 4, 3, 5, 5, 6]) {
        clock[read]();
        work(time);
        clock[read]();
      }
      // The fourth sample begins at 9 and ends the slice, which waits for the other side; the sixth ends the next.
      expect(clock.endSamples().whole.middles, read).toEqual([3.5, 5.5]);
    }
  });

  it("are not asked for before they begin, nor after they end", () => {
    const { clock, start, work } = world();
    start();
    clock.yieldingNow();
    work(1);
    clock.yieldingNow();
    clock.beginSamples();
    expect(clock.endSamples().whole.middles).toEqual([]);
    clock.yieldingNow();
    expect(clock.endSamples().whole.middles).toEqual([]);
  });

  it("may be longer than a slice: then each is one", () => {
    const { clock, start, work } = world({ slice: 3 });
    start();
    clock.beginSamples();
    for (const time of [5, 7, 9]) {
      clock.yieldingNow();
      work(time);
      clock.yieldingNow();
    }
    expect(clock.endSamples().whole.middles).toEqual([5, 7, 9]);
  });

  it("are as good as all where a slice holds more than are kept", () => {
    const { clock, start, work } = world({ slice: 1e6 });
    start();
    clock.beginSamples();
    for (let i = 0; i < 10_000; i++) {
      clock.yieldingNow();
      work(1 + (i % 3));
      clock.yieldingNow();
    }
    const { middles } = clock.endSamples().whole;
    expect(middles).toHaveLength(1);
    expect(middles[0]).toBeCloseTo(2, 2);
  });

  it("may be said to count for nothing so far, by either clock, between two of them", () => {
    for (const read of ["yieldingNow", "yieldingBigint"] as const) {
      const { clock, start, work } = world({ slice: 1 });
      start();
      expect([clock.hasNoted(0), clock.settle(0)], read).toEqual([false, false]);
      clock.beginSamples();
      const sample = (time: number) => {
        clock[read]();
        work(time);
        clock[read]();
      };
      for (const time of [4, 5, 6]) sample(time);
      clock[read]();
      expect([clock.hasNoted(3), clock.settle(3)], read).toEqual([false, false]);
      work(7);
      clock[read]();
      expect([clock.hasNoted(3), clock.hasNoted(4), clock.settle(4)], read).toEqual([false, true, true]);
      for (const time of [2, 3, 2]) sample(time);
      const { whole, settled } = clock.endSamples();
      expect([...settled!.early], read).toEqual([4, 5, 6, 7]);
      expect([whole.middles, settled!.slices.middles], read).toEqual([
        [4, 5, 6, 7, 2, 3, 2],
        [3, 2],
      ]);
    }
  });
});
