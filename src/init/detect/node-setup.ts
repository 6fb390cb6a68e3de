import type { SetupStep } from "../found.ts";
import { folderOf, inside, type Repository } from "../repository.ts";
import { manifestOf } from "./package-json.ts";

/**
 * A lockfile, and the command that installs exactly what it names. A package manager that the machine may lack comes through npm, which every
 * machine with Node has.
 */
const LOCKFILES = [
  ["pnpm-lock.yaml", (version) => `npx --yes pnpm@${version ?? "10"} install --frozen-lockfile`],
  ["bun.lock", (version) => `npx --yes bun@${version ?? "1"} install --frozen-lockfile`],
  ["bun.lockb", (version) => `npx --yes bun@${version ?? "1"} install --frozen-lockfile`],
  ["yarn.lock", () => "npx --yes yarn@1.22.22 install --frozen-lockfile"],
  ["package-lock.json", () => "npm ci"],
  ["npm-shrinkwrap.json", () => "npm ci"],
] as const satisfies readonly (readonly [string, (version: string | null) => string])[];

/** What JavaScript packages need before their benchmarks run: what their lockfile names, and a build where they measure what is built. */
export function nodeSetup(
  repository: Repository,
  packages: readonly { readonly folder: string; readonly texts: readonly string[] }[],
): readonly SetupStep[] {
  const steps = packages.flatMap(({ folder, texts }) => [
    ...install(repository, folder),
    ...build(repository, folder, texts),
  ]);
  const written = steps.map(({ folder, line }) => `${folder} ${line}`);
  return steps.filter((_, index) => written.indexOf(written[index]!) === index);
}

/** The package and those around it: what it measures may need their dependencies. */
function install(repository: Repository, folder: string): readonly SetupStep[] {
  const around = folder === "" ? [] : install(repository, folderOf(folder));
  const manifest = manifestOf(repository, folder);
  if (manifest === null) return around;
  const locked = LOCKFILES.flatMap(([file, line]) =>
    repository.paths
      .filter((path) => path === file || path.endsWith(`/${file}`))
      .map((path) => ({ folder: folderOf(path), file, line })),
  );
  const lock = locked.find((each) => each.folder === folder);
  if (lock !== undefined)
    return [...around, { folder, line: lineOf(repository, lock), about: `what ${lock.file} names` }];
  // A package of a workspace is installed with it.
  if (around.some((step) => step.line !== NO_LOCK && isMember(repository, step.folder, folder))) return around;
  return manifest.dependencies.size === 0
    ? around
    : [...around, { folder, line: NO_LOCK, about: "no lockfile: what the ranges allow today" }];
}

const NO_LOCK = "npm install --no-audit --no-fund --no-package-lock";

function lineOf(
  repository: Repository,
  {
    folder,
    file,
    line,
  }: { readonly folder: string; readonly file: string; readonly line: (version: string | null) => string },
): string {
  const isModern = file === "yarn.lock" && repository.paths.includes(inside(folder, ".yarnrc.yml"));
  if (isModern) return "npx --yes @yarnpkg/cli-dist@4 install --immutable";
  const declared = /"packageManager"\s*:\s*"(?:pnpm|bun)@([\d.]+)/.exec(
    repository.text(inside(folder, "package.json")) ?? "",
  );
  return line(declared?.[1] ?? null);
}

/** Whether a package belongs to the workspace of another one further up. */
function isMember(repository: Repository, root: string, folder: string): boolean {
  const text = repository.text(inside(root, "package.json")) ?? "";
  return (
    folder !== root && (/"workspaces"\s*:/.test(text) || repository.paths.includes(inside(root, "pnpm-workspace.yaml")))
  );
}

/** A build, where a benchmark imports what only a build makes. */
function build(repository: Repository, folder: string, texts: readonly string[]): readonly SetupStep[] {
  const manifest = manifestOf(repository, folder);
  if (manifest === null || !manifest.scripts.has("build")) return [];
  const built = new RegExp(
    `["'](\\.{1,2}/)*(\\.{1,2}/(dist|lib|build|out|es|esm|cjs)(/|["'])${manifest.name === "" ? "" : `|${manifest.name.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&")}["'/]`})`,
  );
  const isTracked = repository.paths.some((path) => path.startsWith(inside(folder, "dist/")));
  if (isTracked || !texts.some((text) => built.test(text))) return [];
  return [{ folder, line: "npm run build", about: "the benchmarks import what it makes" }];
}
