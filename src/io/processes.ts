import { GateError } from "../model/error.ts";
import type { Processes, ProcessResult, ProcessSpec } from "../ports/index.ts";
import { Kept } from "./bounded-buffer.ts";
import { createCounter } from "./counter.ts";
import { childEnvironment } from "./environment.ts";
import { Group, processesEnded } from "./groups.ts";
import { Tail } from "./output-tail.ts";
import { startService } from "./service.ts";
import { Spares, type Started } from "./spares.ts";
import { spawnChild } from "./spawn.ts";
import { createTimer } from "./timer.ts";

/** The most bytes of a child's stdout that are kept: 32 MiB. */
const STDOUT_LIMIT = 32 * 2 ** 20;

/**
 * How long output may still arrive after everybody has ended, in milliseconds: only a process that could not be found can hold a pipe
 * open.
 */
const DRAIN = 1000;

/** How long a child may take to end when its time is up, as a share of its time limit and in milliseconds. */
const GRACE = { share: 0.05, least: 500, most: 2000 } as const;

/** The longest delay that a timer takes; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The port to child processes. Each child leads a process group of its own, reads nothing but its `input`, and sees `env` without
 * secrets (`childEnvironment`). However it ends, its group ends with it, and on Linux whatever else it started. A program
 * that cannot be started is a `GateError` of kind `measure`. `before` is awaited before any of them starts.
 */
export function createProcesses(
  env: Readonly<Record<string, string | undefined>>,
  before: () => Promise<void> = async () => {},
): Processes {
  const whole = (added: Readonly<Record<string, string>>) => ({ ...childEnvironment(env), ...added });
  const spares = new Spares();
  const runIt: Processes["run"] = async (spec) => {
    await before();
    const started = performance.now();
    const reads = spec.input !== undefined;
    const spare = reads ? await spares.take(spec) : null;
    if (processesEnded()) {
      throw new GateError("interrupted before the next process was started", "Run it again", {}, "measure");
    }
    const child = spare?.child ?? (await spawnChild({ ...spec, reads }, whole(spec.env)));
    return attend(spec, { child, group: spare?.group ?? new Group(child, graceOf(spec)), started });
  };
  const ahead: NonNullable<Processes["ahead"]> = (spec) => {
    const start = () => processesEnded() || spares.start(spec, whole(spec.env));
    // What keeps it from being started is told by the next `run`.
    void before().then(start, () => {});
  };
  const start: Processes["start"] = async (spec) => {
    await before();
    return startService(spec, whole(spec.env));
  };
  return { run: runIt, ahead, start, time: createTimer(runIt), count: createCounter(runIt) };
}

/** The longest line that is waited for, in characters: what never ends is none. */
const LONGEST_LINE = 10_000;

/** Puts chunks together into lines. */
function linesTo(onLine: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new TextDecoder();
  let rest = "";
  return (chunk) => {
    // A character may lie in two chunks.
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (lines.pop() ?? "").slice(-LONGEST_LINE);
    for (const line of lines) onLine(line);
  };
}

function graceOf({ timeLimit }: ProcessSpec): number {
  return Math.min(Math.max(timeLimit * 1000 * GRACE.share, GRACE.least), GRACE.most);
}

/** Sees a child that has just begun to its end; `started` says when that was, in ms. */
async function attend(
  spec: ProcessSpec,
  { child, group, started }: Started & { readonly started: number },
): Promise<ProcessResult> {
  child.stdin?.end(spec.input);
  const tail = new Tail();
  const kept = new Kept(STDOUT_LIMIT);
  child.stdout?.on("data", (chunk: Buffer) => {
    tail.push("stdout", chunk);
    kept.push(chunk);
  });
  const tell = spec.onLine && linesTo(spec.onLine);
  child.stderr?.on("data", (chunk: Buffer) => {
    tail.push("stderr", chunk);
    tell?.(chunk);
  });

  let timedOut = false;
  const limit = setTimeout(
    () => {
      timedOut = true;
      group.end();
    },
    Math.min(spec.timeLimit * 1000, LONGEST_TIMER),
  );
  const closed = new Promise((resolve) => child.once("close", resolve));
  const { exitCode, signal } = await new Promise<Pick<ProcessResult, "exitCode" | "signal">>((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const seconds = (performance.now() - started) / 1000;
  clearTimeout(limit);
  await group.release(spec.daemons);
  const drain = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN);
  await closed;
  clearTimeout(drain);
  return {
    exitCode,
    signal,
    timedOut,
    stdout: kept.take(),
    overflowed: kept.overflowed,
    tail: tail.text(),
    seconds,
  };
}
