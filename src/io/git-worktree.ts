import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, resolve, sep } from "node:path";
import type { GitCommand } from "./git-command.ts";

/** A worktree of this process: its folder, and where git keeps its notes of it. */
interface Made {
  readonly folder: string;
  readonly notes: string;
}

const made = new Map<string, Made>();
let watching = false;

/**
 * Checks `sha`, which is here, out into the new folder `target`; the returned function removes it. `network` is git with whatever the
 * remote asks for: a partial clone fetches what it lacks. The worktree is locked in the name of this process, so that nobody else
 * prunes it; one whose process died without removing it is removed first. However this program ends, but for SIGKILL, it goes as well.
 */
export async function addWorktree(
  work: GitCommand,
  network: GitCommand,
  sha: string,
  target: string,
): Promise<() => Promise<void>> {
  await removeOrphans(work);
  await network.output(["worktree", "add", "--quiet", "--detach", "--force", target, sha]);
  await work.output(["worktree", "lock", "--reason", `benchgate ${hostname()} ${process.pid}`, target]);
  const notes = await work.text(["-C", target, "rev-parse", "--absolute-git-dir"]);
  if (!watching) process.once("exit", removeAllNow);
  watching = true;
  made.set(target, { folder: target, notes });
  return async () => {
    made.delete(target);
    await remove(work, target);
  };
}

async function remove(work: GitCommand, folder: string): Promise<void> {
  const removed = await work.attempt(["worktree", "remove", "--force", "--force", folder]);
  if (removed.code === 0) return;
  // Somebody has already deleted or damaged the folder: only git's note of it is left.
  await rm(folder, { recursive: true, force: true });
  await work.attempt(["worktree", "unlock", folder]);
  await work.output(["worktree", "prune"]);
}

const OWNER = /^locked benchgate (\S+) (\d+)$/m;

/** Removes the worktrees of processes of this machine that are no more. */
async function removeOrphans(work: GitCommand): Promise<void> {
  const entries = (await work.text(["worktree", "list", "--porcelain"])).split("\n\n");
  for (const entry of entries) {
    const folder = /^worktree (.+)$/m.exec(entry)?.[1];
    const [, host, pid] = OWNER.exec(entry) ?? [];
    if (folder === undefined || host !== hostname() || isRunning(Number(pid))) continue;
    await remove(work, folder);
    if (isOurFolder(dirname(folder))) await rm(dirname(folder), { recursive: true, force: true });
  }
}

/** Whether a folder is a temporary one that this program makes (`Files.temporaryFolder`). */
function isOurFolder(folder: string): boolean {
  return basename(folder).startsWith("benchgate-") && resolve(folder).startsWith(resolve(tmpdir()) + sep);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** For when the program ends at once: git can no longer be asked. */
function removeAllNow(): void {
  for (const { folder, notes } of made.values()) {
    for (const path of [folder, notes]) {
      try {
        rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      } catch {
        // What cannot be removed now, the next run removes: its owner is no more.
      }
    }
  }
}
