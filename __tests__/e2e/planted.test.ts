import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { type Checkout, createRepository, type Repository } from "./kit/repository.ts";
import { type ActionResult, runAction } from "./kit/runner.ts";

const TOKEN = "planted-settings-must-not-see-this";
const SECRETS = [TOKEN, Buffer.from(`x-access-token:${TOKEN}`).toString("base64")];

let repository: Repository;
let github: FakeGitHub;
let folder: string;
beforeAll(async () => {
  repository = await createRepository();
  github = await startFakeGitHub({ tokens: { [TOKEN]: WORKFLOW_TOKEN } });
  folder = mkdtempSync(join(tmpdir(), "benchgate-planted-"));
  // Writes down its own environment and those of three ancestors.
  const spy = `#!/bin/sh
{ env; pid=$PPID
  for i in 1 2 3; do
    tr '\\0' '\\n' < /proc/$pid/environ
    pid=$(sed 's/.*) [A-Z] //; s/ .*//' /proc/$pid/stat)
  done
} >> ${folder}/seen 2>/dev/null
`;
  writeFileSync(join(folder, "spy"), spy, { mode: 0o755 });
});
beforeEach(() => rmSync(join(folder, "seen"), { force: true }));
afterAll(async () => {
  await github.close();
  repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const CONFIG = "rounds: 1\nsuites:\n  s:\n    run: node bench.mjs\n    tool: go\n";

/** A benchmark that runs some code before it prints its numbers. */
function bench(code: string): string {
  return `import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
const git = (...args) => execFileSync("git", args);
${code}
console.log("BenchmarkParse-4 1000 " + (1000 + Math.round(10 * Math.random())) + " ns/op");
`;
}

function gate(checkout: Checkout, inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> {
  return runAction({ ...checkout, github, token: TOKEN, inputs });
}

/** What the planted program has seen so far; nothing where it was never started. */
function seen(): string {
  return existsSync(join(folder, "seen")) ? readFileSync(join(folder, "seen"), "utf8") : "";
}

async function pushed(code: string): Promise<Checkout> {
  await repository.branch("main");
  await repository.commit({ "benchgate.yml": CONFIG, "bench.mjs": bench(code) });
  return (await repository.push("main")).checkout();
}

describe("settings that a benchmark plants in the checkout", () => {
  it("start nothing on a push: an ssh command for an ssh address", async () => {
    const code = `git("config", "core.sshCommand", "${folder}/spy"); git("config", "remote.origin.url", "ssh://x/y");`;
    const result = await gate(await pushed(code));
    expect(result.exitCode, result.stdout).toBe(0);
    expect(seen()).toBe("");
    expect(result.stdout).not.toContain("not stored");
    expect(await repository.git("ls-remote", "origin", "benchgate-baseline")).not.toBe("");
  });

  it("start nothing on a pull request: a smudge filter for the base's worktree", async () => {
    const code = `mkdirSync(".git/info", { recursive: true });
appendFileSync(".git/info/attributes", "* filter=x\\n");
git("config", "filter.x.smudge", "${folder}/spy; cat");`;
    await repository.branch("topic", "main");
    await repository.commit({ "bench.mjs": bench(code) });
    await repository.push("topic");
    const { number, headSha, baseSha, checkout } = await repository.pullRequest({ head: "topic" });
    github.state.pulls.set(number, {
      number,
      head: { ref: "topic", sha: headSha },
      base: { ref: "main", sha: baseSha },
    });
    for (const compare of ["auto", "side-by-side"]) {
      const result = await gate(await checkout(), { compare });
      expect(result.exitCode, result.stdout).toBe(0);
      expect(result.outputs.outcome).not.toBe("");
    }
    expect(seen()).toBe("");
  });

  it("start nothing on a push: a credential helper for a server that asks who is there", async () => {
    const visits: unknown[] = [];
    const server = createServer((request, response) => {
      visits.push(request.headers);
      response.writeHead(401, { "www-authenticate": "Basic" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.git`;
    const code = `git("config", "credential.helper", "!${folder}/spy"); git("config", "remote.origin.url", "${url}");`;
    const result = await gate(await pushed(code));
    await new Promise((resolve) => server.close(resolve));
    expect(result.exitCode, result.stdout).toBe(0);
    expect(seen()).toBe("");
    expect(visits).toEqual([]);
  });

  it("are seen without the token where they were there before", async () => {
    const checkout = await pushed("");
    const git = (...args: string[]) => repository.git("-C", checkout.workspace, ...args);
    await git("config", "core.sshCommand", `${folder}/spy`);
    await git("config", "remote.origin.url", "ssh://x/y");
    const result = await gate(checkout);
    expect(result.exitCode, result.stdout).toBe(0);
    expect(result.stdout).toContain("not stored");
    // The user's own means are in use: the program was started, and saw no secret.
    expect(seen()).toContain("GIT_PROTOCOL");
    for (const secret of SECRETS) expect(seen().includes(secret)).toBe(false);
  });
});

// One of each kind: the others are tried in __tests__/io/step and __tests__/io/files.test.ts, and by `npm run faults`.
describe("what a benchmark leaves in the place of a file", () => {
  /** Judges a pull request whose benchmark runs `code` first, against the push before it: one run alone decides nothing, which is a warning. */
  let stored: Promise<ActionResult> | undefined;
  async function judged(code: string): Promise<ActionResult> {
    stored ??= pushed("").then((checkout) => gate(checkout));
    const base = await stored;
    expect(base.exitCode, base.stdout).toBe(0);
    await repository.branch("topic", "main");
    await repository.commit({ "bench.mjs": bench(code) });
    await repository.push("topic");
    const { checkout } = await repository.pullRequest({ head: "topic" });
    return gate(await checkout(), { compare: "stored" });
  }

  it("fails its round with the reason, and the step ends: a FIFO for its output", async () => {
    const code = `rmSync(process.env.BENCHGATE_OUTPUT, { force: true }); execFileSync("mkfifo", [process.env.BENCHGATE_OUTPUT]);`;
    const result = await judged(code);
    expect(result.timedOut).toBe(false);
    expect(result.outputs.outcome, result.stdout).toBe("fail");
    expect(result.stdout).toContain("$BENCHGATE_OUTPUT: this is a named pipe, not a file.");
    expect(result.summary).toContain("a named pipe");
  });

  it("changes no verdict, and is said: named pipes for the summary and for the outputs", async () => {
    const result = await judged(`const folder = process.env.RUNNER_TEMP + "/_runner_file_commands/";
for (const name of ["step_summary", "set_output"]) {
  rmSync(folder + name);
  execFileSync("mkfifo", [folder + name]);
}`);
    expect([result.exitCode, result.timedOut], result.stdout).toEqual([0, false]);
    expect(result.annotations.filter(({ message }) => message.includes("a named pipe"))).not.toEqual([]);
    expect(result.stdout).not.toContain("bug in Benchgate");
  });

  it("is replaced: FIFOs for the files of the result", async () => {
    const result = await judged(`const folder = process.env.RUNNER_TEMP + "/benchgate/";
mkdirSync(folder, { recursive: true });
for (const name of ["result.json", "report.html", "report.md", "comment.md", "junit.xml"]) {
  rmSync(folder + name, { force: true });
  execFileSync("mkfifo", [folder + name]);
}`);
    expect(result.timedOut).toBe(false);
    expect(result.exitCode, result.stdout).toBe(0);
    expect(result.verdicts?.outcome).toBe("warn");
    expect(result.report).toContain("<html");
  });
});
