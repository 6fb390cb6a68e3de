import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checkout, createRepository, type Repository } from "../../__tests__/e2e/kit/repository.ts";
import { type ActionResult, type ActionRun, runAction } from "../../__tests__/e2e/kit/runner.ts";
import { type FakeGitHub, startFakeGitHub } from "../../__tests__/fakes/github/server.ts";
import { WORKFLOW_TOKEN } from "../../__tests__/fakes/github/state.ts";

/** The token of every step; no program that is not ours may see it. */
export const TOKEN = "campaign-token-that-must-not-leak";

/** What a cell must come to. */
export interface Right {
  /** The exit codes that are right. */
  readonly codes: readonly number[];
  readonly outcome?: string;
  /** Text that the summary must hold, or the log where that cannot be written. */
  readonly says?: RegExp;
  /** Whether the step's summary can be written at all. */
  readonly summary?: false;
}

/** One run of the product under one fault. */
export interface Cell {
  readonly part: string;
  readonly name: string;
  /** What is wrong with it; none where it is right. */
  readonly wrong: readonly string[];
  /** Why it was not run, on a machine where that cannot be: it counts as neither right nor wrong. */
  readonly notRun?: string;
  readonly seconds: number;
  readonly summary: boolean;
}

/** Whether a cell is to be run, by its name and by whether it is of the sample. */
export type Wanted = (name: string, inSample: boolean) => boolean;

/** A repository on a fake GitHub, with what tells what a run has left behind. */
export interface Stage {
  readonly repository: Repository;
  readonly github: FakeGitHub;
  /** A folder of the campaign's own. */
  readonly folder: string;
  /** A push to main of these files, checked out. */
  pushed(files: Readonly<Record<string, string | null>>): Promise<Checkout>;
  /** Another copy of a checkout. */
  checkoutAgain(checkout: Checkout): Promise<Checkout>;
  /** A pull request with these files, known to the fake, checked out. */
  pulled(
    files: Readonly<Record<string, string | null>>,
    depth?: number,
  ): Promise<{ readonly number: number; readonly checkout: Checkout }>;
  act(checkout: Checkout, more?: Partial<ActionRun>): Promise<ActionResult>;
  /** Runs a step and holds it against what is right. */
  cell(part: string, name: string, right: Right, run: () => Promise<ActionResult>): Promise<Cell>;
  close(): Promise<void>;
}

/** The longest that a run may take, in seconds. */
const LONGEST = 70;

/** Numbers of Go's kind, `factor` times as large as usual, with the same small noise each time. */
export function numbers(factor: number): string {
  const lines = Array.from({ length: 20 }, (_, i) => `BenchmarkParse-4 1000 ${(1000 + ((i * 7) % 11)) * factor} ns/op`);
  return `${lines.join("\n")}\n`;
}

/** A suite that prints what a file of the tree holds: no run depends on the machine. */
export const FILES = {
  "benchgate.yml": "rounds: 6\nsuites:\n  s:\n    run: cat out.txt\n    tool: go\n",
  "out.txt": numbers(1),
};

let runs = 0;

/** An empty stage. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-faults-"));
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  const repository = await createRepository();
  const github = await startFakeGitHub({ tokens: { [TOKEN]: WORKFLOW_TOKEN } });
  // The campaign asks more often than an hour allows.
  github.state.rate.remaining = 1_000_000;
  const mark = `benchgate-faults-${process.pid}-${Math.random()}`;
  let branches = 0;
  let running = 0;
  const stage: Stage = {
    repository,
    github,
    folder,
    pushed: async (files) => {
      await repository.branch("main");
      await repository.commit(files);
      return (await repository.push("main")).checkout();
    },
    checkoutAgain: async (checkout) => {
      const workspace = join(folder, `copy-${Math.random()}`);
      cpSync(checkout.workspace, workspace, { recursive: true });
      return { ...checkout, workspace };
    },
    pulled: async (files, depth) => {
      const head = `topic-${++branches}`;
      await repository.branch(head, "main");
      await repository.commit(files);
      await repository.push(head);
      const pull = await repository.pullRequest({ head });
      const { number, headSha: sha, baseSha } = pull;
      github.state.pulls.set(number, { number, head: { ref: head, sha }, base: { ref: "main", sha: baseSha } });
      return { number, checkout: await pull.checkout(depth) };
    },
    act: (checkout, more = {}) =>
      runAction({
        ...checkout,
        github,
        token: TOKEN,
        runId: 7_000_000_000 + ++runs,
        timeLimit: 120,
        ...more,
        extraEnv: { TMPDIR: temporary, BENCHGATE_FAULTS: mark, ...more.extraEnv },
      }),
    cell: async (part, name, right, run) => {
      running++;
      const result = await run().finally(() => running--);
      // What another run still uses is not left over: the last one of those at once finds what is.
      const wrong = [...problems(result, right), ...(running > 0 ? [] : leftOvers(temporary, mark))];
      return { part, name, wrong, seconds: result.seconds, summary: result.summary.trim() !== "" };
    },
    close: async () => {
      await github.close();
      repository.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

function problems(result: ActionResult, right: Right): string[] {
  const { exitCode, outputs, summary, stdout, stderr } = result;
  const said = summary + stdout;
  return [
    ...(right.codes.includes(exitCode ?? -1) ? [] : [`exit ${exitCode}, not ${right.codes.join(" or ")}`]),
    ...(right.outcome === undefined || outputs.outcome === right.outcome
      ? []
      : [`outcome ${outputs.outcome}, not ${right.outcome}`]),
    ...(right.says === undefined || right.says.test(said) ? [] : [`does not say ${right.says}`]),
    ...(right.summary === false || summary.trim() !== "" ? [] : ["no summary"]),
    ...(/bug in Benchgate|^\s+at .*\.js:\d+/m.test(said + stderr) ? ["a stack, or a bug"] : []),
    ...(result.seconds > LONGEST ? [`${result.seconds.toFixed(0)} s`] : []),
    ...(result.stdout.replaceAll(`::add-mask::${TOKEN}`, "").includes(TOKEN) ? ["the token in the log"] : []),
  ];
}

/** What a run has left: folders of its own in the temporary one, and processes. */
function leftOvers(temporary: string, mark: string): string[] {
  const folders = readdirSync(temporary).filter((name) => name.startsWith("benchgate-"));
  const processes = process.platform === "linux" ? carriers(mark) : [];
  for (const name of folders) rmSync(join(temporary, name), { recursive: true, force: true });
  return [...folders.map((name) => `left ${name}`), ...processes.map((pid) => `process ${pid} is left`)];
}

/** Living processes that carry a word in their environment. */
function carriers(word: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/environ`, "latin1").includes(word)) return false;
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  });
}

/** A script that does something in the step's own process, and then starts the action there: `code` may change `process.env`. */
export function bundleAfter(stage: Stage, name: string, code: string): string {
  const file = join(stage.folder, `${name.replaceAll(/\W+/g, "-")}.mjs`);
  const bundle = new URL("../../dist/index.js", import.meta.url).href;
  writeFileSync(
    file,
    `import * as fs from "node:fs";\nimport { spawnSync } from "node:child_process";\n${code}\nawait import(${JSON.stringify(bundle)});\n`,
  );
  return file;
}

/** Runs git in a workspace, as its owner would. */
export function gitIn(workspace: string, ...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", HOME: "/nonexistent" };
  const author = ["-c", "user.name=Octo", "-c", "user.email=o@example.org"];
  return execFileSync("git", [...author, ...args], {
    cwd: workspace,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
