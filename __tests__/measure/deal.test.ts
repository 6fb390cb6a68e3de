import { describe, expect, it } from "vitest";
import { type Deal, dealOut, openDeal, shardOf, withNames } from "../../src/measure/deal.ts";
import type { Suite } from "../../src/model/plan.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

/** Costs that are as uneven as those of real suites: a tenth of the benchmarks takes half of the time. */
function costs(count: number, seed: number): ReadonlyMap<string, number> {
  const random = xoshiro128(seed);
  return new Map(Array.from({ length: count }, (_, i) => [`bench/case ${i}`, Math.exp(1.2 * gaussian(random))]));
}

const BENCH: Suite = { name: "bench", workload: { kind: "bench", patterns: ["*.js"] }, timeLimit: 60 };
const whole = (name: string): Suite => ({
  name,
  workload: { kind: "run", command: { kind: "shell", line: "k6 run x.js", shell: "sh" }, tool: "k6", output: null },
  timeLimit: 60,
});
const items = (of: ReadonlyMap<string, number>) => [...of].map(([name, cost]) => ({ name, cost }));
const loads = (of: ReadonlyMap<string, number>, held: ReadonlyMap<string, number>, shards: number) =>
  Array.from({ length: shards }, (_, shard) =>
    [...of].reduce((sum, [name, cost]) => sum + (held.get(name) === shard + 1 ? cost : 0), 0),
  );
const unevenness = (of: readonly number[]) => Math.max(...of) / (of.reduce((a, b) => a + b) / of.length);

describe("dealing benchmarks among shards", () => {
  it.each([2, 3, 5, 8, 10])(
    "of 200 benchmarks leaves the slowest of %i shards within 1.15 times the mean",
    (shards) => {
      for (let seed = 0; seed < 20; seed++) {
        const of = costs(200, seed);
        const mean = [...of.values()].reduce((a, b) => a + b) / shards;
        // A benchmark that takes longer than its shard should cannot be cut.
        const bound = Math.max(1.15, Math.max(...of.values()) / mean);
        expect(unevenness(loads(of, dealOut(items(of), shards), shards))).toBeLessThanOrEqual(bound + 1e-9);
      }
    },
  );

  it("is as even where nothing is known but names", () => {
    const of = new Map([...costs(200, 1).keys()].map((name) => [name, 1]));
    expect(unevenness(loads(of, dealOut(items(of), 5), 5))).toBeLessThanOrEqual(1.15);
  });

  it("does not depend on the order in which benchmarks come", () => {
    const of = items(costs(60, 4));
    expect(dealOut(of.toReversed(), 5)).toEqual(dealOut(of, 5));
  });

  it("leaves most benchmarks where they were, when costs are measured anew and when one is added", () => {
    const random = xoshiro128(9);
    const before = costs(200, 2);
    const after = new Map([...before].map(([name, cost]) => [name, cost * Math.exp(0.05 * gaussian(random))]));
    const [first, again] = [dealOut(items(before), 5), dealOut(items(after), 5)];
    const more = dealOut([...items(before), { name: "bench/new", cost: 1 }], 5);
    const moved = (to: ReadonlyMap<string, number>) =>
      [...first].filter(([name, shard]) => to.get(name) !== shard).length;
    expect(moved(again)).toBeLessThanOrEqual(30);
    expect(moved(more)).toBeLessThanOrEqual(10);
  });

  const deal = (index: number, suites = [BENCH, whole("api"), whole("web")]): Deal =>
    openDeal({ index, of: 3 }, suites, new Map([...costs(30, 7), ["api/GET", 20], ["web/GET", 5]]));

  it("gives every benchmark to one shard, a suite whose tool runs all it has as a whole", () => {
    const names = [...costs(30, 7).keys()].map((name) => name.slice("bench/".length));
    for (const name of names) expect(shardOf(deal(1), "bench", name)).toBe(shardOf(deal(3), "bench", name));
    expect(shardOf(deal(1), "api", "GET")).toBe(shardOf(deal(2), "api", "POST"));
    const api = shardOf(deal(1), "api", "*");
    const others = names.filter((name) => shardOf(deal(1), "bench", name) === api);
    expect(others.length).toBeLessThan(names.length / 3);
  });

  it("keeps whole suites where they are when other benchmarks turn up than history knows", () => {
    const settled = withNames(deal(1), ["bench/case 1", "bench/new one", "bench/new two"]);
    for (const suite of ["api", "web"]) expect(shardOf(settled, suite, "*")).toBe(shardOf(deal(1), suite, "*"));
  });
});
