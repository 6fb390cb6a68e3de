import { DEFAULT_TIME_BUDGET } from "../config/defaults.ts";
import type { Found } from "../init/found.ts";
import { budgetFor, longestRound } from "../init/minutes.ts";
import { setUp } from "../measure/setup.ts";
import { GateError } from "../model/error.ts";
import type { Suite } from "../model/plan.ts";
import { readSettings } from "../model/setting.ts";
import type { World } from "./command.ts";
import { herePlace } from "./here.ts";
import { oneLine, type Tried, tryOnce } from "./init-try.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";

/** A round that takes longer is no use in a pull request, in seconds: a first look is fourteen of them. */
const LONGEST_ROUND = 60;

/** The longest time budget that is written, in seconds: a job has 30 minutes, and there are setups and builds besides. */
const MOST_BUDGET = 15 * 60;

/** How much longer than the longest round a first execution may take, as a factor: it fills caches that later ones reuse. */
const SLOW_START = 1.5;

/** What one quick measurement of everything showed. */
export interface Proof {
  /** The suites that were tried, by their names. */
  readonly tried: ReadonlyMap<string, Tried>;
  /** What the setup took, in seconds; null where it failed, and no suite was tried. */
  readonly setup: number | null;
  /** Why the setup failed; null where it did not. */
  readonly setupFailure: string | null;
  readonly timeBudget: number;
}

/** Why each suite does not work that does not, by its name. */
export function brokenIn({ tried }: Pick<Proof, "tried">): ReadonlyMap<string, string> {
  return new Map([...tried].flatMap(([name, { broken }]) => (broken === null ? [] : [[name, broken] as const])));
}

/**
 * The suites whose rounds take more than their share of what a first look may take, where all of them together take more than that. What does not work as it is
 * takes nothing from the others, unless a shorter form of `found` may yet.
 */
export function longIn({ tried, timeBudget }: Pick<Proof, "tried" | "timeBudget">, found: Found): ReadonlySet<string> {
  const most = longestRound(timeBudget);
  const counted = [...tried].filter(([name, { broken }]) => broken === null || hasShorterForm(found, name));
  if (secondsOf(counted.map(([, each]) => each)) <= most) return new Set();
  return new Set(counted.filter(([, { seconds }]) => seconds > most / counted.length).map(([name]) => name));
}

function hasShorterForm({ suites }: Found, suite: string): boolean {
  return suites.some(({ name, shorter }) => name === suite && shorter !== undefined);
}

/** The suites whose round was cut short. */
export function cutIn({ tried }: Proof): ReadonlySet<string> {
  return new Set([...tried].filter(([, { cut }]) => cut).map(([name]) => name));
}

/** The minutes of time budget that the suites need for a first look, and no less than what they have. */
export function minutesFor(proof: Proof): number {
  const needed = budgetFor(roundOf(proof));
  return Math.ceil(Math.max(proof.timeBudget, Math.min(needed, MOST_BUDGET)) / 60);
}

/** What one round of all suites takes that work, in seconds. */
export function roundOf({ tried }: Proof): number {
  return secondsOf([...tried.values()].filter(({ broken }) => broken === null));
}

function secondsOf(tried: Iterable<Tried>): number {
  return [...tried].reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * Executes every suite once after the setup, as the gate does: a proof has no verdict that a cold start could mislead. What fails is tried once more; so is what
 * takes too long, whose first start may have filled caches that later ones reuse, and the quicker of both counts. A suite that `found` has a shorter form of gets no
 * more time than a round that is kept may take. A setup that fails is the reason of all suites. Suites that are in an earlier proof are not tried, and nothing is
 * set up.
 */
export async function prove(world: World, found: Found, earlier: Proof | null = null): Promise<Proof> {
  const { ports } = world;
  const given = readSettings(
    PLAN_FLAGS,
    () => [],
    (name) => `--${name}`,
  );
  const plan = await planOf(given, ports.files, "stored");
  const candidate = await herePlace(ports);
  const timeBudget = plan.timeBudget ?? DEFAULT_TIME_BUDGET;
  const began = ports.clock.monotonic();
  try {
    if (earlier === null) await setUp(ports, candidate, plan.setup);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { tried: new Map(), setup: null, setupFailure: oneLine(error.problem), timeBudget };
  }
  const setup = earlier?.setup ?? ports.clock.monotonic() - began;
  const tried = new Map(earlier?.tried);
  const enough = SLOW_START * longestRound(timeBudget);
  const execute = (suite: Suite) =>
    tryOnce(world, suite, candidate, hasShorterForm(found, suite.name) ? enough : LONGEST_ROUND);
  const suites = plan.suites.filter(({ name }) => !tried.has(name));
  for (const suite of suites) {
    const first = await execute(suite);
    tried.set(suite.name, first.broken === null || first.cut ? first : await execute(suite));
  }
  const long = longIn({ tried, timeBudget }, found);
  const isTooLong = secondsOf([...long].map((name) => tried.get(name)!)) > enough;
  for (const suite of suites) {
    const first = tried.get(suite.name)!;
    // What is a shorter form has had its cold start before.
    const isWarm = found.suites.some(({ name, longer }) => name === suite.name && longer !== undefined);
    const isReplaced = isTooLong && hasShorterForm(found, suite.name);
    if (first.broken !== null || !long.has(suite.name) || isWarm || isReplaced) continue;
    const { seconds, broken } = await execute(suite);
    if (broken === null && seconds < first.seconds) tried.set(suite.name, { ...first, seconds });
  }
  return { tried, setup, setupFailure: null, timeBudget };
}

/** A proof without some suites, so that they are tried again. */
export function withoutSuites(proof: Proof, names: (name: string) => boolean): Proof {
  return { ...proof, tried: new Map([...proof.tried].filter(([name]) => !names(name))) };
}
