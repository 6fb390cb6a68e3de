import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: readonly string[];
        readonly if?: string;
        readonly permissions?: unknown;
        readonly steps: readonly Step[];
        readonly "timeout-minutes"?: number;
      }
    >
  >;
}

const FOLDER = fileURLToPath(new URL("../.github/workflows", import.meta.url));
const FILES = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));
const textOf = (file: string): string => readFileSync(`${FOLDER}/${file}`, "utf8");
const load = (file: string): Workflow => parse(textOf(file)) as Workflow;

describe("our own workflows", () => {
  it("are the four that the project has", () => {
    expect(FILES.sort()).toEqual(["benchgate.yml", "check-dist.yml", "ci.yml", "release.yml"]);
  });

  describe.each(FILES)("%s", (file) => {
    const { jobs, ...workflow } = load(file);

    it("pins every action to a commit and says which version that is", () => {
      const uses = textOf(file)
        .split("\n")
        .filter((line) => /^\s*(?:- )?uses:/.test(line));
      expect(uses.length).toBe(
        Object.values(jobs).flatMap(({ steps }) => steps.filter((step) => step.uses !== undefined)).length,
      );
      const pinned = /uses: (?:\.\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
      expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
    });

    it("grants nothing by default; each job says what it needs and how long it may take", () => {
      expect(workflow.permissions).toEqual({});
      expect(workflow.concurrency).toBeDefined();
      const unbounded = Object.entries(jobs).filter(
        ([, job]) => job.permissions === undefined || job["timeout-minutes"] === undefined,
      );
      expect(unbounded.map(([id]) => id)).toEqual([]);
    });

    it("leaves no credentials behind in a checkout", () => {
      const checkouts = Object.values(jobs).flatMap(({ steps }) =>
        steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
      );
      expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
    });

    it("puts no expression into a script", () => {
      const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run = "" }) => run));
      expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
    });

    it("never runs a pull request's code with the base's rights", () => {
      expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    });
  });

  it("ci-ok waits for every other job of CI, and runs whatever became of them", () => {
    const { "ci-ok": gate, ...others } = load("ci.yml").jobs;
    expect([...(gate?.needs ?? [])].sort()).toEqual(Object.keys(others).sort());
    expect(gate?.if).toBe("always()");
  });
});
