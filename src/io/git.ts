import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { GateError } from "../model/error.ts";
import type { Git } from "../ports/index.ts";
import { type GitCommand, gitCommand, gitEnvironment, type RunGit, runGit } from "./git-command.ts";
import { gapsOf, hasPointers, submodules } from "./git-gaps.ts";
import { createMirror } from "./git-mirror.ts";
import { blobs, contents, pick } from "./git-objects.ts";
import { overlay } from "./git-overlay.ts";
import { tokenSettings } from "./git-settings.ts";
import { addWorktree } from "./git-worktree.ts";

/** How a repository is reached. */
export interface GitOptions {
  /** Any folder inside the checkout. */
  readonly cwd: string;
  /** The environment git inherits; `process.env` where absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sent to `serverUrl` alone, and only where the checkout has no credentials of its own. Never an argument of a process. */
  readonly token?: string;
  /** `https://github.com` where absent. */
  readonly serverUrl?: string;
  /** Makes an empty folder for the private mirror; where absent, one under the system's temporary folder that goes with the process. */
  readonly temporaryFolder?: () => Promise<string>;
  readonly run?: RunGit;
}

/**
 * The repository around `cwd`, by the `git` on PATH (2.31 or newer).
 *
 * Never touches the user's branches, index, working tree, configuration or hooks, and never turns a full clone shallow: what it
 * adds is objects, and a worktree while one is in use. Every failure is a `GateError` whose remedy fits what git said.
 */
export function createGit(options: GitOptions): Git {
  const { cwd, env = process.env, token = "", serverUrl = "https://github.com", run = runGit } = options;
  const work = gitCommand(cwd, gitEnvironment(env), run);
  const mirror = createMirror({ work, cwd, env, run, token, serverUrl, temporaryFolder: options.temporaryFolder });

  async function root(): Promise<string | null> {
    const result = await work.attempt(["rev-parse", "--show-toplevel"]);
    return result.code === 0 ? result.stdout.toString("utf8").replace(/\r?\n$/, "") : null;
  }

  async function resolved(name: string): Promise<string | null> {
    const result = await work.attempt(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    return result.code === 0 ? result.stdout.toString("utf8").trim() : null;
  }

  /** git with the credentials that the remote may ask for. */
  async function networkGit(added: Readonly<Record<string, string>> = {}): Promise<GitCommand> {
    const settings = await tokenSettings(work, token, serverUrl);
    return gitCommand(cwd, { ...gitEnvironment(env, settings), ...added }, run);
  }

  /** The commit of a branch or tag that only the remote knows, in a clone that is too shallow to hold it; null where it has none. */
  async function remoteTip(ref: string): Promise<string | null> {
    const names = [`refs/heads/${ref.replace(/^origin\//, "")}`, `refs/tags/${ref}^{}`, `refs/tags/${ref}`];
    const listing = await (await networkGit()).attempt(["ls-remote", "--quiet", "origin", ...names]);
    const rows = listing.stdout.toString("utf8").split("\n").filter(Boolean);
    const tips = new Map(rows.map((row) => row.split("\t").reverse() as [string, string]));
    return names.map((name) => tips.get(name)).find((tip) => tip !== undefined) ?? null;
  }

  /** The commit that the remote has under a name which a shallow clone lacks, once it is here; else null. */
  async function fetched(ref: string): Promise<string | null> {
    if (!PLAIN.test(ref) || FULL_SHA.test(ref) || (await root()) === null || !(await shallow(work))) return null;
    try {
      const tip = await remoteTip(ref);
      if (tip !== null) await ensure(tip);
      return tip;
    } catch (error) {
      return unlessGateError(error);
    }
  }

  /** The submodules that this tree has, in a worktree of another commit as well: a tree without them seldom builds. */
  async function bringSubmodules(network: GitCommand, here: string, target: string): Promise<void> {
    const used = (await submodules(work, here)).filter((path) => existsSync(join(here, path, ".git")));
    if (used.length === 0) return;
    const both = (await submodules(work, target)).filter((path) => used.includes(path));
    if (both.length === 0) return;
    // Where that fails, `lacking` tells of it: not every build needs every submodule.
    await network.attempt(["-C", target, "submodule", "--quiet", "update", "--init", "--recursive", "--", ...both]);
  }

  /** Brings a commit with its files into the user's repository; as deep as that repository is. */
  async function ensure(sha: string): Promise<void> {
    if (await present(work, sha)) return;
    const depth = (await shallow(work)) ? ["--depth=1"] : [];
    const network = await networkGit();
    const args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--refmap="];
    const result = await network.attempt([...args, "--no-auto-maintenance", ...depth, "origin", sha]);
    if (result.code === 0 && (await present(work, sha))) return;
    throw new GateError(
      `commit ${sha} is neither here nor to be had from remote origin`,
      "Check the revision; in a workflow give actions/checkout `fetch-depth: 0`",
    );
  }

  return {
    root,

    async privatePath(name) {
      return resolve(cwd, await work.text(["rev-parse", "--git-path", name]));
    },

    async prefix() {
      return (await work.text(["rev-parse", "--show-prefix"])).replace(/\/$/, "");
    },

    async origin() {
      const result = await work.attempt(["config", "--get", "remote.origin.url"]);
      const address = result.code === 0 ? result.stdout.toString("utf8").trim() : "";
      return address === "" ? null : address;
    },

    async revision(ref) {
      if (ref === "" || ref.startsWith("-")) return null;
      if (FULL_SHA.test(ref)) await ensure(ref).catch(unlessGateError);
      for (const name of [ref, `refs/remotes/origin/${ref}`, null]) {
        const sha = name === null ? await fetched(ref) : await resolved(name);
        if (sha === null) continue;
        const [seconds] = (await work.text(["rev-list", "--max-count=1", "--timestamp", sha])).split(" ");
        const committedAt = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
        const full = await work.attempt(["rev-parse", "--symbolic-full-name", name ?? sha]);
        const fullName = full.stdout.toString("utf8").trim();
        return { sha, ref: fullName.startsWith("refs/") ? fullName : "", committedAt };
      }
      return null;
    },

    async ancestors(sha, limit) {
      if (!(await shallow(work))) {
        await ensure(sha);
        return revList(work, sha, limit);
      }
      const local = (await present(work, sha)) ? await revList(work, sha, limit) : [];
      if (local.length >= limit) return local;
      // The remote knows the commits behind the shallow boundary; one that was never pushed is only known here.
      const remote = (await mirror.ancestors(sha, limit).catch(unlessGateError)) ?? [];
      const longer = remote.length > local.length ? remote : local;
      if (longer.length === 0) await ensure(sha);
      return longer;
    },

    async show(sha, path) {
      await ensure(sha);
      const row = await work.text(["ls-tree", "-z", "--full-tree", sha, "--", path]);
      const [, type, oid] = row.split("\t")[0]?.split(" ") ?? [];
      return type === "blob" && oid !== undefined ? ((await contents(work, [oid]))[0] ?? null) : null;
    },

    fetchTip: mirror.fetchTip,

    async list(commit) {
      return mirror.holds(commit) ? mirror.list(commit) : [...(await blobs(work, commit)).keys()];
    },

    async read(commit, paths) {
      if (mirror.holds(commit)) return mirror.read(commit, paths);
      return contents(work, pick(await blobs(work, commit), commit, paths));
    },

    append: mirror.append,

    async worktree(sha, folder) {
      await ensure(sha);
      const target = resolve(cwd, folder);
      const here = await root();
      // Where this tree has pointers for LFS files, so has the other: both sides are to be alike.
      const pointers = here !== null && (await hasPointers(work, here));
      const network = await networkGit(pointers ? { GIT_LFS_SKIP_SMUDGE: "1" } : {});
      const remove = await addWorktree(work, network, sha, target);
      try {
        if (here !== null) await bringSubmodules(network, here, target);
        return remove;
      } catch (error) {
        await remove();
        throw error;
      }
    },

    async lacking(folder) {
      const here = await root();
      if (here === null) return [];
      const [there, own] = await Promise.all([gapsOf(work, resolve(cwd, folder)), gapsOf(work, here)]);
      return [...there].filter((path) => !own.has(path)).sort();
    },

    overlay: (from, to, paths) => overlay(work, from, to, paths),
  };
}

/** A name that a branch or a tag may have: no `HEAD~1`, no `main@{1}`. */
const PLAIN = /^(?!HEAD$)[^\s~^:?*[\\@{}]+$/;

const FULL_SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whether a commit is in the user's repository. Asked before anything else is done with a name from outside. */
async function present(git: GitCommand, sha: string): Promise<boolean> {
  if (sha.startsWith("-")) throw new GateError(`${JSON.stringify(sha)} is no revision`, "Give a commit hash");
  return (await git.attempt(["rev-parse", "--verify", "--quiet", `${sha}^{commit}`])).code === 0;
}

async function shallow(git: GitCommand): Promise<boolean> {
  return (await git.text(["rev-parse", "--is-shallow-repository"])) === "true";
}

async function revList(git: GitCommand, sha: string, limit: number): Promise<readonly string[]> {
  return (await git.text(["rev-list", `--max-count=${limit}`, sha])).split("\n");
}

function unlessGateError(error: unknown): null {
  if (error instanceof GateError) return null;
  throw error;
}
