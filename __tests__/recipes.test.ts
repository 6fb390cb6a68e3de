import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cellOf } from "../src/action/cells.ts";
import { readInputs, refuseUnknownInputs } from "../src/action/inputs.ts";

interface Step {
  readonly uses?: string;
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly if?: string;
        readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
        readonly permissions?: Readonly<Record<string, string>>;
        readonly steps: readonly Step[];
      }
    >
  >;
}

/** The workflows that a page shows. */
const workflows = (page: string): readonly Workflow[] =>
  [...readFileSync(new URL(`../docs/${page}`, import.meta.url), "utf8").matchAll(/^```yaml\n(.*?)^```/gms)]
    .map(([, text]) => parse(text ?? "") as Workflow)
    .filter((workflow) => workflow.jobs !== undefined);
const steps = (workflow: Workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);
const stepOf = (workflow: Workflow, uses: string) => steps(workflow).find((step) => step.uses?.includes(uses));

const [measure, comment] = workflows("forks.md") as [Workflow, Workflow];
const many = workflows("many-machines.md");
const [matrix, attested] = workflows("baselines.md") as [Workflow, Workflow];

describe("the workflows of the documentation", () => {
  it("give inputs that exist, and that mean something", () => {
    const shown = [measure, comment, matrix].flatMap(steps).filter(({ uses }) => uses?.startsWith("OWNER/benchgate@"));
    expect(shown).toHaveLength(4);
    for (const { with: given = {} } of shown) {
      refuseUnknownInputs(Object.keys(given).map((name) => `INPUT_${name.toUpperCase()}`));
      const plain = (name: string) => String(given[name] ?? "").replace(/\$\{\{.*?\}\}/g, "x");
      expect(readInputs(plain)["fan-in"] === null).toBe(given["fan-in"] === undefined);
    }
  });

  it("leave no token in a checkout", () => {
    const checkouts = [measure, comment, matrix]
      .flatMap(steps)
      .filter(({ uses }) => uses?.includes("actions/checkout@"));
    expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual([false, false, false, false]);
    expect(checkouts.map((step) => step.with?.["fetch-depth"])).toEqual([0, 0, 0, 0]);
  });

  it("give strangers nothing to write with, and run nothing of theirs where there is something", () => {
    expect(measure.permissions).toEqual({ contents: "read" });
    expect(comment.on).toMatchObject({ workflow_run: { types: ["completed"] } });
    expect(steps(comment).filter(({ run }) => run !== undefined)).toEqual([]);
    expect(stepOf(comment, "checkout")?.with).not.toHaveProperty("ref");
    expect(comment.permissions).toEqual({
      contents: "read",
      actions: "read",
      "pull-requests": "write",
      statuses: "write",
    });
  });

  it("attest what was recorded by a job that may sign, once it is the default branch's", () => {
    const [job] = Object.values(attested.jobs);
    expect(job?.permissions).toMatchObject({ "id-token": "write", attestations: "write" });
    const step = stepOf(attested, "actions/attest@")!;
    expect(step.if).toBe("github.event_name == 'push'");
    expect(String(step.with!["subject-path"])).toContain("${{ steps.benchgate.outputs.folder }}/recordings/*.json");
    expect(stepOf(attested, "benchgate@")?.id).toBe("benchgate");
  });

  it("use the majors of actions that the project's own workflows are pinned to", () => {
    const own = readFileSync(new URL("../.github/workflows/ci.yml", import.meta.url), "utf8");
    const pinned = new Map(
      [...own.matchAll(/uses: (actions\/[\w-]+)@[0-9a-f]{40} # (v\d+)\./g)].map(([, name, major]) => [name, major]),
    );
    expect(pinned.size).toBeGreaterThan(1);
    const used = [measure, comment, matrix, attested, ...many].flatMap(steps).flatMap(({ uses = "" }) => {
      const [name = "", major] = uses.split("@");
      return pinned.has(name) ? [[name, major]] : [];
    });
    expect(used.length).toBeGreaterThan(4);
    expect(used).toEqual(used.map(([name]) => [name, pinned.get(name)]));
  });

  it.each(many)(
    "of many machines judge, whatever became of the parts, what each job leaves under a name of its own: %#",
    (workflow) => {
      const { benchmarks, verdict } = workflow.jobs;
      expect(verdict!.if).toBe("always()");
      expect(verdict!.permissions).toMatchObject({ "pull-requests": "write" });
      const upload = stepOf(workflow, "upload-artifact")!;
      expect(upload.if).toBe("always()");
      for (const dimension of Object.keys(benchmarks!.strategy!.matrix)) {
        expect(upload.with!.name).toContain(`\${{ matrix.${dimension} }}`);
      }
      const [measured, judged] = steps(workflow).filter(({ uses }) => uses?.startsWith("OWNER/benchgate@"));
      expect(stepOf(workflow, "download-artifact")!.with).toMatchObject({
        path: judged!.with!["fan-in"],
        pattern: "benchgate-*",
      });
      for (const { with: given = {} } of [measured!, judged!]) {
        refuseUnknownInputs(Object.keys(given).map((name) => `INPUT_${name.toUpperCase()}`));
        readInputs((name) => String(given[name] ?? "").replace(/\$\{\{ (?:matrix\.shard|inputs\.of) \}\}/g, "3"));
      }
      expect(measured!.with).toMatchObject({ comment: "never", fail: false });
      expect(measured!.with!.shard ?? measured!.with!.pool).toBeDefined();
    },
  );

  it("upload what the last job downloads, under names that it expects", () => {
    const folder = stepOf(matrix, "upload-artifact")!.with!;
    expect(folder).toMatchObject({ name: "benchgate-${{ matrix.os }}", path: "${{ steps.benchgate.outputs.folder }}" });
    expect(stepOf(matrix, "upload-artifact")?.if).toBe("always()");
    expect(matrix.jobs.verdict?.if).toBe("always()");
    const inputs = readInputs((name) => String(matrix.jobs.verdict!.steps.at(-1)!.with![name] ?? ""));
    expect(inputs.expect.map((name) => cellOf(`benchgate-${name}`))).toEqual(["ubuntu-latest", "macos-latest"]);
    expect(stepOf(matrix, "download-artifact")?.with).toMatchObject({ path: inputs["fan-in"], pattern: "benchgate-*" });

    // One artifact that is named goes straight into the folder that is named.
    expect(stepOf(measure, "upload-artifact")?.with).toMatchObject({
      name: "benchgate",
      path: "${{ steps.benchgate.outputs.folder }}/recordings",
    });
    const { path, name } = stepOf(comment, "download-artifact")!.with!;
    const fanIn = stepOf(comment, "benchgate@")!.with!["fan-in"];
    expect([name, path]).toEqual(["benchgate", `${fanIn}/benchgate/recordings`]);
  });
});

describe("the workflow that searches for a commit", () => {
  const [bisect] = workflows("recipes/bisect.md") as [Workflow];
  const script = steps(bisect).find(({ run }) => run?.includes(" bisect "))!.run!;

  /** What a step leaves behind where the search prints this and ends with this exit code. */
  function ended(prints: string, code: number) {
    const folder = mkdtempSync(join(tmpdir(), "benchgate-recipe-"));
    try {
      const file = (name: string) => readFileSync(join(folder, name), { encoding: "utf8", flag: "a+" });
      mkdirSync(join(folder, ".benchgate/bisect/dist"), { recursive: true });
      const stand = `console.log(process.argv.slice(2).join(" ") + ${JSON.stringify(prints)}); process.exitCode = ${code};`;
      writeFileSync(
        join(folder, ".benchgate/bisect/dist/cli.js"),
        prints === "" ? `process.exitCode = ${code};` : stand,
      );
      const env = { PATH: process.env.PATH, GOOD: "v1", BAD: "HEAD", ONLY: "a b/*", RUNNER_TEMP: folder };
      // As the runner starts a step without `shell`.
      writeFileSync(join(folder, "step.sh"), script);
      const { status, stderr } = spawnSync("bash", ["-e", join(folder, "step.sh")], {
        cwd: folder,
        env: { ...env, GITHUB_STEP_SUMMARY: join(folder, "summary"), GITHUB_OUTPUT: join(folder, "output") },
        encoding: "utf8",
      });
      return { status, stderr, summary: file("summary"), output: file("output") };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it("hands the answer on, and ends as the search did", () => {
    const told = "```text\nbisect v1 HEAD --only a b/*: found\n```\n";
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

  it("writes to the issue from a job that runs no old code", () => {
    const { bisect: search, tell } = bisect.jobs;
    expect([search!.permissions, tell!.permissions]).toEqual([{ contents: "read" }, { issues: "write" }]);
    expect(tell!.steps.map(({ run }) => run)).toEqual(['gh issue comment "$ISSUE" --body "$ANSWER"']);
    expect(script).not.toContain("${{");
  });
});
