import type { ExplainMode } from "../model/explanation.ts";
import type { Acceptance, Budget, Command, CompareMode, Plan, Suite } from "../model/plan.ts";
import { budgetsOfFile } from "./budgets.ts";
import { commandOf } from "./command.ts";
import { DEFAULT_SUITE } from "./defaults.ts";
import { firstError, unknownKey } from "./issues.ts";
import { RULES } from "./metrics.ts";
import { checkAcceptance, checkMatch } from "./patterns.ts";
import { configSchema, type WrittenConfig } from "./schema.ts";
import { readYaml, type YamlSource } from "./source.ts";
import { type ConfigChecks, suiteOf } from "./suite.ts";

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
  readonly control: boolean | null;
  readonly skipSameCode: boolean | null;
  readonly onInconclusive: Plan["onInconclusive"] | null;
  readonly explain: ExplainMode | null;
  readonly explainBudget: number | null;
}

/**
 * Reads benchgate.yml. Throws the first `GateError` of the file, with line, column and key path: nothing runs before the
 * configuration is sound. An empty text is a configuration that leaves everything open.
 */
export function parseConfig(text: string, file: string, checks: ConfigChecks = {}): ConfigFile {
  const source = readYaml(text, file);
  refuseMisspeltMetrics(source);
  const parsed = configSchema.safeParse(source.value);
  if (!parsed.success) throw firstError(parsed.error.issues, source);
  const written = parsed.data;
  const suites = Object.entries(written.suites ?? {}).map(([name, suite]) => suiteOf(name, suite, source, checks));
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
    control: written.control ?? null,
    skipSameCode: written["skip-same-code"] ?? null,
    onInconclusive: written["on-inconclusive"] ?? null,
    explain: written.explain ?? null,
    explainBudget: written["explain-budget"] ?? null,
  };
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
      if (["match", ...RULES].includes(key)) continue;
      const error = unknownKey(key, ["budgets", index], source);
      if (error !== null) throw error;
    }
  }
}
