import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Acceptance, Budget, Command, CompareMode, Plan, Shell, Suite, Workload } from "../model/plan.ts";
import { budgetsOfFile } from "./budgets.ts";
import { DEFAULT_SUITE, DEFAULT_TIME_LIMIT } from "./defaults.ts";
import { firstError, unknownKey } from "./issues.ts";
import { METRICS } from "./metrics.ts";
import { checkAcceptance, checkMatch, checkSuiteName } from "./patterns.ts";
import { quote } from "./scalars.ts";
import { configSchema, type WrittenCommand, type WrittenConfig, type WrittenSuite } from "./schema.ts";
import { readYaml, type YamlSource } from "./source.ts";

/** A benchgate.yml that is sound; null where it leaves something to inputs, flags or defaults. */
export interface ConfigFile {
  readonly file: string;
  readonly setup: Command | null;
  readonly suites: readonly Suite[];
  /** The user's alone; `budgetsOf` adds the defaults. */
  readonly budgets: readonly Budget[];
  readonly accept: readonly Acceptance[];
  readonly compare: CompareMode | null;
  readonly rounds: number | null;
  readonly timeBudget: number | null;
  readonly onInconclusive: Plan["onInconclusive"] | null;
}

/** What else a configuration is checked against. */
export interface ConfigChecks {
  /** The words that `tool` may be, besides `auto`; absent: any. */
  readonly tools?: readonly string[];
}

/**
 * Reads benchgate.yml. Throws the first `GateError` of the file, with line, column and key path: nothing runs before the
 * configuration is sound. An empty text is a configuration that leaves everything open.
 */
export function parseConfig(text: string, file: string, { tools }: ConfigChecks = {}): ConfigFile {
  const source = readYaml(text, file);
  refuseMisspeltMetrics(source);
  const parsed = configSchema.safeParse(source.value);
  if (!parsed.success) throw firstError(parsed.error.issues, source);
  const written = parsed.data;
  const suites = Object.entries(written.suites ?? {}).map(([name, suite]) => suiteOf(name, suite, source, tools));
  const names = suites.length > 0 ? suites.map(({ name }) => name) : [DEFAULT_SUITE];
  for (const [i, { match }] of (written.budgets ?? []).entries()) {
    checkMatch(match, names, source.position(["budgets", i, "match"]));
  }
  return {
    file,
    setup: written.setup === undefined ? null : commandOf(written.setup),
    suites,
    budgets: budgetsOfFile(written.budgets ?? [], source),
    accept: (written.accept ?? []).map((entry, i) => acceptanceOf(entry, i, names, source)),
    compare: written.compare ?? null,
    rounds: written.rounds ?? null,
    timeBudget: written["time-budget"] ?? null,
    onInconclusive: written["on-inconclusive"] ?? null,
  };
}

/** A command as the model has it: a line is for `shell`. */
function commandOf(written: WrittenCommand, shell: Shell = "sh"): Command {
  if ("line" in written) return { kind: "shell", line: written.line, shell };
  const [program, ...rest] = written.argv;
  return { kind: "argv", argv: [program!, ...rest] };
}

/** Refuses a `tool` that nobody has an adapter for, before anything is run. */
export function checkTool(tool: string, tools: readonly string[] | undefined): void {
  if (tools === undefined || tool === "auto" || tools.includes(tool)) return;
  const near = nearest(tool, ["auto", ...tools]);
  const remedy = near === null ? `Known: auto, ${tools.join(", ")}` : `Did you mean ${quote(near)}?`;
  throw new GateError(`Benchgate does not read ${quote(tool)}`, remedy);
}

function suiteOf(name: string, suite: WrittenSuite, source: YamlSource, tools: readonly string[] | undefined): Suite {
  const path = ["suites", name];
  checkSuiteName(name, source.position(["suites"], name));
  try {
    return { name, workload: workloadOf(suite, tools), timeLimit: suite["time-limit"] ?? DEFAULT_TIME_LIMIT };
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

/** Throws with the offending key as `path`. */
function workloadOf(suite: WrittenSuite, tools: readonly string[] | undefined): Workload {
  const { run, bench, tool = "auto", output = null, shell } = suite;
  if (run !== undefined && bench !== undefined) {
    throw new GateError("A suite has either run or bench, not both", "Make two suites of it", { path: "bench" });
  }
  if (bench !== undefined) {
    const needless = (["tool", "output", "shell"] as const).find((key) => suite[key] !== undefined);
    if (needless === undefined) return { kind: "bench", patterns: bench };
    throw new GateError(`${needless} means nothing beside bench: Benchgate's own harness runs it`, "Remove it", {
      path: needless,
    });
  }
  if (run === undefined)
    throw new GateError("The suite does nothing", "Add `run: …` with a command, or `bench: …` with a glob");
  if (shell !== undefined && "argv" in run) {
    throw new GateError("shell means nothing beside a run that is a list", "Remove it, or write run on one line", {
      path: "shell",
    });
  }
  try {
    checkTool(tool, tools);
  } catch (error) {
    throw error instanceof GateError ? new GateError(error.problem, error.remedy, { path: "tool" }) : error;
  }
  return { kind: "run", command: commandOf(run, shell), tool, output };
}

function acceptanceOf(
  entry: NonNullable<WrittenConfig["accept"]>[number],
  index: number,
  suites: readonly string[],
  source: YamlSource,
): Acceptance {
  checkAcceptance(entry.match, suites, source.position(["accept", index, "match"]));
  return { match: entry.match, upTo: entry["up-to"], reason: entry.reason, until: entry.until ?? null };
}

/** Budgets may name any tool's metric, so the schema takes every key; one that nearly is a known metric is a typing error. */
function refuseMisspeltMetrics(source: YamlSource): void {
  const budgets: unknown = (source.value as { budgets?: unknown } | null)?.budgets;
  if (!Array.isArray(budgets)) return;
  for (const [index, entry] of (budgets as readonly unknown[]).entries()) {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) continue;
    for (const key of Object.keys(entry)) {
      if (key === "match" || Object.hasOwn(METRICS, key)) continue;
      const error = unknownKey(key, ["budgets", index], source);
      if (error !== null) throw error;
    }
  }
}
