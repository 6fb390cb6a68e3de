import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEvent } from "../../../src/io/step/event.ts";
import { GateError } from "../../../src/model/error.ts";
import {
  dispatchEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowRunEvent,
} from "../../e2e/kit/events.ts";

const REPOSITORY = "octo-org/octo-repo";
const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const MERGE = "c".repeat(40);
const PULL = { number: 7, head: { ref: "feature", sha: HEAD }, base: { ref: "main", sha: BASE } };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-event-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function environment(name: string, payload: unknown): Record<string, string> {
  const file = join(folder, "event.json");
  writeFileSync(file, typeof payload === "string" ? payload : JSON.stringify(payload));
  return {
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_SHA: MERGE,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_API_URL: "https://api.github.com",
    GITHUB_RUN_ID: "1234567890",
    GITHUB_RUN_ATTEMPT: "2",
    GITHUB_WORKFLOW: "Benchmarks",
    GITHUB_JOB: "benchgate",
    GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/benchmarks.yml@refs/heads/main`,
  };
}

const read = (name: string, payload: unknown) => readEvent(environment(name, payload));

describe("the event behind a run", () => {
  it("a pull request: its number, both sides, and the run's coordinates", () => {
    expect(read("pull_request", pullRequestEvent(REPOSITORY, PULL))).toEqual({
      kind: "pull_request",
      name: "pull_request",
      pull: 7,
      baseSha: BASE,
      headSha: HEAD,
      baseRef: "main",
      headRef: "feature",
      ref: "refs/pull/7/merge",
      sha: MERGE,
      defaultBranch: "main",
      fork: false,
      repository: { owner: "octo-org", repo: "octo-repo" },
      serverUrl: "https://github.com",
      apiUrl: "https://api.github.com",
      runId: "1234567890",
      attempt: 2,
      workflow: "Benchmarks",
      job: "benchgate",
      step: "",
      workflowRef: `${REPOSITORY}/.github/workflows/benchmarks.yml@refs/heads/main`,
    });
  });

  it("knows where the action was taken from, unless that is the repository itself", () => {
    const variables = environment("pull_request", pullRequestEvent(REPOSITORY, PULL));
    const taken = { GITHUB_ACTION_REPOSITORY: "octo-org/benchgate", GITHUB_ACTION_REF: "v1" };
    expect(readEvent({ ...variables, ...taken }).action).toEqual({ repository: "octo-org/benchgate", ref: "v1" });
    expect(readEvent({ ...variables, GITHUB_ACTION_REPOSITORY: "", GITHUB_ACTION_REF: "" })).not.toHaveProperty(
      "action",
    );
  });

  it.each(["mallory/octo-repo", null])("a pull request from %s is a fork's", (headRepository) => {
    expect(read("pull_request", pullRequestEvent(REPOSITORY, { ...PULL, headRepository })).fork).toBe(true);
    expect(read("pull_request_target", pullRequestEvent(REPOSITORY, { ...PULL, headRepository }))).toMatchObject({
      kind: "pull_request_target",
      fork: true,
    });
  });

  it("a push: the branch's tip before and after", () => {
    const event = read("push", pushEvent(REPOSITORY, { branch: "release/1.x", before: BASE, after: HEAD }));
    expect(event).toMatchObject({ kind: "push", baseSha: BASE, headSha: HEAD, baseRef: "release/1.x", fork: false });
    expect(event).not.toHaveProperty("pull");
  });

  it("a push of a new branch has nothing before it", () => {
    expect(read("push", pushEvent(REPOSITORY, { branch: "new", before: null, after: HEAD }))).not.toHaveProperty(
      "baseSha",
    );
  });

  it("a merge group: base and head, no pull request", () => {
    const group = { baseRef: "main", baseSha: BASE, headRef: `gh-readonly-queue/main/pr-7-${BASE}`, headSha: HEAD };
    const event = read("merge_group", mergeGroupEvent(REPOSITORY, group));
    expect(event).toMatchObject({ kind: "merge_group", ...group });
    expect(event).not.toHaveProperty("pull");
  });

  it("a workflow run knows whether another repository started it", () => {
    const run = { id: 1, headBranch: "feature", headSha: HEAD, headRepository: "mallory/octo-repo" };
    expect(read("workflow_run", workflowRunEvent(REPOSITORY, run))).toMatchObject({
      kind: "workflow_run",
      headRepository: run.headRepository,
      cause: "pull_request",
      headSha: HEAD,
      fork: true,
    });
    expect(read("workflow_run", workflowRunEvent(REPOSITORY, { ...run, headRepository: REPOSITORY })).fork).toBe(false);
  });

  it.each([
    ["schedule", scheduleEvent(REPOSITORY), "schedule"],
    ["workflow_dispatch", dispatchEvent(REPOSITORY, "main"), "workflow_dispatch"],
    ["issue_comment", { action: "created" }, "other"],
    ["constructor", { pull: 1, baseSha: BASE }, "other"],
    ["__proto__", {}, "other"],
  ])("%s is told apart", (name, payload, kind) => {
    const event = read(name, payload);
    expect(event).toMatchObject({ kind, name, fork: false });
    // Whatever a payload calls its keys, none becomes a fact of the event by that.
    expect(event).not.toHaveProperty("pull");
    expect(event).not.toHaveProperty("baseSha");
  });

  it.each([
    ["__self", ""],
    ["__octo-org_benchgate", ""],
    ["__octo-org_benchgate_2", "-2"],
    ["parser-bench", "-parser-bench"],
  ])("tells apart several gates of one job: step %s adds %j", (action, step) => {
    expect(readEvent({ ...environment("schedule", scheduleEvent(REPOSITORY)), GITHUB_ACTION: action }).step).toBe(step);
  });

  it("takes no commit name that is none", () => {
    const hostile = { ...PULL, head: { ref: "x", sha: "--upload-pack=evil" } };
    expect(read("pull_request", pullRequestEvent(REPOSITORY, hostile))).not.toHaveProperty("headSha");
  });

  it("says which variable is missing, and where to run this instead", () => {
    const { GITHUB_API_URL: _, ...rest } = environment("push", {});
    expect(() => readEvent(rest)).toThrow(GateError);
    expect(() => readEvent(rest)).toThrow(/^GITHUB_API_URL is not set\. .*command line$/);
  });

  it.each<readonly [string, RegExp, (file: string) => void]>([
    ["no JSON", /JSON/, (file) => writeFileSync(file, "{\n")],
    ["empty", /JSON/, (file) => writeFileSync(file, "")],
    ["not there", /ENOENT/, () => {}],
    ["a folder", /it is a folder/, (file) => mkdirSync(file)],
    ...(process.platform === "win32"
      ? []
      : [
          [
            "a pipe that nobody writes to",
            /it is a named pipe/,
            (file: string) => void execFileSync("mkfifo", [file]),
          ] as const,
        ]),
  ])("says in one line why the payload cannot be read, and which file it is: %s", (name, why, make) => {
    const file = join(folder, `event-${name.replaceAll(" ", "-")}`);
    make(file);
    const reading = () => readEvent({ ...environment("push", {}), GITHUB_EVENT_PATH: file });
    expect(reading).toThrow(GateError);
    expect(reading).toThrow(why);
    expect(reading).toThrow(/^[^\n]*event-[^\n]*: the event's payload cannot be read [^\n]*$/);
  });
});
