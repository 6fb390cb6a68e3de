import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { refuseUnknownInputs } from "../src/action/inputs.ts";
import { bisect as command } from "../src/cli/bisect.ts";
import { childEnvironment } from "../src/io/environment.ts";

interface Step {
  readonly uses?: string;
  readonly id?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
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
/** Those that other repositories call to run the action. */
const REUSABLE = ["fan-in.yml", "forks.yml", "gate.yml", "record.yml"];
/** All that other repositories call. */
const CALLED = ["bisect.yml", ...REUSABLE];
const textOf = (file: string): string => readFileSync(`${FOLDER}/${file}`, "utf8");
const load = (file: string): Workflow => parse(textOf(file)) as Workflow;

describe("our own workflows", () => {
  it("are the four that the project has, and the five that others call", () => {
    expect(FILES.sort()).toEqual(["benchgate.yml", "check-dist.yml", "ci.yml", ...CALLED, "release.yml"].sort());
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
      const pinned = /uses: (?:\.\/|\$\/(?:\.github\/actions\/cli)?|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
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

const inputsOf = (file: string) => (load(file).on.workflow_call as { inputs: Readonly<Record<string, Input>> }).inputs;
interface Input {
  readonly description: string;
  readonly default?: unknown;
  readonly required?: boolean;
}

describe.each(CALLED)("%s, which other repositories call", (file) => {
  it("is called, and starts by nothing else", () => {
    expect(Object.keys(load(file).on)).toEqual(["workflow_call"]);
  });

  it("uses each of its inputs, and says what it is and what holds without it", () => {
    for (const [name, { description, default: standard, required }] of Object.entries(inputsOf(file))) {
      expect(textOf(file).split(`inputs.${name}`).length, name).toBeGreaterThan(1);
      expect(description).toMatch(/\.$/);
      expect(standard === undefined).toBe(required === true);
    }
  });
});

describe.each(REUSABLE)("%s, which runs the action", (file) => {
  const { jobs } = load(file);
  const step = jobs.benchgate!.steps.at(file === "gate.yml" || file === "record.yml" ? -2 : -1)!;

  it("runs that of its own revision, with inputs that exist and are handed on under their own names", () => {
    expect(Object.keys(jobs)).toEqual(["benchgate"]);
    expect(step.uses).toBe("$/");
    const given = Object.entries(step.with ?? {});
    refuseUnknownInputs(given.map(([name]) => `INPUT_${name.toUpperCase()}`));
    const handed = given.filter(([, value]) => String(value).includes("inputs."));
    expect(handed.length).toBeGreaterThan(1);
    for (const [name, value] of handed) expect(value).toBe(`\${{ inputs.${name} }}`);
    for (const [name] of handed) expect(Object.keys(inputsOf(file))).toContain(name);
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

describe("bisect.yml", () => {
  const { bisect, tell } = load("bisect.yml").jobs;
  const search = bisect!.steps.find(({ id }) => id === "search")!;

  /** What the search leaves behind where the program prints this and ends with this exit code. */
  function ended(prints: string, code: number, inputs: Readonly<Record<string, string>> = {}) {
    const folder = mkdtempSync(join(tmpdir(), "benchgate-bisect-"));
    try {
      const file = (name: string) => readFileSync(join(folder, name), { encoding: "utf8", flag: "a+" });
      const cli = join(folder, "cli.cjs");
      const stand = `console.log(JSON.stringify(process.argv.slice(2)) + ${JSON.stringify(prints)}); process.exitCode = ${code};`;
      writeFileSync(cli, prints === "" ? `process.exitCode = ${code};` : stand);
      writeFileSync(join(folder, "step.sh"), search.run!);
      const without = Object.keys(search.env!).map((name) => [name, ""]);
      // As the runner starts a step with `shell: bash`.
      const { status, stderr } = spawnSync(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", join(folder, "step.sh")],
        {
          cwd: folder,
          env: {
            ...Object.fromEntries(without),
            PATH: process.env.PATH,
            RUNNER_TEMP: folder,
            GITHUB_STEP_SUMMARY: join(folder, "summary"),
            GITHUB_OUTPUT: join(folder, "output"),
            INPUT_CLI: cli,
            INPUT_GOOD: "v1",
            INPUT_BAD: "HEAD",
            ...inputs,
          },
          encoding: "utf8",
        },
      );
      return { status, stderr, summary: file("summary"), output: file("output") };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it("hands the answer on, and ends as the search did", () => {
    const told = '```text\n["bisect","--","v1","HEAD"]: found\n```\n';
    expect(ended(": found", 0)).toEqual({
      status: 0,
      stderr: "",
      summary: told,
      output: `answer<<end of answer\n${told}end of answer\n`,
    });
    expect(ended(": cannot tell", 3)).toMatchObject({ status: 3, output: expect.stringContaining("cannot tell") });
  });

  it("has nothing to say where the search said nothing", () => {
    expect(ended("", 2)).toEqual({ status: 2, stderr: "", summary: "", output: "" });
  });

  it("hands each input on as the value of its flag, whatever it holds", () => {
    const flags = { INPUT_ONLY: "a b/*", INPUT_RUN: "--", INPUT_BENCH: "a\nb", INPUT_SETUP: "$(touch x); `y`" };
    const given = ["--only=a b/*", "--setup=$(touch x); `y`", "--run=--", "--bench=a\nb"];
    const words = ["bisect", ...given, "--", "--run=x", "HEAD"];
    expect(ended("!", 0, { ...flags, INPUT_GOOD: "--run=x" }).summary).toContain(`${JSON.stringify(words)}!`);
  });

  it("gives the command flags that it has, each from the input of its name", () => {
    const [, ...added] = search.run!.split("add ").map((line) => line.split('"\n')[0]!);
    const flags = added.map((line) => /^([\w-]+) "\$(\w+)/.exec(line)!.slice(1) as [string, string]);
    expect(flags.map(([flag]) => flag).filter((flag) => !Object.hasOwn(command.flags, flag))).toEqual([]);
    for (const [flag, variable] of flags) expect(search.env![variable]).toBe(`\${{ inputs.${flag} }}`);
    const others = ["good", "bad", "issue", "runs-on", "node-version", "timeout-minutes"];
    expect([...others, ...flags.map(([flag]) => flag)].sort()).toEqual(Object.keys(inputsOf("bisect.yml")).sort());
  });

  it("runs the command line of its own revision", () => {
    const [step] = bisect!.steps.filter(({ uses }) => uses?.startsWith("$/"));
    expect([step?.uses, step?.id]).toEqual(["$/.github/actions/cli", "benchgate"]);
    expect(search.env!.INPUT_CLI).toBe("${{ steps.benchgate.outputs.path }}");
    const folder = fileURLToPath(new URL("../.github/actions/cli", import.meta.url));
    const { outputs, runs } = parse(readFileSync(`${folder}/action.yml`, "utf8"));
    expect(outputs.path.value).toBe("${{ steps.find.outputs.path }}");
    const printed = spawnSync("bash", ["-c", `{ ${runs.steps[0].run}; } | cat`], {
      env: { PATH: process.env.PATH, GITHUB_ACTION_PATH: folder, GITHUB_OUTPUT: "/dev/stdout" },
      encoding: "utf8",
    }).stdout;
    expect(realpathSync(printed.trim().replace("path=", ""))).toBe(
      realpathSync(fileURLToPath(new URL("../dist/cli.js", import.meta.url))),
    );
  });

  it("keeps what it is told from the code that it measures", () => {
    expect(childEnvironment(search.env!)).toEqual({});
  });

  it("writes to the issue from a job that runs no old code", () => {
    expect([bisect!.permissions, tell!.permissions]).toEqual([{ contents: "read" }, { issues: "write" }]);
    expect(tell!.steps.map(({ run }) => run)).toEqual(['gh issue comment --body "$ANSWER" -- "$ISSUE"']);
    expect(tell!.if).toBe("always() && inputs.issue != '' && needs.bisect.outputs.answer != ''");
  });
});
