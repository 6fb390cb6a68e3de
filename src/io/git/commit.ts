import type { GateError } from "../../model/error.ts";
import type { NewFile } from "../../ports/index.ts";
import type { Asking } from "./asking.ts";
import type { GitCommand, GitResult } from "./command.ts";
import { gitError } from "./errors.ts";
import { type Folder, folderOf, foldersAt, treeOf } from "./folders.ts";

/** A commit that adds files: its id, and those of the files' contents. */
interface FilesCommit {
  readonly commit: string;
  readonly oids: readonly string[];
}

/** The mode of a plain file. */
const PLAIN = "100644";

/** Who makes the commits of a store. */
export const IDENTITY = {
  GIT_AUTHOR_NAME: "benchgate[bot]",
  GIT_AUTHOR_EMAIL: "benchgate[bot]@users.noreply.github.com",
  GIT_COMMITTER_NAME: "benchgate[bot]",
  GIT_COMMITTER_EMAIL: "benchgate[bot]@users.noreply.github.com",
} as const;

/** How everything is pushed: no hooks, no tags, no signature, and an answer that can be read. */
export const PUSH = [
  "push",
  "--porcelain",
  "--no-verify",
  "--no-follow-tags",
  "--no-signed",
  "--no-recurse-submodules",
] as const;

/** Refusals of a push that mean: somebody else was faster. Anything in a lock or a compare-and-swap of the server counts. */
const MOVED =
  /fetch first|non-fast-forward|stale info|already exists|cannot lock ref|failed to lock|unable to lock|failed to update ref|incorrect old value|but expected|shallow update not allowed/;

/**
 * Makes a commit of `tip` (null: of nothing) and more files, by plumbing alone, with a fixed author so that it needs no `user.name`.
 * A path that is taken is never overwritten: -2, -3 … is put before its extension.
 * Null where all these files are already at `tip`.
 *
 * Note: an index was rejected. It lists all files of `tip`, so that one more takes the longer the more there are.
 */
export async function commitFiles(
  git: GitCommand,
  tip: string | null,
  files: readonly NewFile[],
  message: string,
): Promise<FilesCommit | null> {
  const folders = await foldersAt(
    git,
    tip,
    files.map(({ path }) => folderOf(path)),
  );
  const oids: string[] = [];
  for (const { path, text } of files) {
    const oid = await git.text(["hash-object", "-w", "--no-filters", "--stdin"], { input: text });
    const folder = folders.get(folderOf(path))!;
    const free = freeName(path.slice(folderOf(path).length), oid, folder);
    if (free === null) continue;
    oids.push(oid);
    folder.set(free, { mode: PLAIN, type: "blob", oid });
  }
  if (oids.length === 0) return null;
  const tree = await treeOf(git, folders);
  const parents = tip === null ? [] : ["-p", tip];
  const input = `${message}\n`;
  return { commit: await git.text(["commit-tree", tree, ...parents, "-F", "-"], { env: IDENTITY, input }), oids };
}

/** A push that did not land, as far as git says. */
export interface FailedPush {
  readonly error: GateError;
  /** What git said. */
  readonly stderr: string;
}

/** The ref that a name stands for: the name of a branch, or a whole ref. */
export function wholeRef(name: string): string {
  return name.startsWith("refs/") ? name : `refs/heads/${name}`;
}

/** Pushes `commit` as the new tip of a branch or a whole ref, once and without force: whether it landed, somebody else was first, or what else went wrong. */
export async function push(remote: Asking, commit: string, name: string): Promise<"landed" | "moved" | FailedPush> {
  const args = [...PUSH, "origin", `${commit}:${wholeRef(name)}`];
  return pushed(args, await remote.once(args));
}

/** What came of a push. */
export function pushed(args: readonly string[], result: GitResult): "landed" | "moved" | FailedPush {
  if (result.code === 0) return "landed";
  const refusal = refused(result);
  if (refusal !== null && MOVED.test(refusal)) return "moved";
  const stderr = refusal === null ? result.stderr : `${result.stderr}\n${refusal}`;
  return { error: gitError(args, { stderr }), stderr };
}

/** `name`, or `name` with -2, -3 … before its extension where others are taken; null where this very file is already there. */
function freeName(name: string, oid: string, folder: Folder): string | null {
  const dot = name.lastIndexOf(".");
  const cut = dot > 0 ? dot : name.length;
  for (let copy = 1; ; copy++) {
    const free = copy === 1 ? name : `${name.slice(0, cut)}-${copy}${name.slice(cut)}`;
    const taken = folder.get(free);
    if (taken === undefined) return free;
    // A push whose answer was lost on the way has landed: storing it again would count one run twice.
    if (taken.mode === PLAIN && taken.oid === oid) return null;
  }
}

/** The reason in brackets of a ref that was refused, or null where the push never got that far. */
function refused({ stdout }: GitResult): string | null {
  return /^!\t[^\t]*\t\[(?:remote )?rejected\] \((.*)\)\s*$/m.exec(stdout.toString("utf8"))?.[1] ?? null;
}
