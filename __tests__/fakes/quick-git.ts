import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Settings that leave out what a repository of an hour never needs. */
const SHORT_LIVED = { "gc.auto": "0", "maintenance.auto": "false", "receive.autogc": "false", "core.fsync": "none" };

/** The environment in which git has these settings, whatever its configuration says, and gives a new repository no samples of hooks. */
export const QUICK: Readonly<Record<string, string>> = Object.fromEntries([
  ["GIT_TEMPLATE_DIR", ""],
  ["GIT_CONFIG_COUNT", `${Object.keys(SHORT_LIVED).length}`],
  ...Object.entries(SHORT_LIVED).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]),
]);

/** The commit that a branch in the working tree's own repository is at, without a process; undefined where HEAD is no such branch. */
export function headOf(repository: string): string | undefined {
  const of = (path: string): string | undefined => {
    const file = join(repository, ".git", path);
    return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  };
  const branch = /^ref: (.+)$/.exec(of("HEAD") ?? "")?.[1];
  return branch === undefined ? undefined : of(branch);
}
