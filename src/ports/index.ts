import type { Environment } from "../model/environment.ts";
import type { Revision } from "../model/recording.ts";

export type { CommitStatusRequest, GitHub, GitHubResult, PullRequest, PullRequestComment } from "./github.ts";

/** The world as the gate sees it. Tests hand it fakes; `io/` implements it. */
export interface Ports {
  readonly processes: Processes;
  readonly files: Files;
  readonly git: Git;
  readonly clock: Clock;
  readonly host: Host;
  readonly network: Network;
}

/** A child process to run. */
export interface ProcessSpec {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** Added to the environment, which holds no secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds until the process group is ended. */
  readonly timeLimit: number;
  /** What becomes of daemons that it leaves: by default they end with it; with `keep`, when this program ends. */
  readonly daemons?: "end" | "keep";
}

/** How a child process ended. */
export interface ProcessResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Decoded as UTF-8; empty where there was more than can be kept (32 MiB), of which `overflowed` tells. */
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
  /** Starts a child that goes on until it is stopped. */
  start(spec: Omit<ProcessSpec, "timeLimit">): Promise<RunningService>;
  /** Runs a child for what it takes; its stdout is thrown away where that is possible. */
  time(spec: TimedSpec): Promise<TimedResult>;
}

/** A child that goes on until it is stopped. */
export interface RunningService {
  /** How it ended, by itself or stopped, once all that it printed is in `tail`. */
  readonly exited: Promise<Pick<ProcessResult, "exitCode" | "signal">>;
  /** The last lines of stdout and stderr together so far: nothing else is kept of them. */
  tail(): string;
  /** What its whole group has taken so far; null where the system does not tell. */
  usage(): Usage | null;
  /** Ends it with its whole group; resolves once it has ended. */
  stop(): Promise<void>;
}

/** What a group of processes has taken since it was started. */
export interface Usage {
  /** User and system time, in seconds. */
  readonly cpuSeconds: number;
  /** The peak resident sizes of its living processes, added up, in bytes. */
  readonly peakMemory: number;
  /** The step in which the system counts `cpuSeconds`. */
  readonly resolution: number;
}

/** A child process to run for what it takes. */
export interface TimedSpec extends ProcessSpec {
  /** Whether its peak memory is wanted: that of a small process may cost another execution. */
  readonly memory: boolean;
}

/** How a timed child ended, and what it took. */
export interface TimedResult extends Omit<ProcessResult, "stdout" | "overflowed"> {
  /** User and system time of the child and of all that it waited for, in seconds; null where the machine cannot tell. */
  readonly cpuSeconds: number | null;
  /** The step in which `cpuSeconds` is counted. */
  readonly resolution: number;
  /** What tells the start-up of the stopwatch where `seconds` holds it; null where it does not. */
  readonly startUp: StartUpTrials | null;
  /** The largest resident size of one of those processes, in bytes; null where it was not wanted, or the machine cannot tell. */
  readonly peakMemory: number | null;
}

/** Seconds that a program took which does nothing, again and again: under a stopwatch, and by itself. */
export interface StartUpTrials {
  readonly under: readonly number[];
  readonly alone: readonly number[];
}

/** The loopback network of this machine. */
export interface Network {
  /** A port that nobody listens on at this moment. */
  freePort(): Promise<number>;
  /** The status of a GET, without following redirects; null where nobody answers within so many seconds. */
  status(url: string, seconds: number): Promise<number | null>;
}

export interface Files {
  readText(path: string): Promise<string>;
  writeText(path: string, text: string): Promise<void>;
  /** Null where there is no such file. */
  readTextIfAny(path: string): Promise<string | null>;
  /** A file to be read piece by piece, however large it is; null where there is no such file. */
  open(path: string): Promise<FileBytes | null>;
  /**
   * The files below a folder whose paths in it fit one of the patterns, sorted by path; null where there is no such folder, or a file in its place.
   * Links are neither followed nor listed.
   */
  listFolder(path: string, patterns: readonly string[]): Promise<readonly FolderFile[] | null>;
  remove(path: string): Promise<void>;
  /** Paths relative to `cwd`, sorted, `/` as separator. */
  glob(patterns: readonly string[], cwd: string): Promise<readonly string[]>;
  /** A new empty folder that is removed when the program ends. */
  temporaryFolder(): Promise<string>;
}

/** A file that is read piece by piece. */
export interface FileBytes {
  /** In bytes, when it was opened; 0 where the system does not tell, as for a pipe. */
  readonly size: number;
  /** Its text in UTF-8, from the beginning each time. A piece is valid until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A file of a folder. */
export interface FolderFile {
  /** Relative to the folder, `/` as separator. */
  readonly path: string;
  readonly size: number;
  /** Another one whenever the file was written, or replaced, in between. */
  readonly stamp: string;
}

/** A git repository with its remote `origin`, seen from the working tree. */
export interface Git {
  /** The repository's root folder, or null outside one. */
  root(): Promise<string | null>;
  /** The path of a file in git's own folder for this working tree: never tracked, and gone with the checkout. */
  privatePath(name: string): Promise<string>;
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
  /**
   * Checks a revision out into a new folder, with the submodules that this tree has; the returned function removes it. It goes with the
   * program as well, and one that a killed program left behind goes first.
   */
  worktree(sha: string, folder: string): Promise<() => Promise<void>>;
  /** Submodules and LFS files, by path, that this tree has and the worktree in `folder` lacks. */
  lacking(folder: string): Promise<readonly string[]>;
  /**
   * Makes files, and folders as far as git tracks what is in them or would, the same in the tree `to` as in the tree `from`. Paths are
   * relative to both.
   */
  overlay(
    from: string,
    to: string,
    paths: { readonly folders: readonly string[]; readonly files: readonly string[] },
  ): Promise<void>;
}

export interface Clock {
  now(): Date;
  /** Seconds on a clock that never goes back. */
  monotonic(): number;
  sleep(seconds: number): Promise<void>;
}

/** How the machine is doing at a moment. Null where the system does not tell. */
export interface Vitals {
  /** Time of all cores since the machine started, and what of it others were given, in the same unit. */
  readonly cpu: { readonly steal: number; readonly total: number } | null;
  /** Processes that run or wait, averaged over the last minute. */
  readonly load: number | null;
  /** How often a core was slowed down for heat since the machine started. */
  readonly throttled: number | null;
}

export interface Host {
  environment(): Promise<Environment>;
  /** The seconds that a fixed piece of work takes now. */
  canary?(): number;
  vitals?(): Vitals;
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
