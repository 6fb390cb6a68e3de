import { pairKey } from "../../model/key.ts";
import { worse } from "../../model/measurement.ts";
import { mean } from "../../stats/summary.ts";
import { pairRatios } from "../rows/pair-ratio.ts";
import type { Reading } from "../rows/readings.ts";
import type { Column } from "./columns.ts";
import type { Family } from "./families.ts";

/** One round of a family: ln(time) at each size, smallest first. */
export type Profile = readonly number[];

/** Both sides of a family, round by round; only rounds that have every size. */
export interface FamilySides {
  /** Of stored runs one a run, newest first: the means over its rounds. */
  readonly baseline: readonly Profile[];
  readonly candidate: readonly Profile[];
  /** ln(candidate ÷ baseline) of each pair, which what disturbs both sides leaves alone; empty where there are no pairs. */
  readonly pairs: readonly Profile[];
}

/** Fewer pairs, or rounds of a side, prove nothing of growth. */
export const FEWEST_ROUNDS = 5;

/** Both sides side by side, or of two recordings. */
export function besides({ members }: Family<Column>): FamilySides {
  const columns = members.map(({ of }) => of);
  const sign = signOf(columns);
  const before = columns.map(({ readings }) => byRound(readings.baseline[0] ?? []));
  const after = columns.map(({ readings }) => byRound(readings.candidate));
  const shared = keysOfAll([...before, ...after]);
  const paired = shared.length >= FEWEST_ROUNDS;
  const ratios = columns.map((_, k) =>
    paired ? pairRatios(shared.map((key) => [before[k]!.get(key)!, after[k]!.get(key)!])) : [],
  );
  const logs = (side: readonly ReadonlyMap<string, Reading>[], keys: readonly string[]) =>
    keys.map((key) => side.map((rounds) => sign * Math.log(rounds.get(key)!.value)));
  return {
    baseline: logs(before, paired ? shared : keysOfAll(before)),
    candidate: logs(after, paired ? shared : keysOfAll(after)),
    pairs: paired ? shared.map((_, r) => ratios.map((column) => sign * column[r]!)) : [],
  };
}

/** The candidate against stored runs. */
export function againstRuns({ members }: Family<Column>): FamilySides {
  const columns = members.map(({ of }) => of);
  const sign = signOf(columns);
  const runs = columns.map(
    ({ readings }) => new Map(readings.baseline.map((arm) => [arm[0]?.session ?? "", levelOf(arm, sign)] as const)),
  );
  const after = columns.map(({ readings }) => byRound(readings.candidate));
  return {
    baseline: keysOfAll(runs).map((key) => runs.map((levels) => levels.get(key)!)),
    candidate: keysOfAll(after).map((key) => after.map((rounds) => sign * Math.log(rounds.get(key)!.value))),
    pairs: [],
  };
}

function levelOf(arm: readonly Reading[], sign: 1 | -1): number {
  return mean(arm.map(({ value }) => sign * Math.log(value)));
}

/** Turned so that more is worse: a rate falls as a time rises. */
function signOf([first]: readonly Column[]): 1 | -1 {
  return worse(first!.subject.measurement.better);
}

function byRound(arm: readonly Reading[]): ReadonlyMap<string, Reading> {
  return new Map(arm.map((reading) => [pairKey(reading), reading]));
}

function keysOfAll(columns: readonly ReadonlyMap<string, unknown>[]): readonly string[] {
  const [first, ...others] = columns;
  return first === undefined ? [] : [...first.keys()].filter((key) => others.every((column) => column.has(key)));
}
