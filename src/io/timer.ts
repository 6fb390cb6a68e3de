import { GateError } from "../model/error.ts";
import type { Processes, ProcessResult, StartUpTrials, TimedResult, TimedSpec } from "../ports/index.ts";
import { gnuTime, STOPWATCHES, type Stopwatch } from "./stopwatches.ts";

type Run = Processes["run"];

/** How long a trial of a stopwatch may take, in seconds. */
const TRIAL_LIMIT = 20;

/** Trials from which a stopwatch's own start-up can be told. */
const TRIALS = 9;

/** A peak within so much of what the stopwatch itself needs may be its own: a child starts as a copy of its parent. */
const OWN_MEMORY = 1.25;

/** A stopwatch that works here. */
interface Chosen {
  readonly stopwatch: Stopwatch;
  /** What it adds to what it does not time itself; null where it does. */
  readonly startUp: StartUpTrials | null;
  /** The peak that it reports of a program that needs next to nothing. */
  readonly ownMemory: number;
}

/** Runs children for what they take, under the most exact stopwatch of this machine, which is found once. */
export function createTimer(run: Run, platform: NodeJS.Platform = process.platform): Processes["time"] {
  let chosen: Promise<Chosen | null> | undefined;
  return async (spec) => {
    chosen ??= choose(run, spec, platform === "win32" ? [] : STOPWATCHES);
    const by = await chosen;
    if (by === null) return bare(await run(spec));
    const result = await run({ ...spec, argv: by.stopwatch.argv(spec.argv) });
    const reading = by.stopwatch.read(result);
    // A program that cannot be started is told best by whoever starts programs.
    if (reading === null && !result.timedOut && result.signal === null) return bare(await run(spec));
    if (reading === null) return bare(result);
    const { exitCode = result.exitCode, signal = result.signal, tail = result.tail } = reading;
    const seconds = reading.seconds ?? result.seconds;
    const startUp = reading.seconds === null ? by.startUp : null;
    const { cpu } = reading;
    const { resolution } = by.stopwatch;
    const peakMemory = spec.memory && exitCode === 0 ? await peakOf(run, spec, by, reading.peakMemory) : null;
    return { exitCode, signal, timedOut: result.timedOut, tail, seconds, cpu, resolution, startUp, peakMemory };
  };
}

function bare({ exitCode, signal, timedOut, tail, seconds }: ProcessResult): TimedResult {
  return {
    exitCode,
    signal,
    timedOut,
    tail,
    seconds,
    cpu: null,
    resolution: 0,
    startUp: null,
    peakMemory: null,
  };
}

/** The first stopwatch that gives a reading of a program that does nothing. */
async function choose(run: Run, { cwd, env }: TimedSpec, stopwatches: readonly Stopwatch[]): Promise<Chosen | null> {
  const nothing = { argv: ["true"], cwd, env, timeLimit: TRIAL_LIMIT } as const;
  for (const stopwatch of stopwatches) {
    const reading = await trial(run, nothing, stopwatch);
    if (reading === null) continue;
    const ownMemory = reading.peakMemory ?? 0;
    if (reading.seconds !== null) return { stopwatch, startUp: null, ownMemory };
    const under: number[] = [];
    const alone: number[] = [];
    for (let i = 0; i < TRIALS; i++) {
      under.push((await run({ ...nothing, argv: stopwatch.argv(nothing.argv) })).seconds);
      alone.push((await run(nothing)).seconds);
    }
    return { stopwatch, startUp: { under, alone }, ownMemory };
  }
  return null;
}

async function trial(run: Run, nothing: Parameters<Run>[0], stopwatch: Stopwatch) {
  try {
    const result = await run({ ...nothing, argv: stopwatch.argv(nothing.argv) });
    return result.exitCode === 0 ? stopwatch.read(result) : null;
  } catch (error) {
    if (error instanceof GateError && error.kind === "measure") return null;
    throw error;
  }
}

/** The peak memory, where the stopwatch's own does not hide it; else another execution under GNU time, which needs next to none. */
async function peakOf(run: Run, spec: TimedSpec, by: Chosen, peak: number | null): Promise<number | null> {
  if (peak !== null && (by.stopwatch.small || peak > by.ownMemory * OWN_MEMORY)) return peak;
  const reading = await trial(run, spec, gnuTime);
  return reading?.peakMemory ?? null;
}
