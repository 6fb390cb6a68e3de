import { type ConfigFile, parseConfig } from "./config.ts";
import { DEFAULT_CONFIG_FILE } from "./defaults.ts";
import type { ConfigChecks } from "./suite.ts";

/** What a configuration is read from. */
export interface Texts {
  readText(path: string): Promise<string>;
  /** Null where there is no such file. */
  readTextIfAny(path: string): Promise<string | null>;
}

/** benchgate.yml, or the file that was named, which must then be there. */
export async function readConfig(
  files: Texts,
  named: string | null,
  checks: ConfigChecks = {},
): Promise<ConfigFile | null> {
  const file = named ?? DEFAULT_CONFIG_FILE;
  const text = named === null ? await files.readTextIfAny(file) : await files.readText(file);
  return text === null ? null : parseConfig(text, file, checks);
}
