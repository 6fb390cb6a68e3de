import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { GateError } from "../model/error.ts";
import type { Git } from "../ports.ts";
import { type GitCommand, gitCommand, gitEnvironment, type RunGit, runGit } from "./git-command.ts";
import { createMirror } from "./git-mirror.ts";
import { blobs, contents, pick } from "./git-objects.ts";
import { tokenSettings } from "./git-settings.ts";

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

  /** Brings a commit with its files into the user's repository; as deep as that repository is. */
  async function ensure(sha: string): Promise<void> {
    if (await present(work, sha)) return;
    const depth = (await shallow(work)) ? ["--depth=1"] : [];
    const network = gitCommand(cwd, gitEnvironment(env, await tokenSettings(work, token, serverUrl)), run);
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

    async prefix() {
      return (await work.text(["rev-parse", "--show-prefix"])).replace(/\/$/, "");
    },

    async revision(ref) {
      if (ref === "" || ref.startsWith("-")) return null;
      if (FULL_SHA.test(ref)) await ensure(ref).catch(unlessGateError);
      for (const name of [ref, `refs/remotes/origin/${ref}`]) {
        const sha = await resolved(name);
        if (sha === null) continue;
        const [seconds] = (await work.text(["rev-list", "--max-count=1", "--timestamp", sha])).split(" ");
        const committedAt = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
        const full = await work.attempt(["rev-parse", "--symbolic-full-name", name]);
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
      await work.output(["worktree", "add", "--quiet", "--detach", "--force", target, sha]);
      return async () => {
        const removed = await work.attempt(["worktree", "remove", "--force", "--force", target]);
        if (removed.code === 0) return;
        // Somebody has already deleted or damaged the folder: only git's note of it is left.
        await rm(target, { recursive: true, force: true });
        await work.output(["worktree", "prune"]);
      };
    },
  };
}

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
