import { TOOL_WORDS } from "../adapters/index.ts";
import { planFromFlags } from "../config/plan.ts";
import { readConfig } from "../config/read.ts";
import { SETTINGS } from "../config/settings.ts";
import type { CompareMode, Plan } from "../model/plan.ts";
import { type FlagTable, TEXTS, type Values } from "../model/setting.ts";
import type { Files } from "../ports/index.ts";
import { named } from "./named.ts";

/** The flags that say what to measure and how to judge it; `run` and `record` share them. */
export const PLAN_FLAGS = {
  ...SETTINGS,
  suite: {
    type: TEXTS,
    value: "NAME",
    about: "A suite of the configuration to measure. Without it, all are measured.",
  },
} as const satisfies FlagTable;

/** The plan that flags and benchgate.yml describe together. */
export async function planOf(
  given: Values<typeof PLAN_FLAGS>,
  files: Files,
  compare: CompareMode | null,
): Promise<Plan> {
  return planFromFlags(given, await readConfig(named(files), given.config, TOOL_WORDS), compare, TOOL_WORDS);
}
