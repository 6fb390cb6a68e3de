import { GateError } from "../../model/error.ts";
import type { LockstepPlan } from "../../model/lockstep.ts";
import type { Failure } from "../../model/measurement.ts";
import type { Workload } from "../../model/plan.ts";
import {
  type Execution,
  orFailure,
  type Runner,
  type SlotResult,
  suiteFailure,
  type WatchedModule,
} from "../execution.ts";
import { noFile } from "../preflight.ts";
import { runLockstep } from "./lockstep.ts";
import { moduleResult, narrowedEnv, runAlone, timesEnv } from "./module.ts";
import { ModuleNames } from "./module-names.ts";
import { Tails } from "./tails.ts";

type BenchWorkload = Workload & { readonly kind: "bench" };

/** What a module gave; of none, what keeps all of them from being run. */
interface ModuleResult {
  readonly file: string | null;
  readonly result: SlotResult;
}

/** One side of a turn as it goes on. */
interface Draft {
  readonly execution: Execution;
  readonly files: readonly string[];
  readonly results: ModuleResult[];
  /** Seconds that its modules have taken. */
  spent: number;
}

const NOTHING: SlotResult = { measurements: [], failures: [] };

/**
 * The runner of a suite of modules: each file in fresh children of Benchgate's own harness, under the `node` on PATH. Several sides take
 * turns of milliseconds where the system has the pipes for that (Windows has not); otherwise one comes after the other. The time limit is
 * each side's own.
 */
export function benchRunner(workload: BenchWorkload): Runner {
  return async (executions) => {
    const drafts = await Promise.all(executions.map((execution) => draftOf(execution, workload)));
    const os = (await executions[0]?.ports.host.environment())?.os;
    // Sides that run one after the other have the machine warmed up for the first of them.
    const isBrief = os !== "win32" && executions.every(({ brief }) => brief);
    const { names, tails } = modulesOf(workload);
    const files = new Set(drafts.flatMap((draft) => draft.files));
    names.expect([...files]);
    const whys = new Map<string, string | null>();
    for (const file of files) {
      const sides = drafts.filter(
        ({ files, execution: { only, without } }) =>
          files.includes(file) && !without?.has(file) && (only === null || names.mayHold(file, only)),
      );
      const groups = os === "win32" ? sides.map((side) => [side]) : [sides];
      const tail = tails.of(file);
      const envOf: EnvOf = (execution) => {
        const narrowed = narrowedEnv(execution, names.prefix(file));
        const times = workload.times ?? (isBrief ? "brief" : "auto");
        return { ...narrowed, ...timesEnv(times, tail, narrowed.BENCHGATE_ONLY?.length ?? 0) };
      };
      const why = await watchModule(file, sides, envOf, async (env, manner) => {
        for (const group of groups) await runModule(file, group, env, manner);
      });
      if (why !== undefined) whys.set(file, why);
      if (sides.some(({ results }) => results.at(-1)!.result.refusal !== undefined)) break;
      tails.note(
        file,
        sides.flatMap(({ results }) => results.at(-1)!.result.measurements),
        isBrief,
      );
      for (const { execution, results } of sides) {
        const { measurements, failures, left = [] } = results.at(-1)!.result;
        // Where nothing is asked for, all that there is was left.
        if (execution.only === null || execution.only.length === 0) {
          names.note(file, [...[...measurements, ...failures].map(({ benchmark }) => benchmark), ...left]);
        }
      }
    }
    return drafts.map(({ results }) => together(results, names, whys));
  };
}

type EnvOf = (execution: Execution) => Readonly<Record<string, string>>;

/** How several sides go on: in turns, or, where nothing is timed, all at once. */
type Manner = Pick<LockstepPlan, "atOnce">;

/**
 * Has `run` run a module on some sides, watched where all of them can be: why it must be measured, or null; undefined where nobody watched. Watched, all
 * sides go on at once, for as long as if they took turns. In vain, it is run once more, in turns: what does not work then fails by itself.
 */
async function watchModule(
  file: string,
  sides: readonly Draft[],
  envOf: EnvOf,
  run: (envOf: EnvOf, manner: Manner) => Promise<void>,
): Promise<string | null | undefined> {
  const [first] = sides;
  const { watcher, suite } = first?.execution ?? {};
  const watch = sides.length === 2 && watcher !== undefined ? await watcher.watch(suite!, file) : null;
  if (watch === null) {
    await run(envOf, {});
    return undefined;
  }
  const watched: EnvOf = (execution) => {
    const env = envOf(execution);
    return { ...env, ...watch.env(execution.side, env) };
  };
  await run(watched, { atOnce: true });
  if (sides.every(({ results }) => results.at(-1)!.result.failures.length === 0)) return watch.end();
  for (const { results } of sides) results.pop();
  await run(envOf, {});
  return "failed while it was watched";
}

async function draftOf(execution: Execution, { patterns }: BenchWorkload): Promise<Draft> {
  const { ports, suite, cwd } = execution;
  let files: readonly string[] = [];
  const found = await orFailure(suite, async () => {
    files = await ports.files.glob(patterns, cwd);
    if (files.length > 0) return NOTHING;
    const { problem, remedy } = noFile(patterns, cwd);
    return suiteFailure(suite, `${problem}. ${remedy}.`);
  });
  return { execution, files, results: [{ file: null, result: found }], spent: 0 };
}

/** Runs one module on some sides, in the manner given where they are several, and adds to each what came of it. */
async function runModule(file: string, drafts: readonly Draft[], envOf: EnvOf, manner: Manner): Promise<void> {
  const ready: Draft[] = [];
  for (const draft of drafts) {
    const obstacle = obstacleOf(draft, file);
    if (obstacle !== null) draft.results.push({ file, result: obstacle });
    else ready.push(draft);
  }
  const [first, ...others] = ready;
  if (first === undefined) return;
  try {
    for (const { execution } of ready) await execution.ports.files.remove(execution.env.BENCHGATE_OUTPUT);
    const sides = ready.map((draft) => {
      const left = shareOf(draft, ready.length);
      return { execution: draft.execution, env: envOf(draft.execution), left };
    });
    const ends = others.length > 0 ? await runLockstep(file, sides, manner) : [await runAlone(file, sides[0]!)];
    for (const [index, end] of ends.entries()) {
      const draft = ready[index]!;
      draft.spent += end.seconds;
      draft.results.push({ file, result: await moduleResult(draft.execution, file, end) });
    }
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const failed = () => Promise.reject(error);
    for (const { execution, results } of ready) {
      results.push({ file, result: await orFailure(execution.suite, failed, { source: { file } }) });
    }
  }
}

/** Why a module is not run on a side; null where it is. */
function obstacleOf(draft: Draft, file: string): SlotResult | null {
  const { signal, suite } = draft.execution;
  if (signal?.aborted) return suiteFailure(suite, "interrupted.");
  if (leftOf(draft) > 0) return null;
  const reason = `${file}: the round's time limit was used up. Raise \`time-limit\`.`;
  return suiteFailure(suite, reason, { source: { file } });
}

/** What a side may take where as many take turns: what is left of its own time, and its part of what the time budget leaves to all. */
function shareOf(draft: Draft, sides: number): number {
  const { deadline, ports } = draft.execution;
  return Math.min(leftOf(draft), Math.max(0, deadline - ports.clock.monotonic()) / sides);
}

function leftOf({ execution, spent }: Draft): number {
  return execution.timeLimit - spent;
}

/** The modules of each suite, by its workload: what was seen of them in one turn holds for the next ones. */
const known = new WeakMap<BenchWorkload, { readonly names: ModuleNames; readonly tails: Tails }>();

function modulesOf(workload: BenchWorkload) {
  const modules = known.get(workload) ?? { names: new ModuleNames(), tails: new Tails() };
  known.set(workload, modules);
  return modules;
}

/** All results of a side as one, in which every benchmark has its name in the suite. */
function together(
  results: readonly ModuleResult[],
  names: ModuleNames,
  whys: ReadonlyMap<string, string | null>,
): SlotResult {
  const named = results.map(({ file, result }) => {
    const rename = <T extends Pick<Failure, "benchmark">>(each: T): T =>
      file === null ? each : { ...each, benchmark: names.nameOf(file, each.benchmark) };
    const { measurements, failures, left = [] } = result;
    return {
      measurements: measurements.map(rename),
      failures: failures.map(rename),
      left: left.map((name) => (file === null ? name : names.nameOf(file, name))),
    };
  });
  return {
    measurements: named.flatMap(({ measurements }) => measurements),
    failures: named.flatMap(({ failures }) => failures),
    left: named.flatMap(({ left }) => left),
    ...refusalIn(results),
    ...(whys.size > 0 && { modules: watchedIn(results, names, whys) }),
  };
}

function watchedIn(
  results: readonly ModuleResult[],
  names: ModuleNames,
  whys: ReadonlyMap<string, string | null>,
): readonly WatchedModule[] {
  return results.flatMap(({ file, result }) => {
    const why = file === null ? undefined : whys.get(file);
    if (file === null || why === undefined) return [];
    const benchmarks = [...new Set(result.measurements.map(({ benchmark }) => names.nameOf(file, benchmark)))];
    return [{ file, benchmarks, why }];
  });
}

function refusalIn(results: readonly ModuleResult[]): Pick<SlotResult, "refusal"> {
  const refusal = results.map(({ result }) => result.refusal).find((each) => each !== undefined);
  return refusal === undefined ? {} : { refusal };
}
