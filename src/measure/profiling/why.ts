import { explainRounds, type Findings } from "../../explain/explain.ts";
import { COLLECTORS } from "../../explain/tally.ts";
import { GateError } from "../../model/error.ts";
import type { Culprit, Explanation } from "../../model/explanation.ts";
import type { Plan } from "../../model/plan.ts";
import type { Judgement } from "../../model/verdict.ts";
import type { MeasurePorts } from "../execution.ts";
import type { MeasuredSide } from "../recorder.ts";
import { rootOf } from "../root-of.ts";
import { type Pairs, takeMore, takePairs, type Unprofiled } from "./pairs.ts";
import { type ProfileMode, type Target, targetsOf } from "./targets.ts";
import { type Way, wayOf } from "./ways.ts";

/** What is explained, and on which sides. */
export interface WhyRequest {
  readonly judgements: readonly Judgement[];
  readonly plan: Pick<Plan, "suites" | "explain">;
  readonly baseline: MeasuredSide;
  readonly candidate: MeasuredSide;
  /** Where the sides' folders lie in their trees; "" at the root. */
  readonly below: string;
  /** How long all profiled rounds may take together, in seconds. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** Told which target is looked into. */
  readonly onTarget?: (target: Named) => void;
}

/** A benchmark, or all of a suite (`*`). */
interface Named {
  readonly suite: string;
  readonly benchmark: string;
}

/**
 * Profiles both sides of each target in turns, in rounds of their own that no recording holds, and says which functions explain the change. Nothing that goes
 * wrong is thrown: what could not be profiled says why.
 */
export async function findWhy(ports: MeasurePorts, request: WhyRequest): Promise<readonly Explanation[]> {
  const deadline = ports.clock.monotonic() + request.limit;
  const explanations: Explanation[] = [];
  const targets = targetsOf(request.judgements, request.plan.suites, request.plan.explain ?? "never");
  for (const [index, target] of targets.entries()) {
    if (request.signal?.aborted) break;
    const way = wayOf(target.suite);
    // What needs a command of the user's to be profiled is told once a suite, by the documentation: not beside each verdict.
    if (way === null || ports.host.preload === undefined) continue;
    const named = { suite: target.suite.name, benchmark: target.benchmark };
    request.onTarget?.(named);
    const began = ports.clock.monotonic();
    const fair = began + Math.max(0, deadline - began) / (targets.length - index);
    const found = await attempt(() => explainTarget(ports, request, { target, way, deadline, fair }));
    explanations.push({ ...named, seconds: ports.clock.monotonic() - began, ...found });
  }
  return explanations;
}

type Found = Omit<Extract<Explanation, { readonly kind: "profiled" }>, keyof Named | "seconds"> | Unprofiled;

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
  /** When its share of the time is over: what is looked into twice must leave the others theirs. */
  readonly fair: number;
}

async function explainTarget(
  ports: MeasurePorts,
  request: WhyRequest,
  { target, way, deadline, fair }: Undertaking,
): Promise<Found> {
  const { baseline, candidate, below, limit, signal } = request;
  const tools = [ports.host.harness.replaceAll("\\", "/").replace(/[^/]*$/, "")];
  const treeOf = ({ cwd }: MeasuredSide) => ({ root: rootOf(cwd, below), below, tools });
  const explained = async (mode: ProfileMode, inlining: boolean, proven = target.proven): Promise<Found> => {
    // A second look must leave the others their time.
    const time = { deadline: inlining ? fair : deadline, limit };
    const order = { target, way, mode, inlining, baseline, candidate, ...time, ...(signal && { signal }) };
    const of = (pairs: Pairs) =>
      explainRounds(ports.files, {
        baseline: { rounds: pairs.baseline, tree: treeOf(baseline) },
        candidate: { rounds: pairs.candidate, tree: treeOf(candidate) },
        proven,
        inlining,
      });
    const pairs = await takePairs(ports, order);
    if ("kind" in pairs) return pairs;
    const first = await of(pairs);
    // The last look that there is has more rounds: what inlining hides is looked for first.
    const isLast = inlining || way.kind === "command";
    const more =
      isLast && proven > 0 && isNone(first) ? await takeMore(ports, { ...order, deadline: fair }, pairs) : null;
    const found = more === null ? first : await of(more);
    return mode === "live" ? { ...found, live: true } : found;
  };
  const found = await explained(target.mode, false);
  // Where nothing is proven slower, a function that the change has not touched is more likely noise.
  if (target.proven === 0 && found.kind === "profiled") {
    return { ...found, culprits: found.culprits.filter((each) => isTouched(each) || each.file === null) };
  }
  if (found.kind === "not-profiled" || way.kind === "command") return found;
  if (isNone(found)) {
    // A regression that is a lost inlining is not there without inlining.
    const again = await attempt(() => explained(target.mode, true));
    if (again.kind !== "profiled") return found;
    // A function that has others in it may be compiled otherwise by chance: only what the change has touched is told.
    const culprits = again.culprits.filter(isTouched);
    return culprits.length > 0 ? { ...again, culprits } : found;
  }
  if (target.mode !== "cpu" || !found.culprits.slice(0, 2).some(({ name }) => COLLECTORS.has(name))) return found;
  // A collector has no caller: who allocates is another profile's to say. How much more of it there must be, no verdict has proven.
  const heap = await attempt(() => explained("heap", false, 0));
  return heap.kind === "profiled" && heap.culprits.length > 0 ? { ...found, allocators: heap.culprits } : found;
}

function isNone({ culprits, waits }: Findings): boolean {
  return culprits.length === 0 && !waits;
}

/** Whether a function has anything to do with the change. */
function isTouched({ origin }: Culprit): boolean {
  return origin.kind !== "unexplained";
}
