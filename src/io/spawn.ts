import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { GateError } from "../model/error.ts";
import type { ProcessSpec } from "../ports/index.ts";
import { findOrphans, remember, signalAll, withWord } from "./strays.ts";

const windows = process.platform === "win32";

let swept = false;

/**
 * A child that has started, at the head of a process group of its own. Whoever attaches listeners for its end in the same turn in
 * which this resolves misses none. With `reads` its stdin is a pipe. A program that cannot be started is a `GateError` of kind `measure`.
 */
export function spawnChild(
  { argv, cwd, reads = false }: Pick<ProcessSpec, "argv" | "cwd"> & { readonly reads?: boolean },
  env: Record<string, string>,
): Promise<ChildProcess> {
  const [program, ...rest] = argv;
  // What a killed Benchgate left running would disturb the measurement, and may hold a port.
  if (!swept) signalAll(findOrphans(), "SIGKILL");
  swept = true;
  const marked = withWord(env);
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(startError(program, cwd, error));
    try {
      const child = spawn(program, rest, {
        cwd,
        env: marked.env,
        shell: false,
        detached: !windows,
        stdio: [reads ? "pipe" : "ignore", "pipe", "pipe"],
        windowsHide: true,
        // cmd.exe does not undo the quotes that other programs expect.
        windowsVerbatimArguments: windows && program === "cmd",
      });
      remember(child, marked.word);
      // Who does not read all of it has ended, or will say what became of it.
      child.stdin?.on("error", () => {});
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
