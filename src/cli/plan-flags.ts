import { ADAPTERS } from "../adapters/index.ts";
import { type ConfigFile, parseConfig } from "../config/config.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { planFromFlags } from "../config/plan.ts";
import type { Flags, FlagTypes } from "../io/argv.ts";
import type { CompareMode, Plan } from "../model/plan.ts";
import type { Files } from "../ports/index.ts";

/** The flags that say what to measure and how to judge it; `run` and `record` share them. */
export const PLAN_FLAGS: FlagTypes = {
  config: "value",
  run: "value",
  bench: "list",
  tool: "value",
  setup: "value",
  suite: "list",
  threshold: "list",
  rounds: "value",
  "time-budget": "value",
  "on-inconclusive": "value",
};

/** What a configuration is checked against: the words that `tool` may be, and those of tools that can be told what to run. */
export const CHECKS = {
  tools: ADAPTERS.map(({ name }) => name),
  filters: ADAPTERS.filter(({ filter }) => filter !== undefined).map(({ name }) => name),
};

/** The plan that flags and benchgate.yml describe together. */
export async function planOf(flags: Flags, files: Files, compare: CompareMode | null): Promise<Plan> {
  const config = await readConfig(files, flags.value("config"));
  const text = (name: string) => flags.value(name) ?? undefined;
  return planFromFlags(
    {
      run: text("run"),
      bench: flags.list("bench"),
      tool: text("tool"),
      setup: text("setup"),
      suite: flags.list("suite"),
      threshold: flags.list("threshold"),
      rounds: text("rounds"),
      "time-budget": text("time-budget"),
      "on-inconclusive": text("on-inconclusive"),
    },
    config,
    compare,
    CHECKS,
  );
}

/** benchgate.yml, or the file that was named, which must then be there. */
export async function readConfig(files: Files, named: string | null): Promise<ConfigFile | null> {
  const file = named ?? DEFAULT_CONFIG_FILE;
  const text = named === null ? await files.readTextIfAny(file) : await files.readText(file);
  return text === null ? null : parseConfig(text, file, CHECKS);
}
