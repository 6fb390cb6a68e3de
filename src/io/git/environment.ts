import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** One git setting as it is handed over in the environment, where no other user of the machine reads it. */
export type GitSetting = readonly [key: string, value: string];

type Environment = Readonly<Record<string, string | undefined>>;

/** Set in hooks and aliases, where they would point git away from the folder it is started in. */
const MISLEADING = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
];

/** What git reads its settings from. */
const SETTINGS = /^GIT_CONFIG(?:_|$)/;

/** The variables of git that start nothing and lead nowhere. */
const HARMLESS = /^GIT_(?:EXEC_PATH|(?:PROXY_)?SSL_.*|HTTP_.*|CURL_.*|TRACE(?:_.*)?)$/;

const PROMPTLESS = {
  GIT_TERMINAL_PROMPT: "0",
  GCM_INTERACTIVE: "never",
  LC_ALL: "C",
  GIT_OPTIONAL_LOCKS: "0",
  // A commit is what its name says, whatever the checkout has put in its place (git-replace(1)).
  GIT_NO_REPLACE_OBJECTS: "1",
} as const;

/** The environment in which git reads what the user has set: `base` without what misleads it, never prompting, in English. */
export function readingEnvironment(base: Environment): Record<string, string> {
  return { ...defined(base, (name) => !MISLEADING.includes(name)), ...PROMPTLESS };
}

/** The environment of a git that may start what the user names in it (`GIT_SSH_COMMAND`, `SSH_ASKPASS`), and takes its settings from us. */
export function userEnvironment(base: Environment): Record<string, string> {
  return { ...defined(base, (name) => !MISLEADING.includes(name) && !SETTINGS.test(name)), ...PROMPTLESS };
}

/** The environment of a git that starts nothing but itself: of its variables only harmless ones are left. */
export function bareEnvironment(base: Environment): Record<string, string> {
  const kept = (name: string): boolean => (name.startsWith("GIT_") ? HARMLESS.test(name) : name !== "SSH_ASKPASS");
  return { ...defined(base, kept), ...PROMPTLESS };
}

/** `settings` as variables of an environment that has none yet. */
export function asVariables(settings: readonly GitSetting[]): Record<string, string> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  for (const [index, [key, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${index}`] = key;
    variables[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return variables;
}

/** A PATH on which the folder of the git that it names now comes first: a program that somebody puts in front of it later is not found. */
export function pinnedPath(path: string): string {
  if (process.platform === "win32") return path;
  const folder = path.split(delimiter).find((each) => each.startsWith("/") && existsSync(join(each, "git")));
  return folder === undefined ? path : `${folder}${delimiter}${path}`;
}

function defined(base: Environment, kept: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(base).filter(([name, value]) => value !== undefined && kept(name));
  return Object.fromEntries(entries) as Record<string, string>;
}
