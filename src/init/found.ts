/** A key of a suite as it goes into benchgate.yml, with the comment that explains it. */
export interface FoundKey {
  readonly key:
    | "cwd"
    | "serve"
    | "ready"
    | "run"
    | "bench"
    | "time"
    | "tool"
    | "output"
    | "env"
    | "time-limit"
    | "times";
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
  /** The `run` with less time for each benchmark, for where there are many, and what the user must know of it. */
  readonly shorter?: { readonly run: string; readonly note?: string };
  /** The same as it was before it became shorter, for where that does not work. */
  readonly longer?: FoundSuite;
  /** The same in smaller suites, for where it does not work as a whole: one file that lacks something does not hide the others. */
  readonly alone?: readonly FoundSuite[];
  /** A few of its files, for where a round of all of them takes longer than a round may. Its notes say that the others are not measured. */
  readonly fewer?: FoundSuite;
}

/** A command that a side needs before its first round; `folder` is where it runs, "" the root. */
export interface SetupStep {
  readonly folder: string;
  readonly line: string;
  readonly about: string;
  /** The line with less done, for where it fails: without the scripts that packages run when they are installed. */
  readonly plainer?: string;
  /** Whether it is there for a service under load alone. */
  readonly isOfLoad?: boolean;
}

/** What the workflow has to install before the gate. */
export type Runtime = "node" | "go" | "rust" | "python" | "java" | "dotnet" | "php" | "ruby" | "julia" | "deno" | "k6";

/** How long a load is at most, and with how many users, where it can be told. */
export interface LoadSize {
  readonly seconds: number;
  readonly users: number;
}

/** A load script as it was found: how it is run against `$BENCHGATE_URL`. */
export interface FoundLoad {
  readonly path: string;
  readonly tool: string;
  readonly run: (size: LoadSize) => string;
  readonly why: string;
  /** Why its requests would not go to the side that is measured, and what to do. */
  readonly elsewhere?: string;
  /** What the user must know of it at that size. */
  readonly notes?: (size: LoadSize) => readonly string[];
  readonly runtime?: Runtime;
  readonly folder?: string;
  /** The text that says what it asks for. */
  readonly text: string;
}

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

/** How many files are measured where all are too many, and where these are. */
const [A_FEW, FEWEST] = [8, 2];

/** One suite of several files, and one of each file in case it does not work as a whole. */
export function fileByFile(
  files: readonly { readonly path: string }[],
  name: string,
  suiteOf: (paths: readonly string[], name: string) => FoundSuite,
): FoundSuite {
  const paths = files.map(({ path }) => path);
  const whole = suiteOf(paths, name);
  if (paths.length === 1) return whole;
  const stem = (path: string) => path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  const one = (path: string) => suiteOf([path], suiteName(`${name}-${stem(path)}`, name));
  if (paths.length <= A_FEW) return { ...whole, alone: paths.map(one) };
  // Spread over all of them: files that stand next to each other are of one kind.
  const some = (count: number) =>
    Array.from({ length: count }, (_, at) => paths[Math.floor((at * paths.length) / count)]!);
  const reduced = (chosen: readonly string[]): FoundSuite => {
    const left = `Only ${chosen.length} of ${paths.length} files are measured: all of them take too long for a pull request, or do not work together, and what slows the others is not seen. Name more of them, or measure all on a schedule.`;
    const noted = (suite: FoundSuite): FoundSuite => ({ ...suite, notes: [...(suite.notes ?? []), left] });
    return { ...noted(suiteOf(chosen, name)), alone: chosen.map((path) => noted(one(path))) };
  };
  return { ...whole, fewer: { ...reduced(some(A_FEW)), fewer: reduced(some(FEWEST)) } };
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
