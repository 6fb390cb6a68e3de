import { describe, expect, it } from "vitest";
import type { ProcessSpec } from "../../src/ports/index.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aPlace, benchgate } from "./command-line.ts";

const DEPLOYED = `rounds: 6
suites:
  api:
    targets: { baseline: "http://old.example.com", candidate: "http://new.example.com" }
    run: load
    tool: benchgate
`;

const random = xoshiro128(1);
function answer({ env }: ProcessSpec) {
  const value = (env?.BENCHGATE_URL?.includes("new") ? 2 : 1) * Math.exp(0.01 * gaussian(random));
  const measurements = [{ benchmark: "GET /", metric: "latency", unit: "s", better: "lower", value }];
  return { stdout: JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements }] }) };
}

const run = (config: string, ...args: readonly string[]) =>
  benchgate(["run", "--json", "-", ...args], { ...aPlace({ "benchgate.yml": config }), answer });

describe("run on targets alone", () => {
  it("compares both deployments without --base, even outside a repository", async () => {
    const { code, stdout, stderr } = await run(DEPLOYED);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain("6 pairs, deployments in turns");
    expect(stderr).not.toContain("run --base");
    expect(JSON.parse(stdout)).toMatchObject({
      baseline: { kind: "side-by-side", revision: { sha: "deployed" } },
      verdicts: [{ benchmark: "GET /", verdict: "regression", paired: true }],
    });
  });

  it("asks for a base, or for one kind, where other suites have none", async () => {
    const mixed = `${DEPLOYED}  own: { run: bench, tool: benchgate }\n`;
    const { code, stderr } = await run(mixed, "--baseline-directory", "store");
    expect(code).toBe(2);
    expect(stderr).toContain("Give --base REF for all of them, or choose suites with --suite");
    expect((await run(mixed, "--suite", "api")).code).toBe(1);
  });
});
