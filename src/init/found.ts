/** A key of a suite as it goes into benchgate.yml, with the comment that explains it. */
export interface FoundKey {
  readonly key: "cwd" | "serve" | "ready" | "run" | "bench" | "time" | "tool" | "output" | "env" | "time-limit";
  readonly value: string | readonly string[] | Readonly<Record<string, string>>;
  readonly about: string;
}

/** A suite that the repository already has, in whatever form. */
export interface FoundSuite {
  /** A short name; made unique later. */
  readonly name: string;
  /** Where it was seen: `bench/parse.js imports tinybench`. */
  readonly why: string;
  readonly keys: readonly FoundKey[];
  /** How each round's output might be made richer, or what the user must know. */
  readonly notes?: readonly string[];
}

/** A command that a side needs before its first round; `folder` is where it runs, "" the root. */
export interface SetupStep {
  readonly folder: string;
  readonly line: string;
  readonly about: string;
}

/** What the workflow has to install before the gate. */
export type Runtime = "node" | "go" | "rust" | "python" | "java" | "dotnet" | "php" | "ruby" | "julia" | "deno" | "k6";

/** What one detector found. */
export interface Found {
  readonly suites: readonly FoundSuite[];
  readonly setup: readonly SetupStep[];
  readonly runtimes: readonly Runtime[];
  /** What it saw and could not use, in whole sentences. */
  readonly notes: readonly string[];
}

/** A detector that found nothing. */
export const NOTHING: Found = { suites: [], setup: [], runtimes: [], notes: [] };

/** A suite's folder, as a key; none at the root. */
export function folderKey(folder: string): readonly FoundKey[] {
  return folder === "" ? [] : [{ key: "cwd", value: folder, about: "The commands below run in this folder." }];
}

/** The command of a suite and the tool that writes its output. */
export function commandKeys(run: string, tool: string, about: string): readonly FoundKey[] {
  return [
    { key: "run", value: run, about },
    { key: "tool", value: tool, about: "Who writes the output that is read." },
  ];
}

/** A word of a shell line: quoted where it has to be. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A suite's name from a path or a package's name: only what suite names may hold. */
export function suiteName(text: string, fallback: string): string {
  const name = text
    .replace(/^@[^/]*\//, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "");
  return name === "" ? fallback : name;
}
