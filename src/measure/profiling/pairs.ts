import { LEAST_ROUNDS } from "../../explain/difference.ts";
import type { Profile } from "../../explain/profile.ts";
import { GateError } from "../../model/error.ts";
import type { MeasurePorts } from "../execution.ts";
import type { MeasuredSide } from "../recorder.ts";
import { type ProfiledRound, takeProfile } from "./take.ts";

/** A profiler may fail to start, and start the next time: so often a round is tried. */
const TRIES = 3;

/** A first round with less than this in somebody's code, in seconds, samples or bytes, has nothing that five could tell apart. */
const LEAST_SEEN = { s: 0.03, "1": 20, B: 1 } as const;

/** What is profiled on both sides. */
interface PairsOrder extends Omit<ProfiledRound, "ports" | "side" | "folder" | "timeLimit"> {
  readonly baseline: MeasuredSide;
  readonly candidate: MeasuredSide;
  /** On the monotonic clock. */
  readonly deadline: number;
  /** What a gate has for all its profiled rounds, in seconds. */
  readonly limit: number;
}

/** Both sides' profiles of one target, as many of each. */
export interface Pairs {
  readonly baseline: readonly Profile[];
  readonly candidate: readonly Profile[];
  /** What they took. */
  readonly seconds: number;
}

/** So many rounds a side in all, where the first ones show nothing and there is time: chance sets fewer of them apart. */
const MORE_ROUNDS = 8;

/** Why there are no profiles: the end of a sentence. */
export interface Unprofiled {
  readonly kind: "not-profiled";
  readonly reason: string;
}

/** Profiles of both sides in turns, as many as prove something; none where the time for that, or what the first ones saw, is too little. */
export async function takePairs(ports: MeasurePorts, order: PairsOrder): Promise<Pairs | Unprofiled> {
  const { deadline, limit, signal, target } = order;
  const began = ports.clock.monotonic();
  const tooLong: Unprofiled = {
    kind: "not-profiled",
    reason: `${2 * LEAST_ROUNDS} profiled rounds of ${target.suite.name} take longer than the ${limit} s that a gate has for them`,
  };
  const taken: { readonly baseline: Profile[]; readonly candidate: Profile[] } = { baseline: [], candidate: [] };
  for (let pair = 0; pair < LEAST_ROUNDS; pair++) {
    for (const side of sidesOf(order, pair)) {
      if (signal?.aborted) return { kind: "not-profiled", reason: "it was interrupted" };
      if (deadline <= ports.clock.monotonic()) return tooLong;
      const profile = await tryRound(roundOf(ports, order, side), deadline);
      taken[side.name === "baseline" ? "baseline" : "candidate"].push(profile);
    }
    if (pair > 0) continue;
    const seen = [...taken.baseline, ...taken.candidate].map(totalOf);
    if (seen.some(({ total, unit }) => total < LEAST_SEEN[unit])) {
      return { kind: "not-profiled", reason: "a round is too short for a profile" };
    }
    const needed = (LEAST_ROUNDS - 1) * (ports.clock.monotonic() - began);
    if (needed > deadline - ports.clock.monotonic()) return tooLong;
  }
  return { ...taken, seconds: ports.clock.monotonic() - began };
}

/** The same with more rounds; null where there is no time for these, or one of them fails. */
export async function takeMore(ports: MeasurePorts, order: PairsOrder, pairs: Pairs): Promise<Pairs | null> {
  const { clock } = ports;
  const [began, known] = [clock.monotonic(), pairs.baseline.length];
  if ((pairs.seconds / known) * (MORE_ROUNDS - known) > order.deadline - began) return null;
  const taken = { baseline: [...pairs.baseline], candidate: [...pairs.candidate] };
  for (let pair = known; pair < MORE_ROUNDS; pair++) {
    for (const side of sidesOf(order, pair)) {
      if (order.signal?.aborted || order.deadline <= clock.monotonic()) return null;
      const profile = await tryRound(roundOf(ports, order, side), order.deadline).catch(() => null);
      if (profile === null) return null;
      taken[side.name === "baseline" ? "baseline" : "candidate"].push(profile);
    }
  }
  return { ...taken, seconds: pairs.seconds + clock.monotonic() - began };
}

/** The sides in the order in which a pair takes them: in turns. */
function sidesOf({ baseline, candidate }: PairsOrder, pair: number): readonly MeasuredSide[] {
  return pair % 2 === 0 ? [baseline, candidate] : [candidate, baseline];
}

function roundOf(ports: MeasurePorts, order: PairsOrder, side: MeasuredSide) {
  const { baseline: _, candidate: __, deadline: ___, limit: ____, ...what } = order;
  return { ...what, ports, side };
}

/** A profile of the round, tried again where it left none and the time allows. */
async function tryRound(round: Omit<ProfiledRound, "folder" | "timeLimit">, deadline: number): Promise<Profile> {
  const { ports, signal } = round;
  for (let tries = 1; ; tries++) {
    const began = ports.clock.monotonic();
    try {
      const folder = await ports.files.temporaryFolder();
      return await takeProfile({ ...round, folder, timeLimit: deadline - began });
    } catch (error) {
      const now = ports.clock.monotonic();
      const isWorthwhile = error instanceof GateError && now + (now - began) < deadline;
      if (tries === TRIES || !isWorthwhile || signal?.aborted) throw error;
    }
  }
}

/** What was seen in somebody's code, and in what that called: a runtime that only starts is nobody's. */
function totalOf({ nodes, frames, unit }: Profile): { readonly total: number; readonly unit: Profile["unit"] } {
  const own: boolean[] = [];
  let total = 0;
  for (const { frame, parent, weight } of nodes) {
    const isOwn = frames[frame]!.owner === "code" || (own[parent] ?? false);
    own.push(isOwn);
    if (isOwn) total += weight;
  }
  return { total, unit };
}
