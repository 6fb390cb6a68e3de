import { DEFAULT_TIME_BUDGET } from "../config/defaults.ts";
import { record } from "../gate.ts";
import { expectedSeconds } from "../init/minutes.ts";
import { setUp } from "../measure/setup.ts";
import { GateError } from "../model/error.ts";
import { failuresOf } from "../model/recording.ts";
import { readSettings } from "../model/setting.ts";
import { progressOn } from "../report/words/progress.ts";
import type { World } from "./command.ts";
import { herePlace, newSession } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";

/** A round that takes longer is no use in a pull request, in seconds: a first look is fourteen of them. */
const LONGEST_ROUND = 120;

/** What one quick measurement of everything showed. */
export interface Proof {
  /** Why a suite does not work, by its name. */
  readonly broken: ReadonlyMap<string, string>;
  /** How many benchmarks each suite that works has. */
  readonly benchmarks: ReadonlyMap<string, number>;
  /** The benchmarks that fail in suites that work: how many, and one of the reasons. */
  readonly failing: ReadonlyMap<string, { readonly count: number; readonly reason: string }>;
  /** Whether the setup worked, so that every suite was tried. */
  readonly isSetUp: boolean;
  /** What a pull request is expected to take, in seconds. */
  readonly expected: { readonly least: number; readonly most: number };
}

/** Measures one round of every suite, after the setup, as the gate does. A setup that fails is the reason of all suites. */
export async function prove(world: World): Promise<Proof> {
  const { ports, terminal, interrupt } = world;
  const given = readSettings(
    PLAN_FLAGS,
    () => [],
    (name) => `--${name}`,
  );
  const plan = await planOf(given, ports.files, "stored");
  const candidate = await herePlace(ports);
  const began = ports.clock.monotonic();
  try {
    await setUp(ports, candidate, plan.setup);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const reason = oneLine(error.problem);
    return {
      broken: new Map(plan.suites.map(({ name }) => [name, reason])),
      benchmarks: new Map(),
      failing: new Map(),
      isSetUp: false,
      expected: { least: 0, most: 0 },
    };
  }
  const setup = ports.clock.monotonic() - began;
  const broken = new Map<string, string>();
  const benchmarks = new Map<string, number>();
  const failing = new Map<string, { readonly count: number; readonly reason: string }>();
  let seconds = 0;
  for (const suite of plan.suites) {
    const start = ports.clock.monotonic();
    const quick = { ...suite, timeLimit: Math.min(suite.timeLimit, LONGEST_ROUND) };
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
      if (names.size === 0)
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
    if (!broken.has(suite.name)) seconds += (ports.clock.monotonic() - start) / 2;
  }
  const expected = expectedSeconds(setup, seconds, plan.timeBudget ?? DEFAULT_TIME_BUDGET);
  return { broken, benchmarks, failing, isSetUp: true, expected };
}

/** What a proof means, in lines for people. */
export function proofLines({ broken, benchmarks, failing, expected }: Proof): readonly string[] {
  const minutes = (seconds: number) => Math.max(1, Math.round(seconds / 60));
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
          `A pull request will take about ${least === most ? least : `${least} to ${most}`} ${most === 1 ? "minute" : "minutes"} on a machine like this one.`,
          "Now: `benchgate run --base HEAD~1` compares this tree with the commit before. Commit both files to gate pull requests.",
        ]),
  ];
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

/** The beginning says what was run, the end what went wrong. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
