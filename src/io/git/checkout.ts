import { homedir } from "node:os";
import { join } from "node:path";
import { readSmall } from "../regular-file.ts";
import { type GitCommand, gitCommand, type RunGit } from "./command.ts";
import { readingEnvironment } from "./environment.ts";
import { DUBIOUS, gitError } from "./errors.ts";

/** A setting of git, and whose it is: the checkout's own (`local`, `worktree`), or the user's (`system`, `global`, `command`). */
export interface ScopedSetting {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

/** Where the remote is, with everything applied that rewrites addresses. */
export interface Address {
  readonly url: string;
  /** Whether the user's settings send a header of their own to it. */
  readonly header: boolean;
}

/** All that is ever read of a checkout's own settings. What is written into them later does not count. */
export interface Checkout {
  /** The root of the working tree; null where there is none. */
  readonly root: string | null;
  /** Where the folder lies below the root: "" at the root. */
  readonly prefix: string;
  /** git's own folder for this working tree, and the one that all working trees share. Absolute. */
  readonly gitDir: string;
  readonly commonDir: string;
  readonly objectFormat: string;
  readonly settings: readonly ScopedSetting[];
  /** Null where there is no remote `origin`. */
  readonly origin: { readonly fetch: Address; readonly push: Address } | null;
  /** Attributes and ignored files that are not in the tree. */
  readonly attributes: OutsideFile;
  readonly ignored: OutsideFile;
}

/** The texts of a kind of file that git reads outside the tree: the user's, and the checkout's own. */
interface OutsideFile {
  readonly user: string;
  readonly own: string;
}

/**
 * Reads the settings of the checkout around `cwd`, included files as well (actions/checkout keeps its credentials in one that is bound
 * to the checkout's folder). Nothing that git is asked for here starts a program. Null outside a repository; throws `GateError` where
 * git or the repository is unusable.
 */
export async function readCheckout(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  run: RunGit,
): Promise<Checkout | null> {
  const git = gitCommand({ cwd, env: readingEnvironment(env), run, timeLimit: 60 });
  const found = await git.ended(["rev-parse", "--path-format=absolute", "--git-dir"]);
  if (found.code === null || DUBIOUS.test(found.stderr)) throw gitError(["rev-parse"], found);
  if (found.code !== 0) return null;
  const [root, prefix, commonDir, objectFormat, settings] = await Promise.all([
    optional(git, ["rev-parse", "--show-toplevel"]),
    optional(git, ["rev-parse", "--show-prefix"]),
    line(git, ["rev-parse", "--path-format=absolute", "--git-common-dir"]),
    line(git, ["rev-parse", "--show-object-format"]),
    readSettings(git),
  ]);
  const files = filesOf(git, env, commonDir);
  return {
    root,
    prefix: (prefix ?? "").replace(/\/$/, ""),
    gitDir: lineOf(found.stdout),
    commonDir,
    objectFormat,
    settings,
    origin: settings.some(({ key }) => key === "remote.origin.url") ? await readOrigin(git) : null,
    attributes: await files("attributes", "core.attributesFile"),
    ignored: await files("exclude", "core.excludesFile", "ignore"),
  };
}

async function readSettings(git: GitCommand): Promise<readonly ScopedSetting[]> {
  const output = await git.output(["config", "--list", "--includes", "--show-scope", "-z"]);
  const fields = output.toString("utf8").split("\0");
  const settings: ScopedSetting[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [key = "", ...value] = (fields[at + 1] ?? "").split("\n");
    // A key without a value means true; as an environment variable it has to say so.
    settings.push({ scope: fields[at] ?? "", key, value: value.length === 0 ? "true" : value.join("\n") });
  }
  return settings;
}

async function readOrigin(git: GitCommand): Promise<Checkout["origin"]> {
  const address = async (args: readonly string[]): Promise<Address> => {
    // Several push addresses are mirrors of each other: a compare-and-swap has one place.
    const url = (await line(git, ["remote", "get-url", ...args, "origin"])).split("\n")[0] ?? "";
    if (!/^https?:\/\//i.test(url)) return { url, header: false };
    const header = await optional(git, ["config", "--get-urlmatch", "http.extraheader", url]);
    return { url, header: header !== null && header.trim() !== "" };
  };
  const [fetch, push] = await Promise.all([address([]), address(["--push"])]);
  return { fetch, push };
}

/** Reads what git would of a kind of file outside the tree. */
function filesOf(git: GitCommand, env: Readonly<Record<string, string | undefined>>, commonDir: string) {
  return async (name: string, key: string, usual = name): Promise<OutsideFile> => {
    const named = await optional(git, ["config", "--type=path", "--get", key]);
    const home = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config");
    const paths = [named || join(home, "git", usual), join(commonDir, "info", name)];
    const [user, own] = await Promise.all(paths.map(readSmall));
    return { user: user ?? "", own: own ?? "" };
  };
}

async function line(git: GitCommand, args: readonly string[]): Promise<string> {
  return lineOf(await git.output(args));
}

/** Null where git has no answer. */
async function optional(git: GitCommand, args: readonly string[]): Promise<string | null> {
  const result = await git.attempt(args);
  return result.code === 0 ? lineOf(result.stdout) : null;
}

/** Without the end of the line alone: a path may end in spaces. */
function lineOf(output: Buffer): string {
  return output.toString("utf8").replace(/\r?\n$/, "");
}
