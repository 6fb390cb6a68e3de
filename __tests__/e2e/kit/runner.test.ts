import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUNNER_NODE, RUNTIME_SECRETS, runAction } from "./runner.ts";
import { parseOutputFile, readCommands } from "./workflow-commands.ts";

const ACTION_YML = `
name: probe
inputs:
  token: { default: "\${{ github.token }}" }
  time-budget: { default: 10m }
  fail: { default: true }
  run: { description: no default }
runs: { using: node24, main: probe.mjs }
`;

const PROBE = `
import { appendFileSync } from "node:fs";
const { env } = process;
appendFileSync(env.GITHUB_OUTPUT, "facts<<EOT\\n" + JSON.stringify({ env, cwd: process.cwd(), node: process.execPath, version: process.version }) + "\\nEOT\\n");
appendFileSync(env.GITHUB_STEP_SUMMARY, "## hello\\n");
console.log("::add-mask::" + env.INPUT_TOKEN);
console.log("::error file=bench/a.ts,line=3,title=slower%3A 2x::it got%0Aslower");
console.error("::warning::on stderr too");
if (env.INPUT_RUN === "hang") setInterval(() => {}, 1000);
else process.exitCode = 3;
`;

describe("the runner kit", () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "benchgate-kit-")));
    writeFileSync(join(folder, "action.yml"), ACTION_YML);
    writeFileSync(join(folder, "probe.mjs"), PROBE);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const probe = (inputs: Readonly<Record<string, string>> = {}, timeLimit = 60) =>
    runAction({
      bundle: join(folder, "probe.mjs"),
      actionYml: join(folder, "action.yml"),
      inputs,
      event: { name: "push", payload: { hello: "world" } },
      workspace: folder,
      github: { url: "http://127.0.0.1:1" },
      sha: "a".repeat(40),
      ref: "refs/heads/main",
      token: "secret-token",
      extraEnv: { MY_FLAG: "1" },
      timeLimit,
    });

  it("starts the action as the runner does and reads back all that it left", async () => {
    const result = await probe({ run: "node bench.js", unknown: "x" });
    expect(result).toMatchObject({
      exitCode: 3,
      timedOut: false,
      summary: "## hello\n",
      masks: ["secret-token"],
      annotations: [
        {
          level: "error",
          message: "it got\nslower",
          properties: { file: "bench/a.ts", line: "3", title: "slower: 2x" },
        },
        { level: "warning", message: "on stderr too" },
      ],
    });
    const facts = JSON.parse(result.outputs.facts!);
    expect(facts).toMatchObject({
      cwd: folder,
      node: realpathSync(RUNNER_NODE),
      version: expect.stringMatching(/^v24\./),
    });
    expect(facts.env).toMatchObject({
      "INPUT_TIME-BUDGET": "10m",
      INPUT_FAIL: "true",
      INPUT_TOKEN: "secret-token",
      INPUT_RUN: "node bench.js",
      INPUT_UNKNOWN: "x",
      GITHUB_EVENT_NAME: "push",
      GITHUB_REF_NAME: "main",
      GITHUB_API_URL: "http://127.0.0.1:1",
      GITHUB_SERVER_URL: "https://github.com",
      CI: "true",
      MY_FLAG: "1",
      ...RUNTIME_SECRETS,
    });
  });

  it("gives an input without default the empty text, and no GITHUB_TOKEN", async () => {
    const { env } = JSON.parse((await probe()).outputs.facts!);
    expect(env.INPUT_RUN).toBe("");
    expect(env).not.toHaveProperty("GITHUB_TOKEN");
  });

  it("passes on nothing of the environment that the tests run in", async () => {
    process.env.BENCHGATE_KIT_LEAK = "1";
    try {
      const { env } = JSON.parse((await probe()).outputs.facts!);
      const own = /^(GITHUB_|RUNNER_|ACTIONS_|INPUT_|Image(OS|Version)$|(CI|HOME|LANG|PATH|MY_FLAG)$)/;
      const ofWindows = new Set(
        process.platform === "win32" ? ["SystemRoot", "ComSpec", "PATHEXT", "TEMP", "TMP"] : [],
      );
      expect(Object.keys(env).filter((name) => !own.test(name) && !ofWindows.has(name))).toEqual([]);
    } finally {
      delete process.env.BENCHGATE_KIT_LEAK;
    }
  });

  it("ends an action that hangs", async () => {
    expect(await probe({ run: "hang" }, 1)).toMatchObject({ timedOut: true, exitCode: null });
  });
});

describe("the runner's reading of output", () => {
  it("ignores everything between stop-commands and its token", () => {
    const output =
      "::stop-commands::tok\n::error::no\n  ::add-mask::no\n##[error]no\n::other::\n::tok::\n::error::yes\n";
    expect(readCommands(output)).toMatchObject({ annotations: [{ message: "yes" }], masks: [], names: ["error"] });
  });

  it("sees commands after a carriage return, after white space, and in the old form", () => {
    expect(
      readCommands("50%\r::error::a\n \t::warning::b\nprefix ##[error]c\nno ::error::d\n\u0085 ::error::e\n")
        .annotations,
    ).toMatchObject([{ message: "a" }, { message: "b" }, { message: "c" }, { message: "e" }]);
  });

  it("reads plain and heredoc outputs and refuses what the runner refuses", () => {
    expect(parseOutputFile("a=1\nb<<E\nx=2\n\ny\nE\nc=\n")).toEqual({ a: "1", b: "x=2\n\ny", c: "" });
    expect(() => parseOutputFile("nonsense\n")).toThrow("neither name=value nor a heredoc");
    expect(() => parseOutputFile("a<<E\nx\n")).toThrow("never comes");
  });
});
