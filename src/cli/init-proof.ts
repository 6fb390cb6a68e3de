import { DEFAULT_TIME_BUDGET } from "../config/defaults.ts";
import { record } from "../gate.ts";
import { budgetFor, expectedSeconds, longestRound } from "../init/minutes.ts";
import { setUp } from "../measure/setup.ts";
import { GateError } from "../model/error.ts";
import { failuresOf } from "../model/recording.ts";
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

/** What one quick measurement of everything showed. */
export interface Proof {
  /** Why a suite does not work, by its name. */
  readonly broken: ReadonlyMap<string, string>;
  /** How many benchmarks each suite that works has. */
  readonly benchmarks: ReadonlyMap<string, number>;
  /** The benchmarks that fail in suites that work: how many, and one of the reasons. */
  readonly failing: ReadonlyMap<string, { readonly count: number; readonly reason: string }>;
  /** What the setup took, in seconds; null where it failed, and no suite was tried. */
  readonly setup: number | null;
  /** Why the setup failed; null where it did not. */
  readonly setupFailure: string | null;
  /** What a round of each suite that was tried took, in seconds. */
  readonly rounds: ReadonlyMap<string, number>;
  readonly timeBudget: number;
}

/** The suites whose rounds take more than their share of what a first look may take, where all of them together take more than that. */
export function longIn({ rounds, timeBudget }: Proof): ReadonlySet<string> {
  const most = longestRound(timeBudget);
  if (roundOf({ rounds }) <= most) return new Set();
  return new Set([...rounds].filter(([, seconds]) => seconds > most / rounds.size).map(([name]) => name));
}

/** The suites whose round was cut short. */
export function cutIn({ rounds }: Proof): ReadonlySet<string> {
  return new Set([...rounds].filter(([, seconds]) => seconds >= LONGEST_ROUND).map(([name]) => name));
}

/** The minutes of time budget that the suites need for a first look, and no less than what they have. */
export function minutesFor({ rounds, broken, timeBudget }: Proof): number {
  const needed = budgetFor(roundOf({ rounds, broken }));
  return Math.ceil(Math.max(timeBudget, Math.min(needed, MOST_BUDGET)) / 60);
}

/** What one round of all suites takes that work, in seconds. */
function roundOf({ rounds, broken }: Pick<Proof, "rounds"> & Partial<Pick<Proof, "broken">>): number {
  return [...rounds].reduce((sum, [name, seconds]) => sum + (broken?.has(name) ? 0 : seconds), 0);
}

/**
 * Measures one round of every suite, after the setup, as the gate does. A setup that fails is the reason of all suites. With an earlier proof, only suites that
 * are not in it, or that it leaves to be tried again, are measured, and nothing is set up.
 */
export async function prove(world: World, earlier: Proof | null = null): Promise<Proof> {
  const { ports, terminal, interrupt } = world;
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
    const reason = oneLine(error.problem);
    const none = { broken: new Map(), benchmarks: new Map(), failing: new Map(), rounds: new Map() };
    return { ...none, setup: null, setupFailure: reason, timeBudget };
  }
  const setup = earlier?.setup ?? ports.clock.monotonic() - began;
  const broken = new Map<string, string>();
  const benchmarks = new Map(earlier?.benchmarks);
  const failing = new Map(earlier?.failing);
  const rounds = new Map(earlier?.rounds);
  for (const suite of plan.suites.filter(({ name }) => !rounds.has(name))) {
    const start = ports.clock.monotonic();
    const { service, timeLimit } = suite;
    const quick = {
      ...suite,
      timeLimit: Math.min(timeLimit, LONGEST_ROUND),
      ...(service && { service: { ...service, readyLimit: Math.min(service.readyLimit, LONGEST_START) } }),
    };
    try {
      const { recording, warnings: _ } = await record(ports, {
        plan: { ...plan, setup: null, suites: [quick], rounds: 1 },
        candidate,
        only: null,
        ...newSession(ports),
        onProgress: progressOn(terminal),
        signal: interrupt.signal,
      });
      const names = new Set(
        recording.rounds.flatMap(({ measurements }) => measurements.map(({ benchmark }) => benchmark)),
      );
      const failures = failuresOf(recording);
      const [failure] = failures;
      const trouble = service === undefined ? null : loadTrouble(recording);
      if (trouble !== null) broken.set(suite.name, trouble);
      else if (names.size === 0)
        broken.set(
          suite.name,
          oneLine(failure === undefined ? "it measured nothing" : `${failure.reason} ${lastLine(failure.output)}`),
        );
      else {
        benchmarks.set(suite.name, names.size);
        if (failure !== undefined)
          failing.set(suite.name, {
            count: new Set(failures.map(({ benchmark }) => benchmark)).size,
            reason: oneLine(`${failure.benchmark}: ${failure.reason}`),
          });
      }
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
      broken.set(suite.name, oneLine(error.problem));
    }
    // One execution that does not count, and one that does.
    const executions = broken.has(suite.name) ? 1 : 2;
    rounds.set(suite.name, (ports.clock.monotonic() - start) / executions);
  }
  return { broken, benchmarks, failing, setup, setupFailure: null, rounds, timeBudget };
}

/** A proof without some suites, so that they are tried again. */
export function withoutSuites(proof: Proof, names: (name: string) => boolean): Proof {
  const kept = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([name]) => !names(name)));
  const { broken, benchmarks, failing, rounds } = proof;
  return {
    ...proof,
    broken: kept(broken),
    benchmarks: kept(benchmarks),
    failing: kept(failing),
    rounds: kept(rounds),
  };
}

/** What a proof means, in lines for people. */
export function proofLines(proof: Proof): readonly string[] {
  const { broken, benchmarks, failing, setup, setupFailure } = proof;
  if (setup === null)
    return [
      `setup: fails here: ${setupFailure}`,
      "No suite could be tried. Correct `setup` in benchgate.yml, then run `benchgate record -o first.json`.",
    ];
  const minutes = (seconds: number) => Math.max(1, Math.round(seconds / 60));
  const round = roundOf(proof);
  const budget = minutesFor(proof) * 60;
  const expected = expectedSeconds(setup, round, budget);
  const [least, most] = [minutes(expected.least), minutes(expected.most)];
  return [
    ...[...benchmarks].map(([suite, count]) => `${suite}: works, ${count} ${count === 1 ? "benchmark" : "benchmarks"}`),
    ...[...failing].map(
      ([suite, { count, reason }]) =>
        `${suite}: ${count} ${count === 1 ? "benchmark fails" : "benchmarks fail"}, which keeps the check red until fixed or removed: ${reason}`,
    ),
    ...[...broken].map(
      ([suite, reason]) => `${suite}: does not work here, and is a comment in benchgate.yml: ${reason}`,
    ),
    ...(benchmarks.size === 0
      ? ["Nothing works yet. Fix one suite in benchgate.yml, then run `benchgate record -o first.json`."]
      : [
          ...(budgetFor(round) > budget
            ? [
                `A round of all benchmarks takes ${Math.round(round)} s, and a verdict needs 12 or more: they do not fit into ${budget / 60} minutes. Keep fewer benchmarks in benchgate.yml, or raise \`time-budget\`.`,
              ]
            : []),
          `A pull request will take about ${least === most ? least : `${least} to ${most}`} ${most === 1 ? "minute" : "minutes"} on a machine like this one.`,
          "Now: `benchgate run --base HEAD~1` compares this tree with the commit before. Commit both files to gate pull requests.",
        ]),
  ];
}

/** What a load says itself comes before what its service says, and tells more: the service may well have answered. */
function lastLine(output: string): string {
  const [own = ""] = output.split(/^the service:$/m);
  return (own.trim() === "" ? output : own).trim().split("\n").at(-1) ?? "";
}

/** The beginning says what was run, the end what went wrong. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
