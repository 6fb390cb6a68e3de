import { GateError } from "../../model/error.ts";
import { largest } from "../../model/extremes.ts";
import type { Measurement } from "../../model/measurement.ts";
import { identityOf } from "../../model/metric.ts";
import { type Command, commandText, type Workload } from "../../model/plan.ts";
import type { CpuTime, TimedResult, TimedSpec } from "../../ports/index.ts";
import { median } from "../../stats/summary.ts";
import {
  cutShort,
  type Execution,
  type MeasurePorts,
  orFailure,
  type Runner,
  type SlotResult,
  suiteFailure,
} from "../execution.ts";
import { type Argv, argvOf } from "./command.ts";
import { countOnce, withCount } from "./count.ts";
import { exitWords, neverRan } from "./exit.ts";

/** A round has enough executions when those of the slowest side took so many seconds together, and never more than so many. */
const ENOUGH = 0.5;
const MOST = 10;

/** Executions of an empty command line from which a shell's own start-up is taken: as many as fit into so many seconds, but some. */
const EMPTY_SECONDS = 0.3;
const EMPTY_LEAST = 3;

/** The longest name that a benchmark takes from its command. */
const NAME_LENGTH = 80;

/** What starting a shell takes, to be taken off what a command line in that shell takes. */
interface StartUp {
  readonly seconds: number;
  readonly cpu: CpuTime;
}

/** One side of a round in the making. */
interface Draft {
  readonly execution: Execution;
  readonly timed: TimedResult[];
  failed: SlotResult | null;
  /** Its instructions; null where nothing could count them, undefined where nobody asked. */
  counted: number | null | undefined;
}

/**
 * Runs a command again and again on all sides in turns (ABBA…), and measures the process itself: wall-clock time, user and system CPU
 * time, peak memory. All sides get the same number of executions: up to ten, fewer where one takes long. An exit code other than 0 is a
 * failure.
 *
 * A command line in a shell is measured without the shell's start-up: the median time of an empty line in the same shell, measured at
 * the beginning of each pair and the same for all its sides, is taken off; nothing is ever below zero.
 *
 * Source: hyperfine's correction of the shell's start-up (https://github.com/sharkdp/hyperfine), with the median for its mean: one
 * disturbance must not count for all sides.
 */
export function timeProcess({ command, count: counts }: Workload & { readonly kind: "time" }): Runner {
  return async (executions) => {
    const drafts = executions.map((execution): Draft => ({ execution, timed: [], failed: null, counted: undefined }));
    const [first] = executions;
    const startUp = first === undefined ? null : await startUpOf(first, command);
    for (let count = 0; count < MOST; count++) {
      const running = drafts.filter(({ failed }) => failed === null);
      if (running.length === 0 || running.some((draft) => spent(draft) >= ENOUGH)) break;
      for (const draft of count % 2 === 0 ? running : running.toReversed()) await once(draft, command);
    }
    for (const draft of counts === undefined ? [] : drafts) {
      if (draft.failed === null) draft.counted = await countOnce(draft.execution, command);
    }
    return drafts.map(({ execution, timed, failed, counted }) => {
      if (failed !== null) return failed;
      const result = resultOf(execution.suite, command, timed, startUp);
      const { suite } = execution;
      return counted === undefined ? result : withCount(result, { suite, benchmark: benchmarkName(command) }, counted);
    });
  };
}

async function once(draft: Draft, command: Command): Promise<void> {
  const { execution, timed } = draft;
  const { ports, suite, cwd, env, timeLimit, signal } = execution;
  if (signal?.aborted) {
    draft.failed = suiteFailure(suite, "interrupted.");
    return;
  }
  const left = Math.max(0, timeLimit - spent(draft));
  let result: TimedResult | undefined;
  const failed = await orFailure(suite, async () => {
    result = await timeOnce(ports, {
      argv: argvOf(command),
      cwd,
      env,
      timeLimit: left,
      memory: timed.length === 0,
    });
    const short = cutShort({ ...result, stdout: "", overflowed: false }, timeLimit);
    const why = short ?? (result.exitCode === 0 ? null : exitWords(result.exitCode));
    if (why === null) return { measurements: [], failures: [] };
    const failure = suiteFailure(suite, `\`${commandText(command)}\` ${why}`, { output: result.tail });
    return neverRan(result.exitCode) ? { ...failure, hopeless: true } : failure;
  });
  if (failed.failures.length > 0) draft.failed = failed;
  else if (result !== undefined) timed.push(result);
}

/** One execution, less the start-up of a stopwatch that does not time the child itself: the medians of its trials apart. */
async function timeOnce({ processes }: Pick<MeasurePorts, "processes">, spec: TimedSpec): Promise<TimedResult> {
  const result = await processes.time(spec);
  if (result.startUp === null) return result;
  const { under, alone } = result.startUp;
  return { ...result, seconds: Math.max(0, result.seconds - Math.max(0, median(under) - median(alone))) };
}

function spent({ timed }: Draft): number {
  return timed.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Null for a command without a shell, and where the empty line cannot be run: the command will say why. */
async function startUpOf({ ports, cwd, env, timeLimit }: Execution, command: Command): Promise<StartUp | null> {
  if (command.kind === "argv") return null;
  const argv: Argv = argvOf({ ...command, line: "" });
  const timed: TimedResult[] = [];
  const began = ports.clock.monotonic();
  try {
    while (timed.length < EMPTY_LEAST || (timed.length < MOST && ports.clock.monotonic() - began < EMPTY_SECONDS)) {
      timed.push(await timeOnce(ports, { argv, cwd, env, timeLimit, memory: false }));
    }
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
  if (timed.some(({ exitCode }) => exitCode !== 0)) return null;
  return {
    seconds: median(timed.map(({ seconds }) => seconds)),
    cpu: {
      user: median(timed.map(({ cpu }) => cpu?.user ?? 0)),
      system: median(timed.map(({ cpu }) => cpu?.system ?? 0)),
    },
  };
}

/** What is told of the CPU time: all of it, and its two parts. */
const CPU_METRICS = [
  ["cpu-time", ({ user, system }: CpuTime) => user + system],
  ["user-time", ({ user }: CpuTime) => user],
  ["system-time", ({ system }: CpuTime) => system],
] as const;

function resultOf(suite: string, command: Command, timed: readonly TimedResult[], startUp: StartUp | null): SlotResult {
  const common = { suite, benchmark: benchmarkName(command) } as const;
  const samples = (values: readonly number[], less: number) =>
    ({ kind: "samples", samples: Float64Array.from(values, (value) => Math.max(0, value - less)) }) as const;
  const cpu = timed.flatMap((each) => each.cpu ?? []);
  const peaks = timed.flatMap(({ peakMemory }) => peakMemory ?? []);
  const resolution = largest(
    timed.map((each) => each.resolution),
    0,
  );
  const measurements: Measurement[] = [
    {
      ...common,
      ...identityOf("latency"),
      distribution: samples(
        timed.map(({ seconds }) => seconds),
        startUp?.seconds ?? 0,
      ),
    },
  ];
  if (cpu.length === timed.length) {
    for (const [metric, of] of CPU_METRICS) {
      const distribution = samples(cpu.map(of), startUp === null ? 0 : of(startUp.cpu));
      measurements.push({ ...common, ...identityOf(metric), distribution, ...(resolution > 0 && { resolution }) });
    }
  }
  if (peaks.length > 0) {
    const distribution = { kind: "value", value: largest(peaks), exact: false } as const;
    measurements.push({ ...common, ...identityOf("memory"), distribution });
  }
  return { measurements, failures: [] };
}

/** The command as people know it, on one line and shortened. */
export function benchmarkName(command: Command): string {
  const text = commandText(command).replaceAll(/\s+/g, " ").trim();
  const letters = [...text];
  return letters.length > NAME_LENGTH ? `${letters.slice(0, NAME_LENGTH - 1).join("")}…` : text;
}
