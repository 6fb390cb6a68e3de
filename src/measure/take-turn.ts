import type { LockstepStep } from "../model/lockstep.ts";
import type { Failure } from "../model/measurement.ts";
import type { Suite } from "../model/plan.ts";
import type { Open } from "./agenda.ts";
import { isDeal, type Only } from "./asked.ts";
import type { Canaries } from "./canary.ts";
import type { Execution, MeasurePorts, SlotResult } from "./execution.ts";
import type { Generators } from "./generators.ts";
import type { Patience } from "./give-up.ts";
import type { Layouts } from "./layout.ts";
import { suiteFolder } from "./preflight.ts";
import type { MeasuredSide } from "./recorder.ts";
import type { SameCodeFinder } from "./same-code/same-code.ts";
import type { Side, Turn } from "./schedule.ts";
import type { TimeBudget } from "./time-budget.ts";
import { runnerOf } from "./workloads/runner.ts";

/** What turns are taken of, and what bounds them. */
interface Taking {
  readonly suites: readonly Suite[];
  readonly sides: readonly MeasuredSide[];
  readonly only?: Only;
  readonly signal?: AbortSignal;
  /** Where the outputs of tools go. */
  readonly folder: string;
  readonly budget: TimeBudget;
  readonly canaries: Canaries;
  readonly patience: Patience;
  readonly generators: Generators;
  readonly layouts: Layouts;
  readonly onBenchmark?: (step: LockstepStep) => void;
  /** Absent: everything is measured, whatever its code is. */
  readonly sameCode?: SameCodeFinder;
}

/** What a turn gave. */
interface Taken {
  readonly results: ReadonlyMap<Side, SlotResult>;
  /** Whether the time budget ended it: then it has not failed, and its results count for nothing. */
  readonly cutOff: boolean;
}

/** Takes a turn, and takes it again for as long as the canary says that it was disturbed and there is time. */
export async function takeTurn(ports: MeasurePorts, taking: Taking, turn: Turn, open: Open): Promise<Taken> {
  const { budget, canaries, signal } = taking;
  for (;;) {
    const limit = budget.limit(turn);
    const began = ports.clock.monotonic();
    const run = () => take(ports, taking, turn, { limit, open });
    // To list benchmarks says nothing of how long a turn takes.
    const results = await (turn.listing ? run() : budget.timed(turn, run, isUnlike(taking, turn)));
    const cutOff = ports.clock.monotonic() - began >= limit;
    const final = turn.warmup || signal?.aborted === true || !budget.allows(turn);
    if (!final && canaries.drops(turn.suite, results.values())) continue;
    // A turn that is taken again has failed once, however often.
    note(taking, turn, results);
    return { results, cutOff };
  }
}

/**
 * Whether a turn only tries the quick benchmarks of a suite: they warm up by themselves in each round, and where their code is watched they have to run as long
 * as there.
 */
function isBrief({ suites, sides, sameCode }: Taking, { suite, warmup }: Turn): boolean {
  const { workload } = suites.find(({ name }) => name === suite)!;
  const isOurs = workload.kind === "bench" && workload.times !== "keep";
  return warmup && isOurs && sides.length > 1 && sameCode === undefined;
}

/** Whether a turn takes another time than those to come: it is brief, or both sides go on at once and are watched, for nothing more may have to be measured. */
function isUnlike(taking: Taking, turn: Turn): boolean {
  const { workload } = taking.suites.find(({ name }) => name === turn.suite)!;
  return isBrief(taking, turn) || (turn.warmup && workload.kind === "bench" && taking.sameCode !== undefined);
}

/**
 * One pair of one suite. A side on which it keeps failing is not run again: its failure stands.
 *
 * @param bounds the seconds that the time budget leaves, and the benchmarks that are still undecided, by suite.
 */
async function take(
  ports: MeasurePorts,
  taking: Taking,
  turn: Turn,
  { limit, open }: { readonly limit: number; readonly open: Open },
): Promise<ReadonlyMap<Side, SlotResult>> {
  const { suites, sides, only, signal, folder, patience, generators, layouts, sameCode, onBenchmark } = taking;
  const suite = suites.find(({ name }) => name === turn.suite)!;
  const results = new Map<Side, SlotResult>();
  const executions = turn.order.flatMap((name): Execution[] => {
    const standing = patience.verdict(suite.name, name);
    if (standing !== null) results.set(name, standing);
    if (standing !== null) return [];
    // Each suite has a file of its own: what one leaves in the place of it is no other's trouble.
    const output = `${folder}/${name}-${suites.indexOf(suite)}`;
    return [
      {
        ports,
        suite: suite.name,
        side: name,
        cwd: suiteFolder(sides.find((side) => side.name === name)!.cwd, suite.folder),
        timeLimit: Math.min(suite.timeLimit, limit),
        deadline: ports.clock.monotonic() + limit,
        skip: typeof suite.warmup === "number" ? suite.warmup : 0,
        ...(suite.expected && { expected: suite.expected }),
        only: turn.listing ? [] : (open.get(suite.name) ?? null),
        ...(only && !isDeal(only) && { asked: only }),
        ...(onBenchmark && { onBenchmark }),
        ...(sameCode && { without: sameCode.modulesLeft(suite.name) }),
        ...(isBrief(taking, turn) && { brief: true }),
        ...(sameCode && turn.warmup && { watcher: sameCode }),
        ...(signal && { signal }),
        env: {
          ...suite.env,
          BENCHGATE_OUTPUT: output,
          BENCHGATE_ROUND: String(turn.warmup ? 0 : turn.pair + 1),
          ...layouts.next(),
        },
      },
    ];
  });
  const given = generators.checked(suite.name, await runnerOf(suite)(executions));
  for (const [index, { side }] of executions.entries()) results.set(side, inFolder(given[index]!, suite.folder));
  return results;
}

/** Takes note of how a turn ended, on the sides that were run. */
function note(taking: Taking, turn: Turn, results: ReadonlyMap<Side, SlotResult>): void {
  const { patience } = taking;
  const { suite, warmup } = turn;
  const ran = [...results].filter(([side]) => patience.verdict(suite, side) === null);
  for (const [side, result] of ran) patience.note(suite, side, result, isBrief(taking, turn));
  if (warmup) patience.noteWarmup(suite, results);
}

/** A result whose places, given as seen from a suite's folder, are seen from the working folder. */
function inFolder(result: SlotResult, folder: string | undefined): SlotResult {
  if (folder === undefined) return result;
  const placed = <T extends Pick<Failure, "source">>(each: T): T =>
    each.source === undefined || /^(?:[\\/]|[A-Za-z]:)/.test(each.source.file)
      ? each
      : { ...each, source: { ...each.source, file: `${folder}/${each.source.file}` } };
  return { ...result, measurements: result.measurements.map(placed), failures: result.failures.map(placed) };
}
