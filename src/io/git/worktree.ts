import { rmdirSync, rmSync } from "node:fs";
import { mkdir, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { readSmall } from "../regular-file.ts";
import { isOurFolder, isRunning } from "../temporary-folders.ts";
import type { Repository, Tree } from "./repository.ts";

const made = new Set<Tree>();
let watching = false;

/**
 * Checks `sha`, which is here with all its files, out into the new folder `target`. The worktree is locked in the name of this process, so
 * that nobody else prunes it. However this program ends, but for SIGKILL, it goes as well.
 */
export async function addWorktree(repository: Repository, sha: string, target: string): Promise<Tree> {
  const { checkout, local } = repository;
  const notes = join(checkout.commonDir, "worktrees");
  await mkdir(notes, { recursive: true });
  await local.output(["worktree", "add", "--quiet", "--detach", "--force", "--no-checkout", target, sha]);
  // git names the folder by which it found its notes: ours, which goes with this program, instead of the checkout's.
  const named = /^gitdir: (.+)$/m.exec((await readSmall(join(target, ".git"))) ?? "")?.[1] ?? "";
  const tree = { root: target, gitDir: join(notes, basename(named)) };
  await writeFile(join(target, ".git"), `gitdir: ${tree.gitDir}\n`);
  await writeFile(join(tree.gitDir, "locked"), `benchgate ${hostname()} ${process.pid}\n`);
  if (!watching) process.once("exit", removeAllNow);
  watching = true;
  made.add(tree);
  return tree;
}

/** Writes the files of a new worktree. */
export async function fillWorktree(
  repository: Repository,
  tree: Tree,
  added: Readonly<Record<string, string>>,
): Promise<void> {
  await repository.filling(tree, added).output(["reset", "--hard", "--quiet", "--no-recurse-submodules"]);
}

/** Removes a worktree and git's notes of it, whatever has become of either. What cannot be removed costs nobody a verdict: it is tried again at the end. */
export async function removeWorktree(tree: Tree): Promise<void> {
  const gone = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 3 }).then(yes, no);
  if ((await gone(tree.root)) && (await gone(tree.gitDir))) made.delete(tree);
  // Only where it is empty: git does the same.
  await rmdir(dirname(tree.gitDir)).catch(() => {});
}

const yes = () => true;
const no = () => false;

const OWNER = /^benchgate (\S+) (\d+)$/;

/** Removes the worktrees that processes of this machine, which are no more, have left behind. */
export async function removeOrphans({ checkout }: Repository): Promise<void> {
  const notes = join(checkout.commonDir, "worktrees");
  for (const name of await readdir(notes).catch(() => [])) {
    const gitDir = join(notes, name);
    const [, host, pid] = OWNER.exec((await readSmall(join(gitDir, "locked")))?.trim() ?? "") ?? [];
    if (host !== hostname() || isRunning(Number(pid))) continue;
    const link = ((await readSmall(join(gitDir, "gitdir"))) ?? "").trim();
    // What the note says may be anybody's work: only a folder that says the same of itself is removed.
    const mutual = (await readSmall(link))?.trim() === `gitdir: ${gitDir}`;
    await removeWorktree({ root: mutual ? dirname(link) : gitDir, gitDir });
    const folder = dirname(dirname(link));
    if (mutual && isOurFolder(folder)) await rm(folder, { recursive: true, force: true }).catch(no);
  }
}

/** For when the program ends at once: git can no longer be asked. */
function removeAllNow(): void {
  for (const { root, gitDir } of made) {
    for (const path of [root, gitDir]) {
      try {
        rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      } catch {
        // What cannot be removed now, the next run removes: its owner is no more.
      }
    }
    try {
      rmdirSync(dirname(gitDir));
    } catch {
      // There are others.
    }
  }
}
