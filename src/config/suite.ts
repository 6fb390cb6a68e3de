import { GateError, placed } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { commandText, type Suite, type Workload } from "../model/plan.ts";
import { commandOf, unfit } from "./command.ts";
import { DEFAULT_TIME_LIMIT } from "./defaults.ts";
import { checkSuiteName, ENV_NAME } from "./patterns.ts";
import { quote } from "./scalars.ts";
import type { WrittenSuite } from "./schema.ts";
import { serviceOf } from "./service.ts";
import type { YamlSource } from "./source.ts";
import { targetsOf } from "./targets.ts";

/** What else a configuration is checked against. */
export interface ConfigChecks {
  /** The words that `tool` may be, besides `auto`; absent: any. */
  readonly tools?: readonly string[];
  /** Those of them that can be told which benchmarks to run. */
  readonly filters?: readonly string[];
  /** Those of them whose output tells the status of each request, or how many requests had which. */
  readonly statuses?: readonly string[];
}

/** Refuses `{benchmarks}` in a command whose tool cannot be told what to run. */
export function checkFilter(line: string, tool: string, filters: readonly string[] | undefined): void {
  if (filters === undefined || !line.includes("{benchmarks}")) return;
  const remedy = `Name one that can in \`tool\` (${filters.join(", ")}), or leave {benchmarks} out`;
  if (!filters.includes(tool))
    throw new GateError(`Benchgate does not know how ${quote(tool)} picks benchmarks`, remedy);
  if (!/['"]\{benchmarks\}|\{benchmarks\}['"]/.test(line)) return;
  throw new GateError("{benchmarks} is in quotes", "Leave them out: it is quoted as the shell needs it");
}

/** Refuses a `tool` that nobody has an adapter for, before anything is run. */
export function checkTool(tool: string, tools: readonly string[] | undefined): void {
  if (tools === undefined || tool === "auto" || tools.includes(tool)) return;
  const near = nearest(tool, ["auto", ...tools]);
  const remedy = near === null ? `Known: auto, ${tools.join(", ")}` : `Did you mean ${quote(near)}?`;
  throw new GateError(`Benchgate does not read ${quote(tool)}`, remedy);
}

/** Refuses expected statuses of a tool that tells none, before anything is run. */
function checkStatuses(workload: Workload, statuses: readonly string[] | undefined): void {
  if (workload.kind !== "run" || statuses === undefined || ["auto", ...statuses].includes(workload.tool)) return;
  const problem = `expected-status cannot be combined with ${quote(workload.tool)}, whose output has no statuses`;
  throw new GateError(problem, `Use a tool that does (${statuses.join(", ")}), or remove it`);
}

/** A suite as the model has it. Throws a `GateError` at the key that is wrong. */
export function suiteOf(name: string, suite: WrittenSuite, source: YamlSource, checks: ConfigChecks): Suite {
  const path = ["suites", name];
  checkSuiteName(name, source.position(["suites"], name));
  try {
    const workload = workloadOf(suite, checks);
    const service = serviceOf(suite, workload.kind);
    const targets = targetsOf(suite, workload.kind);
    const {
      warmup,
      env,
      cwd,
      profile,
      shell,
      times,
      count,
      inputs,
      "time-budget": timeBudget,
      "expected-status": expected,
    } = suite;
    if (warmup !== undefined && workload.kind !== "run") throw unfit("warmup", "a `run`");
    if (count !== undefined && workload.kind === "bench") throw unfit("count", "a `run` or a `time`");
    if (count !== undefined && service !== null) throw unfit("count", "a `run` without a service");
    if (count !== undefined && workload.kind === "run" && commandText(workload.command).includes("{benchmarks}")) {
      throw new GateError(
        "count cannot be combined with {benchmarks}: it is of the whole command",
        "Remove one of them",
        {
          path: "count",
        },
      );
    }
    if (times !== undefined && workload.kind !== "bench" && !isOfTinybench(workload))
      throw unfit("times", `a \`bench\`, or a \`run\` whose tool is ${TINYBENCH_TOOLS.join(" or ")}`);
    if (expected !== undefined) placed({ path: "expected-status" }, () => checkStatuses(workload, checks.statuses));
    if (env !== undefined) checkVariables(env);
    return {
      name,
      workload,
      timeLimit: suite["time-limit"] ?? DEFAULT_TIME_LIMIT,
      ...(cwd != null && { folder: cwd }),
      ...(service !== null && { service }),
      ...(targets !== null && { targets }),
      ...(warmup !== undefined && { warmup }),
      ...(expected !== undefined && { expected }),
      ...(env !== undefined && { env }),
      ...(timeBudget !== undefined && { timeBudget }),
      ...(inputs !== undefined && { inputs }),
      ...(profile !== undefined && { profile: commandOf(profile, shell) }),
    };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const key = error.position.path;
    throw new GateError(
      error.problem,
      error.remedy,
      key === undefined ? source.position(path) : source.position([...path, key]),
    );
  }
}

/** The tools that measure by tinybench, whose times can be set from outside. */
const TINYBENCH_TOOLS: readonly string[] = ["vitest", "tinybench"];

function isOfTinybench(workload: Workload): boolean {
  return workload.kind === "run" && TINYBENCH_TOOLS.includes(workload.tool);
}

/** What a suite does, and which other keys mean something beside it. */
const KINDS = {
  run: ["tool", "output", "expected-status", "shell", "serve", "ready", "ready-limit", "targets"],
  bench: [],
  time: ["shell"],
} as const satisfies Readonly<Record<Workload["kind"], readonly (keyof WrittenSuite)[]>>;

/** Why a key means nothing beside the other kinds. */
const WITHOUT_RUN: Readonly<Record<Exclude<Workload["kind"], "run">, string>> = {
  bench: "Benchgate's own harness runs it",
  time: "the process itself is measured",
};

/** Throws with the offending key as `path`. */
function workloadOf(suite: WrittenSuite, { tools, filters }: ConfigChecks): Workload {
  const { run, bench, time, tool = "auto", output = null, shell, times, count } = suite;
  const kinds = (["run", "bench", "time"] as const).filter((key) => suite[key] !== undefined);
  const [kind, second] = kinds;
  if (kind === undefined) {
    throw new GateError(
      "The suite does nothing",
      "Add `run: …` with a command, `bench: …` with a glob, or `time: …` with a command",
    );
  }
  if (second !== undefined) {
    throw new GateError(`A suite has either ${kind} or ${second}, not both`, "Make two suites of it", { path: second });
  }
  const known: readonly string[] = KINDS[kind];
  const needless = KINDS.run.find((key) => suite[key] !== undefined && !known.includes(key));
  if (needless !== undefined && kind !== "run") {
    throw new GateError(`${needless} cannot be combined with ${kind}: ${WITHOUT_RUN[kind]}`, "Remove it", {
      path: needless,
    });
  }
  if (bench !== undefined) return { kind: "bench", patterns: bench, ...(times === "keep" && { times }) };
  const command = (run ?? time)!;
  if (shell !== undefined && "argv" in command) {
    throw new GateError(
      `shell cannot be combined with a ${kind} that is a list`,
      `Remove it, or write ${kind} on one line`,
      { path: "shell" },
    );
  }
  if (time !== undefined)
    return { kind: "time", command: commandOf(time, shell), ...(count !== undefined && { count }) };
  placed({ path: "tool" }, () => checkTool(tool, tools));
  checkFilter("line" in command ? command.line : command.argv.join(" "), tool, filters);
  return {
    kind: "run",
    command: commandOf(command, shell),
    tool,
    output,
    ...(count !== undefined && { count }),
    ...(times === "auto" && { times }),
  };
}

/** Names that Benchgate itself gives a value. */
const OURS = /^(?:PORT(?:_\d+)?|BENCHGATE_.*)$/;

function checkVariables(env: Readonly<Record<string, string>>): void {
  const ours = Object.keys(env).find((name) => OURS.test(name) || !ENV_NAME.test(name));
  if (ours === undefined) return;
  const problem = ENV_NAME.test(ours) ? `${ours} is given by Benchgate itself` : `${quote(ours)} cannot be a variable`;
  throw new GateError(problem, "Choose another name", { path: "env" });
}
