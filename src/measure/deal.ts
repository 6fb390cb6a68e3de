import { largest, smallest } from "../model/extremes.ts";
import { homeShard, type Shard } from "../model/part.ts";
import type { Suite } from "../model/plan.ts";
import { namesBenchmarks } from "./workloads/command.ts";

/** What is dealt among shards: a benchmark, or a whole suite whose tool cannot be told what to run. */
interface Item {
  /** `suite/benchmark`, or `suite/*`. */
  readonly name: string;
  /** What it takes, in any unit that all items share. */
  readonly cost: number;
}

/** A shard that carries more than this many times the mean gives something up, where another one can take it. */
const EVEN = 1.05;

/** What anything costs where history says nothing at all. */
const USUAL = 1;

/**
 * The shard of each item, from 1. Each has a home that its name alone decides; then the heaviest shard gives to the lightest what evens them out best, until
 * they carry much the same. Only names and costs count, in no order, so that all shards deal alike; few items move for a change of costs or of names.
 *
 * Note: the longest first to whoever has least (Graham, SIAM J. Appl. Math. 17, 1969) is as even, and deals half of the benchmarks anew where one cost changes.
 *
 * @param carried what each shard carries already.
 * @internal Exported for its tests.
 */
export function dealOut(
  items: readonly Item[],
  shards: number,
  carried: readonly number[] = [],
): ReadonlyMap<string, number> {
  const byName = [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
  const held = new Map(byName.map(({ name }) => [name, homeShard(name, shards)]));
  const loads = Array.from({ length: shards }, (_, index) => carried[index] ?? 0);
  for (const { name, cost } of byName) loads[held.get(name)! - 1]! += cost;
  const mean = loads.reduce((sum, load) => sum + load, 0) / shards;
  for (let moves = 0; moves < 4 * items.length; moves++) {
    const [heavy, light] = [loads.indexOf(largest(loads)), loads.indexOf(smallest(loads))];
    const gap = loads[heavy]! - loads[light]!;
    if (loads[heavy]! <= EVEN * mean) break;
    const off = ({ cost }: Item) => Math.abs(cost - gap / 2);
    const best = byName
      .filter(({ name, cost }) => held.get(name) === heavy + 1 && cost > 0 && cost < gap)
      .reduce<Item | null>((found, each) => (found === null || off(each) < off(found) ? each : found), null);
    if (best === null) break;
    held.set(best.name, light + 1);
    loads[heavy]! -= best.cost;
    loads[light]! += best.cost;
  }
  return held;
}

/** What a shard knows before anything has been measured. */
export interface Deal {
  readonly shard: Shard;
  /** The suites whose tools run all they have: each is dealt as a whole. */
  readonly whole: ReadonlySet<string>;
  /** What benchmarks took before, by `suite/benchmark`. */
  readonly costs: ReadonlyMap<string, number>;
  /** The shard of each item as far as it is known yet, from 1. */
  readonly homes: ReadonlyMap<string, number>;
  /** Whether all benchmarks are known, and nothing is dealt anew. */
  readonly settled?: true;
}

/** A deal by what history knows; `costs`: what benchmarks took, by `suite/benchmark`. */
export function openDeal(shard: Shard, suites: readonly Suite[], costs: ReadonlyMap<string, number>): Deal {
  const whole = new Set(suites.filter((suite) => !isDivisible(suite)).map(({ name }) => name));
  const divisible = new Set(suites.filter(isDivisible).map(({ name }) => name));
  const known = [...costs.keys()].filter((name) => divisible.has(suiteOf(name)));
  return withNames({ shard, whole, costs, homes: new Map() }, known);
}

/** The deal of exactly these benchmarks, by `suite/benchmark`, after the whole suites, which go where they went before. */
export function withNames(deal: Deal, names: readonly string[]): Deal {
  const { shard, whole, costs } = deal;
  const sums = new Map<string, number>();
  for (const [name, cost] of costs) sums.set(suiteOf(name), (sums.get(suiteOf(name)) ?? 0) + cost);
  const known = [...costs.values()].sort((a, b) => a - b);
  const usual = known[known.length >> 1] ?? USUAL;
  const suites = [...whole].map((name) => ({ name: `${name}/*`, cost: sums.get(name) ?? usual }));
  const first = dealOut(suites, shard.of);
  const carried = Array.from({ length: shard.of }, (_, index) =>
    suites.reduce((sum, { name, cost }) => sum + (first.get(name) === index + 1 ? cost : 0), 0),
  );
  const own = [...new Set(names)].filter((name) => !whole.has(suiteOf(name)));
  const items = own.map((name) => ({ name, cost: costs.get(name) ?? usual }));
  return { ...deal, homes: new Map([...first, ...dealOut(items, shard.of, carried)]) };
}

/** The shard that measures a benchmark, from 1. */
export function shardOf(deal: Deal, suite: string, benchmark: string): number {
  const item = itemOf(deal, `${suite}/${benchmark}`);
  return deal.homes.get(item) ?? homeShard(item, deal.shard.of);
}

function itemOf({ whole }: Deal, name: string): string {
  return whole.has(suiteOf(name)) ? `${suiteOf(name)}/*` : name;
}

/** The suite of what is named `suite/benchmark`: its own name has no slash. */
function suiteOf(name: string): string {
  return name.slice(0, name.indexOf("/"));
}

/** Whether a suite's benchmarks can be measured without each other. */
export function isDivisible({ workload }: Suite): boolean {
  if (workload.kind === "bench") return true;
  return workload.kind === "run" && namesBenchmarks(workload.command);
}
