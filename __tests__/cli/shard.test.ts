import { describe, expect, it } from "vitest";
import { fakeGit } from "../fakes/git.ts";
import { aPlace, benchgate } from "./command-line.ts";

const SUITES = ["a", "b", "c", "d", "e", "f"];
const CONFIG = `suites:\n${SUITES.map((name) => `  ${name}:\n    run: bench ${name}\n    tool: benchgate\n`).join("")}`;
const PRINTED = JSON.stringify({
  schema: "benchgate.recording/1",
  rounds: [{ measurements: [{ benchmark: "x", metric: "latency", unit: "s", better: "lower", value: 1 }] }],
});

async function shard(which: string) {
  const git = fakeGit("/here");
  git.commit(null, { "benchgate.yml": CONFIG });
  const place = { ...aPlace({ "benchgate.yml": CONFIG }, git), answer: () => ({ stdout: PRINTED }) };
  const args = ["run", "--shard", which, "--rounds", "2", "--baseline-directory", "store", "--json", "-"];
  const { stdout, stderr } = await benchgate(args, place);
  expect(stdout, stderr).not.toBe("");
  const { verdicts, warnings } = JSON.parse(stdout) as {
    verdicts: { suite: string }[];
    warnings: { code: string; shard?: string }[];
  };
  return { suites: [...new Set(verdicts.map(({ suite }) => suite))], warnings };
}

describe("run --shard", () => {
  it("measures each suite on one of the shards, and says that the verdict is on a part", async () => {
    const [one, two] = [await shard("1/2"), await shard("2/2")];
    expect(one.suites.length).toBeGreaterThan(0);
    expect(two.suites.length).toBeGreaterThan(0);
    expect([...one.suites, ...two.suites].sort()).toEqual(SUITES);
    expect(two.warnings).toContainEqual(expect.objectContaining({ code: "part", shard: "2/2" }));
  });

  it("measures everything where there is one", async () => {
    expect((await shard("1/1")).suites.sort()).toEqual(SUITES);
  });
});
