import { tmpdir } from "node:os";
import { resolve, sep } from "node:path";
import { GateError } from "../../model/error.ts";
import type { Clock, Git } from "../../ports/index.ts";
import { createClock } from "../clock.ts";
import { makeTemporaryFolder } from "../temporary-folders.ts";
import { type GitCommand, type RunGit, runGit } from "./command.ts";
import { onDisk, unlessGateError } from "./errors.ts";
import { pathsIn } from "./folders.ts";
import { gapsOf } from "./gaps.ts";
import { changesOf, instantOf, lineBetween, namesIn, revList, tagsBehind } from "./history.ts";
import { createMirror } from "./mirror.ts";
import { bringObject, complete, ensure, FULL_SHA, fetchedName, present, shallow } from "./missing.ts";
import { contents, entriesAt, pick } from "./objects.ts";
import { overlay } from "./overlay.ts";
import { createPatience } from "./patience.ts";
import { type Opening, openRepository, type Repository } from "./repository.ts";
import { createTree } from "./tree.ts";
import { removeOrphans } from "./worktree.ts";

/** A git that has not ended after so many seconds is looked after. */
const SLOW = 5;

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
  /** Seconds after which a git that has not ended is looked after; five where absent. */
  readonly slowAfter?: number;
  /** Time and waiting; for tests. */
  readonly clock?: Pick<Clock, "monotonic" | "sleep">;
}

/** The port to git, with a moment to keep. */
export interface PreparedGit extends Git {
  /** Resolves once the settings of the checkout have been read, or there is none. Nothing of the repository may run before. */
  prepared(): Promise<void>;
}

/**
 * The repository around `cwd`, by the `git` on PATH (2.32 or newer).
 *
 * Never touches the user's branches, index, working tree, configuration or hooks, and never turns a full clone shallow: what it
 * adds is objects, and a worktree while one is in use. The checkout's settings are read once, when it is first asked for anything; what is
 * written into them later has no effect. Every failure is a `GateError` whose remedy fits what git said.
 */
export function createGit(options: GitOptions): PreparedGit {
  const { cwd, env = process.env, token = "", serverUrl = "https://github.com", run = runGit } = options;
  const { temporaryFolder = () => makeTemporaryFolder(tmpdir()), clock = createClock() } = options;
  const patience = createPatience(clock, Math.random);
  let temporary: Promise<string> | undefined;
  const folder = (): Promise<string> => {
    temporary ??= temporaryFolder();
    return temporary;
  };
  const { slowAfter = SLOW } = options;
  const opening: Opening = { cwd, env, token, serverUrl, run, patience, slowAfter, temporaryFolder: folder };
  const mirror = createMirror({ ...opening, repository });
  const trees = new Map<string, GitCommand>();
  let opened: Promise<Repository | null> | undefined;

  async function open(): Promise<Repository | null> {
    const found = await onDisk(() => openRepository(opening));
    if (found !== null) for (const each of [found, ...found.submodules.values()]) await removeOrphans(each);
    return found;
  }

  /** A failure to open is not remembered: the user may have mended it. */
  function maybe(): Promise<Repository | null> {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  async function repository(): Promise<Repository> {
    const found = await maybe();
    if (found !== null) return found;
    throw new GateError(
      "this folder is not inside a git repository",
      "Run Benchgate inside a checkout (actions/checkout in a workflow)",
    );
  }

  async function resolved(git: GitCommand, name: string): Promise<string | null> {
    const result = await git.attempt(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    return result.code === 0 ? result.stdout.toString("utf8").trim() : null;
  }

  /** git in the working tree that lies in `folder`: that of the checkout, or one that was made of it. */
  async function inTree(folder: string): Promise<GitCommand> {
    const found = await repository();
    const { root, gitDir } = found.checkout;
    const target = resolve(cwd, folder);
    for (const [made, git] of trees) if (target === made || target.startsWith(made + sep)) return git;
    return root === null ? found.local : found.inTree({ root, gitDir });
  }

  return {
    prepared: async () => {
      await maybe().catch(unlessGateError);
    },

    root: async () => (await maybe())?.checkout.root ?? null,

    privatePath: async (name) => resolve((await repository()).checkout.gitDir, name),

    prefix: async () => (await repository()).checkout.prefix,

    async origin() {
      const settings = (await maybe())?.checkout.settings;
      return settings?.findLast(({ key }) => key === "remote.origin.url")?.value || null;
    },

    async revision(ref) {
      if (ref === "" || ref.startsWith("-")) return null;
      const found = await maybe();
      if (found === null) return null;
      const { local } = found;
      if (FULL_SHA.test(ref)) await ensure(found, ref).catch(unlessGateError);
      for (const name of [ref, `refs/remotes/origin/${ref}`, null]) {
        const sha = name === null ? await fetchedName(found, ref) : await resolved(local, name);
        if (sha === null) continue;
        const [seconds] = (await local.text(["rev-list", "--max-count=1", "--timestamp", sha])).split(" ");
        const committedAt = instantOf(Number(seconds));
        const full = await local.attempt(["rev-parse", "--symbolic-full-name", name ?? sha]);
        const fullName = full.stdout.toString("utf8").trim();
        return { sha, ref: fullName.startsWith("refs/") ? fullName : "", committedAt };
      }
      return null;
    },

    async tree(ref) {
      const found = await maybe();
      const result = await found?.local.attempt(["rev-parse", "--verify", "--quiet", `${ref}^{tree}`]);
      return result?.code === 0 ? result.stdout.toString("utf8").trim() : null;
    },

    async names() {
      const { local } = await repository();
      return { names: await namesIn(local), shallow: await shallow(local) };
    },

    tags: async (sha) => tagsBehind((await repository()).local, sha),

    async ancestors(sha, limit) {
      const found = await repository();
      const { local } = found;
      if (!(await shallow(local))) {
        await ensure(found, sha);
        return revList(local, sha, limit);
      }
      const known = (await present(local, sha)) ? await revList(local, sha, limit) : [];
      if (known.length >= limit) return known;
      // The remote knows the commits behind the shallow boundary; one that was never pushed is only known here.
      const remote = (await mirror.ancestors(sha, limit).catch(unlessGateError)) ?? [];
      const longer = remote.length > known.length ? remote : known;
      if (longer.length === 0) await ensure(found, sha);
      return longer;
    },

    changes: async (to, path, limit) => changesOf((await repository()).local, to, path, limit),

    line: async (from, to) => lineBetween((await repository()).local, from, to),

    async show(sha, path) {
      const found = await repository();
      await ensure(found, sha);
      await complete(found, sha, false);
      const row = await found.local.text(["ls-tree", "-z", "--full-tree", sha, "--", path]);
      const [, type, oid] = row.split("\t")[0]?.split(" ") ?? [];
      if (type !== "blob" || oid === undefined) return null;
      await bringObject(found, oid);
      const [text] = await contents(found.local, [oid]);
      if (typeof text === "string") return text;
      throw new GateError(`${path} at ${sha} cannot be read: ${text?.unreadable}`, "Run `git fsck`", {}, "measure");
    },

    fetchTip: mirror.fetchTip,

    async list(commit, folders) {
      if (mirror.holds(commit)) return mirror.list(commit, folders);
      const { local } = await repository();
      if (folders === undefined) return [...(await entriesAt(local, commit)).keys()];
      return pathsIn(local, commit, folders);
    },

    async read(commit, paths) {
      if (mirror.holds(commit)) return mirror.read(commit, paths);
      const { local } = await repository();
      return contents(local, pick(await entriesAt(local, commit), commit, paths));
    },

    append: mirror.append,

    move: mirror.move,

    without: mirror.without,

    async worktree(sha, folder) {
      const found = await repository();
      const commit = (await resolved(found.local, sha)) ?? sha;
      const { tree, remove } = await onDisk(() => createTree(found, commit, resolve(cwd, folder)));
      trees.set(tree.root, found.inTree(tree));
      return async () => {
        trees.delete(tree.root);
        await remove();
      };
    },

    async lacking(folder) {
      const here = (await maybe())?.checkout.root ?? null;
      if (here === null) return [];
      const target = resolve(cwd, folder);
      const [there, own] = await Promise.all([gapsOf(await inTree(target), target), gapsOf(await inTree(here), here)]);
      return [...there].filter((path) => !own.has(path)).sort();
    },

    overlay: (from, to, paths) =>
      onDisk(async () => overlay({ from: await inTree(from), to: await inTree(to) }, from, to, paths)),
  };
}
