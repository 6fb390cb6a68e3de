import { describe, expect, it } from "vitest";
import { anEvent, aScene, FOUR, type Ran, type Run, type Scene } from "./scene.ts";

const [OLD, NEW] = ["http://old.example.com", "http://new.example.com"];
const CONFIG = `rounds: 6
setup: npm ci
suites:
  api:
    targets: { baseline: "${OLD}", candidate: "${NEW}" }
    run: load
    tool: benchgate
`;
const SLOW = { ...FOUR, hash: 2 * (FOUR.hash as number) };
/** The inputs of a step whose suites are in the file. */
const BY_FILE = { run: "", tool: "" };
const RUN: Run = { inputs: BY_FILE, deployed: { [OLD]: FOUR, [NEW]: SLOW } };

/** A repository whose default branch says where both sides are deployed; also with a suite that loads none. */
function deployedScene(more = ""): { readonly scene: Scene; readonly sha: string } {
  const scene = aScene();
  const { git } = scene;
  const sha = git.commit(git.branches.get("main")!, { "benchgate.yml": `${CONFIG}${more}` });
  git.branches.set("main", sha);
  return { scene, sha };
}

const verdicts = ({ result, p50, code }: Ran) => ({
  code,
  hash: p50["api/hash"],
  sort: p50["api/sort"],
  paired: result?.verdicts.every(({ paired }) => paired),
});
const FOUND = { code: 1, hash: "regression", sort: "unchanged", paired: true };

describe("suites that all have targets", () => {
  it.each([
    ["push", "refs/heads/main"],
    ["push", "refs/heads/next"],
    ["schedule", "refs/heads/main"],
    ["workflow_dispatch", "refs/heads/main"],
    ["workflow_dispatch", "refs/heads/next"],
  ] as const)("are compared on %s of %s, without a base revision, and nothing is stored", async (kind, ref) => {
    const { scene, sha } = deployedScene();
    const ran = await scene.act(anEvent({ kind, sha, ref, baseSha: "0".repeat(40), headSha: sha }), sha, RUN);
    expect(verdicts(ran)).toEqual(FOUND);
    expect(scene.git.branches.has("benchgate-baseline")).toBe(false);
    expect(ran.summary.join()).toContain(`<code>deployed</code> → <code>${sha.slice(0, 7)}</code>`);
    expect(ran.summary.join()).not.toContain("run --base");
  });

  it("are in the issue as what was compared, not as a drift", async () => {
    const { scene, sha } = deployedScene();
    const event = anEvent({ kind: "schedule", sha, headSha: sha });
    await scene.act(event, sha, { ...RUN, inputs: { ...BY_FILE, alert: "issue" } });
    const told = [...scene.github.opened, ...scene.github.told].map(({ body }) => body);
    expect(told).toHaveLength(2);
    for (const body of told) expect(body).toContain(`deployments compared at [${sha.slice(0, 7)}]`);
  });

  it("need no tree of the base on a pull request, and its commit is named", async () => {
    const { scene, sha } = deployedScene();
    const ran = await scene.open(FOUR).judge(RUN);
    expect(verdicts(ran)).toEqual(FOUND);
    expect(ran.summary.join()).toContain(`<code>${sha.slice(0, 7)}</code> (main`);
    expect([...new Set(ran.started.map(({ cwd }) => cwd))]).toEqual(["/repo"]);
    expect(ran.started.filter(({ argv }) => argv.join(" ").includes("npm ci"))).toHaveLength(1);
  });

  it("are measured by a pool on a schedule, and judged where its parts come together", async () => {
    const { scene, sha } = deployedScene();
    for (const kind of ["schedule", "push"] as const) {
      const event = anEvent({ kind, sha, headSha: sha, ...(kind === "push" && { baseSha: "0".repeat(40) }) });
      for (const runner of [0, 1]) {
        const inputs = { ...BY_FILE, comment: "never", fail: "false", pool: "fleet", "matrix-job": `${runner}/2` };
        await scene.act(event, sha, { ...RUN, inputs, upload: `/parts/benchgate-${runner}` });
      }
      const ran = await scene.act({ ...event, job: "verdict" }, sha, { inputs: { ...BY_FILE, "fan-in": "/parts" } });
      expect(verdicts(ran)).toEqual(FOUND);
    }
  });

  it("need a base revision where other suites have none", async () => {
    const { scene, sha } = deployedScene("  own: { run: bench, tool: benchgate }\n");
    const next = await scene.act(anEvent({ sha, ref: "refs/heads/next" }), sha, RUN);
    expect(next).toMatchObject({ code: 2, started: [] });
    expect(next.annotations[0]?.message).toContain("Only where all suites have `targets` none is needed");
  });
});
