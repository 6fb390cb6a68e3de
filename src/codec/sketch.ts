import type { GroupSketch, Sketch, ValueSketch } from "../model/sketch.ts";
import { alone, cut } from "./rank-groups.ts";

/** Values, ascending, with how often each was seen (whole numbers above 0). Of groups neighbours may be equal: their sizes are the same list for all rounds of one length. */
export interface Counted {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** One step of a group's mean, as a ratio: e to this power. */
const STEP = 0.0005;
/** Into how many parts a step is divided for the percentiles. */
const PARTS = 16;
/** The most distinct values that are kept as they are. */
const MOST_VALUES = 256;
/** The finest unit that values are counted in: 10 to minus this power. */
const MOST_DIGITS = 12;

/** How many values there are. */
export function totalOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The sketch of positive values: rank groups. p50 and p99 of it are within 0.002 % of the values' own, other percentiles within 0.03 %. Null where a value is
 * not above zero.
 */
export function sketchGroups({ values, counts }: Counted): GroupSketch | null {
  const min = values[0] ?? 0;
  if (!(min > 0)) return null;
  const n = totalOf(counts);
  const anchors = alone(n);
  const a: number[] = [];
  const d: number[] = [];
  let [before, rank, value, left] = [0, 0, 0, counts[0]!];
  for (const size of cut(n)) {
    let sum = 0;
    for (let wanted = size; wanted > 0; ) {
      const taken = Math.min(wanted, left);
      sum += taken * Math.log(values[value]! / min);
      wanted -= taken;
      left -= taken;
      if (left === 0) left = counts[++value] ?? 0;
    }
    const steps = sum / size / STEP;
    const q = Math.round(steps);
    d.push(q - before);
    before = q;
    if (anchors.has(rank)) a.push(Math.round(PARTS * (steps - q)));
    rank += size;
  }
  return { n, min, d, a };
}

/**
 * The sketch that holds every value; null where there are more than it holds. `decimal`: null as well where they are no whole multiples of a power of ten,
 * which take less room.
 */
export function sketchValues({ values, counts }: Counted, which: "decimal" | "any"): ValueSketch | null {
  if (values.length > MOST_VALUES) return null;
  const e = digitsOf(values);
  if (e === null) return which === "any" ? { v: Array.from(values), c: Array.from(counts) } : null;
  const whole = Array.from(values, (value) => Math.round(value * 10 ** e));
  return { e, v: whole.map((each, i) => each - (whole[i - 1] ?? 0)), c: Array.from(counts) };
}

/** The fewest digits behind the point that all values have; null where they have more than are kept, or are too large for it. */
function digitsOf(values: Float64Array): number | null {
  for (let e = 0; e <= MOST_DIGITS; e++) {
    if (values.every((value) => decimal(Math.round(value * 10 ** e), e) === value)) return e;
  }
  return null;
}

/** The number nearest to `whole` · 10⁻ᵉ: a product with 10⁻ᵉ may be its neighbour. NaN where `whole` is not exact. */
function decimal(whole: number, e: number): number {
  return Number.isSafeInteger(whole) ? Number(`${whole}e-${e}`) : Number.NaN;
}

/**
 * The values of a sketch with their counts. Throws an `Error` whose message says in a few words what is wrong with it; callers know where it came
 * from.
 */
export function readSketch(sketch: Sketch): Counted {
  return "v" in sketch ? readValues(sketch) : readGroups(sketch);
}

function readValues({ e, v, c }: ValueSketch): Counted {
  if (v.length !== c.length) throw new Error(`has ${v.length} values and ${c.length} counts`);
  const values = e === undefined ? v : summed(v).map((whole) => decimal(whole, e));
  if (values.some((value, i) => i > 0 && value <= values[i - 1]!)) throw new Error("has values that do not rise");
  if (!Number.isSafeInteger(c.reduce((sum, count) => sum + count, 0))) throw new Error("holds counts beyond 53 bits");
  if (!values.every(Number.isFinite)) throw new Error(NOT_FINITE);
  return { values: Float64Array.from(values), counts: Float64Array.from(c) };
}

/** Each with all before it. */
function summed(differences: readonly number[]): readonly number[] {
  const sums: number[] = [];
  for (const difference of differences) sums.push((sums.at(-1) ?? 0) + difference);
  return sums;
}

const NOT_FINITE = "holds values that are not finite";

// Plain loops from here on: a fan-in reads millions of sketches.
function readGroups({ n, min, d, a }: GroupSketch): Counted {
  const { counts, fixed, anchors } = groupsOf(n);
  if (d.length !== counts.length) throw new Error(`has ${d.length} groups; ${n} values make ${counts.length}`);
  if (a.length !== anchors) throw new Error(`has ${a.length} percentiles; ${n} values make ${anchors}`);
  const values = new Float64Array(counts.length);
  let [mean, next, before, rises] = [0, 0, 0, true];
  for (let i = 0; i < values.length; i++) {
    const difference = d[i] as number;
    if (difference < 0) throw new Error("has groups that fall");
    mean += difference;
    const value = min * (fixed[i] === 1 ? Math.exp((mean + (a[next++] as number) / PARTS) * STEP) : powerOf(mean));
    if (value < before) rises = false;
    values[i] = value;
    before = value;
  }
  if (!rises) rise(values, fixed);
  if (!Number.isFinite(values.at(-1))) throw new Error(NOT_FINITE);
  return { values, counts };
}

/** So many powers are known: the largest value of nearly every round is less than e⁸ times its smallest. */
const KNOWN_POWERS = 16_384;
let powers: Float64Array | null = null;

/** e to so many steps: whole numbers from 0. */
function powerOf(steps: number): number {
  if (steps >= KNOWN_POWERS) return Math.exp(steps * STEP);
  powers ??= Float64Array.from({ length: KNOWN_POWERS }, (_, each) => Math.exp(each * STEP));
  return powers[steps] as number;
}

/** How the groups of so many values lie: their sizes, and which of them are percentiles. */
interface Groups {
  readonly counts: Float64Array;
  /** 1 where the group is a percentile. */
  readonly fixed: Uint8Array;
  readonly anchors: number;
}

/** So many are remembered: rounds of one benchmark are mostly alike. */
const REMEMBERED = 64;
const remembered = new Map<number, Groups>();

function groupsOf(n: number): Groups {
  const known = remembered.get(n);
  if (known !== undefined) return known;
  const counts = Float64Array.from(cut(n));
  const own = alone(n);
  let rank = 0;
  const fixed = Uint8Array.from(counts, (size) => {
    const isAnchor = own.has(rank);
    rank += size;
    return isAnchor ? 1 : 0;
  });
  const groups = { counts, fixed, anchors: own.size };
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(n, groups);
  return groups;
}

/** Neighbours may have crossed by what was rounded: percentiles stay where they are, and the others make way. */
function rise(values: Float64Array, fixed: Uint8Array): void {
  for (let i = values.length - 2; i >= 0; i--)
    if (fixed[i] === 0 && values[i]! > values[i + 1]!) values[i] = values[i + 1]!;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) values[i] = values[i - 1]!;
}

/** One step of a slice's median, as `STEP`. */
const SLICE_STEP = 0.002;

/** Positive numbers in the order of time as steps: the first one's from `base`, the others' from the first one. Within 0.1 %. */
export function toSteps(values: readonly number[], base: number): readonly number[] {
  const [first = 0, ...others] = values.map((value) => Math.round(Math.log(value / base) / SLICE_STEP));
  return [first, ...others.map((each) => each - first)];
}

/** What `toSteps` was given. */
export function fromSteps([first = 0, ...others]: readonly number[], base: number): readonly number[] {
  return [first, ...others.map((each) => each + first)].map((steps) => base * Math.exp(steps * SLICE_STEP));
}
