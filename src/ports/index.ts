import type { Clock } from "./clock.ts";
import type { Files } from "./files.ts";
import type { Git } from "./git.ts";
import type { Host } from "./host.ts";
import type { Network } from "./network.ts";
import type { Processes } from "./processes.ts";
import type { Trees } from "./trees.ts";

export type { Clock } from "./clock.ts";
export type { FileBytes, Files, FolderFile } from "./files.ts";
export type { Git, LineCommit, Move, NewFile } from "./git.ts";
export type {
  CheckRequest,
  CheckRun,
  CommitStatusRequest,
  GitHub,
  GitHubResult,
  Issue,
  PullRequest,
  PullRequestComment,
} from "./github.ts";
export type { Host, Vitals } from "./host.ts";
export type { Interrupt } from "./interrupt.ts";
export type { Log } from "./log.ts";
export type { GrpcHealth, Network } from "./network.ts";
export type {
  CpuTime,
  Processes,
  ProcessResult,
  ProcessSpec,
  RunningService,
  StartUpTrials,
  TimedResult,
  TimedSpec,
  Usage,
} from "./processes.ts";
export type { ActionEvent, StepPort } from "./step.ts";
export type { Terminal } from "./terminal.ts";
export type { Tree, TreeEntry, Trees, Way } from "./trees.ts";

/** The world as the gate sees it. Tests hand it fakes; `io/` implements it. */
export interface Ports {
  readonly processes: Processes;
  readonly files: Files;
  readonly git: Git;
  readonly clock: Clock;
  readonly host: Host;
  readonly network: Network;
  /** Absent: nothing can tell whether two trees are the same code. */
  readonly trees?: Trees;
}
