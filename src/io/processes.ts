import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { GateError } from "../model/error.ts";
import type { Processes, ProcessResult, ProcessSpec } from "../ports.ts";
import { childEnvironment } from "./environment.ts";
import { Group, processesEnded } from "./groups.ts";
import { Tail } from "./tail.ts";

/** The most bytes of a child's stdout that are kept: 64 MiB. */
export const STDOUT_LIMIT = 64 * 2 ** 20;

/**
 * How long output may still arrive after the whole group has ended, in milliseconds: only a child that left its group
 * can hold a pipe open.
 */
const DRAIN = 1000;

/** The longest delay that a timer takes; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const windows = process.platform === "win32";

/**
 * The port to child processes. Each child leads a process group of its own, reads nothing, and sees `env` without
 * secrets (`childEnvironment`). However it ends, its group ends with it. A program that cannot be started is a
 * `GateError` of kind `measure`.
 */
export function createProcesses(env: Readonly<Record<string, string | undefined>>): Processes {
  return { run: (spec) => run(spec, { ...childEnvironment(env), ...spec.env }) };
}

async function run(spec: ProcessSpec, env: Record<string, string>): Promise<ProcessResult> {
  if (processesEnded()) {
    throw new GateError("interrupted before the next process was started", "Run it again", {}, "measure");
  }
  const started = performance.now();
  const child = await start(spec, env);
  const group = new Group(child);
  const tail = new Tail();
  const kept: Buffer[] = [];
  let bytes = 0;
  child.stdout?.on("data", (chunk: Buffer) => {
    tail.push("stdout", chunk);
    if (bytes < STDOUT_LIMIT) kept.push(chunk.subarray(0, STDOUT_LIMIT - bytes));
    bytes += chunk.length;
  });
  child.stderr?.on("data", (chunk: Buffer) => tail.push("stderr", chunk));

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
  group.release();
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
    stdout: Buffer.concat(kept).toString("utf8"),
    overflowed: bytes > STDOUT_LIMIT,
    tail: tail.text(),
    seconds,
  };
}

/**
 * A child that has started. The listeners for its end are attached in the same turn in which this resolves, so none is
 * missed.
 */
function start({ argv, cwd }: ProcessSpec, env: Record<string, string>): Promise<ChildProcess> {
  const [program, ...rest] = argv;
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(startError(program, cwd, error));
    try {
      const child = spawn(program, rest, {
        cwd,
        env,
        shell: false,
        detached: !windows,
        stdio: ["ignore", "pipe", "pipe"],
        windowsHide: true,
        // cmd.exe does not undo the quotes that other programs expect.
        windowsVerbatimArguments: windows && program === "cmd",
      });
      child.once("error", failed);
      child.once("spawn", () => resolve(child));
    } catch (error) {
      // spawn throws for what it can see beforehand: a NUL in an argument, or an argument vector that is too long.
      failed(error as NodeJS.ErrnoException);
    }
  });
}

function startError(program: string, cwd: string, error: NodeJS.ErrnoException): GateError {
  const [problem, remedy] = startProblem(program, cwd, error);
  return new GateError(problem, remedy, {}, "measure");
}

function startProblem(program: string, cwd: string, { code, message }: NodeJS.ErrnoException): [string, string] {
  if (code === "ENOENT" && !existsSync(cwd)) {
    return [`the folder ${cwd} does not exist, so \`${program}\` cannot run there`, "Check out the repository first"];
  }
  if (code === "ENOENT") {
    return /[\\/]/.test(program)
      ? [`there is no program \`${program}\` in ${cwd}`, "Build it in `setup`, or correct the path"]
      : [`\`${program}\` is not on PATH`, "Install it in an earlier step of the job, or correct the name"];
  }
  if (code === "EACCES") {
    return [`\`${program}\` is not executable`, `Run \`chmod +x\` on it, or name its interpreter in front of it`];
  }
  return [`\`${program}\` could not be started (${message})`, "Check the command"];
}
