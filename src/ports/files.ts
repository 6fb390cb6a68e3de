/**
 * The file system, below the folder where commands run unless a path says otherwise. Only regular files are read, with limits of size and
 * time: what a benchmark leaves in the place of one may never end.
 */
export interface Files {
  readText(path: string): Promise<string>;
  /** Replaces whatever is there, in one step. `content`: a text, or its pieces, or those of what is no text; each piece is asked for once. */
  write(path: string, content: string | Iterable<string> | AsyncIterable<Uint8Array>): Promise<void>;
  /** Null where there is no such file. */
  readTextIfAny(path: string): Promise<string | null>;
  /**
   * All that a pipe or a device gives, for as long as it gives: for what the user named on the command line (`<(tool)`) alone. Null where
   * there is none, but a file or a folder, or nothing.
   */
  readPipe(path: string): Promise<string | null>;
  /** A file to be read piece by piece, however large it is; null where there is no such file. */
  open(path: string): Promise<FileBytes | null>;
  /**
   * The files below a folder whose paths in it fit one of the patterns, sorted by path; null where there is no such folder, or a file in its place.
   * Links are neither followed nor listed.
   */
  listFolder(path: string, patterns: readonly string[]): Promise<readonly FolderFile[] | null>;
  /** Whether a path, links followed, leads out of the working tree and of where temporary folders are. */
  isOutside(path: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  /** Paths relative to `cwd`, sorted, `/` as separator. */
  glob(patterns: readonly string[], cwd: string): Promise<readonly string[]>;
  /** A new empty folder that is removed when the program ends. */
  temporaryFolder(): Promise<string>;
}

/** A file that is read piece by piece. */
export interface FileBytes {
  /** In bytes, when it was opened; of one in gzip about what it unpacks to. */
  readonly size: number;
  /** Its text in UTF-8, unpacked where it is in gzip, from the beginning each time. A piece is valid until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A file of a folder. */
export interface FolderFile {
  /** Relative to the folder, `/` as separator. */
  readonly path: string;
  readonly size: number;
  /** Another one whenever the file was written, or replaced, in between. */
  readonly stamp: string;
}
