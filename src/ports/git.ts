import type { Revision } from "../model/recording.ts";

/** A file that is to be added. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** A file that is to go to another path. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A commit on a line, with the first line of its message. */
export interface LineCommit extends Revision {
  readonly subject: string;
}

/** A git repository with its remote `origin`, seen from the working tree. */
export interface Git {
  /** The repository's root folder, or null outside one. */
  root(): Promise<string | null>;
  /** The path of a file in git's own folder for this working tree: never tracked, and gone with the checkout. */
  privatePath(name: string): Promise<string>;
  /** Where the working folder lies below the root: "" at the root, else `sub/folder`. */
  prefix(): Promise<string>;
  /** The address of the remote as it is configured; null where there is none, or no repository. */
  origin(): Promise<string | null>;
  /** The commit that `ref` names, or null. */
  revision(ref: string): Promise<Revision | null>;
  /** The name of the tree that a commit holds, or null. */
  tree(ref: string): Promise<string | null>;
  /** What this clone can name: its branches, those of the remote and its tags, without `refs/…/`; whether its history was cut off. */
  names(): Promise<{ readonly names: readonly string[]; readonly shallow: boolean }>;
  /** The tags of commits that `sha` descends from, itself not among them. */
  tags(sha: string): Promise<readonly string[]>;
  /** Commits reachable from `sha`, newest first, `sha` included; at most `limit`. */
  ancestors(sha: string, limit: number): Promise<readonly string[]>;
  /** The commits after `from`, up to and with `to`, on the line of first parents, oldest first; null where `from` is not on that line. */
  line(from: string, to: string): Promise<readonly LineCommit[] | null>;
  /** The commits behind `to`, on the line of first parents, that changed a file (a path from the root), oldest first: the newest `limit` of them. */
  changes(to: string, path: string, limit: number): Promise<readonly LineCommit[]>;
  /** The text of a file at a revision, or null. Fetches the revision where it is not here. */
  show(sha: string, path: string): Promise<string | null>;
  /** Fetches a branch, or a whole ref (`refs/…`), from the remote: its tip, or null where the remote has none. */
  fetchTip(name: string): Promise<string | null>;
  /**
   * The paths of all files at a commit, or of what is right in some folders of it: files, and folders with a `/` at their end. A folder is named with its `/`
   * as well, the root is "", and one that is not there holds nothing.
   */
  list(commit: string, folders?: readonly string[]): Promise<readonly string[]>;
  /** The text of each path at a commit, in order; why not, in place of one that is no plain file, or cannot be had. */
  read(commit: string, paths: readonly string[]): Promise<readonly (string | { readonly unreadable: string })[]>;
  /** Adds a file, or several at once, on top of `tip` (null: starts an orphan branch) and pushes; `moved` where somebody else pushed first. */
  append(
    name: string,
    tip: string | null,
    added: NewFile | readonly NewFile[],
    message: string,
  ): Promise<"landed" | "moved">;
  /**
   * Puts a commit without the files at `paths`, and without parents, in the place of `tip`, with some others moved to paths that are free; `moved` where somebody
   * else pushed first. Nothing else is lost.
   */
  without(
    name: string,
    tip: string,
    paths: readonly string[],
    message: string,
    moves?: readonly Move[],
  ): Promise<"landed" | "moved">;
  /**
   * Makes a branch or a whole ref of the remote (`from` null), points it elsewhere, or removes it (`to` null); `moved` where it was not at `from`. `to` is a
   * commit that `fetchTip` gave.
   */
  move(name: string, change: { from: string | null; to: string | null }): Promise<"landed" | "moved">;
  /**
   * Checks a revision out into a new folder, with the submodules that this tree has; the returned function removes it. It goes with the
   * program as well, and one that a killed program left behind goes first.
   */
  worktree(sha: string, folder: string): Promise<() => Promise<void>>;
  /** Submodules and LFS files, by path, that this tree has and the worktree in `folder` lacks. */
  lacking(folder: string): Promise<readonly string[]>;
  /**
   * Makes files, and folders as far as git tracks what is in them or would, the same in the tree `to` as in the tree `from`. Paths are
   * relative to both.
   */
  overlay(
    from: string,
    to: string,
    paths: { readonly folders: readonly string[]; readonly files: readonly string[] },
  ): Promise<void>;
}
