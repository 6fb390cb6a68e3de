import { readdirSync, readFileSync } from "node:fs";
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

describe("the workflows that call one of Benchgate's", () => {
  interface Caller {
    readonly uses?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly with?: Readonly<Record<string, unknown>>;
  }
  const callers = ["reusable-workflows.md", "recipes/bisect.md"]
    .flatMap(workflows)
    .flatMap(({ jobs }) => Object.values(jobs) as readonly Caller[])
    .flatMap(({ uses = "", ...caller }) => {
      const [, file] = /^OWNER\/benchgate\/(\.github\/workflows\/[\w-]+\.yml)@v1$/.exec(uses) ?? [];
      return file === undefined ? [] : [{ file, ...caller }];
    });
  const called = (file: string) => parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));

  it("are shown for each of them", () => {
    const names = readdirSync(new URL("../.github/workflows", import.meta.url)).map(
      (name) => `.github/workflows/${name}`,
    );
    const open = names.filter((file) => called(file).on?.workflow_call !== undefined);
    expect([...new Set(callers.map(({ file }) => file))].sort()).toEqual(open.sort());
  });

  it.each(callers)("give $file inputs that it has, all that it needs, and what its jobs ask for: %#", (caller) => {
    const { on, jobs } = called(caller.file);
    const { inputs } = on.workflow_call as {
      readonly inputs: Readonly<Record<string, { readonly required?: boolean }>>;
    };
    const given = Object.keys(caller.with ?? {});
    expect(given.filter((name) => !Object.hasOwn(inputs, name))).toEqual([]);
    const needed = Object.keys(inputs).filter((name) => inputs[name]!.required === true);
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
    const asked = Object.assign({}, ...Object.values(jobs as Workflow["jobs"]).map(({ permissions }) => permissions));
    expect(caller.permissions).toEqual(asked);
  });
});
