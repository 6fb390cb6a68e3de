/** The words that a command line takes as flags, as they were given; null where they were not. */
export interface PlanWords {
  readonly config: string | null;
  readonly run: string | null;
  readonly bench: readonly string[] | null;
  readonly tool: string | null;
  readonly setup: string | null;
  readonly threshold?: readonly string[] | null;
  readonly goal?: readonly string[] | null;
  readonly only?: string | null;
  readonly suite?: readonly string[] | null;
  readonly shard?: string | null;
  readonly rounds?: string | null;
  readonly "time-budget"?: string | null;
}

/** Where the program is: a repository at a revision, on a server. */
export interface Source {
  readonly serverUrl: string;
  readonly repository: string;
  readonly ref: string;
}

/** In the order in which they stand. */
const FLAGS = [
  ...["config", "run", "bench", "tool", "setup", "threshold", "goal", "suite", "only", "shard"],
  ...["rounds", "time-budget"],
] as readonly (keyof PlanWords)[];

/** The command line that measures the same again on another machine, for a POSIX shell: with the program that judged, where its `source` is known. */
export function reproduceLine(base: string, words: PlanWords, source: Source | null = null): string {
  const flags = FLAGS.flatMap((name) => [words[name] ?? []].flat().map((word: string) => `--${name} ${quoted(word)}`));
  return [programOf(source), "run --base", quoted(base), ...flags].join(" ");
}

function programOf(source: Source | null): string {
  if (source === null) return "npx benchgate";
  const { serverUrl, repository, ref } = source;
  const place = serverUrl === "https://github.com" ? `github:${repository}` : `git+${serverUrl}/${repository}.git`;
  return `npx --yes ${quoted(`${place}#${ref}`)}`;
}

/** A word as a shell reads it back: in single quotes unless it needs none. */
function quoted(word: string): string {
  return /^[A-Za-z0-9@%+=:,./_-][A-Za-z0-9@%+=:,./_#-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
