import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GateError } from "../model/error.ts";
import { type GitCommand, gitCommand, gitEnvironment, gitError, type RunGit } from "./git-command.ts";
import { commitFile, push } from "./git-commit.ts";
import { blobs, contents, pick } from "./git-objects.ts";
import { checkoutSettings, tokenSettings } from "./git-settings.ts";

/** Where a mirror comes from. */
export interface MirrorOptions {
  /** git in the user's checkout. */
  readonly work: GitCommand;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunGit;
  readonly token: string;
  readonly serverUrl: string;
  readonly temporaryFolder: (() => Promise<string>) | undefined;
}

/**
 * A private bare repository beside the user's, with the same `origin` and credentials.
 *
 * It holds only what is asked for: the newest commit of a branch without its files' contents, the contents of files that
 * are read, and commits without trees.
 * Note: fetching into the user's own repository was rejected. `--depth` turns a full clone shallow, `--filter` writes itself
 * into its configuration, and without either all recordings ever stored come down (500 of 150 kB: 21 MB and 0.8 s, against
 * 0.2 MB and 0.03 s).
 */
export interface Mirror {
  /** Whether `commit` came from `fetchTip`. */
  holds(commit: string): boolean;
  fetchTip(branch: string): Promise<string | null>;
  read(commit: string, paths: readonly string[]): Promise<readonly string[]>;
  list(commit: string): Promise<readonly string[]>;
  append(
    branch: string,
    tip: string | null,
    file: { path: string; text: string },
    message: string,
  ): Promise<"landed" | "moved">;
  /** As `Git.ancestors`, from the remote; null where there is no remote. */
  ancestors(sha: string, limit: number): Promise<readonly string[] | null>;
}

const FETCH = [
  "fetch",
  "--no-tags",
  "--no-write-fetch-head",
  "--no-recurse-submodules",
  "--no-auto-maintenance",
] as const;

/** The mirror of the checkout's `origin`. Nothing is created or asked before the first use. */
export function createMirror(options: MirrorOptions): Mirror {
  const tips = new Set<string>();
  const here = new Set<string>();
  let opened: Promise<GitCommand | null> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let indexes = 0;
  let folder = "";

  /** git refuses two fetches into one repository at once, so they queue. */
  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = last.then(job, job);
    last = turn.catch(() => {});
    return turn;
  }

  async function open(): Promise<GitCommand | null> {
    // First, because it fails where git refuses the repository; `git config` would just leave the repository's own settings out.
    const format = await options.work.text(["rev-parse", "--show-object-format"]);
    const settings = await checkoutSettings(options.work);
    if (!settings.remote) return null;
    const token = await tokenSettings(options.work, options.token, options.serverUrl);
    folder = await (options.temporaryFolder ?? privateFolder)();
    const dir = join(folder, "mirror.git");
    await options.work.output(["init", "--quiet", "--bare", "--template=", `--object-format=${format}`, dir]);
    const speech = [["protocol.version", "2"]] as const;
    const env = gitEnvironment(options.env, [...speech, ...settings.connection, ...token]);
    const root = await options.work.attempt(["rev-parse", "--show-toplevel"]);
    // A relative address of origin counts from the root of the checkout.
    const cwd = root.code === 0 ? root.stdout.toString("utf8").replace(/\r?\n$/, "") : options.cwd;
    return gitCommand(cwd, { ...env, GIT_DIR: dir }, options.run);
  }

  /** A failure to open is not remembered: the next use tries again. */
  function opening(): Promise<GitCommand | null> {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  async function repository(): Promise<GitCommand> {
    const git = await opening();
    if (git !== null) return git;
    throw new GateError(
      "this repository has no remote named origin",
      "Add it (git remote add origin URL), or keep the baseline in a folder (baseline-store: directory)",
    );
  }

  async function fetchTip(branch: string): Promise<string | null> {
    const git = await opening();
    if (git === null) return null;
    const ref = `refs/heads/${branch}`;
    const args = [...FETCH, "--quiet", "--depth=1", "--filter=blob:none", "origin", `+${ref}:${ref}`];
    const result = await git.attempt(args);
    if (result.code !== 0) {
      if (/couldn't find remote ref/.test(result.stderr)) return null;
      throw gitError(args, result);
    }
    const tip = await git.text(["rev-parse", "--verify", ref]);
    tips.add(tip);
    return tip;
  }

  async function holdTip(git: GitCommand, tip: string): Promise<void> {
    if (tips.has(tip)) return;
    await git.output([...FETCH, "--quiet", "--depth=1", "--filter=blob:none", "origin", tip]);
    tips.add(tip);
  }

  async function read(commit: string, paths: readonly string[]): Promise<readonly string[]> {
    const git = await repository();
    const oids = pick(await blobs(git, commit), commit, paths);
    const missing = [...new Set(oids)].filter((oid) => !here.has(oid));
    if (missing.length > 0) {
      // Left to itself git fetches missing blobs one by one. It must not negotiate: whoever has the commit is taken to have them.
      const args = [
        "-c",
        "fetch.negotiationAlgorithm=noop",
        ...FETCH,
        "--quiet",
        "--filter=blob:none",
        "--stdin",
        "origin",
      ];
      await git.output(args, { input: `${missing.join("\n")}\n` });
      for (const oid of missing) here.add(oid);
    }
    return contents(git, oids);
  }

  async function append(
    branch: string,
    tip: string | null,
    file: { path: string; text: string },
    message: string,
  ): Promise<"landed" | "moved"> {
    const git = await repository();
    if (tip !== null) await holdTip(git, tip);
    const made = await commitFile(git, tip, file, message, join(folder, `index-${indexes++}`));
    if (made === null) return "landed";
    const pushed = await push(git, made.commit, branch);
    if (pushed === "landed") {
      tips.add(made.commit);
      here.add(made.oid);
    }
    if (typeof pushed === "string") return pushed;
    // Whatever git says: the branch is elsewhere by now. Taken away, or our own push landed and the answer was lost.
    if (await isElsewhere(branch, tip)) return "moved";
    throw pushed;
  }

  async function isElsewhere(branch: string, tip: string | null): Promise<boolean> {
    try {
      return (await fetchTip(branch)) !== tip;
    } catch (error) {
      if (error instanceof GateError) return false;
      throw error;
    }
  }

  async function ancestors(sha: string, limit: number): Promise<readonly string[] | null> {
    const git = await opening();
    if (git === null) return null;
    await git.output([...FETCH, "--quiet", `--depth=${limit}`, "--filter=tree:0", "origin", sha]);
    return (await git.text(["rev-list", `--max-count=${limit}`, sha])).split("\n");
  }

  return {
    holds: (commit) => tips.has(commit),
    fetchTip: (branch) => inTurn(() => fetchTip(branch)),
    list: async (commit) => [...(await blobs(await repository(), commit)).keys()],
    read: (commit, paths) => inTurn(() => read(commit, paths)),
    append: (branch, tip, file, message) => inTurn(() => append(branch, tip, file, message)),
    ancestors: (sha, limit) => inTurn(() => ancestors(sha, limit)),
  };
}

const folders: string[] = [];

async function privateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "benchgate-git-"));
  if (folders.length === 0) {
    process.once("exit", () => {
      for (const made of folders) rmSync(made, { recursive: true, force: true });
    });
  }
  folders.push(folder);
  return folder;
}
