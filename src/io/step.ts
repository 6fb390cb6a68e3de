import { appendFileSync, readFileSync, statSync } from "node:fs";
import * as core from "@actions/core";
import { GateError } from "../model/error.ts";

/** The events that the gate tells apart. */
const EVENTS = [
  "push",
  "pull_request",
  "pull_request_target",
  "merge_group",
  "schedule",
  "workflow_dispatch",
  "workflow_run",
] as const;

/** Why the workflow runs, as far as the gate needs to know. Absent: the event does not say. */
export interface ActionEvent {
  readonly kind: (typeof EVENTS)[number] | "other";
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
}

/** A remark on a line of a file, shown in the run and in the pull request's diff. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the step. */
export const environment: Environment = process.env;

/** One input, trimmed: its default or empty where it was not given. */
export function readInput(name: string): string {
  return core.getInput(name);
}

/** The event that started the workflow. A `GateError` where a variable that every runner sets is missing. */
export function readEvent(environment: Environment = process.env): ActionEvent {
  const need = (name: string): string => {
    const value = environment[name];
    if (value !== undefined && value !== "") return value;
    throw new GateError(
      `${name} is not set`,
      "Run this as a step of a GitHub workflow; elsewhere use the benchgate command line",
    );
  };
  const [owner = "", repo = ""] = need("GITHUB_REPOSITORY").split("/");
  const name = need("GITHUB_EVENT_NAME");
  const payload = readPayload(need("GITHUB_EVENT_PATH"));
  return {
    kind: EVENTS.find((known) => known === name) ?? "other",
    name,
    ...defined({ defaultBranch: text(payload, "repository", "default_branch") }),
    ...defined(SIDES[name]?.(payload) ?? {}),
    fork: isFork(name, payload, `${owner}/${repo}`),
    ref: need("GITHUB_REF"),
    sha: need("GITHUB_SHA"),
    repository: { owner, repo },
    serverUrl: need("GITHUB_SERVER_URL"),
    apiUrl: need("GITHUB_API_URL"),
    runId: need("GITHUB_RUN_ID"),
    attempt: Number(environment.GITHUB_RUN_ATTEMPT ?? 1),
    workflow: need("GITHUB_WORKFLOW"),
    job: need("GITHUB_JOB"),
    step: stepName(environment.GITHUB_ACTION ?? ""),
    workflowRef: environment.GITHUB_WORKFLOW_REF ?? "",
  };
}

/** Sets the step's outputs. */
export function setOutputs(outputs: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

/** GitHub drops a step's whole summary beyond this many bytes. */
const SUMMARY_LIMIT = 1024 * 1024;

/** Appends to the step's summary; false where there is no summary file or no room for all of it, and then nothing is written. */
export function writeSummary(markdown: string, environment: Environment = process.env): boolean {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === "") return false;
  const present = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const addition = markdown.endsWith("\n") ? markdown : `${markdown}\n`;
  if (present + Buffer.byteLength(addition) > SUMMARY_LIMIT) return false;
  appendFileSync(file, addition);
  return true;
}

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice } as const;

/** A folder for files that later steps of the job read. */
export function resultFolder(environment: Environment = process.env): string {
  return `${environment.RUNNER_TEMP ?? "."}/benchgate${stepName(environment.GITHUB_ACTION ?? "")}`;
}

/** Adds an annotation. GitHub shows the first ten of each level a step. */
export function annotate({ level, message, title, file, line }: Annotation): void {
  ANNOTATE[level](message, defined({ title, file, startLine: line }));
}

/** Masks a secret in everything that the job prints from now on. */
export function hideSecret(secret: string): void {
  if (secret !== "") core.setSecret(secret);
}

type Fact = "baseSha" | "headSha" | "baseRef" | "headRef" | "headRepository" | "cause";
type Sides = Partial<Record<Fact, string | undefined>> & {
  readonly pull?: number | undefined;
};

const ofPullRequest = (payload: unknown): Sides => ({
  pull: whole(payload, "pull_request", "number"),
  baseSha: sha(payload, "pull_request", "base", "sha"),
  headSha: sha(payload, "pull_request", "head", "sha"),
  baseRef: text(payload, "pull_request", "base", "ref"),
  headRef: text(payload, "pull_request", "head", "ref"),
});

/** What each event is about. Payloads: https://docs.github.com/webhooks/webhook-events-and-payloads */
const SIDES: Readonly<Record<string, (payload: unknown) => Sides>> = {
  push: (payload) => {
    const branch = branchName(text(payload, "ref"));
    return { baseSha: sha(payload, "before"), headSha: sha(payload, "after"), baseRef: branch, headRef: branch };
  },
  pull_request: ofPullRequest,
  pull_request_target: ofPullRequest,
  merge_group: (payload) => ({
    baseSha: sha(payload, "merge_group", "base_sha"),
    headSha: sha(payload, "merge_group", "head_sha"),
    baseRef: branchName(text(payload, "merge_group", "base_ref")),
    headRef: branchName(text(payload, "merge_group", "head_ref")),
  }),
  workflow_run: (payload) => ({
    headSha: sha(payload, "workflow_run", "head_sha"),
    headRef: text(payload, "workflow_run", "head_branch"),
    headRepository: text(payload, "workflow_run", "head_repository", "full_name"),
    cause: text(payload, "workflow_run", "event"),
  }),
};

/** The runner calls a step without an id `__owner_action`, and the second one of a job `__owner_action_2`. */
function stepName(action: string): string {
  if (!action.startsWith("__")) return action === "" ? "" : `-${action}`;
  const again = /_(\d+)$/.exec(action)?.[1];
  return again === undefined ? "" : `-${again}`;
}

/** Where the head's repository was deleted it cannot be ours. */
function isFork(event: string, payload: unknown, repository: string): boolean {
  if (event === "pull_request" || event === "pull_request_target") {
    return text(payload, "pull_request", "head", "repo", "full_name") !== repository;
  }
  if (event === "workflow_run") return text(payload, "workflow_run", "head_repository", "full_name") !== repository;
  return false;
}

function readPayload(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GateError(`the event's payload cannot be read (${reason})`, "Run the job again", { file });
  }
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

function text(payload: unknown, ...keys: readonly string[]): string | undefined {
  const value = at(payload, keys);
  return typeof value === "string" ? value : undefined;
}

function whole(payload: unknown, ...keys: readonly string[]): number | undefined {
  const value = at(payload, keys);
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** A commit's full name; the all-zero name of "no commit" counts as absent. */
function sha(payload: unknown, ...keys: readonly string[]): string | undefined {
  const value = text(payload, ...keys);
  return value !== undefined && /^(?!0+$)([0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : undefined;
}

function branchName(ref: string | undefined): string | undefined {
  return ref?.startsWith("refs/heads/") === true ? ref.slice("refs/heads/".length) : undefined;
}

function defined<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
