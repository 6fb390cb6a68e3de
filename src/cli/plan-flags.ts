import { ADAPTERS } from "../adapters/index.ts";
import { type ConfigFile, parseConfig } from "../config/config.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { planFromFlags } from "../config/plan.ts";
import { SETTINGS } from "../config/settings.ts";
import type { CompareMode, Plan } from "../model/plan.ts";
import { type FlagTable, TEXTS, type Values } from "../model/setting.ts";
import type { Files } from "../ports/index.ts";

/** The flags that say what to measure and how to judge it; `run` and `record` share them. */
export const PLAN_FLAGS = {
  ...SETTINGS,
  suite: {
    type: TEXTS,
    value: "NAME",
    about: "A suite of the configuration to measure. Without it, all are measured.",
  },
} as const satisfies FlagTable;

/** What a configuration is checked against: the words that `tool` may be, and those of tools that can be told what to run. */
export const CHECKS = {
  tools: ADAPTERS.map(({ name }) => name),
  filters: ADAPTERS.filter(({ filter }) => filter !== undefined).map(({ name }) => name),
};

/** The plan that flags and benchgate.yml describe together. */
export async function planOf(
  given: Values<typeof PLAN_FLAGS>,
  files: Files,
  compare: CompareMode | null,
): Promise<Plan> {
  return planFromFlags(given, await readConfig(files, given.config), compare, CHECKS);
}

/** benchgate.yml, or the file that was named, which must then be there. */
export async function readConfig(files: Files, named: string | null): Promise<ConfigFile | null> {
  const file = named ?? DEFAULT_CONFIG_FILE;
  const text = named === null ? await files.readTextIfAny(file) : await files.readText(file);
  return text === null ? null : parseConfig(text, file, CHECKS);
}
