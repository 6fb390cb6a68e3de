import { LEAST_ROUNDS } from "../../explain/difference.ts";
import { explainRounds } from "../../explain/explain.ts";
import type { Profile } from "../../explain/profile.ts";
import { GateError } from "../../model/error.ts";
import type { Explanation } from "../../model/explanation.ts";
import type { Plan } from "../../model/plan.ts";
import type { Judgement } from "../../model/verdict.ts";
import type { MeasurePorts } from "../execution.ts";
import type { MeasuredSide } from "../recorder.ts";
import { type ProfiledRound, takeProfile } from "./take.ts";
import { type Target, targetsOf } from "./targets.ts";
import { type Way, wayOf } from "./ways.ts";

/** How long all profiled rounds of a gate may take together, in seconds. */
const PROFILING_LIMIT = 120;

/** A profiler may fail to start, and start the next time: so often a round is tried. */
const TRIES = 3;

/** A first round with less than this in somebody's code, in seconds or samples, has nothing that five could tell apart. */
const LEAST_SEEN = { s: 0.03, "1": 20, B: 1 } as const;

/** What is explained, and on which sides. */
export interface WhyRequest {
  readonly judgements: readonly Judgement[];
  readonly plan: Pick<Plan, "suites" | "explain">;
  readonly baseline: MeasuredSide;
  readonly candidate: MeasuredSide;
  /** Where the sides' folders lie in their trees; "" at the root. */
  readonly below: string;
  readonly signal?: AbortSignal;
  /** Told which target is looked into. */
  readonly onTarget?: (target: Named) => void;
}

/** A benchmark, or all of a suite (`*`). */
interface Named {
  readonly suite: string;
  readonly benchmark: string;
}

/** Both sides' profiles of one target. */
interface Pairs {
  readonly baseline: readonly Profile[];
  readonly candidate: readonly Profile[];
}

/**
 * Profiles both sides of each target in turns, in rounds of their own that no recording holds, and says which functions explain the change. Nothing that goes
 * wrong is thrown: what could not be profiled says why.
 */
export async function findWhy(ports: MeasurePorts, request: WhyRequest): Promise<readonly Explanation[]> {
  const deadline = ports.clock.monotonic() + PROFILING_LIMIT;
  const explanations: Explanation[] = [];
  for (const target of targetsOf(request.judgements, request.plan.suites, request.plan.explain ?? "never")) {
    if (request.signal?.aborted) break;
    const way = wayOf(target.suite);
    // What needs a command of the user's to be profiled is told once a suite, by the documentation: not beside each verdict.
    if (way === null || ports.host.preload === undefined) continue;
    const named = { suite: target.suite.name, benchmark: target.benchmark };
    request.onTarget?.(named);
    const began = ports.clock.monotonic();
    const found = await attempt(() => explainTarget(ports, request, { target, way, deadline }));
    explanations.push({ ...named, seconds: ports.clock.monotonic() - began, ...found });
  }
  return explanations;
}

type Found = Awaited<ReturnType<typeof explainRounds>> | { readonly kind: "not-profiled"; readonly reason: string };

async function attempt(step: () => Promise<Found>): Promise<Found> {
  try {
    return await step();
  } catch (error) {
    // Whatever a profiler does, it changes no verdict: a defect here is told like everything else that went wrong.
    const reason = error instanceof GateError ? error.problem : `profiling failed (${error})`;
    return { kind: "not-profiled", reason };
  }
}

interface Undertaking {
  readonly target: Target;
  readonly way: Way;
  readonly deadline: number;
}

async function explainTarget(ports: MeasurePorts, request: WhyRequest, undertaking: Undertaking): Promise<Found> {
  const { baseline, candidate, below } = request;
  const treeOf = ({ cwd }: MeasuredSide) => {
    const path = cwd.replaceAll("\\", "/");
    const root = below !== "" && path.endsWith(`/${below}`) ? path.slice(0, -below.length - 1) : path;
    const tools = [ports.host.harness.replaceAll("\\", "/").replace(/[^/]*$/, "")];
    return { root, below, tools };
  };
  const explained = async (inlining: boolean) => {
    const pairs = await takePairs(ports, request, undertaking, inlining);
    if ("kind" in pairs) return pairs;
    return explainRounds(ports.files, {
      baseline: { rounds: pairs.baseline, tree: treeOf(baseline) },
      candidate: { rounds: pairs.candidate, tree: treeOf(candidate) },
      proven: undertaking.target.proven,
      inlining,
    });
  };
  const found = await explained(false);
  const none = found.kind === "profiled" && found.culprits.length === 0 && !found.waits;
  // A regression that is a lost inlining is not there without inlining.
  if (!none || undertaking.way.kind === "command" || undertaking.target.proven === 0) return found;
  const again = await explained(true);
  return again.kind === "profiled" && again.culprits.length > 0 ? again : found;
}

async function takePairs(
  ports: MeasurePorts,
  { baseline, candidate, signal }: WhyRequest,
  { target, way, deadline }: Undertaking,
  inlining: boolean,
): Promise<Pairs | { readonly kind: "not-profiled"; readonly reason: string }> {
  const taken: { readonly baseline: Profile[]; readonly candidate: Profile[] } = { baseline: [], candidate: [] };
  const began = ports.clock.monotonic();
  for (let pair = 0; pair < LEAST_ROUNDS; pair++) {
    for (const side of pair % 2 === 0 ? [baseline, candidate] : [candidate, baseline]) {
      if (signal?.aborted) return { kind: "not-profiled", reason: "it was interrupted" };
      if (deadline <= ports.clock.monotonic()) return { kind: "not-profiled", reason: tooLong(target) };
      const round = { ports, target, way, side, inlining, ...(signal && { signal }) };
      taken[side.name === "baseline" ? "baseline" : "candidate"].push(await tryRound(round, deadline));
    }
    if (pair > 0) continue;
    const seen = [...taken.baseline, ...taken.candidate].map(totalOf);
    if (seen.some(({ total, unit }) => total < LEAST_SEEN[unit])) {
      return { kind: "not-profiled", reason: "a round is too short for a profile" };
    }
    const needed = (LEAST_ROUNDS - 1) * (ports.clock.monotonic() - began);
    if (needed > deadline - ports.clock.monotonic()) return { kind: "not-profiled", reason: tooLong(target) };
  }
  return taken;
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

function tooLong({ suite }: Target): string {
  return `${2 * LEAST_ROUNDS} profiled rounds of ${suite.name} take longer than the ${PROFILING_LIMIT} s that a gate has for them`;
}
