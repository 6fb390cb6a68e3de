import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { pullRequestEvent, pushEvent } from "./events.ts";

const run = promisify(execFile);

/** Everything that `runAction` needs of a checked-out event. */
export interface Checkout {
  readonly workspace: string;
  readonly event: { readonly name: string; readonly payload: object };
  readonly repository: string;
  readonly sha: string;
  readonly ref: string;
  readonly baseRef?: string;
  readonly headRef?: string;
}

interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly mergeSha: string;
  readonly payload: object;
  /** A fresh workspace with the merge ref checked out, as actions/checkout leaves it. `depth` 0 is the whole history. */
  checkout(depth?: number): Promise<Checkout>;
}

/** A real git repository: an author's clone and the bare `origin` that stands for GitHub's side. */
export interface Repository {
  readonly name: string;
  /** The bare repository's URL. */
  readonly origin: string;
  /** The author's clone. */
  readonly author: string;
  git(...args: readonly string[]): Promise<string>;
  /** Writes files (null deletes), commits everything on the current branch, and returns the commit. */
  commit(files: Readonly<Record<string, string | null>>, message?: string): Promise<string>;
  /** Starts (or moves to) a branch. */
  branch(name: string, from?: string): Promise<void>;
  /** Pushes a branch; the result checks out the push event that GitHub would send. */
  push(
    branch: string,
  ): Promise<{ readonly sha: string; readonly payload: object; checkout(depth?: number): Promise<Checkout> }>;
  /** Opens a pull request from pushed branches; `fork` says whose repository the head pretends to be in. */
  pullRequest(options: { head: string; base?: string; fork?: string }): Promise<PullRequest>;
  /** Removes every folder. */
  close(): void;
}

/** A hermetic git: no user or system configuration, fixed author and committer. */
const GIT_ENV = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "Octo Cat",
  GIT_AUTHOR_EMAIL: "octocat@users.noreply.github.com",
  GIT_COMMITTER_NAME: "Octo Cat",
  GIT_COMMITTER_EMAIL: "octocat@users.noreply.github.com",
  // What a repository of an hour never needs.
  GIT_CONFIG_COUNT: "3",
  GIT_CONFIG_KEY_0: "gc.auto",
  GIT_CONFIG_VALUE_0: "0",
  GIT_CONFIG_KEY_1: "maintenance.auto",
  GIT_CONFIG_VALUE_1: "false",
  GIT_CONFIG_KEY_2: "core.fsync",
  GIT_CONFIG_VALUE_2: "none",
};

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", args, { cwd, env: GIT_ENV, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** What `git remote add origin` writes. */
const remoteOrigin = (url: string): string =>
  `[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;

/** An empty repository on `main` with its bare remote. */
export async function createRepository(name = "octo-org/octo-repo"): Promise<Repository> {
  const root = mkdtempSync(join(tmpdir(), "benchgate-repo-"));
  const bare = join(root, "origin.git");
  const author = join(root, "author");
  const origin = pathToFileURL(bare).href;
  mkdirSync(author);
  await git(root, "init", "--quiet", "--template=", "--bare", "--initial-branch=main", bare);
  // As on GitHub: any commit may be fetched by name.
  appendFileSync(join(bare, "config"), "[uploadpack]\n\tallowAnySHA1InWant = true\n");
  await git(author, "init", "--quiet", "--template=", "--initial-branch=main");
  appendFileSync(join(author, ".git/config"), remoteOrigin(origin));
  // What git's template has: a place for hooks, and for what is ignored.
  for (const each of [bare, join(author, ".git")])
    for (const part of ["hooks", "info"]) mkdirSync(join(each, part), { recursive: true });
  let pulls = 0;
  let workspaces = 0;

  /** What actions/checkout does: init, fetch branches, tags and the event's commit, then a forced checkout of it. */
  async function checkout(event: Omit<Checkout, "workspace" | "repository">, depth: number): Promise<Checkout> {
    workspaces += 1;
    const workspace = join(root, "work", String(workspaces), name.split("/")[1]!);
    mkdirSync(workspace, { recursive: true });
    await git(workspace, "init", "--quiet");
    appendFileSync(join(workspace, ".git/config"), remoteOrigin(origin));
    const local = event.ref.replace(/^refs\/(heads|pull)\//, (_, kind: string) =>
      kind === "heads" ? "refs/remotes/origin/" : "refs/remotes/pull/",
    );
    const wanted = `+${event.sha}:${local}`;
    const everything = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
    const args =
      depth > 0
        ? ["--no-tags", `--depth=${depth}`, "origin", wanted]
        : ["origin", ...everything, ...(local.includes("/pull/") ? [wanted] : [])];
    await git(workspace, "fetch", "--quiet", "--prune", "--no-recurse-submodules", ...args);
    const branch = /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
    await git(workspace, "checkout", "--quiet", "--force", ...(branch === undefined ? [local] : ["-B", branch, local]));
    return { ...event, workspace, repository: name };
  }

  return {
    name,
    origin,
    author,
    git: (...args) => git(author, ...args),
    commit: async (files, message = "a change") => {
      for (const [path, content] of Object.entries(files)) {
        const target = join(author, path);
        if (content === null) {
          rmSync(target, { recursive: true });
          continue;
        }
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, content);
      }
      await git(author, "add", "--all");
      await git(author, "commit", "--quiet", "--allow-empty", "-m", message);
      return git(author, "rev-parse", "HEAD");
    },
    branch: async (branch, from) => {
      await git(author, "checkout", "--quiet", "-B", branch, ...(from === undefined ? [] : [from]));
    },
    push: async (branch) => {
      const before = (await git(bare, "for-each-ref", "--format=%(objectname)", `refs/heads/${branch}`)) || null;
      await git(author, "push", "--quiet", "--force", "origin", `${branch}:refs/heads/${branch}`);
      const sha = await git(author, "rev-parse", branch);
      const payload = pushEvent(name, { branch, before, after: sha });
      return {
        sha,
        payload,
        checkout: (depth = 0) =>
          checkout({ event: { name: "push", payload }, sha, ref: `refs/heads/${branch}` }, depth),
      };
    },
    pullRequest: async ({ head, base = "main", fork }) => {
      pulls += 1;
      const number = pulls;
      const branches = [`refs/heads/${head}`, `refs/heads/${base}`];
      const [headSha = "", baseSha = ""] = (await git(bare, "rev-parse", ...branches)).split("\n");
      const tree = (await git(bare, "merge-tree", "--write-tree", baseSha, headSha)).split("\n")[0]!;
      const message = `Merge ${headSha} into ${baseSha}`;
      const mergeSha = await git(bare, "commit-tree", tree, "-p", baseSha, "-p", headSha, "-m", message);
      await git(bare, "update-ref", `refs/pull/${number}/head`, headSha);
      await git(bare, "update-ref", `refs/pull/${number}/merge`, mergeSha);
      // A fork's branch is in the fork: the base's repository has it under refs/pull only.
      if (fork !== undefined) await git(bare, "update-ref", "-d", `refs/heads/${head}`);
      const subject = { number, head: { ref: head, sha: headSha }, base: { ref: base, sha: baseSha } };
      const payload = pullRequestEvent(name, fork === undefined ? subject : { ...subject, headRepository: fork });
      const ref = `refs/pull/${number}/merge`;
      const event = { event: { name: "pull_request", payload }, sha: mergeSha, ref, baseRef: base, headRef: head };
      return { number, headSha, baseSha, mergeSha, payload, checkout: (depth = 0) => checkout(event, depth) };
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}
