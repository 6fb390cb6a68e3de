import type { BigIntStats } from "node:fs";
import { lstat, mkdir, mkdtemp, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GateError } from "../../model/error.ts";
import type { Checkout } from "./checkout.ts";
import type { GitSetting } from "./environment.ts";
import { formatSettings, safeFolders } from "./settings.ts";
import { waitsFor } from "./stuck.ts";

/**
 * A folder that stands for the checkout's shared one (`GIT_COMMON_DIR`): its objects, branches and working trees are those of the
 * checkout, by links; its settings, attributes and ignored files are ours.
 *
 * Note: overriding the checkout's settings one by one was rejected. Keys with a name in the middle (`filter.<name>.smudge`,
 * `url.<base>.insteadOf`, `http.<url>.proxy`) cannot be overridden without knowing the name, and lists can only grow.
 */
export interface PrivateSettings {
  readonly folder: string;
  /** What every git child is started with. */
  readonly variables: Readonly<Record<string, string>>;
  /** The attributes and the list of ignored files that were the user's and the checkout's. */
  readonly files: readonly GitSetting[];
  /** Puts back what somebody has changed. */
  restore(): Promise<void>;
}

/** What stays where it is. `logs` and `reftable` as well: git keeps its branches in one of two ways. */
const SHARED = {
  dir: ["objects", "refs", "worktrees", "logs", "reftable", "lfs"],
  file: ["HEAD", "packed-refs", "shallow"],
} as const;

/** What git opens by itself of the checkout's folders. */
const OPENED = ["HEAD", "packed-refs", "shallow", "objects/info/alternates", "objects/info/commit-graph"] as const;

/** Refuses a checkout in which git would wait for good: for whoever writes into a pipe that has the place of a file. */
async function refusePipes({ commonDir, gitDir }: Checkout): Promise<void> {
  for (const path of [...OPENED.map((name) => join(commonDir, name)), join(gitDir, "HEAD"), join(gitDir, "index")]) {
    const status = await stat(path).catch(() => null);
    if (status === null || status.isFile()) continue;
    throw waitsFor(path);
  }
}

/** Makes the folder below `parent`. */
export async function createPrivateSettings(checkout: Checkout, parent: string): Promise<PrivateSettings> {
  const folder = await mkdtemp(join(parent, "settings-"));
  await mkdir(join(folder, "info"));
  for (const [type, names] of Object.entries(SHARED)) {
    // Windows takes a junction from everybody, a link from few.
    const kind = type === "dir" ? "junction" : "file";
    for (const name of names) await symlink(join(checkout.commonDir, name), join(folder, name), kind);
  }
  const global = join(folder, "global");
  const attributes = join(folder, "attributes");
  const ignored = join(folder, "ignored");
  const restore = keeping([
    [join(folder, "config"), configText([["core.bare", "false"], ...formatSettings(checkout)])],
    [global, userConfig(checkout)],
    [attributes, checkout.attributes.user],
    [ignored, checkout.ignored.user],
    [join(folder, "info", "attributes"), checkout.attributes.own],
    [join(folder, "info", "exclude"), checkout.ignored.own],
  ]);
  await restore();
  return {
    folder,
    variables: { GIT_COMMON_DIR: folder, GIT_CONFIG_GLOBAL: global, GIT_CONFIG_NOSYSTEM: "1" },
    files: [
      ["core.attributesFile", attributes],
      ["core.excludesFile", ignored],
    ],
    restore: async () => {
      await restore();
      await refusePipes(checkout);
    },
  };
}

/** What stands for the user's own file of settings: whom git may trust, which it reads nowhere else. */
export function userConfig(checkout: Checkout): string {
  return configText(safeFolders(checkout).map((path) => ["safe.directory", path]));
}

/** The function that makes sure that files hold these texts, in files that nobody else has touched. */
export function keeping(files: readonly (readonly [path: string, text: string])[]): () => Promise<void> {
  const stamps = new Map<string, string>();
  let writes = 0;
  async function keep(path: string, text: string): Promise<void> {
    const now = await lstat(path, { bigint: true }).catch(() => null);
    // A file's `ctime` cannot be set: whoever writes to it, links it or replaces it changes the stamp.
    if (now !== null && stamps.get(path) === stampOf(now)) return;
    const fresh = `${path}.${process.pid}.${writes++}`;
    await writeFile(fresh, text, { flag: "wx" });
    await rename(fresh, path);
    stamps.set(path, stampOf(await lstat(path, { bigint: true })));
  }
  let last: Promise<void> = Promise.resolve();
  async function keepAll(): Promise<void> {
    for (const [path, text] of files) {
      await keep(path, text).catch((error: Error) => {
        const remedy = "Leave the temporary folder to Benchgate while it runs, and see that there is room in it";
        throw new GateError(`git's settings cannot be kept (${error.message})`, remedy, {}, "measure");
      });
    }
  }
  return () => {
    last = last.then(keepAll, keepAll);
    return last;
  };
}

function stampOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

/** A file of settings. Keys have no name in the middle, but for `remote.origin`. */
export function configText(settings: readonly GitSetting[]): string {
  return settings
    .map(([key, value]) => {
      const [section = "", ...rest] = key.split(".");
      const name = rest.pop() ?? "";
      return `[${section}${rest.length === 0 ? "" : ` ${quoted(rest.join("."))}`}]\n\t${name} = ${quoted(value)}\n`;
    })
    .join("");
}

function quoted(value: string): string {
  return `"${value.replaceAll(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}
