import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/cli/exit-code.ts";
import { reproduceLine } from "../../src/cli/reproduce.ts";
import { GateError } from "../../src/model/error.ts";
import { aJudgement, anOutcome } from "../builders.ts";

describe("the command line that measures the same again", () => {
  const words = { config: null, run: null, bench: null, tool: null, setup: null };

  it("names every flag that was given, and nothing else", () => {
    expect(reproduceLine("abc1234", words)).toBe("npx benchgate run --base abc1234");
    expect(reproduceLine("main", { ...words, bench: ["bench/*.js"], only: "parser/json" })).toBe(
      "npx benchgate run --base main --bench 'bench/*.js' --only parser/json",
    );
  });

  it.skipIf(process.platform === "win32")("is read back by a shell as it was written", () => {
    const run = `node b.js --name='it's "$HOME"' && echo \`id\``;
    const line = reproduceLine("main", { ...words, run }).replace("npx benchgate run --base main --run", "printf %s");
    expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe(run);
  });
});

describe("the exit code", () => {
  it.each([
    ["a regression", "fail", [aJudgement({ verdict: "regression" })], 1],
    ["only failures", "fail", [aJudgement({ verdict: "failed" })], 3],
    [
      "a failure beside a regression",
      "fail",
      [aJudgement({ verdict: "failed" }), aJudgement({ verdict: "regression" })],
      1,
    ],
    ["nothing judged", "fail", [], 3],
    ["undecided, where that fails", "fail", [aJudgement({ verdict: "inconclusive" })], 1],
    ["a warning", "warn", [aJudgement({ verdict: "removed" })], 0],
    ["a pass", "pass", [aJudgement({ verdict: "unchanged" })], 0],
  ] as const)("of %s", (_, outcome, judgements, code) => {
    expect(exitCodeOf(anOutcome({ outcome, judgements }))).toBe(code);
  });

  it("of an error is 2 where the user can mend it, and 3 where nothing could be measured", () => {
    expect(exitCodeOf(new GateError("a", "b"))).toBe(2);
    expect(exitCodeOf(new GateError("a", "b", {}, "measure"))).toBe(3);
  });
});
