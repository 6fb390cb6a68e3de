import { answered, levelOf, mostGates, placeOf, startSearch, stepOf } from "../../src/judge/bisect/search.ts";
import { looksOf } from "../../src/judge/undecided.ts";
import type { Change, Finding } from "../../src/model/bisect.ts";
import { errorFloor, pairedEstimate } from "../../src/stats/estimate.ts";
import { repeatedInterval } from "../../src/stats/sequential.ts";

/** A line of commits whose levels are known, and the noise that they are measured with. */
export interface History {
  /** The log level of each commit, the good one first. */
  readonly levels: readonly number[];
  /** Commits that do not build. */
  readonly broken: ReadonlySet<number>;
  /** Log ratios of identical code, pair after pair: those of gate number `gate`. */
  readonly noise: (gate: number, pairs: number) => readonly number[];
}

/** Pairs of a gate, at most. */
const PAIRS = 48;
const LOOKS = looksOf(PAIRS);
const MOST_TRIES = 3;

/** The search along a history; null where its ends are not told apart. Measures as `benchgate bisect` does: looks, and pairs that are added. */
export function searchIn({ levels, broken, noise }: History): Finding | null {
  const commits = levels.length - 1;
  const level = levelOf(commits);
  const measured = new Map<string, number[]>();
  let drawn = 0;
  const change = (ratios: readonly number[], plan: readonly number[], at: number): Change => {
    const estimate = pairedEstimate(ratios, errorFloor(0, 1));
    return { mean: estimate.mean, ...repeatedInterval(plan, at, estimate, level) };
  };
  const gate = (from: number, at: number, isDone: (found: Change) => boolean): Change => {
    const effect = levels[at]! - levels[from]!;
    const fresh = noise(drawn++, PAIRS).map((each) => each + effect);
    const before = measured.get(`${from} ${at}`) ?? [];
    const all = [...before, ...fresh];
    measured.set(`${from} ${at}`, all);
    if (before.length > 0) return change(all, [before.length, all.length], 1);
    for (const [look, pairs] of LOOKS.entries()) {
      const found = change(all.slice(0, pairs), LOOKS, look);
      if (isDone(found) || pairs === PAIRS) return found;
    }
    throw new Error("the last look is the end");
  };
  const isPlain = ({ mean, lower, upper }: Change) => (mean > 0 ? lower : -upper) > Math.abs(mean) / 2;
  let whole = gate(0, commits, isPlain);
  let gates = 1;
  while (!isPlain(whole) && gates < MOST_TRIES) {
    whole = gate(0, commits, isPlain);
    gates++;
  }
  if (!isPlain(whole)) return null;
  for (let search = startSearch(commits, whole, gates); ; ) {
    const step = stepOf(search);
    if (step.kind === "done") return step.finding;
    if (broken.has(step.at)) {
      search = answered(search, step, { kind: "unbuilt" });
      continue;
    }
    const now = search;
    const found = gate(step.from, step.at, (seen) => (step.from === 0 ? placeOf(now, seen) !== "open" : isPlain(seen)));
    search = answered(search, step, { kind: "measured", change: found });
  }
}

/** A level that rises by each step (a log change) at its commit. */
export function steps(commits: number, rises: Readonly<Record<number, number>>): readonly number[] {
  let level = 0;
  return Array.from({ length: commits + 1 }, (_, at) => {
    level += rises[at] ?? 0;
    return level;
  });
}

/** Whether a search kept to its number of gates. */
export function isWithin({ gates }: Finding, commits: number): boolean {
  return gates <= mostGates(commits);
}
