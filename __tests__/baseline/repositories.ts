import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { headOf, QUICK } from "../fakes/quick-git.ts";

/** An environment in which git knows nobody and asks nobody. */
export const GIT_ENV: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? "",
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

const AUTHOR = {
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
};

const folders: string[] = [];

/** Removes the folders of a test file. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  originals.clear();
}

/** A folder that is removed after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-test-"));
  folders.push(folder);
  return folder;
}

/** Runs git as a user would, and gives its trimmed stdout. */
export function git(cwd: string, ...args: string[]): string {
  const env = { ...GIT_ENV, ...AUTHOR, ...QUICK };
  return execFileSync("git", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** An empty bare repository, and its file:// address. */
export function bareRemote(): { readonly path: string; readonly url: string } {
  const path = join(temporaryFolder(), "remote.git");
  git(tmpdir(), "init", "-q", "--bare", "-b", "main", path);
  // For the hooks of tests.
  mkdirSync(join(path, "hooks"));
  appendFileSync(join(path, "config"), "[uploadpack]\n\tallowFilter = true\n");
  return { path, url: `file://${path}` };
}

/** A clone, full where no depth is given. */
export function clone(url: string, ...options: string[]): string {
  const path = join(temporaryFolder(), "clone");
  git(tmpdir(), "clone", "-q", ...options, url, path);
  return path;
}

/** Commits `files` at a fixed time, `second` after 2026-01-01T00:00:00Z, and gives the commit. */
export function commit(repository: string, second: number, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
  git(repository, "add", "-A");
  const date = `${1767225600 + second} +0200`;
  execFileSync("git", ["commit", "-q", "--allow-empty", "-m", `commit ${second}`], {
    cwd: repository,
    env: { ...GIT_ENV, ...AUTHOR, ...QUICK, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  });
  return headOf(repository) ?? git(repository, "rev-parse", "HEAD");
}

/** A remote with commits on main, and a full clone of it; commits oldest first. */
interface Project {
  readonly remote: { readonly path: string; readonly url: string };
  readonly path: string;
  readonly commits: string[];
}

/** One of each size, which the others are copies of: twenty processes make it. */
const originals = new Map<number, Project>();

/** A remote with `count` commits on main, and a full clone of it; commits oldest first. */
export function project(count = 3): Project {
  const original = originals.get(count) ?? makeProject(count);
  originals.set(count, original);
  const folder = temporaryFolder();
  const remote = { path: join(folder, "remote.git"), url: `file://${join(folder, "remote.git")}` };
  const path = join(folder, "clone");
  cpSync(original.remote.path, remote.path, { recursive: true });
  cpSync(original.path, path, { recursive: true, preserveTimestamps: true });
  const config = join(path, ".git/config");
  writeFileSync(config, readFileSync(config, "utf8").replace(original.remote.url, remote.url));
  return { remote, path, commits: [...original.commits] };
}

function makeProject(count: number): Project {
  const remote = bareRemote();
  const path = clone(remote.url);
  git(path, "checkout", "-q", "-B", "main");
  const commits = Array.from({ length: count }, (_, index) =>
    commit(path, index, { "file.txt": `version ${index}\n` }),
  );
  git(path, "push", "-q", "origin", "main");
  return { remote, path, commits };
}

/** All that must stay as it is in a user's repository: branches, index, working tree, configuration, depth. */
export function visibleState(repository: string): string {
  return [
    git(repository, "for-each-ref"),
    git(repository, "status", "--porcelain=v2", "--branch", "--untracked-files=all"),
    git(repository, "ls-files", "--stage"),
    git(repository, "config", "--local", "--list"),
    git(repository, "rev-parse", "--is-shallow-repository"),
    git(repository, "worktree", "list", "--porcelain"),
  ].join("\n--\n");
}
