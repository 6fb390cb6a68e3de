import type { Rules } from "../judge/judge.ts";
import type { Carriage } from "../model/carriage.ts";
import type { Explanation } from "../model/explanation.ts";
import { keyOf } from "../model/key.ts";
import type { Plan } from "../model/plan.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Ports } from "../ports/index.ts";
import { carriagesOf, differing, unknownCarriage } from "./ingredients/carriage.ts";
import { type Difference, differenceOf, type Roots } from "./ingredients/difference.ts";
import { slowdown } from "./profiling/proven.ts";
import { findWhy, type WhyRequest } from "./profiling/why.ts";
import { rootOf } from "./root-of.ts";

/** How long it may take to explain a gate, in seconds, where nobody says. */
const LIMIT = 120;

/** What is explained, and by which rules. */
interface ExplainGateRequest extends Omit<WhyRequest, "plan" | "limit"> {
  readonly plan: Pick<Plan, "suites" | "explain" | "explainBudget" | "setup">;
  readonly rules: Omit<Rules, "looks" | "code" | "partial">;
  readonly seed: number;
  readonly session: string;
}

/**
 * Why what is red got slower: from profiled rounds, and, where it is asked for, from the base with parts of the head. None of what is measured for that is
 * returned; whatever goes wrong is said, and changes nothing else.
 */
export async function explainGate(ports: Ports, request: ExplainGateRequest): Promise<readonly Explanation[]> {
  const { plan, judgements } = request;
  const limit = plan.explainBudget ?? LIMIT;
  const deadline = ports.clock.monotonic() + limit;
  const red = plan.explain === "deep" ? clearestRed(judgements, plan) : [];
  if (red.length === 0) return findWhy(ports, { ...request, limit });
  const found = await attempt(() => differenceIn(ports, request));
  // What has to be measured for it has half of the time.
  const measurable = red.filter(isMeasurable);
  const measured = typeof found !== "string" && measurable.length > 0 && differing(found.difference).length > 1;
  const explanations = await findWhy(ports, { ...request, limit: measured ? limit / 2 : limit });
  if (request.signal?.aborted) return explanations;
  const began = ports.clock.monotonic();
  const suites = plan.suites.filter(({ name }) => measurable.some(({ suite }) => suite === name));
  const told =
    typeof found === "string"
      ? found
      : await attempt(() => carriagesOf(ports, { ...request, ...found, suites, red: measurable, deadline }));
  const carriages = red.map((row) => {
    if (!isMeasurable(row)) return unknownCarriage(row, FROM_NOTHING);
    return typeof told === "string" ? unknownCarriage(row, told) : told[measurable.indexOf(row)]!;
  });
  const seconds = (ports.clock.monotonic() - began) / red.length;
  return withCarriages(explanations, carriages, { red, seconds, plan });
}

/** The benchmarks, or whole suites where only those are profiled, that are red: each by the row that is proven most clearly. Deployments have no parts. */
function clearestRed(judgements: readonly Judgement[], { suites }: Pick<Plan, "suites">): readonly Judgement[] {
  const clearest = new Map<string, Judgement>();
  for (const row of judgements) {
    const { verdict, severity, accepted, comparison } = row;
    if (verdict !== "regression" || severity !== "gate" || accepted !== null || comparison === null) continue;
    const suite = suites.find(({ name }) => name === row.suite);
    if (suite === undefined || suite.targets !== undefined) continue;
    const key = nameOf(row, suite.workload.kind === "bench");
    const known = clearest.get(key);
    if (known === undefined || clarityOf(row) > clarityOf(known)) clearest.set(key, row);
  }
  return [...clearest.values()];
}

/** Whether parts of a change can be held against the whole: where a side is 0, its share of that is not a number. */
function isMeasurable({ comparison, better }: Judgement): boolean {
  return Number.isFinite(slowdown(comparison!.ratio, better));
}

const FROM_NOTHING = "one side is 0, of which no part has a share";

/** How large a change is beside its own uncertainty; less than any other where it cannot be measured in parts. */
function clarityOf(row: Judgement): number {
  if (!isMeasurable(row)) return -1;
  const { ratio, interval } = row.comparison!;
  return Math.abs(Math.log(ratio)) / Math.log(interval.upper / interval.lower);
}

function nameOf({ suite, benchmark }: Pick<Judgement, "suite" | "benchmark">, one: boolean): string {
  return keyOf(suite, one ? benchmark : "*");
}

async function differenceIn(
  ports: Ports,
  { baseline, candidate, below }: ExplainGateRequest,
): Promise<{ readonly roots: Roots; readonly difference: Difference } | string> {
  const roots: Roots = {
    baseline: { root: rootOf(baseline.cwd, below), sha: baseline.revision.sha },
    candidate: { root: rootOf(candidate.cwd, below), sha: candidate.revision.sha },
  };
  const difference = await differenceOf(ports, roots);
  return typeof difference === "string" ? difference : { roots, difference };
}

async function attempt<T>(step: () => Promise<T>): Promise<T | string> {
  try {
    return await step();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Carriages, one for each red row, beside what profiles say of the same; by themselves where these say nothing. */
function withCarriages(
  explanations: readonly Explanation[],
  carriages: readonly Carriage[],
  of: { readonly red: readonly Judgement[]; readonly seconds: number; readonly plan: Pick<Plan, "suites"> },
): readonly Explanation[] {
  const found = [...explanations];
  for (const [index, { suite, benchmark }] of of.red.entries()) {
    const isModule = of.plan.suites.find(({ name }) => name === suite)!.workload.kind === "bench";
    const named = { suite, benchmark: isModule ? benchmark : "*" };
    const at = found.findIndex((each) => nameOf(each, true) === nameOf(named, true));
    const known: Explanation = found[at] ?? { kind: "not-profiled", ...named, seconds: 0, reason: NO_COMMAND };
    const whole = { ...known, seconds: known.seconds + of.seconds, carriage: carriages[index]! };
    if (at < 0) found.push(whole);
    else found[at] = whole;
  }
  return found;
}

const NO_COMMAND =
  "no profile explains it: its suite has no `profile` command, or it is what a process holds in memory";
