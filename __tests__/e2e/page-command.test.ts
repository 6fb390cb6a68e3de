import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeRecording } from "../../src/codec/recording.ts";
import type { SubjectEvidence } from "../../src/model/evidence.ts";
import { blockOf, decodeEvidence, decodeJudgements } from "../../src/report/html/decode.ts";
import { BLOCKS } from "../../src/report/html/wire.ts";
import { aPlace, benchgate as benchgateHere } from "../cli/command-line.ts";
import { startFakeGitHub } from "../fakes/github/server.ts";
import { WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { aRecording } from "../synthetic.ts";
import { benchgate as run } from "./kit/command-line.ts";
import { createRepository } from "./kit/repository.ts";
import { runAction } from "./kit/runner.ts";
import { printed } from "./printed.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-html-"));
  const benchmarks = { json: 0.001, yaml: 0.002 };
  const files = {
    "base.json": aRecording({ seed: 1, benchmarks }),
    "older.json": aRecording({ seed: 3, benchmarks, session: "s/0", sha: "c".repeat(40) }),
    "cand.json": aRecording({ seed: 2, benchmarks: { ...benchmarks, json: 0.0011 }, sha: "b".repeat(40) }),
  };
  for (const [name, recording] of Object.entries(files)) writeFileSync(join(folder, name), encodeRecording(recording));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const benchgate = (...args: readonly string[]) => run(args, { cwd: folder });
/** The same in this process: for what needs no page program. */
const inProcess = (...args: readonly string[]) => {
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
  return benchgateHere(args, aPlace(Object.fromEntries(files)));
};

function dataOf(html: string) {
  const overview = JSON.parse(blockOf(html, BLOCKS.overview));
  return {
    judgements: decodeJudgements(overview),
    evidence: decodeEvidence(JSON.parse(blockOf(html, BLOCKS.evidence)), overview),
  };
}

describe("benchgate compare --html", () => {
  it("writes the page beside the terminal's report, with the verdicts of the JSON result", async () => {
    const { code, stdout, stderr } = await benchgate(
      "compare",
      "base.json",
      "cand.json",
      "--html",
      "report.html",
      "--json",
      "result.json",
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toContain("FAIL");
    const html = readFileSync(join(folder, "report.html"), "utf8");
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
    const { judgements, evidence } = dataOf(html);
    expect(judgements.map(({ benchmark, statistic, verdict }) => ({ benchmark, statistic, verdict }))).toEqual(
      result.verdicts.map(({ benchmark, statistic, verdict }: Record<string, string>) => ({
        benchmark,
        statistic,
        verdict,
      })),
    );
    expect(evidence[0]!.subjects.map(({ benchmark }) => benchmark)).toEqual(["json", "yaml"]);
    expect(evidence[0]!.subjects[0]!.baseline!.rounds[0]).toHaveLength(12);
  });

  it("writes it to stdout and nothing else", async () => {
    const { code, stdout } = await inProcess("compare", "base.json", "cand.json", "--html", "-");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
  });

  it("tells the history of several baselines, oldest first", async () => {
    const { stdout } = await inProcess("compare", "older.json", "base.json", "cand.json", "--html", "-");
    const { evidence } = dataOf(stdout);
    expect(evidence[0]!.history.map(({ sha }) => sha[0])).toEqual(["c", "a"]);
    expect(evidence[0]!.subjects[0]!.history[0]).toHaveLength(2);
  });

  it("shows where a history changed its level", async () => {
    const names = Array.from({ length: 12 }, (_, run) => {
      const benchmarks = { json: run < 6 ? 0.001 : 0.0012 };
      const recording = aRecording({ seed: 20 + run, rounds: 5, session: `run ${run}`, samples: 200, benchmarks });
      writeFileSync(join(folder, `run-${run}.json`), encodeRecording(recording));
      return `run-${run}.json`;
    });
    const { stdout } = await inProcess("compare", ...names, "cand.json", "--html", "-");
    const [{ statistics, steps }] = dataOf(stdout).evidence[0]!.subjects as [SubjectEvidence];
    const found = steps[statistics.indexOf("p50")]!;
    expect(found.map(({ at, kind }) => ({ at, kind }))).toEqual([{ at: 6, kind: "change" }]);
    expect(found[0]!.ratio).toBeCloseTo(1.2, 1);
  });

  it("shares stdout with no other document", async () => {
    const { code, stderr } = await inProcess("compare", "base.json", "cand.json", "--html", "-", "--json", "-");
    expect(code).toBe(2);
    expect(stderr).toContain("--json and --html cannot both go to stdout");
  });
});

describe("the action's output `report`", () => {
  it("is the page, with the rounds that the verdicts rest on", async () => {
    const repository = await createRepository();
    const github = await startFakeGitHub({ tokens: { "workflow-token": WORKFLOW_TOKEN } });
    try {
      await repository.commit({ "times.json": printed({ sum: 5 }) });
      await repository.push("main");
      await repository.branch("change", "main");
      await repository.commit({ "README.md": "hello" });
      await repository.push("change");
      const { number, headSha, baseSha, checkout } = await repository.pullRequest({ head: "change" });
      github.state.pulls.set(number, {
        number,
        head: { ref: "change", sha: headSha },
        base: { ref: "main", sha: baseSha },
      });
      const inputs = { run: "cat times.json", tool: "benchgate", rounds: "3", compare: "side-by-side", fail: "false" };
      const { report, outputs, stdout } = await runAction({ ...(await checkout()), github, inputs });
      expect(outputs.report, stdout).toMatch(/[\\/]report\.html$/);
      const { judgements, evidence } = dataOf(report!);
      expect(judgements.map(({ benchmark }) => benchmark)).toContain("sum");
      expect(evidence[0]!.kind).toBe("side-by-side");
      expect(evidence[0]!.subjects[0]!.candidate!.rounds[0]).toHaveLength(3);
    } finally {
      await github.close();
      repository.close();
    }
  });
});
