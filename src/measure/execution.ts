import type { OutputsRead } from "../adapters/adapter.ts";
import { GateError } from "../model/error.ts";
import type { LockstepStep } from "../model/lockstep.ts";
import type { Failure, Measurement, SourceLocation, SuiteNote, ToolExit } from "../model/measurement.ts";
import type { StatusRange } from "../model/status.ts";
import type { Ports, ProcessResult } from "../ports/index.ts";
import type { Watcher } from "./same-code/watch.ts";
import type { Side } from "./schedule.ts";

/** The part of the world that measuring touches. */
export type MeasurePorts = Pick<Ports, "processes" | "files" | "clock" | "host" | "network">;

/** One execution of one suite on one side. */
export interface Execution {
  readonly ports: MeasurePorts;
  readonly suite: string;
  readonly side: Side;
  /** The folder in the side's tree that the suite runs in. */
  readonly cwd: string;
  /** Seconds for the whole execution. */
  readonly timeLimit: number;
  /** On the monotonic clock: when the time budget ends all executions of the turn; infinite where there is none. */
  readonly deadline: number;
  /** Seconds of warm-up to cut from the start of the tool's output. */
  readonly skip: number;
  /** The statuses that count as successes in place of the tool's own. */
  readonly expected?: readonly StatusRange[];
  /** The benchmarks that are still undecided; null: all of them. What cannot filter measures them all. */
  readonly only: readonly string[] | null;
  /** Patterns over `suite/benchmark` of which a benchmark must fit one, before it is known which there are; absent: all do. */
  readonly asked?: readonly string[];
  /** Modules of a `bench` suite that are not run; absent: all are. */
  readonly without?: ReadonlySet<string>;
  /** Told whenever a benchmark begins, where that is known. */
  readonly onBenchmark?: (step: LockstepStep) => void;
  /** Whether nothing is kept of it, and nobody watches: the quick benchmarks of modules that take turns run only so long as shows that they work. */
  readonly brief?: true;
  /** What watches the modules of a warm-up on all sides; absent: nothing does. */
  readonly watcher?: Watcher;
  /** Aborted once the user interrupts: nothing more is to be started. */
  readonly signal?: AbortSignal;
  /**
   * What the child finds in its environment, beside the suite's own variables: the path of a file of this side to write to, and the
   * round, from 1 (0: thrown away).
   */
  readonly env: Readonly<Record<"BENCHGATE_OUTPUT" | "BENCHGATE_ROUND", string>> & Readonly<Record<string, string>>;
}

/**
 * How a workload is run on all sides of one pair: executions come in the order in which they are to begin, results go in that same
 * order.
 */
export type Runner = (executions: readonly Execution[]) => Promise<readonly SlotResult[]>;

/** The runner of a workload whose executions never overlap. */
export function oneByOne(run: (execution: Execution) => Promise<SlotResult>): Runner {
  return async (executions) => {
    const results: SlotResult[] = [];
    for (const execution of executions) {
      const stopped = execution.signal?.aborted === true;
      results.push(stopped ? suiteFailure(execution.suite, "interrupted.") : await run(withinBudget(execution)));
    }
    return results;
  };
}

/** The execution as far as the turn's time budget still lets it go. */
export function withinBudget(execution: Execution): Execution {
  const left = Math.max(0, execution.deadline - execution.ports.clock.monotonic());
  return left < execution.timeLimit ? { ...execution, timeLimit: left } : execution;
}

/** What one execution of one suite gave. A failure is a value here: the other suites go on. */
export interface SlotResult {
  readonly measurements: readonly Measurement[];
  readonly failures: readonly Failure[];
  readonly notes?: readonly SuiteNote[];
  readonly exits?: readonly ToolExit[];
  /** Whether it is certain to fail in the same way again: what it needs is not there. Only of a result without measurements. */
  readonly hopeless?: true;
  /** Whether the command came to its end, and nothing that it wrote can be read as its tool's: a flake on one side, a mistake where all sides say so. */
  readonly unread?: true;
  /** Benchmarks that are there and were not measured, because nobody asks about them. */
  readonly left?: readonly string[];
  /** What the user has to change before anything of the suite can be measured, such as a file that is no benchmark. */
  readonly refusal?: GateError;
  /** Where the outputs of several generators were read as one. */
  readonly outputs?: OutputsRead;
  /** The modules of a warm-up that was watched. */
  readonly modules?: readonly WatchedModule[];
  /** The adapter that `tool: auto` took. */
  readonly recognised?: string;
  /** How many seconds the canary took around it: how fast the machine was. */
  readonly canary?: number;
}

/** A module that was watched while it ran: its benchmarks as the suite calls them, and why it must be measured; null where its code is the same on both sides. */
export interface WatchedModule {
  readonly file: string;
  readonly benchmarks: readonly string[];
  readonly why: string | null;
}

/** What is known of a failure beside its reason. */
type FailureDetails = Partial<Pick<Failure, "output" | "source">>;

/** A result that holds nothing but the failure of a whole suite. */
export function suiteFailure(suite: string, reason: string, { output = "", source }: FailureDetails = {}): SlotResult {
  return { measurements: [], failures: [{ suite, benchmark: "*", reason, output, ...withSource(source) }] };
}

/** The result of `attempt`, or the failure of the whole suite where it throws an error that the user can act on. */
export async function orFailure(
  suite: string,
  attempt: () => SlotResult | Promise<SlotResult>,
  details: FailureDetails = {},
): Promise<SlotResult> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const failed = suiteFailure(suite, sentence(error.message), details);
    // What cannot even be started is of this kind.
    return error.kind === "measure" ? { ...failed, hopeless: true } : failed;
  }
}

/** Why a child that ended so has no result, as the rest of a sentence; null where it came to its own end. */
export function cutShort({ timedOut, signal }: ProcessResult, timeLimit: number): string | null {
  if (timedOut) {
    return `took longer than its limit of ${Math.round(timeLimit)} s and was ended. Raise \`time-limit\`, or measure less in a round.`;
  }
  if (signal === null) return null;
  return `was ended by ${signal}.${signal === "SIGKILL" ? " The machine may have run out of memory." : ""}`;
}

/** `source` as an optional property. */
export function withSource(source: SourceLocation | undefined): { readonly source?: SourceLocation } {
  return source === undefined ? {} : { source };
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
