import type { Environment } from "./model/environment.ts";
import type { Revision } from "./model/recording.ts";

/** The world as the gate sees it. Tests hand it fakes; `io/` implements it. */
export interface Ports {
  readonly processes: Processes;
  readonly files: Files;
  readonly git: Git;
  readonly clock: Clock;
  readonly host: Host;
}

/** A child process to run. */
export interface ProcessSpec {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** Added to the environment, which holds no secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds until the process group is ended. */
  readonly timeLimit: number;
}

/** How a child process ended. */
export interface ProcessResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Decoded as UTF-8; at most `STDOUT_LIMIT` bytes are kept, and `overflowed` says whether there were more. */
  readonly stdout: string;
  readonly overflowed: boolean;
  /** The last lines of stdout and stderr together, for people. */
  readonly tail: string;
  /** Wall-clock time. */
  readonly seconds: number;
}

/** Starts children in process groups of their own, without secrets, and ends the whole group on time-out or interruption. */
export interface Processes {
  run(spec: ProcessSpec): Promise<ProcessResult>;
}

export interface Files {
  readText(path: string): Promise<string>;
  writeText(path: string, text: string): Promise<void>;
  /** Null where there is no such file. */
  readTextIfAny(path: string): Promise<string | null>;
  remove(path: string): Promise<void>;
  /** Paths relative to `cwd`, sorted, `/` as separator. */
  glob(patterns: readonly string[], cwd: string): Promise<readonly string[]>;
  /** A new empty folder that is removed when the program ends. */
  temporaryFolder(): Promise<string>;
}

/** A git repository with its remote `origin`, seen from the working tree. */
export interface Git {
  /** The repository's root folder, or null outside one. */
  root(): Promise<string | null>;
  /** Where the working folder lies below the root: "" at the root, else `sub/folder`. */
  prefix(): Promise<string>;
  /** The commit that `ref` names, or null. */
  revision(ref: string): Promise<Revision | null>;
  /** Commits reachable from `sha`, newest first, `sha` included; at most `limit`. */
  ancestors(sha: string, limit: number): Promise<readonly string[]>;
  /** The text of a file at a revision, or null. Fetches the revision where it is not here. */
  show(sha: string, path: string): Promise<string | null>;
  /** Fetches `branch` from the remote: its tip, or null where the remote has no such branch. */
  fetchTip(branch: string): Promise<string | null>;
  /** The paths of all files at a commit. */
  list(commit: string): Promise<readonly string[]>;
  /** The text of each path at a commit, in order. */
  read(commit: string, paths: readonly string[]): Promise<readonly string[]>;
  /** Adds one file on top of `tip` (null: starts an orphan branch) and pushes; `moved` where somebody else pushed first. */
  append(
    branch: string,
    tip: string | null,
    file: { path: string; text: string },
    message: string,
  ): Promise<"landed" | "moved">;
  /** Checks a revision out into a new folder; the returned function removes it. */
  worktree(sha: string, folder: string): Promise<() => Promise<void>>;
}

export interface Clock {
  now(): Date;
  /** Seconds on a clock that never goes back. */
  monotonic(): number;
  sleep(seconds: number): Promise<void>;
}

export interface Host {
  environment(): Promise<Environment>;
  /** Uniform in [0, 1): for jitter and seeds, never for statistics. */
  random(): number;
  /** The folder where commands run. */
  readonly cwd: string;
  /** The file of Benchgate's own tinybench harness. */
  readonly harness: string;
}

/** Progress for people in a workflow's log. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  /** Child output that must not be taken for workflow commands. */
  quote(text: string): void;
}

/** The terminal that a command was started from. */
export interface Terminal {
  /** Results: the only thing that goes to stdout. */
  out(text: string): void;
  /** Progress and prose, on stderr. */
  err(text: string): void;
  /** Replaces the last progress line where stderr is a terminal; prints `line` where it is not. Empty: clears it. */
  progress(line: string): void;
  readInput(): Promise<string>;
  readonly columns: number;
  readonly colour: boolean;
}

/** A comment on a pull request. */
export interface PullRequestComment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
}

/** Refusals that must not change the verdict. */
export type GitHubResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly forbidden: boolean; readonly reason: string };

/** The part of GitHub that the gate uses. Never throws: a failure is a value. */
export interface GitHub {
  /** The login that our comments carry. */
  viewer(): Promise<string>;
  /** All comments of a pull request, over all pages. */
  comments(pull: number): Promise<GitHubResult<readonly PullRequestComment[]>>;
  createComment(pull: number, body: string): Promise<GitHubResult<number>>;
  updateComment(id: number, body: string): Promise<GitHubResult<number>>;
}
