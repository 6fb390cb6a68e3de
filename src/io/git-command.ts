import { execFile } from "node:child_process";
import { GateError, type GateErrorKind } from "../model/error.ts";

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
}

/** How a `git` process ended. `code` is null where it could not be started or was ended from outside. */
export interface GitResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The function that starts `git`: the real one is `runGit`. */
export type RunGit = (call: GitCall) => Promise<GitResult>;

/** One git setting as it is handed over in the environment, where no other user of the machine reads it. */
export type GitSetting = readonly [key: string, value: string];

/** Options of one call. */
interface GitCallOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `git` in one folder with one environment. */
export interface GitCommand {
  /** Runs it and gives back how it ended, whatever that was; throws only where git itself or the repository is unusable. */
  attempt(args: readonly string[], options?: GitCallOptions): Promise<GitResult>;
  /** Its stdout; throws `GateError` where it fails. */
  output(args: readonly string[], options?: GitCallOptions): Promise<Buffer>;
  /** Its stdout as trimmed text; throws `GateError` where it fails. */
  text(args: readonly string[], options?: GitCallOptions): Promise<string>;
}

/** No git process may take longer: a dead network must not hang the job. Milliseconds. */
const TIME_LIMIT = 10 * 60_000;
const OUTPUT_LIMIT = 2 ** 30;

/** Set in hooks and aliases, where they would point git away from the folder it is started in. */
const MISLEADING = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
];

/** Hooks and background work belong to the user's own commands, not to ours. */
const QUIET: readonly GitSetting[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["advice.detachedHead", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
];

/** The environment of a git process: `base` without what misleads git, never prompting, in English, with `settings` added. */
export function gitEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  settings: readonly GitSetting[] = [],
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value !== undefined && !MISLEADING.includes(name)) env[name] = value;
  }
  Object.assign(env, { GIT_TERMINAL_PROMPT: "0", GCM_INTERACTIVE: "never", LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" });
  const given = Number(env.GIT_CONFIG_COUNT ?? 0);
  const first = Number.isInteger(given) && given > 0 ? given : 0;
  const all = [...QUIET, ...settings];
  for (const [index, [key, value]] of all.entries()) {
    env[`GIT_CONFIG_KEY_${first + index}`] = key;
    env[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  env.GIT_CONFIG_COUNT = String(first + all.length);
  return env;
}

/** Starts the `git` on PATH. Never throws: what went wrong is in `stderr`. */
export const runGit: RunGit = ({ args, cwd, env, input }) =>
  new Promise((resolve) => {
    const options = {
      cwd,
      env,
      encoding: "buffer",
      maxBuffer: OUTPUT_LIMIT,
      timeout: TIME_LIMIT,
      windowsHide: true,
    } as const;
    const child = execFile("git", args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      const why = error !== null && code === null ? `${error.killed ? "timed out" : error.message}\n` : "";
      resolve({ code, stdout, stderr: why + stderr.toString("utf8") });
    });
    // A git that ends before it has read everything closes the pipe; its exit code tells why.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });

/** `git` in `cwd` with `env`, started by `run`. */
export function gitCommand(cwd: string, env: Readonly<Record<string, string>>, run: RunGit): GitCommand {
  async function attempt(args: readonly string[], options: GitCallOptions = {}): Promise<GitResult> {
    const result = await run({ args, cwd, env: { ...env, ...options.env }, input: options.input ?? "" });
    if (result.code === null || DUBIOUS.test(result.stderr)) throw gitError(args, result);
    return result;
  }
  async function output(args: readonly string[], options?: GitCallOptions): Promise<Buffer> {
    const result = await attempt(args, options);
    if (result.code !== 0) throw gitError(args, result);
    return result.stdout;
  }
  return { attempt, output, text: async (args, options) => (await output(args, options)).toString("utf8").trim() };
}

const DUBIOUS = /detected dubious ownership in repository at '(.+?)'/;

/** What git says, in our words: the first row that matches wins. `problem` and `remedy` may use the pattern's groups. */
const FAILURES: readonly {
  readonly pattern: RegExp;
  readonly kind: GateErrorKind;
  readonly problem: string | null;
  readonly remedy: string;
}[] = [
  {
    pattern: /spawn git ENOENT/,
    kind: "fix",
    problem: "git could not be started",
    remedy: "Install git 2.31 or newer and put it on PATH; check that the folder exists",
  },
  {
    pattern: DUBIOUS,
    kind: "fix",
    problem: "git refuses to read $1 because it belongs to another user",
    remedy: "Run: git config --global --add safe.directory '$1'",
  },
  {
    pattern: /not a git repository/,
    kind: "fix",
    problem: "this folder is not inside a git repository",
    remedy: "Run Benchgate inside a checkout (actions/checkout in a workflow)",
  },
  {
    pattern: /Permission to \S+ denied|Write access to repository not granted|returned error: 403|not allowed to push/i,
    kind: "measure",
    problem: null,
    remedy: "Give the job `permissions: contents: write` (on pushes to the default branch only)",
  },
  {
    pattern: /GH006|GH013|rule violations|protected branch|hook declined/i,
    kind: "measure",
    problem: null,
    remedy:
      "Exempt the baseline branch from rulesets and branch protection, and give the job `permissions: contents: write`",
  },
  {
    pattern: /could not read (?:Username|Password)|Authentication failed|returned error: 401|Permission denied \(/i,
    kind: "measure",
    problem: null,
    remedy: "Give the job `permissions: contents: write` and pass `token`, or mend the credentials of remote origin",
  },
  {
    pattern: /timed out|Could not resolve host|unable to access|Connection (?:refused|reset)|returned error: 5\d\d/i,
    kind: "measure",
    problem: null,
    remedy: "Check the network and the address of remote origin, then run again",
  },
];

/** The error for a git command that failed, with the remedy for the failures that we know. */
export function gitError(args: readonly string[], result: Pick<GitResult, "stderr">): GateError {
  const said = `git ${args.find((arg) => /^[a-z][a-z-]*$/.test(arg)) ?? ""} failed: ${telling(result.stderr)}`;
  for (const { pattern, kind, problem, remedy } of FAILURES) {
    const match = pattern.exec(result.stderr);
    if (match === null) continue;
    const fill = (text: string): string => text.replaceAll("$1", () => match[1] ?? "");
    return new GateError(problem === null ? said : fill(problem), fill(remedy), {}, kind);
  }
  return new GateError(said, "Mend what git names, then run again", {}, "measure");
}

/** The lines of git's stderr that say why, on one line, without credentials. */
function telling(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !/^(?:hint|warning|To ):?/.test(line));
  const text = lines.slice(-4).join("; ") || "it said nothing";
  return (
    text
      .replaceAll(/\/\/[^/@\s]*@/g, "//")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a remote may send anything
      .replaceAll(/[\u0000-\u001f\u007f]+/g, " ")
      .slice(0, 500)
      .replace(/[.\s]+$/, "")
  );
}
