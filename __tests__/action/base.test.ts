import { describe, expect, it } from "vitest";
import { anEvent, aScene, FOUR, type Run, type Scene } from "./scene.ts";

const HALF_AGAIN = 1.5;
const slower = (times: number) => ({ ...FOUR, hash: (FOUR.hash as number) * times });

/** A repository whose last release is its first commit, and whose main has become slower since, in small steps. */
function released(): Scene {
  const scene = aScene();
  const { git } = scene;
  const first = git.branches.get("main")!;
  git.branches.set("v1.0.0", first);
  git.tags = async () => ["v0.9.0", "v1.0.0"];
  git.branches.set("main", git.commit(first, { "costs.json": JSON.stringify(slower(HALF_AGAIN)) }));
  return scene;
}

const AGAINST = (base: string, inputs: Run["inputs"] = {}): Run => ({ inputs: { base, ...inputs } });

describe("the input base", () => {
  it("judges a pull request against the last release in place of its own base", async () => {
    const scene = released();
    const change = scene.open(slower(HALF_AGAIN));
    expect((await change.judge()).p50["bench/hash"]).toBe("unchanged");
    const ran = await change.judge(AGAINST("latest-release"));
    expect(ran).toMatchObject({ code: 1, p50: { "bench/hash": "regression", "bench/sort": "unchanged" } });
    expect(ran.result?.verdicts.every(({ paired }) => paired)).toBe(true);
  });

  it.each(["push", "schedule", "workflow_dispatch"] as const)("judges on %s, and records nothing", async (kind) => {
    const scene = released();
    const sha = scene.git.branches.get("main")!;
    const ran = await scene.act(anEvent({ kind, sha }), sha, AGAINST("v1.0.0"));
    expect(ran).toMatchObject({ code: 1, p50: { "bench/hash": "regression" } });
    expect(scene.git.branches.has("benchgate-baseline")).toBe(false);
    expect(ran.summary.join()).toContain(`--base ${scene.git.branches.get("v1.0.0")!.slice(0, 12)}`);
  });

  it("says what is wrong before anything is measured", async () => {
    const scene = released();
    const sha = scene.git.branches.get("main")!;
    const event = anEvent({ kind: "workflow_dispatch", sha });
    for (const [run, words] of [
      [AGAINST("v1.0.1"), 'There is no revision "v1.0.1". Did you mean v1.0.0?'],
      [AGAINST("v1.0.0", { compare: "stored" }), "base cannot be combined with compare: stored"],
      [AGAINST("v1.0.0", { shard: "1/2" }), "base cannot be combined with shard"],
      [AGAINST("v1.0.0", { "fan-in": "cells" }), "base cannot be combined with fan-in"],
    ] as const) {
      const ran = await scene.act(event, sha, run);
      expect([ran.code, ran.started.length, ran.annotations[0]?.message]).toEqual([
        2,
        0,
        expect.stringContaining(words),
      ]);
    }
  });
});
