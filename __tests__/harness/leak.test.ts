import { describe, expect, it } from "vitest";
import { leakOf } from "../../src/harness/leak.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";
import { judged } from "../judge/kit.ts";
import { aSeries, one } from "../synthetic.ts";

/** What a heap holds after so many operations, in bytes, once the garbage is collected. */
type Heap = (operations: number) => number;

/** What is found of a heap whose benchmark made `warm` operations before it was measured, and `runs` while it was; also how many it made for that. */
async function found(heap: Heap, { warm = 500, runs = 1000, random = xoshiro128(1) as Random } = {}) {
  let made = warm + runs;
  const collected = () => 5e6 + heap(made) + 800 * gaussian(random);
  const bytes = heap(made) - heap(warm);
  const leak = await leakOf(
    { bytes, runs },
    {
      run: async (more) => {
        made += more;
        return true;
      },
      heap: collected,
    },
  );
  return { leak, more: made - warm - runs };
}

const sawtooth =
  (period: number, each: number): Heap =>
  (operations) =>
    (operations % period) * each;

describe("leakOf", () => {
  it.each([100, 1000, 1e5])(
    "finds 100 B an operation to within a few, however large the operations: %d B",
    async (each) => {
      const { leak } = await found((operations) => each * operations);
      expect(leak / each).toBeGreaterThan(0.85);
      expect(leak / each).toBeLessThan(1.15);
    },
  );

  it("runs nothing again where little is left: collected heaps differ by so much", async () => {
    for (const each of [2, 20]) expect(await found((operations) => each * operations)).toEqual({ leak: 0, more: 0 });
    expect(await found((operations) => operations, { runs: 1e6 })).toEqual({ leak: 0, more: 0 });
  });

  it("is not taken in by what is filled once", async () => {
    expect((await found((operations) => 200 * Math.min(operations, 1400))).leak).toBe(0);
  });

  it("bears one look in which the engine lets go of something of its own", async () => {
    const { leak } = await found((operations) => 100 * operations - (operations > 1700 ? 1e4 : 0));
    expect(leak).toBeGreaterThan(80);
  });

  it("is not moved by a table that doubles", async () => {
    const { leak } = await found((operations) => 100 * operations + (operations > 1700 ? 1e6 : 0));
    expect(leak).toBeGreaterThan(80);
    expect(leak).toBeLessThan(120);
  });

  it("is nothing of a benchmark that cannot run again", async () => {
    const means = { run: async () => false, heap: () => 0 };
    expect(await leakOf({ bytes: 1e6, runs: 1000 }, means)).toBe(0);
  });
});

describe("the verdict on what heaps keep", () => {
  const rounds = (values: readonly number[]) =>
    aSeries(values.length, (pair) => ({ ...one(values[pair]!), metric: "heap-growth", unit: "B" }));
  const verdictOn = (baseline: readonly number[], candidate: readonly number[]) =>
    judged(rounds(baseline), rounds(candidate), {}, "side-by-side").judgements.find(
      ({ metric }) => metric === "heap-growth",
    )?.verdict;

  it("is a regression where every round of the candidate leaks and none of the baseline does", () => {
    expect(verdictOn([0, 0, 0, 0, 0, 0], [96, 97, 96, 96, 95, 96])).toBe("regression");
    expect(verdictOn([96, 97, 96, 96, 95, 96], [0, 0, 0, 0, 0, 0])).toBe("improvement");
  });

  it("is nothing where neither does, or both do alike", () => {
    expect(verdictOn([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0])).toBe("unchanged");
    expect(verdictOn([96, 97, 96, 96, 95, 96], [96, 96, 95, 96, 97, 96])).toBe("unchanged");
  });

  it("is a regression where more is kept than was", () => {
    expect(verdictOn([96, 97, 96, 96, 95, 96], [150, 151, 150, 150, 149, 150])).toBe("regression");
  });

  it("bears one odd round of twelve on either side, and is open where a side cannot make up its mind", () => {
    const zeros = Array(12).fill(0);
    expect(verdictOn([...zeros.slice(1), 40], [96, 97, 96, 96, 95, 96, 96, 97, 96, 96, 95, 0])).toBe("regression");
    expect(verdictOn(zeros, [...zeros.slice(1), 40])).toBe("unchanged");
    expect(verdictOn(zeros, [96, 0, 96, 0, 95, 0, 96, 0, 96, 0, 95, 0])).toBe("inconclusive");
  });

  it("calls no heap that rises and falls a leak, in 200 gates of six pairs, and finds one of 100 B an operation in all", async () => {
    const random = xoshiro128(11);
    const side = async (heap: Heap) => {
      const values: number[] = [];
      for (let round = 0; round < 6; round++) {
        const warm = Math.floor(500 + 2000 * random());
        const runs = Math.floor(1000 * (1 + 0.3 * random()));
        values.push((await found(heap, { warm, runs, random })).leak);
      }
      return values;
    };
    const flat: Heap = () => 0;
    let [same, alone, leaks] = [0, 0, 0];
    for (let gate = 0; gate < 200; gate++) {
      // On both sides of any period; on one alone of up to what is measured: beyond, nothing tells it from a leak.
      const heap = sawtooth(10 ** (1 + 4 * random()), 20 + 400 * random());
      const short = sawtooth(10 ** (1 + 2 * random()), 20 + 400 * random());
      if (verdictOn(await side(heap), await side(heap)) === "regression") same++;
      if (verdictOn(await side(flat), await side(short)) === "regression") alone++;
      if (gate % 10 === 0 && verdictOn(await side(flat), await side((n) => 100 * n)) === "regression") leaks++;
    }
    expect({ same, alone, leaks }).toEqual({ same: 0, alone: 0, leaks: 20 });
  });
});
