/**
 * `npm run bench:fan-in -- --cells 256 --benchmarks 1000`: how long the action takes for one verdict over many cells, and how much memory. The committed bundle
 * runs as a step of a workflow that has no token, on what jobs would have left.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { writeArtifacts } from "./artifacts.ts";

const BUNDLE = fileURLToPath(new URL("../../dist/index.js", import.meta.url));

const { values } = parseArgs({
  options: {
    cells: { type: "string", default: "16" },
    benchmarks: { type: "string", default: "200" },
    rounds: { type: "string", default: "24" },
    samples: { type: "string", default: "300" },
  },
});
const size = {
  cells: Number(values.cells),
  benchmarks: Number(values.benchmarks),
  rounds: Number(values.rounds),
  samples: Number(values.samples),
};

const folder = mkdtempSync(join(tmpdir(), "benchgate-fan-in-"));
try {
  const workspace = join(folder, "repository");
  mkdirSync(workspace);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: workspace,
      encoding: "utf8",
    }).trim();
  git("init", "-q", "-b", "main");
  git("commit", "-q", "--allow-empty", "-m", "base");
  const base = git("rev-parse", "HEAD");
  git("commit", "-q", "--allow-empty", "-m", "head");
  const head = git("rev-parse", "HEAD");

  const parts = join(folder, "parts");
  const bytes = writeArtifacts(parts, size, { base, head });
  const { exitCode, seconds, usage } = await runStep(parts, workspace, { base, head });
  const result = join(folder, "temp");
  const written = ["result.json", "report.html", "summary.md", "junit.xml"].map((name) => {
    const file = execFileSync("find", [result, "-name", name], { encoding: "utf8" }).trim();
    return `${name} ${file === "" ? "none" : `${(statSync(file).size / 2 ** 20).toFixed(1)} MiB`}`;
  });
  process.stdout.write(
    `${[
      `${size.cells} cells × ${size.benchmarks} benchmarks × ${size.rounds} rounds of ${size.samples} samples: ${(bytes / 2 ** 20).toFixed(0)} MiB of artifacts`,
      `exit code ${exitCode} after ${seconds.toFixed(1)} s, ${usage.cpu.toFixed(1)} s of CPU time, ${(usage.kib / 1024).toFixed(0)} MiB of memory at most`,
      `${written.join(", ")}; load average ${loadavg()[0]!.toFixed(1)}`,
    ].join("\n")}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the fan-in as a step of a pull request's workflow. The process itself says at its end what it has used. */
async function runStep(parts: string, cwd: string, { base, head }: { readonly base: string; readonly head: string }) {
  const file = (name: string, text = "") => {
    const path = join(folder, "temp", name);
    mkdirSync(join(folder, "temp"), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const repo = { full_name: "octo/repo", fork: false, default_branch: "main" };
  const side = (sha: string, ref: string) => ({ sha, ref, repo });
  const event = {
    action: "opened",
    number: 1,
    repository: repo,
    pull_request: { number: 1, base: side(base, "main"), head: side(head, "change") },
  };
  const used = join(folder, "usage.json");
  const hook = file(
    "usage.mjs",
    `import { writeFileSync } from "node:fs";\nprocess.on("exit", () => writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.resourceUsage())));\n`,
  );
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ["--import", pathToFileURL(hook).href, ...(process.env.BENCH_NODE_FLAGS?.split(" ") ?? []), BUNDLE],
    {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        GITHUB_ACTIONS: "true",
        GITHUB_EVENT_NAME: "pull_request",
        GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)),
        GITHUB_REPOSITORY: "octo/repo",
        GITHUB_REPOSITORY_OWNER: "octo",
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_API_URL: "http://127.0.0.1:1",
        GITHUB_WORKSPACE: cwd,
        GITHUB_SHA: head,
        GITHUB_REF: "refs/pull/1/merge",
        GITHUB_BASE_REF: "main",
        GITHUB_HEAD_REF: "change",
        GITHUB_WORKFLOW: "Benchmarks",
        GITHUB_WORKFLOW_REF: "octo/repo/.github/workflows/benchmarks.yml@refs/heads/main",
        GITHUB_JOB: "verdict",
        GITHUB_RUN_ID: "1",
        GITHUB_RUN_ATTEMPT: "1",
        GITHUB_ACTION: "__self",
        GITHUB_OUTPUT: file("output"),
        GITHUB_STEP_SUMMARY: file("summary"),
        GITHUB_STATE: file("state"),
        RUNNER_TEMP: join(folder, "temp"),
        "INPUT_FAN-IN": parts,
        INPUT_COMMENT: "never",
        INPUT_FAIL: "true",
        "INPUT_BASELINE-STORE": "branch",
      },
    },
  );
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  const seconds = (performance.now() - began) / 1000;
  if (!existsSync(used)) throw new Error(`the step ended with ${exitCode} and said nothing of what it used`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(used, "utf8"));
  return { exitCode, seconds, usage: { cpu: (userCPUTime + systemCPUTime) / 1e6, kib: maxRSS } };
}
