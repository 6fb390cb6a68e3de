import { pairKey } from "../../model/key.ts";
import type { LeftOutFor } from "../../model/warning.ts";

/** A round's place in its experiment. */
export interface Slot {
  readonly session: string;
  readonly pair: number;
  /** The runner that measured it, where several measured the same. */
  readonly runner?: string | undefined;
}

/** What both sides have of the same kind, one list for each baseline recording. */
export interface Sides<T extends Slot> {
  readonly baseline: readonly (readonly T[])[];
  readonly candidate: readonly T[];
}

/** Rounds of each side that take no part, by pair number, and why. */
export interface LeftOut {
  readonly why: LeftOutFor;
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

/** Both sides without their bad rounds, and which those were; null where none was bad. */
export interface Kept<T extends Slot> {
  readonly sides: Sides<T>;
  readonly leftOut: LeftOut | null;
}

/**
 * Both sides without the rounds that `isBad`, which take their partners with them, as long as most rounds of each side are left: one bad round of many
 * must not take a comparison away. Null where bad rounds are no exception: then there is nothing to go by, and whoever asks has to say so. A stored run
 * that is mostly bad is left out as a whole, as long as one remains.
 */
export function leaveOut<T extends Slot>(
  { baseline, candidate }: Sides<T>,
  why: LeftOutFor,
  isBad: (each: T) => boolean,
): Kept<T> | null {
  if (!candidate.some(isBad) && !baseline.some((arm) => arm.some(isBad)))
    return { sides: { baseline, candidate }, leftOut: null };
  const bad = { baseline: baseline.flat().filter(isBad), candidate: candidate.filter(isBad) };
  const found = [...bad.baseline, ...bad.candidate];
  const keys = new Set(found.filter(isPaired).map(pairKey));
  const stays = (each: T) => !isBad(each) && !(isPaired(each) && keys.has(pairKey(each)));
  const most = (arm: readonly T[]) => 2 * arm.filter(stays).length > arm.length;
  const arms = baseline.filter(most);
  if (!most(candidate) || (baseline.length > 0 && arms.length === 0)) return null;
  return {
    sides: { baseline: arms.map((arm) => arm.filter(stays)), candidate: candidate.filter(stays) },
    leftOut: {
      why,
      baseline: bad.baseline.map(({ pair }) => pair),
      candidate: bad.candidate.map(({ pair }) => pair),
    },
  };
}

/** Whether a round can have a partner at all: an empty session names no experiment. */
export function isPaired({ session }: Slot): boolean {
  return session !== "";
}
