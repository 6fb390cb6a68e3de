import { commandKeys, type FoundSuite, fileByFile, folderKey, shellWord } from "../found.ts";
import { ancestors, folderOf, inside, type Repository, within } from "../repository.ts";
import { manifestOf } from "./package-json.ts";

/** The version that a package manager takes today where nobody says another. */
const NEWEST = 5;

const CONFIG = /^(vitest\.(config|workspace)|vite\.config)\.([cm]?[jt]s|json)$/;

/** The names of files that Vitest takes for benchmarks unless its configuration says otherwise. */
const BENCH_NAME = /\.(bench|benchmark)\.[cm]?[jt]sx?$/;

/** Flags of a project's own script that say what is run, as opposed to what is printed. */
const KEPT_FLAG =
  /^(--(project|config|root|dir|environment|pool|browser|exclude)|-c|-r)$|^--(project|config|root|dir|environment|pool|exclude)=|^--no-(file-parallelism|isolate)$|^--globals$/;

/** Vitest's benchmarks of a package, run as the project itself runs them: its version, its configuration, the flags of its script. */
export function vitestSuites(
  repository: Repository,
  { folder, name, files }: { readonly folder: string; readonly name: string; readonly files: readonly string[] },
): readonly FoundSuite[] {
  if (files.length === 0) return [];
  const { cwd, root, program } = placeOf(repository, folder);
  const { flags, env } = scriptOf(repository, [...new Set([folder, root, cwd])]);
  const up = cwd === root || flags.some((flag) => /^(--root|-r\b)/.test(flag)) ? [] : [`--root ${upFrom(cwd, root)}`];
  const output =
    majorOf(repository, folder) >= 5
      ? "--reporter=json --outputFile=$BENCHGATE_OUTPUT"
      : "--outputJson=$BENCHGATE_OUTPUT";
  const below = (path: string) => folder === "" || path.startsWith(`${folder}/`);
  const isAlone =
    root === folder && repository.paths.every((path) => !BENCH_NAME.test(path) || !below(path) || files.includes(path));
  const suiteOf = (paths: readonly string[], suite: string): FoundSuite => {
    const isWhole = paths.length === files.length;
    const all = isAlone ? [] : [`${within(root, folder)}/`];
    const which = isWhole && (isAlone || root !== folder) ? all : paths.map((path) => shellWord(within(root, path)));
    const command = [...env, program, "bench --run", ...up, ...flags, ...which, output].join(" ");
    return {
      name: suite,
      why: `${paths[0]} is a bench file of Vitest`,
      keys: [
        ...folderKey(cwd),
        ...commandKeys(command, "vitest", "Vitest writes its results as JSON."),
        {
          key: "times",
          value: "auto",
          about: "Each benchmark is measured for 100 ms, or for 10 calls: short rounds, many of them.",
        },
      ],
    };
  };
  return [
    fileByFile(
      files.map((path) => ({ path })),
      name,
      suiteOf,
    ),
  ];
}

interface Place {
  /** Where the command is run. */
  readonly cwd: string;
  /** Vitest's root: the folder of its configuration. */
  readonly root: string;
  readonly program: string;
}

/**
 * Where Vitest is run for a package. Its configuration may lie above the package, and so may Vitest itself; `npx` finds neither there, and would fetch the
 * newest version in silence.
 */
function placeOf(repository: Repository, folder: string): Place {
  const around = [folder, ...ancestors(folder)];
  const has = (at: string) => manifestOf(repository, at)?.dependencies.has("vitest") === true;
  const declaring = around.find(has) ?? folder;
  const isConfigured = (at: string) =>
    repository.paths.some((path) => folderOf(path) === at && CONFIG.test(path.slice(path.lastIndexOf("/") + 1)));
  const root = isRunHere(repository, folder) ? folder : (around.find(isConfigured) ?? declaring);
  if (isPlugged(repository, around)) return { cwd: root, root, program: "npx --yes @yarnpkg/cli-dist@4 vitest" };
  if (root === declaring || declaring.length > root.length) return { cwd: declaring, root, program: "npx vitest" };
  return { cwd: root, root, program: `${upFrom(root, declaring)}/node_modules/.bin/vitest` };
}

/** Whether packages are found by yarn's own resolver, without a node_modules folder. */
function isPlugged(repository: Repository, around: readonly string[]): boolean {
  return around.some((at) => {
    const text = repository.text(inside(at, ".yarnrc.yml"));
    return text !== null && !/^nodeLinker\s*:\s*["']?(node-modules|pnpm)/m.test(text);
  });
}

function upFrom(folder: string, root: string): string {
  return within(root, folder)
    .split("/")
    .map(() => "..")
    .join("/");
}

/** The command of a package's own script for Vitest's benchmarks; null where it has none. */
function commandIn(repository: Repository, folder: string): string | null {
  const scripts = [...(manifestOf(repository, folder)?.scripts.values() ?? [])];
  return scripts.flatMap((each) => /(?:^|&&\s*)([^&|;]*\bvitest\s+bench\b[^&|;]*)/.exec(each)?.[1] ?? [])[0] ?? null;
}

/** Whether a package's own script runs Vitest in its folder, and nowhere else. */
function isRunHere(repository: Repository, folder: string): boolean {
  const [before] = commandIn(repository, folder)?.split(/\bvitest\s+bench\b/) ?? [];
  return before !== undefined && /^\s*((npx|cross-env|[A-Z_][A-Z0-9_]*=\S*)\s+)*$/.test(before);
}

/** What the project's own script gives Vitest besides what is printed. */
function scriptOf(
  repository: Repository,
  folders: readonly string[],
): { readonly flags: readonly string[]; readonly env: readonly string[] } {
  const command = folders.flatMap((folder) => commandIn(repository, folder) ?? [])[0];
  if (command === undefined) return { flags: [], env: [] };
  const [before = "", after = ""] = command.split(/\bvitest\s+bench\b/);
  const words = after.trim().split(/\s+/);
  const flags = words.flatMap((word, index) => {
    if (!KEPT_FLAG.test(word)) return [];
    const value = words[index + 1];
    const isSwitch = word.includes("=") || word.startsWith("--no-") || word === "--globals";
    return isSwitch || value === undefined || value.startsWith("-") ? [word] : [`${word} ${value}`];
  });
  const env = before.split(/\s+/).filter((word) => /^[A-Z_][A-Z0-9_]*=[\w.,:/=-]*$/.test(word));
  // Those that are there already say where Benchgate's own part is.
  return { flags, env: env.map((word) => word.replace(/^NODE_OPTIONS=(.*)$/, 'NODE_OPTIONS="$NODE_OPTIONS $1"')) };
}

/** The major version of Vitest by the nearest package that asks for it; a catalog of the workspace may say it for all. */
function majorOf(repository: Repository, folder: string): number {
  const ranges = [folder, ...ancestors(folder)].flatMap((at) => [
    manifestOf(repository, at)?.dependencies.get("vitest") ?? [],
    /^\s+["']?vitest["']?\s*:\s*["']?([^"'\s]+)/m.exec(repository.text(inside(at, "pnpm-workspace.yaml")) ?? "")?.[1] ??
      [],
    /"catalogs?"\s*:[\s\S]*?"vitest"\s*:\s*"([^"]+)"/.exec(repository.text(inside(at, "package.json")) ?? "")?.[1] ??
      [],
  ]);
  const versions = ranges
    .flat()
    .flatMap((range) => /^\D*(\d+)/.exec(range.replace(/^(catalog|workspace):.*/, ""))?.[1] ?? []);
  return Number(versions[0] ?? NEWEST);
}

/** Whether a file that imports nothing for it may still be one of Vitest's: `bench` is a global there where a project wants it. */
export function isGlobalBench(repository: Repository, path: string, text: string): boolean {
  return (
    BENCH_NAME.test(path) &&
    /^\s*(describe|bench)(\.\w+)*\(/m.test(text) &&
    ancestors(path).some((folder) => manifestOf(repository, folder)?.dependencies.has("vitest") === true)
  );
}
