import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { type ActionResult, RUNTIME_SECRETS, runAction } from "./kit/runner.ts";

const TOKEN = "workflow-token-that-must-not-leak";
const ENV_TOKENS = { GITHUB_TOKEN: "env-token-that-must-not-leak", GH_TOKEN: "gh-token-that-must-not-leak" };
const SECRETS = [TOKEN, ...Object.values(ENV_TOKENS), ...Object.values(RUNTIME_SECRETS)];

/** Writes down all that a child can see of its own and its ancestors' environments, and gives orders to the runner. */
const SPY = `
import { constants, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
/** Orders in every disguise that the runner, or its language, takes for one. */
const orders = (kind) => ["", "\\n", "\\r", "\\u0085", "\\u2003 ", "\\ufeff", "\\u200b", "\\u0000", "\\u001b", "\\u001b[0m\\n"]
  .map((start) => start + "::error::planted by " + kind + "\\n").join("") + "##[error]planted by " + kind + "\\n::add-mask::planted\\nno end";
function give(target, kind) {
  try {
    const flags = constants.O_WRONLY | constants.O_NONBLOCK;
    writeSync(typeof target === "number" ? target : openSync(target, flags), orders(kind));
  } catch {}
}
export function spy(kind) {
  for (const target of [1, 2, "/dev/tty", "/dev/stdout", "/dev/stderr"]) give(target, kind);
  const ancestors = [];
  for (let pid = process.ppid; pid > 1; ) {
    try {
      const stat = readFileSync("/proc/" + pid + "/stat", "latin1");
      if (readFileSync("/proc/" + pid + "/cmdline", "latin1").includes("dist/index.js"))
        for (const fd of [1, 2]) give("/proc/" + pid + "/fd/" + fd, kind);
      ancestors.push(readFileSync("/proc/" + pid + "/environ", "latin1"));
      pid = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    } catch { break; }
  }
  writeFileSync(process.env.SPY_FOLDER + "/" + kind + "-" + process.pid + ".json", JSON.stringify({ env: process.env, ancestors }));
  console.log("::error::planted by " + kind);
  console.log("harmless\\r::error::planted by " + kind);
  console.log("  ##[error]planted by " + kind);
  console.error("::add-mask::planted");
  console.error("::set-output name=outcome::pass");
}
`;
const spying = (kind: string, then = "process.exit(9);") => `import { spy } from "./spy.mjs"; spy("${kind}"); ${then}`;

let repository: Repository;
let github: FakeGitHub;
beforeAll(async () => {
  repository = await createRepository();
  github = await startFakeGitHub({ tokens: { [TOKEN]: WORKFLOW_TOKEN } });
});
afterAll(async () => {
  await github.close();
  repository.close();
});

const SERVER = `import { createServer } from "node:http"; createServer((_, answer) => answer.end("ok")).listen(process.env.PORT, "127.0.0.1");`;

const CONFIG = `setup: node setup.mjs
rounds: 2
suites:
  commands:
    run: node run.mjs
    tool: tinybench
  modules:
    bench: "*.bench.mjs"
  processes:
    time: node time.mjs
  services:
    serve: node serve.mjs
    ready: http://127.0.0.1:$PORT/
    run: node load.mjs
    tool: k6
`;

/** Gates a pull request side by side; resolves to what the runner saw and what the spies saw, by kind of child. */
async function spied(
  head: string,
  files: Readonly<Record<string, string>>,
): Promise<{ result: ActionResult; seen: ReadonlyMap<string, { env: Record<string, string>; ancestors: string[] }> }> {
  await repository.branch("main");
  await repository.commit({ "spy.mjs": SPY, ...files });
  await repository.push("main");
  await repository.branch(head, "main");
  await repository.commit({ "CHANGES.md": head });
  await repository.push(head);
  const { number, headSha, baseSha, checkout } = await repository.pullRequest({ head });
  github.state.pulls.set(number, { number, head: { ref: head, sha: headSha }, base: { ref: "main", sha: baseSha } });
  const folder = mkdtempSync(join(tmpdir(), "benchgate-spy-"));
  try {
    const result = await runAction({
      ...(await checkout()),
      github,
      token: TOKEN,
      inputs: { compare: "side-by-side" },
      extraEnv: { ...ENV_TOKENS, SPY_FOLDER: folder },
    });
    const seen = readdirSync(folder).map(
      (name) => [name.split("-")[0]!, JSON.parse(readFileSync(join(folder, name), "utf8"))] as const,
    );
    return { result, seen: new Map(seen) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function expectNoOrders(result: ActionResult): void {
  expect(result.annotations.filter(({ message }) => message.startsWith("planted"))).toEqual([]);
  expect(result.masks).not.toContain("planted");
  expect(result.outputs.outcome).toBe("fail");
  // Benchgate's own are read all the same.
  expect(result.annotations.map(({ level }) => level)).toContain("error");
  for (const secret of SECRETS) expect(result.stdout.replaceAll(`::add-mask::${secret}`, "")).not.toContain(secret);
}

describe("a child of the action", () => {
  it("of any kind sees no token, neither in its own environment nor in Benchgate's, and gives no orders", async () => {
    const { result, seen } = await spied("kinds", {
      "benchgate.yml": CONFIG,
      "setup.mjs": spying("setup", ""),
      "run.mjs": spying("run"),
      "a.bench.mjs": spying("bench"),
      "time.mjs": spying("time"),
      "serve.mjs": spying("serve", SERVER),
      "load.mjs": spying("load"),
    });
    expect([...seen.keys()].sort(), result.stdout).toEqual(["bench", "load", "run", "serve", "setup", "time"]);
    for (const [kind, { env, ancestors }] of seen) {
      const all = [JSON.stringify(env), ...ancestors].join("\n");
      for (const secret of SECRETS) expect(all.includes(secret), `${kind}: ${secret}`).toBe(false);
      const internal = /^(INPUT_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$|ACTIONS_)/;
      expect(Object.keys(env).filter((name) => internal.test(name))).toEqual([]);
      expect(env, kind).toMatchObject({ GITHUB_SHA: expect.any(String), BENCHGATE_PROCESS: expect.any(String) });
    }
    if (process.platform === "linux") {
      // Benchgate's own environment was read, and what is no secret is still there.
      expect(seen.get("run")?.ancestors.some((text) => text.includes("INPUT_COMPARE=side-by-side"))).toBe(true);
    }
    // What a timed process prints to stdout is thrown away.
    for (const kind of ["run", "bench", "serve", "load"]) expect(result.stdout).toContain(`planted by ${kind}`);
    expectNoOrders(result);
    expect(result.exitCode).toBe(3);
  });

  it("that keeps a side from being set up gives none either", async () => {
    const { result, seen } = await spied("setup", {
      "benchgate.yml": CONFIG,
      "setup.mjs": spying("setup"),
    });
    expect([...seen.keys()]).toEqual(["setup"]);
    expect(result.stdout).toContain("planted by setup");
    expectNoOrders(result);
  });
});
