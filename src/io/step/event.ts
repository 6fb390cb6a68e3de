import { readFileSync, statSync } from "node:fs";
import { GateError } from "../../model/error.ts";
import type { ActionEvent } from "../../ports/index.ts";
import { NotRegularError, regularOnly } from "../regular-file.ts";

const EVENTS = [
  "push",
  "pull_request",
  "pull_request_target",
  "merge_group",
  "schedule",
  "workflow_dispatch",
  "workflow_run",
] as const satisfies readonly ActionEvent["kind"][];

type Environment = Readonly<Record<string, string | undefined>>;

/** The event that started the workflow. A `GateError` where a variable that every runner sets is missing. */
export function readEvent(environment: Environment): ActionEvent {
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
    ...defined(Object.hasOwn(SIDES, name) ? SIDES[name]!(payload) : {}),
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
    ...actionOf(environment),
  };
}

type Fact = "baseSha" | "headSha" | "baseRef" | "headRef" | "headRepository" | "cause" | "followed";
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
    followed: text(payload, "workflow_run", "name"),
  }),
};

/** A local action, `uses: ./`, has neither. */
function actionOf({ GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" }: Environment) {
  return repository === "" || ref === "" ? {} : { action: { repository, ref } };
}

/** What tells a step apart in its job. The runner calls a step without an id `__owner_action`, and the second one of a job `__owner_action_2`. */
export function stepName(action: string): string {
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
    // A pipe that nobody writes to would be read for good.
    regularOnly(statSync(file));
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof NotRegularError ? `it is ${error.what}` : String((error as Error).message);
    throw new GateError(
      `the event's payload cannot be read (${reason.replaceAll(/\s+/g, " ")})`,
      "Run the job again; if it stays, look for an earlier step that writes to GITHUB_EVENT_PATH",
      { file },
    );
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
