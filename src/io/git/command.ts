import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { DUBIOUS, gitError } from "./errors.ts";
import { type Watch, watched } from "./stuck.ts";

/**
 * One `git` process to start, without a shell.
 *
 * @internal Exported for its tests.
 */
export interface GitCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it reads on stdin; stdin is closed after it. */
  readonly input: string;
  /** Seconds until it is ended; ten minutes where absent. */
  readonly timeLimit?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** How a `git` process ended. `code` is null where it could not be started or was ended from outside. */
export interface GitResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The function that starts `git`: the real one is `runGit`. */
export type RunGit = (call: GitCall) => Promise<GitResult>;

/** Options of one call. */
export interface GitCallOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `git` in one folder with one environment. */
export interface GitCommand {
  /** Runs it and gives back how it ended, whatever that was. Never throws. */
  ended(args: readonly string[], options?: GitCallOptions): Promise<GitResult>;
  /** As `ended`; throws where git itself or the repository is unusable. */
  attempt(args: readonly string[], options?: GitCallOptions): Promise<GitResult>;
  /** Its stdout; throws `GateError` where it fails. */
  output(args: readonly string[], options?: GitCallOptions): Promise<Buffer>;
  /** Its stdout as trimmed text; throws `GateError` where it fails. */
  text(args: readonly string[], options?: GitCallOptions): Promise<string>;
}

/** No git process may take longer: a dead network must not hang the job. Seconds. */
const TIME_LIMIT = 10 * 60;
const OUTPUT_LIMIT = 2 ** 30;

const programs = new Map<string, string>();

/** The git that a PATH named when it was first asked for, before anything of the repository ran: one that is put in front of it later is not started. */
function programOn(path: string): string {
  const known = programs.get(path);
  if (known !== undefined || process.platform === "win32") return known ?? "git";
  const folder = path.split(delimiter).find((each) => isAbsolute(each) && isExecutable(join(each, "git")));
  const program = folder === undefined ? "git" : join(folder, "git");
  programs.set(path, program);
  return program;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts the `git` on PATH. Never throws: what went wrong is in `stderr`. */
export const runGit: RunGit = ({ args, cwd, env, input, timeLimit = TIME_LIMIT, signal }) =>
  new Promise((resolve) => {
    const options = {
      cwd,
      env,
      encoding: "buffer",
      maxBuffer: OUTPUT_LIMIT,
      timeout: timeLimit * 1000,
      windowsHide: true,
      ...(signal !== undefined && { signal }),
    } as const;
    const child = execFile(programOn(env.PATH ?? ""), args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      const why = error !== null && code === null ? `${error.killed ? "timed out" : error.message}\n` : "";
      resolve({ code, stdout, stderr: why + stderr.toString("utf8") });
    });
    // A git that ends before it has read everything closes the pipe; its exit code tells why.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });

/** Where git runs, with what, and how long it may take. */
export interface GitPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: RunGit;
  /** Done before each call. */
  readonly before?: () => Promise<void>;
  /** Looks after each call that takes long; absent: nobody does. */
  readonly watch?: Watch;
  /** Seconds. */
  readonly timeLimit?: number;
}

/** `git` in a place. */
export function gitCommand({ cwd, env, run, before, watch, timeLimit }: GitPlace): GitCommand {
  async function ended(args: readonly string[], options: GitCallOptions = {}): Promise<GitResult> {
    await before?.();
    const limit = timeLimit === undefined ? {} : { timeLimit };
    const call = { args, cwd, env: { ...env, ...options.env }, input: options.input ?? "", ...limit };
    return watch === undefined ? run(call) : watched(watch, (signal) => run({ ...call, signal }));
  }
  async function attempt(args: readonly string[], options?: GitCallOptions): Promise<GitResult> {
    const result = await ended(args, options);
    if (result.code === null || DUBIOUS.test(result.stderr)) throw gitError(args, result);
    return result;
  }
  async function output(args: readonly string[], options?: GitCallOptions): Promise<Buffer> {
    const result = await attempt(args, options);
    if (result.code !== 0) throw gitError(args, result);
    return result.stdout;
  }
  return {
    ended,
    attempt,
    output,
    text: async (args, options) => (await output(args, options)).toString("utf8").trim(),
  };
}
