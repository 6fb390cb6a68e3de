import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { CLI, benchgate as run } from "./kit/command-line.ts";
import { createRepository } from "./kit/repository.ts";
import { RUNNER_NODE } from "./kit/runner.ts";
import { printed } from "./printed.ts";

const benchgate = (args: readonly string[], options: { cwd?: string; input?: string } = {}) =>
  run(args, { cwd: folder, ...options });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

interface Result {
  readonly verdicts: readonly {
    readonly benchmark: string;
    readonly statistic: string;
    readonly verdict: string;
    readonly ratio: number | null;
    readonly paired: boolean;
  }[];
}

const p50 = (result: Result) => result.verdicts.find(({ statistic }) => statistic === "p50")!;

describe("benchgate parse", () => {
  it("turns a tool's output on stdin into a recording on stdout, which compare reads", async () => {
    const output = JSON.stringify({
      results: [{ command: "sleep", times: [1, 1.1, 1.2], mean: 1.1, exit_codes: [0, 0, 0] }],
    });
    const { code, stdout, stderr } = await benchgate(["parse", "--tool", "hyperfine", "-", "-o", "-"], {
      input: output,
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout).rounds).toHaveLength(3);
    file("parsed.json", stdout);
    const compared = await benchgate(["compare", "parsed.json", "parsed.json", "--json", "-"]);
    expect([compared.code, compared.stderr]).toEqual([0, ""]);
    expect(JSON.parse(compared.stdout)).toMatchObject({ schema: "benchgate.result/1" });
  });
});

describe("the command line", () => {
  it("tells its version, and answers what is wrong with one line: exit code 2", async () => {
    expect(await benchgate(["compar"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "benchgate: There is no command compar. Did you mean compare?\n",
    });
    expect(await benchgate(["--version"])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
  });
});

describe("benchgate demo", () => {
  it("names the planted regression and does not accuse the unchanged function", async () => {
    const { code, stdout } = await benchgate(["demo", "--json", "-"]);
    const { verdicts }: Result = JSON.parse(stdout);
    const of = (benchmark: string) =>
      verdicts.filter((row) => row.benchmark === benchmark).map(({ statistic, verdict }) => [statistic, verdict]);
    expect(code).toBe(0);
    expect(of("unique")).toContainEqual(["p50", "regression"]);
    expect(of("count").map(([, verdict]) => verdict)).not.toContain("regression");
    expect(of("count")).not.toEqual([]);
  });
});

describe("benchgate run, record and baseline on a working tree", () => {
  const bench = (ms: number) =>
    `export default { wait: () => { const end = performance.now() + ${ms}; while (performance.now() < end); } };\nexport const options = { time: 60, warmupTime: 5 };\n`;
  const config =
    'suites:\n  waiting:\n    run: cat cost.json\n    tool: benchgate\nrounds: 5\nbudgets:\n  - match: "*"\n    latency: { p50: 50% }\n';

  it("finds what an uncommitted change made three times slower than a revision, side by side", async () => {
    const repository = await createRepository();
    try {
      await repository.commit({ "cost.json": printed({ wait: 100 }), "benchgate.yml": config });
      writeFileSync(join(repository.author, "cost.json"), printed({ wait: 300 }));
      const slower = await benchgate(["run", "--base", "HEAD", "--json", "-"], { cwd: repository.author });
      expect(slower.code, slower.stderr).toBe(1);
      expect(p50(JSON.parse(slower.stdout))).toMatchObject({ benchmark: "wait", verdict: "regression", paired: true });
      expect(slower.stderr).toContain("5 pairs, this working tree against HEAD");
      expect(await repository.git("worktree", "list")).not.toContain("baseline");

      const recorded = await benchgate(["record", "-o", "after.json"], { cwd: repository.author });
      expect(recorded.code, recorded.stderr).toBe(0);
      const { revision, rounds } = JSON.parse(readFileSync(join(repository.author, "after.json"), "utf8"));
      expect(revision.sha).toBe(await repository.git("rev-parse", "HEAD"));
      expect(rounds).toHaveLength(5);

      const grown = await benchgate(["record", "-o", "after.json", "--append"], { cwd: repository.author });
      expect(grown.code, grown.stderr).toBe(0);
      const sessions = JSON.parse(readFileSync(join(repository.author, "after.json"), "utf8")).rounds.map(
        ({ session }: { session: string }) => session,
      );
      expect([sessions.length, new Set(sessions).size]).toEqual([10, 2]);
      await repository.git("commit", "--quiet", "--allow-empty", "-m", "next");
      const other = await benchgate(["record", "-o", "after.json", "--append"], { cwd: repository.author });
      expect(other.code).toBe(2);
      expect(other.stderr).toContain("after.json: this is a recording of another revision.");
      const nowhere = await benchgate(["record", "-o", "cost.json/x.json"], { cwd: repository.author });
      expect([nowhere.code, nowhere.stderr.includes("round 1")]).toEqual([2, false]);

      const listed = await benchgate(["baseline", "list", "--baseline-directory", "nothing"], {
        cwd: repository.author,
      });
      expect([listed.code, listed.stdout]).toEqual([0, ""]);
      expect(listed.stderr).toContain("0 recordings");
    } finally {
      repository.close();
    }
  });

  it("measures the same subfolder of both trees, and a benchmark that moved to another file against itself", async () => {
    const repository = await createRepository();
    try {
      // At the root lies a benchmark of the same name that is five times as fast: compared with it, everything would be slower.
      await repository.commit({ "bench/a.bench.mjs": bench(0.05), "sub/bench/a.bench.mjs": bench(0.25) });
      await repository.git("mv", "sub/bench/a.bench.mjs", "sub/bench/moved.bench.mjs");
      const cwd = `${repository.author}/sub`;
      const args = ["run", "--base", "HEAD", "--bench", "bench/*.bench.mjs", "--rounds", "2"];
      const same = await benchgate([...args, "--skip-same-code", "false", "--json", "-"], { cwd });
      expect(same.code, same.stderr).toBe(0);
      const result: Result & { warnings: { code: string }[] } = JSON.parse(same.stdout);
      // Two rounds prove nothing, and tell five times as slow from equally fast.
      expect(p50(result)).toMatchObject({ benchmark: "wait", paired: true });
      expect(Math.abs(Math.log(p50(result).ratio!))).toBeLessThan(Math.log(2));
      expect(result.warnings).toContainEqual({ code: "definitions-removed", files: ["bench/a.bench.mjs"] });

      // Nothing that it loads or reads differs: it is left out, unless this is the one in twenty.
      const left = await benchgate([...args, "--json", "-"], { cwd });
      const told = JSON.parse(left.stdout);
      const counted = told.warnings.find(({ code }: { code: string }) => code === "same-code");
      expect(counted.benchmarks + counted.audited).toBe(1);
      expect(told.verdicts[0].verdict === "same-code").toBe(counted.benchmarks === 1);

      const nothing = await benchgate([...args, "--only", "zz/*"], { cwd });
      expect(nothing.code).toBe(2);
      expect(nothing.stderr).toContain('--only: "zz/*" names a suite that is not there');
      expect(nothing.stderr).not.toContain("warm-up");
    } finally {
      repository.close();
    }
  });

  it("keeps what was recorded when it is interrupted, and leaves no child behind", async () => {
    const repository = await createRepository();
    try {
      await repository.commit({
        "slow.mjs":
          'console.log(JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements: [{ benchmark: "a", metric: "latency", unit: "s", better: "lower", samples: [1] }] }] }));\nif (process.env.BENCHGATE_ROUND === "3") { console.error("third"); setInterval(() => {}, 1000); }\n',
      });
      const child = spawn(
        RUNNER_NODE,
        [CLI, "record", "--run", "exec node slow.mjs", "--tool", "benchgate", "--rounds", "5", "-o", "kept.json"],
        { cwd: repository.author },
      );
      const stderr: string[] = [];
      let asked = false;
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr.push(text);
        // Once: a program that is at its end already has no handler any more.
        if (!asked && stderr.join("").includes("round 3 of 5")) asked = child.kill("SIGINT");
      });
      const code = await new Promise((resolve) => child.on("exit", resolve));
      expect(code).toBe(130);
      expect(JSON.parse(readFileSync(join(repository.author, "kept.json"), "utf8")).rounds).toHaveLength(2);
    } finally {
      repository.close();
    }
  });
});
