import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { refuseUnknownInputs } from "../src/action/inputs.ts";

interface Step {
  readonly uses?: string;
  readonly id?: string;
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
/** Those that other repositories call. */
const REUSABLE = ["fan-in.yml", "forks.yml", "gate.yml", "record.yml"];
const textOf = (file: string): string => readFileSync(`${FOLDER}/${file}`, "utf8");
const load = (file: string): Workflow => parse(textOf(file)) as Workflow;

describe("our own workflows", () => {
  it("are the four that the project has, and the four that others call", () => {
    expect(FILES.sort()).toEqual(["benchgate.yml", "check-dist.yml", "ci.yml", ...REUSABLE, "release.yml"].sort());
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
      const pinned = /uses: (?:\.\/|\$\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
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

describe.each(REUSABLE)("%s, which other repositories call", (file) => {
  const { on, jobs } = load(file);
  const { inputs } = on.workflow_call as {
    inputs: Readonly<Record<string, { description: string; default: unknown }>>;
  };
  const step = jobs.benchgate!.steps.at(file === "gate.yml" || file === "record.yml" ? -2 : -1)!;

  it("is called, and starts by nothing else", () => {
    expect(Object.keys(on)).toEqual(["workflow_call"]);
    expect(Object.keys(jobs)).toEqual(["benchgate"]);
  });

  it("runs the action of its own revision, with inputs that exist and are handed on under their own names", () => {
    expect(step.uses).toBe("$/");
    const given = Object.entries(step.with ?? {});
    refuseUnknownInputs(given.map(([name]) => `INPUT_${name.toUpperCase()}`));
    const handed = given.filter(([, value]) => String(value).includes("inputs."));
    expect(handed.length).toBeGreaterThan(1);
    for (const [name, value] of handed) expect(value).toBe(`\${{ inputs.${name} }}`);
    for (const [name] of handed) expect(Object.keys(inputs)).toContain(name);
  });

  it("uses each of its inputs, and says what it is and what holds without it", () => {
    for (const [name, { description, default: standard }] of Object.entries(inputs)) {
      expect(textOf(file).split(`inputs.${name}`).length, name).toBeGreaterThan(1);
      expect(description).toMatch(/\.$/);
      expect(standard).toBeDefined();
    }
  });
});

describe("gate.yml and record.yml", () => {
  it("name the same job and step, so that the gate finds what was recorded", () => {
    const named = ["gate.yml", "record.yml"].map((file) => {
      const [[job, { steps }] = ["", { steps: [] }]] = Object.entries(load(file).jobs);
      return [job, steps.find(({ uses }) => uses === "$/")?.id];
    });
    expect(named).toEqual([
      ["benchgate", "benchgate"],
      ["benchgate", "benchgate"],
    ]);
  });

  it("give each event no more than it needs", () => {
    expect(load("gate.yml").jobs.benchgate?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(load("record.yml").jobs.benchgate?.permissions).toEqual({ contents: "write" });
  });
});
