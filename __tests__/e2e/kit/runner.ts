import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { COMPILED } from "./compiled.ts";
import { parseOutputFile, readCommands, type SeenAnnotation } from "./workflow-commands.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

/** The project's Node 24, which stands for the one that the runner brings along. */
export const RUNNER_NODE = join(
  PROJECT,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** What the runner itself keeps to talk to GitHub's services: no child of the action may ever see one of these. */
export const RUNTIME_SECRETS = {
  ACTIONS_RUNTIME_TOKEN: "runtime-token-that-must-not-leak",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "id-token-that-must-not-leak",
} as const;

const onWindows = process.platform === "win32";
const SYSTEM_PATH = onWindows ? [process.env.PATH ?? ""] : ["/usr/local/bin", "/usr/bin", "/bin"];
/** Without these no process starts on Windows. */
const SYSTEM_VARIABLES: Readonly<Record<string, string>> = Object.fromEntries(
  (onWindows ? ["SystemRoot", "ComSpec", "PATHEXT", "TEMP", "TMP"] : []).map((name) => [name, process.env[name] ?? ""]),
);

export interface ActionRun {
  /** The script that the runner starts; default: the action's own bundle. */
  readonly bundle?: string;
  /** Where the inputs' defaults are read. */
  readonly actionYml?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event: { readonly name: string; readonly payload: unknown };
  /** The checked-out repository. */
  readonly workspace: string;
  readonly github: { readonly url: string };
  readonly repository?: string;
  readonly token?: string;
  readonly sha: string;
  readonly ref: string;
  readonly baseRef?: string;
  readonly headRef?: string;
  readonly runId?: number;
  readonly attempt?: number;
  readonly workflow?: string;
  readonly job?: string;
  /** What the workflow's `env:` adds. */
  readonly extraEnv?: Readonly<Record<string, string>>;
  /** A folder that gets what an upload of the output `folder` would take. */
  readonly upload?: string;
  /** Seconds until the action's process group is killed. */
  readonly timeLimit?: number;
}

/** What tests read of a JSON result. */
interface ResultDocument {
  readonly outcome: string;
  readonly verdicts: readonly {
    readonly suite: string;
    readonly benchmark: string;
    readonly statistic: string;
    readonly verdict: string;
  }[];
  readonly warnings: readonly { readonly code: string }[];
}

export interface ActionResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The step summary's markdown. */
  readonly summary: string;
  /** The JSON result that the output `verdicts` points to; null where there is none. */
  readonly verdicts: ResultDocument | null;
  /** The HTML page that the output `report` points to; null where there is none. */
  readonly report: string | null;
  readonly annotations: readonly SeenAnnotation[];
  readonly masks: readonly string[];
  readonly seconds: number;
}

/** Runs a JavaScript action as actions/runner does: its own node, cwd in the workspace, nothing in the environment but what the runner sets. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-runner-"));
  try {
    const env = runnerEnvironment(run, folder);
    const bundle = run.bundle ?? join(PROJECT, "dist", "index.js");
    const started = performance.now();
    const ended = await execute(bundle, run.workspace, env, run.timeLimit ?? 120);
    const seconds = (performance.now() - started) / 1000;
    const { annotations, masks } = readCommands(ended.merged);
    const outputs = parseOutputFile(leftIn(env.GITHUB_OUTPUT!));
    if (run.upload !== undefined && outputs.folder) cpSync(outputs.folder, run.upload, { recursive: true });
    return {
      exitCode: ended.exitCode,
      timedOut: ended.timedOut,
      stdout: ended.stdout,
      stderr: ended.stderr,
      outputs,
      verdicts: outputs.verdicts ? JSON.parse(readFileSync(outputs.verdicts, "utf8")) : null,
      report: outputs.report ? readFileSync(outputs.report, "utf8") : null,
      summary: leftIn(env.GITHUB_STEP_SUMMARY!),
      annotations,
      masks,
      seconds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of a file; none where something else has its place. */
function leftIn(file: string): string {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, "utf8") : "";
}

/** Every variable of a step on a hosted Linux runner, by the runner's own lists (GitHubContext.cs, NodeScriptActionHandler.cs). */
function runnerEnvironment(run: ActionRun, folder: string): Record<string, string> {
  const repository = run.repository ?? "octo-org/octo-repo";
  const [owner = ""] = repository.split("/");
  const { workflow = "Benchmarks", job = "benchgate", runId = 1_234_567_890, attempt = 1 } = run;
  const workflowRef = `${repository}/.github/workflows/benchmarks.yml@${run.ref}`;
  const file = (name: string, content = ""): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const temp = join(folder, "_temp");
  const tools = join(folder, "_tool");
  mkdirSync(temp);
  mkdirSync(tools);
  const token = run.token ?? "workflow-token";
  return {
    CI: "true",
    HOME: process.env.HOME ?? folder,
    LANG: "C.UTF-8",
    // setup-node puts the benchmarks' node on PATH; the runner's own node is not there.
    PATH: [dirname(RUNNER_NODE), ...SYSTEM_PATH].join(delimiter),
    ...SYSTEM_VARIABLES,
    ImageOS: "ubuntu24",
    ImageVersion: "20261115.1.0",
    ...run.extraEnv,
    ...inputVariables(run, token),
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__self",
    GITHUB_ACTION_PATH: PROJECT,
    GITHUB_ACTION_REF: "",
    GITHUB_ACTION_REPOSITORY: "",
    GITHUB_ACTOR: "octocat",
    GITHUB_ACTOR_ID: "583231",
    GITHUB_API_URL: run.github.url,
    GITHUB_BASE_REF: run.baseRef ?? "",
    GITHUB_EVENT_NAME: run.event.name,
    GITHUB_EVENT_PATH: file("_temp/_github_workflow/event.json", JSON.stringify(run.event.payload)),
    GITHUB_GRAPHQL_URL: `${run.github.url}/graphql`,
    GITHUB_HEAD_REF: run.headRef ?? "",
    GITHUB_JOB: job,
    GITHUB_REF: run.ref,
    GITHUB_REF_NAME: run.ref.replace(/^refs\/(heads|tags|pull)\//, ""),
    GITHUB_REF_PROTECTED: "false",
    GITHUB_REF_TYPE: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: "1296269",
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_REPOSITORY_OWNER_ID: "6811672",
    GITHUB_RETENTION_DAYS: "90",
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_NUMBER: "7",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: run.sha,
    GITHUB_TRIGGERING_ACTOR: "octocat",
    GITHUB_WORKFLOW: workflow,
    GITHUB_WORKFLOW_REF: workflowRef,
    GITHUB_WORKFLOW_SHA: run.sha,
    GITHUB_WORKSPACE: run.workspace,
    GITHUB_ENV: file("_temp/_runner_file_commands/set_env"),
    GITHUB_PATH: file("_temp/_runner_file_commands/add_path"),
    GITHUB_OUTPUT: file("_temp/_runner_file_commands/set_output"),
    GITHUB_STATE: file("_temp/_runner_file_commands/save_state"),
    GITHUB_STEP_SUMMARY: file("_temp/_runner_file_commands/step_summary"),
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "GitHub Actions 1",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: tools,
    RUNNER_WORKSPACE: dirname(run.workspace),
    ACTIONS_RUNTIME_URL: "http://127.0.0.1:9/runtime/",
    ACTIONS_RESULTS_URL: "http://127.0.0.1:9/results/",
    ACTIONS_CACHE_URL: "http://127.0.0.1:9/cache/",
    ACTIONS_CACHE_SERVICE_V2: "True",
    ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:9/id-token",
    ...RUNTIME_SECRETS,
  };
}

/** Like the runner: an input without default is empty, an input that action.yml does not know is passed on all the same. */
function inputVariables(run: ActionRun, token: string): Record<string, string> {
  const file = run.actionYml ?? join(PROJECT, "action.yml");
  if (!existsSync(file)) throw new Error(`no ${file} to read the inputs' defaults from`);
  const declared =
    (parse(readFileSync(file, "utf8")) as { inputs?: Record<string, { default?: unknown } | null> }).inputs ?? {};
  const defaults = Object.entries(declared).map(
    ([name, input]) => [name, evaluate(String(input?.default ?? ""), token)] as const,
  );
  const given = Object.entries(run.inputs ?? {});
  return Object.fromEntries(
    [...defaults, ...given].map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}

function evaluate(text: string, token: string): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (expression, name: string) => {
    if (name === "github.token") return token;
    // A job without a matrix.
    if (name === "strategy.job-index") return "0";
    if (name === "strategy.job-total") return "1";
    throw new Error(`the kit cannot evaluate ${expression}`);
  });
}

interface Ended {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams as they arrived: the runner looks for commands in either. */
  readonly merged: string;
}

/**
 * Starts the action with its output in pipes, as the runner does: Node's own are sockets, which nobody can open again by the name of a
 * descriptor (`/proc/PID/fd/1`).
 */
function execute(bundle: string, cwd: string, env: Record<string, string>, timeLimit: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [out, err] = onWindows ? [null, null] : [openPipe(), openPipe()];
    const child = spawn(RUNNER_NODE, [...COMPILED, bundle], {
      cwd,
      env,
      stdio: ["ignore", out?.write ?? "pipe", err?.write ?? "pipe"],
      detached: !onWindows,
    });
    for (const pipe of [out, err]) if (pipe !== null) closeSync(pipe.write);
    const streams = { stdout: out?.read ?? child.stdout!, stderr: err?.read ?? child.stderr! };
    let [stdout, stderr, merged, timedOut] = ["", "", "", false];
    streams.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      merged += text;
    });
    streams.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      merged += text;
    });
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined && !onWindows) process.kill(-child.pid, "SIGKILL");
      else child.kill("SIGKILL");
    }, timeLimit * 1000);
    child.on("error", reject);
    const ended = new Promise<number | null>((done) => child.on("close", done));
    const read = [out, err].flatMap((pipe) => (pipe === null ? [] : [finished(pipe.read)]));
    Promise.all([ended, ...read]).then(([exitCode]) => {
      clearTimeout(timer);
      resolve({ exitCode, timedOut, stdout, stderr, merged });
    }, reject);
  });
}

/** The two ends of a pipe. */
function openPipe(): { readonly read: Socket; readonly write: number } {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-pipe-"));
  try {
    const path = join(folder, "pipe");
    execFileSync("mkfifo", [path]);
    // Without waiting for the other end, which comes next.
    const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { read: new Socket({ fd: read, readable: true, writable: false }), write: openSync(path, "w") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
