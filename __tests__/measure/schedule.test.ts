import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ScheduleOptions, type Side, schedule } from "../../src/measure/schedule.ts";

const BOTH: readonly Side[] = ["baseline", "candidate"];
const options = fc.record({
  suites: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 4 }),
  sides: fc.constantFrom<readonly Side[]>(BOTH, ["candidate"]),
  rounds: fc.integer({ min: 0, max: 25 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});
const letters = (given: ScheduleOptions, suite: string) =>
  schedule(given)
    .filter((slot) => slot.suite === suite && !slot.warmup)
    .flatMap(({ order }) => order.map((side) => (side === "baseline" ? "A" : "B")))
    .join("");

describe("a schedule", () => {
  it("runs every suite on every side once to throw away, before all else, and once in each pair", () => {
    fc.assert(
      fc.property(options, (given) => {
        const slots = schedule(given);
        const expected = (warmup: boolean, pair: number) =>
          given.suites.map((suite) => JSON.stringify({ suite, sides: [...given.sides].sort(), pair, warmup })).sort();
        const size = given.suites.length;
        const batch = (index: number) =>
          slots
            .slice(index * size, (index + 1) * size)
            .map(({ order, ...turn }) =>
              JSON.stringify({ suite: turn.suite, sides: [...order].sort(), pair: turn.pair, warmup: turn.warmup }),
            )
            .sort();
        expect(slots).toHaveLength(size * (given.rounds + 1));
        expect(batch(0)).toEqual(expected(true, 0));
        for (let pair = 0; pair < given.rounds; pair++) expect(batch(pair + 1)).toEqual(expected(false, pair));
      }),
    );
  });

  it("has nothing to throw away where it is cold", () => {
    const given = { suites: ["a", "b"], sides: BOTH, rounds: 3, seed: 7 };
    const cold = schedule({ ...given, cold: true });
    expect(cold.map(({ suite, pair, warmup }) => [suite, pair, warmup])).toEqual(
      [0, 1, 2].flatMap((pair) => ["a", "b"].map((suite) => [suite, pair, false])),
    );
  });

  it("takes the suites in turn", () => {
    fc.assert(
      fc.property(options, (given) => {
        const order = schedule({ ...given, sides: BOTH }).map(({ suite }) => suite);
        expect(order).toEqual(Array.from({ length: given.rounds + 1 }, () => given.suites).flat());
      }),
    );
  });

  it("balances each suite in blocks of two pairs", () => {
    fc.assert(
      fc.property(options, (given) => {
        for (const suite of given.suites) {
          expect(letters({ ...given, sides: BOTH }, suite)).toMatch(/^(ABBA|BAAB)*(AB|BA)?$/);
        }
      }),
    );
  });

  it("cancels a linear drift of the machine within each block", () => {
    fc.assert(
      fc.property(options, (given) => {
        for (const suite of given.suites) {
          const sides = letters({ ...given, sides: BOTH, rounds: 12 }, suite);
          const drift = (side: string) => [...sides].reduce((sum, each, time) => sum + (each === side ? time : 0), 0);
          expect(drift("A")).toBe(drift("B"));
        }
      }),
    );
  });

  it("is the same for the same seed, and not for every seed", () => {
    const given = { suites: ["a", "b"], sides: BOTH, rounds: 12 };
    fc.assert(
      fc.property(options, (any) => {
        expect(schedule(any)).toEqual(schedule(any));
      }),
    );
    const orders = new Set(Array.from({ length: 20 }, (_, seed) => letters({ ...given, seed }, "a")));
    expect(orders.size).toBeGreaterThan(10);
  });

  it("draws the order of each suite and of each block for itself", () => {
    const runs = Array.from({ length: 200 }, (_, seed) => ({ suites: ["a", "b"], sides: BOTH, rounds: 4, seed }));
    const share = (holds: (given: ScheduleOptions) => boolean) => runs.filter(holds).length / runs.length;
    for (const holds of [
      (given: ScheduleOptions) => letters(given, "a").startsWith("A"),
      (given: ScheduleOptions) => letters(given, "a") === letters(given, "b"),
      (given: ScheduleOptions) => letters(given, "a").slice(0, 4) === letters(given, "a").slice(4),
    ]) {
      expect(share(holds)).toBeGreaterThan(0.1);
      expect(share(holds)).toBeLessThan(0.7);
    }
  });
});
