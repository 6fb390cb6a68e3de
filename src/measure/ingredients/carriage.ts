import { carriersOf } from "../../explain/carriers.ts";
import { judge, type Rules } from "../../judge/judge.ts";
import {
  type Carriage,
  INGREDIENTS,
  type Ingredient,
  type IngredientFound,
  type IngredientState,
} from "../../model/carriage.ts";
import { GateError } from "../../model/error.ts";
import type { Plan } from "../../model/plan.ts";
import { failuresOf } from "../../model/recording.ts";
import type { Judgement } from "../../model/verdict.ts";
import type { Ports } from "../../ports/index.ts";
import type { Open } from "../agenda.ts";
import { measure } from "../measure.ts";
import { slowdown } from "../profiling/proven.ts";
import type { MeasuredSide, Recordings } from "../recorder.ts";
import { trySetUp } from "../setup.ts";
import type { Difference } from "./difference.ts";
import { baseWith, type Parts } from "./tree.ts";

/** Pairs of the base with itself in part, at most: enough to tell half of a change from none of it. */
const PAIRS = 8;

/** So many files of an ingredient are listed: of dependencies that are kept in the repository there may be thousands, for each slowdown again. */
const FILES = 50;

/** What is told apart, and how. */
export interface CarriageRequest extends Parts {
  readonly plan: Pick<Plan, "setup">;
  /** Those of `suites` that the gate has proven slower. */
  readonly red: readonly Judgement[];
  readonly rules: Omit<Rules, "looks" | "code" | "partial">;
  readonly baseline: MeasuredSide;
  readonly seed: number;
  readonly session: string;
  /** On the monotonic clock: when all of it must be over. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

/** What measuring one ingredient gave: what was judged, or the end of a sentence that says why nothing was. */
type Judged = { readonly judgements: readonly Judgement[]; readonly recordings: Recordings } | string;

/** The ingredients that differ. */
export function differing({ code, dependencies, runtime }: Difference): readonly Ingredient[] {
  const different = { code, dependencies: dependencies.length > 0, runtime: runtime.length > 0 };
  return INGREDIENTS.filter((each) => different[each]);
}

/**
 * What each proven slowdown comes with: the base beside the base with the head's code, with its dependencies, and with what chooses its runtime, as far as these
 * differ, each in pairs of their own. Where only one differs, there is nothing to measure. One that does not work with the rest of the base says so.
 */
export async function carriagesOf(ports: Ports, request: CarriageRequest): Promise<readonly Carriage[]> {
  const { difference, red, deadline } = request;
  const different = differing(difference);
  const judged = new Map<Ingredient, Judged>();
  for (const [index, ingredient] of (different.length > 1 && red.length > 0 ? different : []).entries()) {
    const now = ports.clock.monotonic();
    const end = now + Math.max(0, deadline - now) / (different.length - index);
    judged.set(ingredient, await attempt(() => judgedWith(ports, { ...request, deadline: end }, ingredient)));
  }
  return red.map((row) =>
    carriageOf(row, (ingredient): IngredientFound => {
      const { versions } = difference;
      const files = ingredient === "code" ? [] : difference[ingredient];
      const named = {
        ingredient,
        files: files.slice(0, FILES),
        ...(files.length > FILES && { more: files.length - FILES }),
        ...(ingredient === "dependencies" && versions.length > 0 && { versions }),
      };
      if (!different.includes(ingredient)) return { ...named, state: "same" };
      const found = judged.get(ingredient);
      return found === undefined ? { ...named, state: "alone" } : { ...named, ...stateOf(row, found) };
    }),
  );
}

/** That of a slowdown of which nothing could be told apart. */
export function unknownCarriage(row: Judgement, reason: string): Carriage {
  return carriageOf(row, (ingredient) => ({ ingredient, files: [], state: "not-measured", reason }));
}

function carriageOf(row: Judgement, found: (ingredient: Ingredient) => IngredientFound): Carriage {
  const { benchmark, metric, statistic, comparison } = row;
  const weighed = { change: slowdown(comparison!.ratio, row.better), ingredients: INGREDIENTS.map(found) };
  return { benchmark, metric, statistic, ...weighed, carriers: carriersOf(weighed) };
}

async function attempt(step: () => Promise<Judged>): Promise<Judged> {
  try {
    return await step();
  } catch (error) {
    return error instanceof GateError ? error.problem : `measuring it failed (${error})`;
  }
}

async function judgedWith(ports: Ports, request: CarriageRequest, ingredient: Ingredient): Promise<Judged> {
  const { plan, baseline, rules, seed, session, deadline, signal, suites } = request;
  const left = () => deadline - ports.clock.monotonic();
  // Once interrupted, what is recorded has a few seconds to be kept: no more trees are made.
  const interrupted = "it was interrupted";
  if (signal?.aborted) return interrupted;
  if (left() <= 0) return "there was no time left";
  const { cwd, remove } = await baseWith(ports, request, ingredient);
  try {
    const place = { name: `base with the head's ${ingredient}`, cwd };
    const ready = await trySetUp(ports, place, plan.setup, Math.max(1, left()));
    if (signal?.aborted) return interrupted;
    if (!ready.ok) return ready.failure.problem;
    const seconds = left();
    if (seconds <= 0) return "its setup took all of the time";
    const { recordings } = await measure(ports, {
      suites: suites.map(({ timeBudget: _, ...suite }) => ({
        ...suite,
        timeLimit: Math.min(suite.timeLimit, seconds),
      })),
      sides: [baseline, { ...baseline, name: "candidate", cwd }],
      rounds: PAIRS,
      timeBudget: seconds,
      seed,
      session: `${session}/${ingredient}`,
      open: openOf(request),
      ...(signal && { signal }),
    });
    if (signal?.aborted) return interrupted;
    const base = { kind: "side-by-side", recordings: [recordings.baseline!] } as const;
    const { judgements } = judge(base, recordings.candidate!, { ...rules, accept: [], partial: true });
    return { judgements, recordings };
  } finally {
    await remove();
  }
}

/** What is measured again: the benchmarks that are red. */
function openOf({ suites, red }: CarriageRequest): Open {
  return new Map(
    suites.map(({ name }) => [name, red.filter(({ suite }) => suite === name).map(({ benchmark }) => benchmark)]),
  );
}

function stateOf(row: Judgement, judged: Judged): IngredientState {
  if (typeof judged === "string") return { state: "not-measured", reason: judged };
  const { judgements, recordings } = judged;
  const found = judgements.find(
    ({ suite, benchmark, metric, statistic }) =>
      suite === row.suite && benchmark === row.benchmark && metric === row.metric && statistic === row.statistic,
  );
  const { comparison = null } = found ?? {};
  if (comparison !== null) {
    const { ratio, interval, rounds } = comparison;
    const bounds = [slowdown(interval.lower, row.better), slowdown(interval.upper, row.better)].sort((a, b) => a - b);
    const [lower, upper] = bounds as [number, number];
    const value = slowdown(ratio, row.better);
    if (Number.isFinite(lower) && Number.isFinite(upper) && Number.isFinite(value)) {
      return { state: "measured", value, lower, upper, level: interval.level, rounds };
    }
  }
  const failed = failuresOf(recordings.candidate!).find(
    ({ suite, benchmark }) => suite === row.suite && (benchmark === row.benchmark || benchmark === "*"),
  );
  return { state: "not-measured", reason: failed?.reason ?? "the time was too short for rounds that decide anything" };
}
