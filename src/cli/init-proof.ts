import { DEFAULT_TIME_BUDGET } from "../config/defaults.ts";
import type { Found } from "../init/found.ts";
import { budgetFor, longestRound } from "../init/minutes.ts";
import { measureAlone } from "../measure/alone.ts";
import type { MeasuredSide } from "../measure/recorder.ts";
import { setUp } from "../measure/setup.ts";
import { GateError } from "../model/error.ts";
import type { Suite } from "../model/plan.ts";
import { failuresOf, type Recording } from "../model/recording.ts";
import { readSettings } from "../model/setting.ts";
import { progressOn } from "../report/words/progress.ts";
import type { World } from "./command.ts";
import { herePlace, newSession } from "./here.ts";
import { loadTrouble } from "./load-proof.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";

/** A round that takes longer is no use in a pull request, in seconds: a first look is fourteen of them. */
const LONGEST_ROUND = 60;

/** A service that takes longer to be ready is as a rule one that never is, in seconds. */
const LONGEST_START = 30;

/** The longest time budget that is written, in seconds: a job has 30 minutes, and there are setups and builds besides. */
const MOST_BUDGET = 15 * 60;

/** How often the longest round a first execution may take before it is plain that the round is too long: it starts what later ones find ready. */
const SLOW_START = 1.5;

/** The share of its limit after which a suite that does not work was ended by it: clocks do not agree to the last millisecond. */
const AT_LIMIT = 0.99;

/** What one execution of a suite showed. */
interface Tried {
  /** What it took, in seconds. */
  readonly seconds: number;
  /** Why it does not work; null where it does. */
  readonly broken: string | null;
  /** Whether it does not work because it was ended at its limit. */
  readonly cut: boolean;
  /** How many benchmarks it has. */
  readonly benchmarks: number;
  /** Its benchmarks that fail though the suite works: how many, and one of the reasons; null where none does. */
  readonly failing: { readonly count: number; readonly reason: string } | null;
}

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

/** The suites whose rounds take more than their share of what a first look may take, where all of them together take more than that. */
export function longIn({ tried, timeBudget }: Pick<Proof, "tried" | "timeBudget">): ReadonlySet<string> {
  const most = longestRound(timeBudget);
  if (secondsOf(tried.values()) <= most) return new Set();
  return new Set([...tried].filter(([, { seconds }]) => seconds > most / tried.size).map(([name]) => name));
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
 * Executes every suite as the gate does, after the setup: once, for there is no verdict that a cold start could mislead. What fails is tried again, as it may do
 * so once; and so is what takes too long, as the first start of a program may: the shorter of both counts. A suite that `found` has in a shorter form is not given
 * the time of a round that would never be kept. A setup that fails is the reason of all suites. Suites that are in an earlier proof are not tried, and nothing is
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
  const formOf = new Map(found.suites.map((suite) => [suite.name, suite]));
  const isReplaceable = (name: string) => formOf.get(name)?.shorter !== undefined;
  const enough = SLOW_START * longestRound(timeBudget);
  const execute = (suite: Suite) =>
    tryOnce(world, bounded(suite, isReplaceable(suite.name) ? enough : LONGEST_ROUND), candidate);
  const suites = plan.suites.filter(({ name }) => !tried.has(name));
  for (const suite of suites) {
    const first = await execute(suite);
    tried.set(suite.name, first.broken === null || first.cut ? first : await execute(suite));
  }
  const long = longIn({ tried, timeBudget });
  const isTooLong = secondsOf(tried.values()) > enough;
  for (const suite of suites) {
    const first = tried.get(suite.name)!;
    // What is a shorter form has had its cold start before.
    const isPlain = (isTooLong && isReplaceable(suite.name)) || formOf.get(suite.name)?.longer !== undefined;
    if (first.broken !== null || !long.has(suite.name) || isPlain) continue;
    const { seconds, broken } = await execute(suite);
    if (broken === null && seconds < first.seconds) tried.set(suite.name, { ...first, seconds });
  }
  return { tried, setup, setupFailure: null, timeBudget };
}

/** A suite that may take so many seconds and no more. */
function bounded(suite: Suite, seconds: number): Suite {
  const { service, timeLimit } = suite;
  return {
    ...suite,
    timeLimit: Math.min(timeLimit, seconds),
    ...(service && { service: { ...service, readyLimit: Math.min(service.readyLimit, LONGEST_START) } }),
  };
}

/** One execution of one suite. */
async function tryOnce({ ports, terminal, interrupt }: World, suite: Suite, candidate: MeasuredSide): Promise<Tried> {
  const start = ports.clock.monotonic();
  const shown = await measureAlone(
    ports,
    {
      suites: [suite],
      candidate,
      setup: null,
      rounds: 1,
      cold: true,
      timeBudget: null,
      ...newSession(ports),
      signal: interrupt.signal,
    },
    progressOn(terminal),
  ).then(({ recording }) => shownBy(suite, recording), brokenBy);
  const seconds = ports.clock.monotonic() - start;
  return { ...shown, seconds, cut: shown.broken !== null && seconds >= AT_LIMIT * suite.timeLimit };
}

type Shown = Omit<Tried, "seconds" | "cut">;

function brokenBy(error: unknown): Shown {
  if (!(error instanceof GateError)) throw error;
  return { broken: oneLine(error.problem), benchmarks: 0, failing: null };
}

function shownBy(suite: Suite, recording: Recording): Shown {
  const names = new Set(recording.rounds.flatMap(({ measurements }) => measurements.map(({ benchmark }) => benchmark)));
  const failures = failuresOf(recording);
  const [failure] = failures;
  const failing =
    failure === undefined
      ? null
      : {
          count: new Set(failures.map(({ benchmark }) => benchmark)).size,
          reason: oneLine(`${failure.benchmark}: ${failure.reason}`),
        };
  return { broken: whyBroken(suite, recording), benchmarks: names.size, failing };
}

function whyBroken(suite: Suite, recording: Recording): string | null {
  const trouble = suite.service === undefined ? null : loadTrouble(recording);
  if (trouble !== null) return trouble;
  if (recording.rounds.some(({ measurements }) => measurements.length > 0)) return null;
  const [failure] = failuresOf(recording);
  return oneLine(failure === undefined ? "it measured nothing" : `${failure.reason} ${lastLine(failure.output)}`);
}

/** A proof without some suites, so that they are tried again. */
export function withoutSuites(proof: Proof, names: (name: string) => boolean): Proof {
  return { ...proof, tried: new Map([...proof.tried].filter(([name]) => !names(name))) };
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

/** The beginning says what was run, the end what went wrong. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
