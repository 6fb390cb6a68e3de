import type { GitHub } from "./github.ts";
import type { Log } from "./log.ts";

/** The events that the gate tells apart. */
type EventKind =
  | "push"
  | "pull_request"
  | "pull_request_target"
  | "merge_group"
  | "schedule"
  | "workflow_dispatch"
  | "workflow_run"
  | "other";

/** Why the workflow runs, as far as the gate needs to know. Absent: the event does not say. */
export interface ActionEvent {
  readonly kind: EventKind;
  /** The event's own name, for messages. */
  readonly name: string;
  readonly pull?: number;
  /** The commit that the event compares with: the pull request's base, the branch's tip before the push. */
  readonly baseSha?: string;
  /** The commit on trial: the pull request's head, not the merge that is checked out. */
  readonly headSha?: string;
  /** Branch names without `refs/heads/`. */
  readonly baseRef?: string;
  readonly headRef?: string;
  readonly ref: string;
  readonly sha: string;
  readonly defaultBranch?: string;
  /** Whether the code on trial comes from another repository. */
  readonly fork: boolean;
  /** `owner/name` of the repository that the code on trial comes from, where a workflow run tells it. */
  readonly headRepository?: string;
  /** The event of the workflow run that this one follows. */
  readonly cause?: string;
  /** The name of the workflow whose run this one follows. */
  readonly followed?: string;
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly runId: string;
  readonly attempt: number;
  readonly workflow: string;
  readonly job: string;
  /** `-name` where the workflow names this step, or uses Benchgate more than once in the job; else empty. */
  readonly step: string;
  /** `owner/repo/.github/workflows/file.yml@ref`. */
  readonly workflowRef: string;
  /** Where the workflow takes the action from; absent where it is a folder of the repository itself. */
  readonly action?: { readonly repository: string; readonly ref: string };
}

/** A remark on a line of a file, shown in the run and in the pull request's diff. */
interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
}

/** The step of a workflow that the action runs as: what it was told, and where it says what it found. */
export interface StepPort {
  /** The names of the variables in its environment, those of its inputs among them. */
  readonly variables: readonly string[];
  /** One input, trimmed: its default or empty where it was not given. */
  input(name: string): string;
  /** The event that started the workflow. A `GateError` where the runner has not told all of it. */
  event(): ActionEvent;
  /** Masks a secret in everything that the job prints from now on. */
  hide(secret: string): void;
  /** GitHub, asked in the name of whom the token belongs to; null where there is none. A `GateError` where there is no way to ask. */
  github(token: string): GitHub | null;
  readonly log: Log;
  /** Sets outputs of the step. */
  outputs(values: Readonly<Record<string, string | number>>): void;
  /**
   * Appends the first of some forms, the longest first, that the step's summary has room for. What cannot be written is said, and is no error: it changes
   * no verdict. So with `outputs`.
   */
  summary(...forms: readonly [string, ...string[]]): void;
  /** Adds an annotation. GitHub shows the first ten of each level a step. */
  annotate(annotation: Annotation): void;
  /**
   * Gives back the memory that is no longer used, which is worth its time only between large pieces of work. From then on the heap may outgrow what is alive
   * in it by `growth` percent.
   */
  tidy(growth: number): void;
  /** A folder for files that later steps of the job read. */
  readonly folder: string;
}
