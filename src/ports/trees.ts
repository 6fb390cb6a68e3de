/** What is at a path of a tree. */
export interface TreeEntry {
  /** `other` is a pipe, a device, or whatever else has no contents of its own. */
  readonly kind: "file" | "folder" | "link" | "other";
  /** In bytes; 0 of what is no file. */
  readonly size: number;
  /** Whether somebody may run it. */
  readonly runs: boolean;
  /** Where a link leads, as it is written there; empty of what is none. */
  readonly to: string;
  /** How many names a file has. */
  readonly links: number;
  /** When a file's contents or a folder's names were last written, in milliseconds. */
  readonly written: number;
  /** The number by which the system knows it: where that is another, something else took its place. */
  readonly inode: number;
}

/** Everything below a folder by its path from there, `/` as separator, but for what Git keeps in folders called `.git`. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** Two folders that hold the same project, and what a program does there. */
export interface Trees {
  /** The folder itself, without links on the way. */
  real(folder: string): Promise<string>;
  /** All that is below a folder; null where that is more than is worth comparing, or cannot all be looked at. */
  walk(folder: string): Promise<Tree | null>;
  /** What is at these paths of a folder, links unfollowed; what is not there is left out. */
  look(folder: string, paths: readonly string[]): Promise<Tree>;
  /**
   * Those of these paths whose files do not have the same bytes, or whose links do not lead to the same, in both folders; what cannot be read is among them. Null where there is more of it than is
   * worth reading.
   */
  unequal(one: string, other: string, paths: readonly string[]): Promise<readonly string[] | null>;
  /**
   * Has the system note who reads what is at these paths from now on: a function that tells which of them were read. Null where the system does not note
   * it for each of them.
   */
  age(paths: readonly string[]): Promise<(() => Promise<readonly string[]>) | null>;
  /** Every place that the system looks at on its way to these paths, links followed one by one, and where each leads. */
  ways(paths: readonly string[]): Promise<readonly Way[]>;
}

/** How a path is found: `end` is what it stands for, without links; `places` are all on the way, `end` included. */
export interface Way {
  readonly places: readonly string[];
  readonly end: string;
}
