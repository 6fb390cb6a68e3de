import type { Change, Finding, Stop } from "../../model/bisect.ts";

/** The chance, over the whole search, that any interval misses what is true: the answer is right in at least 95 of 100. */
const ERROR = 0.05;

/** How often a commit is measured on before it is said that it cannot be told. */
const MOST_TRIES = 3;

/** The most gates that a search along so many commits takes: what halving needs, half as many to measure noisy ones on, and the two ends. */
export function mostGates(commits: number): number {
  return Math.floor(1.5 * Math.log2(commits) + 3);
}

/**
 * The level of every interval of a search, so that all of them hold at once with 95 % (Bonferroni over the gates that it may take). While they do, no half is
 * thrown away that holds the change.
 */
export function levelOf(commits: number): number {
  return 1 - ERROR / mostGates(commits);
}

/** A commit's level beside the good one's. */
interface Known extends Change {
  readonly at: number;
}

/** A search for the commit that changed a level. Each answer makes a new one. */
export interface Search {
  readonly commits: number;
  readonly whole: Change;
  readonly low: Known;
  readonly high: Known;
  readonly between: readonly number[];
  readonly unbuilt: readonly number[];
  readonly gates: number;
  /** How often the commit that is measured now was. */
  readonly tries: number;
  /** What the ends of the range show side by side, once nothing between them is left. */
  readonly own: Change | null;
  /** Whether the commit that is next cannot be told. */
  readonly stuck: boolean;
}

/** What to do next: measure a commit side by side with another one, or nothing. */
export type Step =
  | { readonly kind: "measure"; readonly at: number; readonly from: number }
  | { readonly kind: "done"; readonly finding: Finding };

/** What came of a step. */
export type Answer =
  | { readonly kind: "measured"; readonly change: Change }
  /** It does not build, or what it runs fails. */
  | { readonly kind: "unbuilt" };

/** The search after the gate of the bad commit, numbered `commits`, against the good one: `whole` is what it found, and does not hold zero. */
export function startSearch(commits: number, whole: Change, gates = 1): Search {
  const low = { at: 0, mean: 0, lower: 0, upper: 0 };
  const high = { at: commits, ...whole };
  return { commits, whole, low, high, between: [], unbuilt: [], gates, tries: 0, own: null, stuck: false };
}

/** What a search does next. */
export function stepOf(search: Search): Step {
  const { low, high, own, stuck } = search;
  if (stuck) return { kind: "done", finding: findingOf(search, "noise", null) };
  const at = nextOf(search);
  if (at !== null) return { kind: "measure", at, from: 0 };
  const neighbours = high.at - low.at === 1;
  const change = low.at === 0 ? high : own;
  if (change === null) return { kind: "measure", at: high.at, from: low.at };
  const expected = Math.sign(high.mean - low.mean);
  const stop = expected * (expected > 0 ? change.lower : change.upper) <= 0 ? "contradiction" : null;
  return { kind: "done", finding: findingOf(search, stop ?? (neighbours ? null : "unbuilt"), change) };
}

/** The search after the answer to its step. */
export function answered(search: Search, { at, from }: Step & { readonly kind: "measure" }, answer: Answer): Search {
  if (answer.kind === "unbuilt") return { ...search, unbuilt: [...search.unbuilt, at], tries: 0 };
  const { change } = answer;
  const counted = { ...search, gates: search.gates + 1 };
  if (from !== 0) return { ...counted, own: change };
  const place = placeOf(search, change);
  const here = { at, ...change };
  if (place === "open") {
    const tries = search.tries + 1;
    return { ...counted, tries, stuck: tries >= MOST_TRIES || spare(counted) < 1 };
  }
  const between = place === "apart" ? [...search.between, at] : search.between;
  const bad = place === "high" || (place === "apart" && isFartherFrom(search, change));
  return { ...counted, ...(bad ? { high: here } : { low: here }), between, tries: 0 };
}

/**
 * What a commit's level says: it is that of the good end, of the bad end, or proven to be neither's; `open` where it does not say yet. Half way between the ends
 * divides them.
 */
export function placeOf({ low, high }: Search, change: Change): "low" | "high" | "apart" | "open" {
  const rises = high.mean >= low.mean;
  const [bottom, top] = rises ? [low, high] : [high, low];
  const within = change.lower > bottom.upper && change.upper < top.lower;
  if (within || change.lower > top.upper || change.upper < bottom.lower) return "apart";
  const middle = (low.mean + high.mean) / 2;
  if (change.lower > middle) return rises ? "high" : "low";
  if (change.upper < middle) return rises ? "low" : "high";
  return "open";
}

/** Whether more of the change lies before a commit than after it. */
function isFartherFrom({ low, high }: Search, { mean }: Change): boolean {
  return Math.abs(mean - low.mean) > Math.abs(high.mean - mean);
}

/** How many gates may still be spent on measuring on. */
function spare({ commits, gates, low, high }: Search): number {
  return mostGates(commits) - gates - Math.ceil(Math.log2(high.at - low.at)) - 1;
}

/**
 * The commit to measure: the middle one. Of commits that do not build there are often many in a row: after each the next one lies twice as far from the
 * middle. Null where none is left.
 */
function nextOf({ low, high, unbuilt }: Search): number | null {
  const middle = (low.at + high.at) / 2;
  const inside = Array.from({ length: high.at - low.at - 1 }, (_, index) => low.at + 1 + index);
  const left = inside.filter((at) => !unbuilt.includes(at));
  if (left.length === 0) return null;
  const nearest = left.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
  return nearest[Math.min(2 ** (inside.length - left.length) - 1, left.length - 1)]!;
}

function findingOf(search: Search, stop: Stop | null, change: Change | null): Finding {
  const { low, high, whole, between, unbuilt, gates } = search;
  const rest = change !== null && (change.upper < whole.lower || change.lower > whole.upper);
  const inside = unbuilt.filter((at) => stop !== "unbuilt" || (at > low.at && at < high.at));
  return { after: low.at, until: high.at, change, whole, stop, between, rest, unbuilt: inside, gates };
}
