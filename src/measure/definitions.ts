import type { Suite } from "../model/plan.ts";
import type { Ports } from "../ports/index.ts";
import { suiteFolder } from "./preflight.ts";

/** Folders that hold benchmarks and what only they need, by name. */
const FOLDER = /^_*bench(?:es|marks?)?_*$/i;

/** Folders that hold the code under test: a `src/bench` may be part of the product, a `src/__bench__` is not. */
const SOURCES = /^(?:src|lib|source|app)$/i;
const MARKED = /^__.+__$/;

/**
 * Gives the tree `to` the definitions of the tree `from`, before either is built: the files that the suites' `bench` patterns name, and
 * the folders of benchmarks that these lie in, with their helpers and data. So a benchmark that was edited, or moved to another file, is
 * still compared with itself. Resolves to the files of definitions that only `to` had: they are not measured.
 */
export async function takeOverDefinitions(
  { files, git }: Pick<Ports, "files" | "git">,
  suites: readonly Suite[],
  from: string,
  to: string,
): Promise<readonly string[]> {
  const benches = suites.filter(({ workload }) => workload.kind === "bench");
  if (benches.length === 0) return [];
  const [wanted, there] = await Promise.all([from, to].map((tree) => definitionsIn(files, benches, tree)));
  const gone = there!.filter((file) => !wanted!.includes(file));
  const folders: string[] = [];
  for (const folder of definitionFolders(wanted!)) {
    if (!isPackage(await files.readTextIfAny(`${from}/${folder}/package.json`))) folders.push(folder);
  }
  for (const file of gone) await files.remove(`${to}/${file}`);
  await git.overlay(from, to, { folders, files: wanted! });
  return gone;
}

/** The files of benchmarks in a tree, seen from it. */
async function definitionsIn(
  files: Pick<Ports["files"], "glob">,
  suites: readonly Suite[],
  tree: string,
): Promise<readonly string[]> {
  const found = await Promise.all(
    suites.map(async ({ workload, folder }) => {
      const patterns = workload.kind === "bench" ? workload.patterns : [];
      const inside = await files.glob(patterns, suiteFolder(tree, folder));
      return folder === undefined ? inside : inside.map((file) => `${folder}/${file}`);
    }),
  );
  return [...new Set(found.flat())].sort();
}

/**
 * The folders of benchmarks that these files lie in, outermost first and none within another: for each file the nearest folder above it
 * that is called bench, benches, benchmark or benchmarks; below a folder of sources only where its name is set apart, as `__bench__` is.
 *
 * Note: the fixed part of a pattern was rejected (of `src/**` it is all of the code under test), and so was what the files import: that
 * does not tell a helper from the code under test either.
 *
 * @internal Exported for its tests.
 */
export function definitionFolders(files: readonly string[]): readonly string[] {
  const found = new Set(files.map(folderOf).filter((folder) => folder !== null));
  return [...found].sort().filter((folder) => ![...found].some((other) => folder.startsWith(`${other}/`)));
}

function folderOf(file: string): string | null {
  const names = file.split("/").slice(0, -1);
  const source = names.findIndex((name) => SOURCES.test(name));
  const at = names.findLastIndex(
    (name, index) => FOLDER.test(name) && (source < 0 || index < source || MARKED.test(name)),
  );
  return at < 0 ? null : names.slice(0, at + 1).join("/");
}

/** Keys of a package.json that say that others use the package: what is called "benchmark" may be the product itself. */
const USED_BY_OTHERS = ["main", "module", "exports", "bin", "types"];

function isPackage(manifest: string | null): boolean {
  if (manifest === null) return false;
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === "object" && value !== null && USED_BY_OTHERS.some((key) => key in value);
  } catch {
    // A manifest that nobody can read says nothing of its folder: only what the patterns name is taken from it.
    return true;
  }
}
