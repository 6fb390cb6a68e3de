import { describe, expect, it } from "vitest";
import { anEvent, aScene, FOUR, type Run } from "./scene.ts";

const FILE = ".github/workflows/benchmarks.yml";

const WORKFLOW = `on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: write
  pull-requests: write
jobs:
  bench:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v7
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: acme/benchgate@v1
        with:
          run: bench
          tool: benchgate
          threshold: p50=20%
`;

/** What a pull request's run says of the set-up of its tree. */
async function warningsOf(files: Readonly<Record<string, string>>, run: Run = {}) {
  const ran = await aScene().open(FOUR, files).judge(run);
  return { ...ran, setup: ran.annotations.filter(({ title }) => title?.startsWith("Benchgate set-up")) };
}

describe("the check of the set-up, first thing in the step", () => {
  it("says nothing of a sound one, nor where there is none to be seen", async () => {
    expect((await warningsOf({ [FILE]: WORKFLOW })).setup).toEqual([]);
    expect((await warningsOf({})).setup).toEqual([]);
  });

  it("warns at the line of a mistake, with its rule and remedy, and changes no verdict", async () => {
    const sound = await warningsOf({ [FILE]: WORKFLOW });
    const { setup, ...ran } = await warningsOf({ [FILE]: WORKFLOW.replace("          fetch-depth: 0\n", "") });
    expect(setup).toEqual([
      {
        level: "warning",
        title: "Benchgate set-up: fetch-depth",
        message: expect.stringContaining("fetch-depth: 0"),
        file: FILE,
        line: expect.any(Number),
      },
    ]);
    expect([ran.code, ran.outputs.outcome, ran.result?.warnings]).toEqual([
      sound.code,
      sound.outputs.outcome,
      sound.result?.warnings,
    ]);
  });

  it("warns of few, and says where the rest is named", async () => {
    const broken = WORKFLOW.replace(
      "        with:\n          fetch-depth: 0\n          persist-credentials: false\n",
      "",
    )
      .replace("  contents: write\n  pull-requests: write\n", "  contents: read\n")
      .replace("    branches: [main]\n", "    branches: [main]\n    paths: [src/**]\n")
      .replace("    timeout-minutes: 30\n", "")
      .replace("benchgate@v1", "benchgate@main");
    const { setup, warnings } = await warningsOf({ [FILE]: broken });
    expect(setup).toHaveLength(3);
    expect(warnings.join("\n")).toMatch(/\d more mistakes in the set-up: `benchgate init --check` names them all/);
  });

  it("looks at this workflow alone, and once for all cells of a matrix", async () => {
    const broken = WORKFLOW.replace("          fetch-depth: 0\n", "");
    const other = { workflowRef: "octo-org/octo-repo/.github/workflows/other.yml@refs/heads/main" };
    expect((await warningsOf({ [FILE]: broken }, { event: other })).setup).toEqual([]);
    const called = { workflowRef: "" };
    expect((await warningsOf({ [FILE]: broken }, { event: called })).setup).toEqual([]);
    expect((await warningsOf({ [FILE]: broken }, { inputs: { cell: "linux" } })).setup).toEqual([]);
  });

  it("fails nothing where the files of the commit cannot be listed", async () => {
    const scene = aScene();
    const head = scene.git.commit(scene.git.branches.get("main")!, {
      [FILE]: WORKFLOW.replace("          fetch-depth: 0\n", ""),
    });
    scene.git.list = async () => {
      throw new Error("no list");
    };
    const ran = await scene.act(anEvent({ kind: "other", ref: "refs/heads/x", sha: head }), head);
    expect(ran.annotations.filter(({ title }) => title?.startsWith("Benchgate set-up"))).toEqual([]);
    expect(ran.info).toContain("The set-up was not checked: no list");
    expect(ran.code).toBe(0);
  });
});
