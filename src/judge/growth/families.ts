import { keyOf } from "../../model/key.ts";

/** Fewer sizes show no growth. */
const FEWEST_SIZES = 3;
/** The largest size is so many times the smallest: over less, noise is as large as what growth does. */
const LEAST_SPAN = 4;

/** What a benchmark is called, and where it stands. */
export interface Named {
  readonly suite: string;
  readonly benchmark: string;
}

/** Benchmarks whose names differ in one number alone: `label` has `*` in its place. Smallest size first, no size twice. */
export interface Family<T> {
  readonly suite: string;
  readonly label: string;
  readonly members: readonly { readonly size: number; readonly of: T }[];
}

/**
 * The families among benchmarks: those that a parameter makes of one. Numbers count where they stand by themselves, as tools print parameters: `sort/n=1000`,
 * `BM_sort/1024`, `test_sort[1000]`, `Sort (size=1000)`, `Sort(N: 1000)`, `sort 10k`. A benchmark with two parameters may be in two families.
 */
export function familiesOf<T extends Named>(all: readonly T[]): readonly Family<T>[] {
  const found = new Map<string, { suite: string; label: string; members: Map<number, T> }>();
  for (const of of all) {
    for (const { label, size } of sizesIn(of.benchmark)) {
      const key = keyOf(of.suite, label);
      const family = found.get(key) ?? { suite: of.suite, label, members: new Map<number, T>() };
      found.set(key, family);
      if (!family.members.has(size)) family.members.set(size, of);
    }
  }
  return [...found.values()].flatMap(({ suite, label, members }) => {
    const sizes = [...members.keys()].sort((a, b) => a - b);
    return areEnough(sizes) ? [{ suite, label, members: sizes.map((size) => ({ size, of: members.get(size)! })) }] : [];
  });
}

/** Whether sizes, smallest first, are as many and as far apart as it takes to show growth. */
export function areEnough(sizes: readonly number[]): boolean {
  return sizes.length >= FEWEST_SIZES && sizes.at(-1)! >= LEAST_SPAN * sizes[0]!;
}

/** A number by itself: with thousands marked, a decimal power, or a unit of size behind it. */
const NUMBER =
  /(?<=^|[\s/=:[({,_-])(?<digits>\d{1,3}(?:[,_]\d{3})+|\d+(?:\.\d+)?(?:e\d+)?)(?:\s?(?<unit>[kKMG]i?B?|B))?(?=$|[\s/\])},:_-])/g;

/** What a number before `k`, `Mi` and the like is multiplied by. */
const PREFIXES: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  ki: 1024,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
};

/** Parameters that say how something is run, not on how much. */
const NOT_A_SIZE =
  /(?:^|[^a-z])(?:threads?|cpus?|cores?|procs?|workers?|forks?|seed|port|version|iterations|repeats|min_time|min_warmup_time)\s*[=:]\s*$/i;

function sizesIn(name: string): readonly { readonly label: string; readonly size: number }[] {
  return [...name.matchAll(NUMBER)].flatMap((match) => {
    const before = name.slice(0, match.index);
    const { digits = "", unit = "" } = match.groups ?? {};
    const size = Number(digits.replaceAll(/[,_]/g, "")) * (PREFIXES[unit.replace(/B$/, "")] ?? 1);
    if (!(size > 0) || NOT_A_SIZE.test(before)) return [];
    return [{ label: `${before}*${name.slice(match.index + match[0].length)}`, size }];
  });
}
