import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { CLI } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { RUNNER_NODE } from "./kit/runner.ts";

interface Row {
  readonly suite: string;
  readonly benchmark: string;
  readonly statistic: string;
  readonly verdict: string;
  readonly failure: { readonly side: string; readonly reason: string; readonly output: string } | null;
  readonly warnings: readonly { readonly code: string }[];
}

/** How a run of the command line ended. */
interface Ended {
  readonly code: number | null;
  readonly stderr: string;
  readonly outcome: string | undefined;
  readonly rows: readonly Row[];
  readonly warnings: readonly { readonly code: string }[];
  /** The most memory that Benchgate itself held, in bytes; 0 where the system does not tell. */
  readonly peak: number;
}

const repositories: Repository[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function repositoryWith(files: Readonly<Record<string, string>>): Promise<Repository> {
  const repository = await createRepository();
  repositories.push(repository);
  await repository.commit(files);
  return repository;
}

/** A folder for temporary files, so that what is left behind is seen. */
function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-failures-"));
  folders.push(folder);
  return folder;
}

/** Runs the gate of a working tree against a revision; `onStderr` sees what it says as it says it. */
async function gate(
  cwd: string,
  { args = [], temp = temporary(), onStderr }: { args?: readonly string[]; temp?: string; onStderr?: OnStderr } = {},
): Promise<Ended> {
  const result = join(temp, "result.json");
  const child = spawn(RUNNER_NODE, [CLI, "run", "--base", "HEAD", "--json", result, ...args], {
    cwd,
    env: { ...process.env, TMPDIR: temp },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  let peak = 0;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onStderr?.(stderr, child);
  });
  // The kernel keeps the peak; it is read until the process ends.
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // Another system, or it has just ended.
    }
  }, 50);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(watch);
  const told = existsSync(result) ? JSON.parse(readFileSync(result, "utf8")) : {};
  return { code, stderr, peak, outcome: told.outcome, rows: told.verdicts ?? [], warnings: told.warnings ?? [] };
}
type OnStderr = (soFar: string, child: { kill(signal: NodeJS.Signals): boolean }) => void;

const recording = (name: string, samples: string) =>
  `console.log(JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements: [{ benchmark: "${name}", metric: "latency", unit: "s", better: "lower", samples: ${samples} }] }] }));`;
const STEADY = "Array.from({ length: 20 }, (_, i) => 1 + i / 1e3 + Math.random() / 1e4)";
/** Slower on one side in one round and on the other in the next, so that no look settles it. */
const NOISY = `Array.from({ length: 20 }, (_, i) =>
  ((process.env.BENCHGATE_ROUND % 2 === 0) === process.cwd().endsWith("baseline") ? 1.5 : 1) + i / 1e3)`;

const SCRIPTS = {
  "good.mjs": recording("steady", STEADY),
  "crash.mjs": `${recording("noisy", NOISY)}
if (process.env.BENCHGATE_ROUND === "3") { console.error("last words of round 3"); process.exit(9); }`,
  // A shell has said so long before its second is over, on a busy machine too.
  "hang.sh": `trap "" TERM
echo about to hang
while :; do sleep 0.1; done`,
  "flood.mjs": `import { writeSync } from "node:fs";
const line = Buffer.alloc(1e6, "x");
line[line.length - 1] = 10;
for (let sent = 0; sent < 400; sent++) writeSync(1, line);
console.error("end of the flood");`,
  "daemon.mjs": `import { spawn } from "node:child_process";
spawn("sh", ["-c", "(setsid sleep 987654 </dev/null >/dev/null 2>&1 &)"], { detached: true, stdio: "ignore" });
spawn("setsid", ["sleep", "987654"], { stdio: "inherit" }).unref();
setTimeout(() => { ${recording("forking", STEADY)} process.exit(0); }, 300);`,
};

const suite = (name: string, more = "", run = `exec node ${name}.mjs`) =>
  `  ${name}:\n    run: ${run}\n    tool: benchgate\n${more}`;
const BUDGET = 'budgets:\n  - match: "*"\n    latency: { p50: 20% }\n';

/** Processes of this machine whose command line holds `text`. */
function processesWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

describe("suites that fail in every way", () => {
  it("are failed with their last lines, cost no memory, leave nothing behind, and take no verdict from the others", async () => {
    const { author, git } = await repositoryWith({
      ...SCRIPTS,
      "benchgate.yml": `rounds: 6\nsuites:\n${suite("good")}${suite("crash")}${suite("hang", "    time-limit: 1s\n", "exec sh hang.sh")}${suite("flood")}${suite("daemon")}${BUDGET}`,
    });
    const temp = temporary();
    const { code, rows, outcome, stderr, peak } = await gate(author, { temp });
    const of = (name: string) => rows.find((row) => row.suite === name && row.statistic === "p50");
    expect([code, outcome], stderr).toEqual([3, "fail"]);
    expect(of("good")?.verdict).toBe("unchanged");
    expect(of("daemon")?.verdict).toBe("unchanged");
    // One crash in six rounds takes the comparison from nobody, and is told.
    expect(["unchanged", "not-slower", "inconclusive"], JSON.stringify(of("crash"))).toContain(of("crash")?.verdict);
    expect(of("crash")?.warnings).toContainEqual(
      expect.objectContaining({ code: "rounds-left-out", why: "failed", candidate: [expect.any(Number)] }),
    );
    for (const [name, reason, last] of [
      ["hang", "took longer than its limit of 1 s", "about to hang"],
      ["flood", "printed more than can be kept", "end of the flood"],
    ] as const) {
      expect(of(name), JSON.stringify(of(name))).toMatchObject({
        verdict: "failed",
        failure: { reason: expect.stringContaining(reason) },
      });
      expect(of(name)?.failure?.output.trimEnd().endsWith(last), of(name)?.failure?.output).toBe(true);
    }
    expect(peak).toBeLessThan(300e6);
    if (process.platform === "linux") expect(processesWith("987654")).toEqual([]);
    expect(readdirSync(temp)).toEqual(["result.json"]);
    expect(await git("worktree", "list")).not.toContain("baseline");
  });
});

describe("a side that does not build", () => {
  const config = `setup: node build.mjs\nrounds: 6\nsuites:\n${suite("good")}${suite("other")}${BUDGET}`;
  const files = { ...SCRIPTS, "other.mjs": recording("other", STEADY), "benchgate.yml": config };
  const broken = 'console.log("compiling"); console.error("error: no such symbol"); process.exit(3);';

  it("fails every suite of the candidate, with the last lines of its output", async () => {
    const repository = await repositoryWith({ ...files, "build.mjs": "" });
    await repository.commit({ "build.mjs": broken });
    const { code, rows, outcome, stderr } = await gate(repository.author, { args: ["--base", "HEAD~1"] });
    expect([code, outcome], stderr).toEqual([3, "fail"]);
    expect(rows.map(({ suite, verdict, failure }) => [suite, verdict, failure?.side])).toEqual([
      ["good", "failed", "candidate"],
      ["other", "failed", "candidate"],
    ]);
    for (const { failure } of rows) {
      expect(failure?.reason).toContain("setup `node build.mjs` of the candidate exited with code 3.");
      expect(failure?.output).toBe("compiling\nerror: no such symbol");
    }
    expect(await repository.git("worktree", "list")).not.toContain("baseline");
  });

  it("does not keep its own repair out where it is the baseline, and limits are judged", async () => {
    const limited = config.replace("{ p50: 20% }", "{ p50: { threshold: 20%, limit: 500ms } }");
    const repository = await repositoryWith({ ...files, "benchgate.yml": config, "build.mjs": broken });
    await repository.commit({ "build.mjs": "" });
    const repaired = await gate(repository.author, { args: ["--base", "HEAD~1"] });
    expect([repaired.code, repaired.outcome], repaired.stderr).toEqual([0, "warn"]);
    expect(repaired.rows.map(({ benchmark, failure }) => [benchmark, failure?.side])).toEqual([
      ["steady", "baseline"],
      ["other", "baseline"],
    ]);
    await repository.commit({ "benchgate.yml": limited });
    const slow = await gate(repository.author, { args: ["--base", "HEAD~2"] });
    expect([slow.code, slow.outcome], slow.stderr).toEqual([1, "fail"]);
  });
});

describe("a signal", () => {
  it.each([
    ["SIGINT", "a round", ""],
    ["SIGTERM", "the setup", "setup: exec node slow.mjs\n"],
    ["SIGHUP", "a round", ""],
  ] as const)(
    "%s in the middle of %s leaves no process, no worktree and no temporary file",
    async (signal, _, setup) => {
      const mark = `${process.pid}-${Math.random()}`;
      const { author, git } = await repositoryWith({
        "slow.mjs": `import { spawn } from "node:child_process"; spawn("setsid", ["sh", "-c", "sleep 1000 # ${mark}"], { stdio: "ignore" }); setInterval(() => {}, 1000);`,
        "benchgate.yml": `${setup}suites:\n${suite("slow")}`,
      });
      const temp = temporary();
      let sent = false;
      const watch = setInterval(() => {
        if (sent || processesWith(mark).length === 0) return;
        sent = true;
        stop();
      }, 50);
      let stop = () => {};
      const ended = await gate(author, {
        temp,
        onStderr: (__, child) => {
          stop = () => child.kill(signal);
        },
      });
      clearInterval(watch);
      expect(ended.code, ended.stderr).toBe({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal]);
      expect(processesWith(mark)).toEqual([]);
      expect(readdirSync(temp).filter((name) => name !== "result.json")).toEqual([]);
      expect(await git("worktree", "list")).not.toContain("baseline");
    },
  );
});
