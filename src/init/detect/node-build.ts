import type { SetupStep } from "../found.ts";
import { ancestors, folderOf, inside, type Repository } from "../repository.ts";
import { manifestOf, manifestsOf } from "./package-json.ts";

/** A file that imports things. */
export interface ScriptFile {
  readonly path: string;
  readonly text: string;
}

/** Folders that builds write into. */
const OUTPUT = "(dist|lib|build|out|es|esm|cjs)";
const BUILT = new RegExp(`^(.*?/)?${OUTPUT}(/|$)`);

/** What a package exports where a build makes it. */
const BUILT_ENTRY = new RegExp(`"(\\./)?${OUTPUT}/`);

/** The builds that make what a package's benchmarks import. */
export function buildSteps(repository: Repository, folder: string, files: readonly ScriptFile[]): readonly SetupStep[] {
  const specifiers = files.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:from|import|require\(|import\()\s*["']([^"']+)["']/g)].map(([, name]) => ({
      path,
      name: name!,
    })),
  );
  const relative = specifiers.flatMap(({ path, name }) => builtBy(repository, resolved(folderOf(path), name)));
  const packages = specifiers.flatMap(({ name }) => packageCalled(repository, folder, name));
  const builders = [...relative, ...packages].flatMap((owner) => builderOf(repository, owner));
  return [...new Set(builders)].map((at) => buildStep(repository, at, "the benchmarks import what it makes"));
}

/** The build of a package that has a script for it. */
export function buildStep(repository: Repository, folder: string, about: string): SetupStep {
  return { folder, line: `${runner(manifestOf(repository, folder)?.scripts.get("build") ?? "")} run build`, about };
}

/** Whether a path of a package is one that a build usually makes. */
export function isBuilt(path: string): boolean {
  return BUILT.test(path);
}

/** The folder whose build makes a path; none where the path is in the repository, or where no build writes. */
function builtBy(repository: Repository, path: string | null): readonly string[] {
  const [place = "", before = ""] = (path === null ? null : BUILT.exec(path)) ?? [];
  const output = place.replace(/\/$/, "");
  if (place === "") return [];
  // What is there and ignored is what somebody built here before.
  if (!isIgnored(repository, output) && repository.paths.some((each) => each.startsWith(`${output}/`))) return [];
  return [before.replace(/\/$/, "")];
}

/** Whether a folder is named as it stands in a .gitignore around it. */
function isIgnored(repository: Repository, folder: string): boolean {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const line = new RegExp(`^/?(?:\\*\\*/)?${name}/?\\*?[ \\t\\r]*$`, "m");
  return ancestors(folder).some((at) => line.test(repository.text(inside(at, ".gitignore")) ?? ""));
}

/** A relative import as a path of the repository; null where it is none. */
function resolved(folder: string, name: string): string | null {
  if (!/^\.\.?\//.test(name)) return null;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The folder of the repository's own package of a name, where what it exports is built. */
function packageCalled(repository: Repository, folder: string, specifier: string): readonly string[] {
  return [...manifestsOf(repository)].flatMap(([at, { name, main, entries }]) => {
    if (name === "" || (specifier !== name && !specifier.startsWith(`${name}/`))) return [];
    const isTracked = repository.paths.some((path) => path.startsWith(inside(at, "dist/")));
    return !isTracked && (at === folder || BUILT_ENTRY.test(`"${main}" ${entries}`)) ? [at] : [];
  });
}

/** The nearest package that has a build, from the one whose files are wanted upwards. */
function builderOf(repository: Repository, owner: string): readonly string[] {
  const found = [owner, ...ancestors(owner)].find((at) => manifestOf(repository, at)?.scripts.has("build") === true);
  return found === undefined ? [] : [found];
}

/** What runs a script: npm, but for a script that calls another package manager, which then has to be there. */
function runner(script: string): string {
  const [manager] = /\b(pnpm|yarn|bun)\b/.exec(script) ?? [];
  return manager === undefined ? "npm" : `npx --yes ${manager}`;
}
