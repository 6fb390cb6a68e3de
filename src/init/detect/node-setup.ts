import type { SetupStep } from "../found.ts";
import { folderOf, inside, type Repository } from "../repository.ts";
import { buildSteps, type ScriptFile } from "./node-build.ts";
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
  packages: readonly { readonly folder: string; readonly files: readonly ScriptFile[] }[],
): readonly SetupStep[] {
  const steps = [
    ...packages.flatMap(({ folder }) => install(repository, folder)),
    ...packages.flatMap(({ folder, files }) => buildSteps(repository, folder, files)),
  ];
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
  if (lock !== undefined) return [...around, installStep(folder, lineOf(repository, lock), `what ${lock.file} names`)];
  // A package of a workspace is installed with it.
  if (around.some((step) => step.line !== NO_LOCK && isMember(repository, step.folder, folder))) return around;
  return manifest.dependencies.size === 0
    ? around
    : [...around, installStep(folder, NO_LOCK, "no lockfile: what the ranges allow today")];
}

/** Packages' own scripts fetch browsers and set up hooks of git, which benchmarks seldom need, and which may fail. */
function installStep(folder: string, line: string, about: string): SetupStep {
  const without = line.includes("@yarnpkg/cli-dist") ? "--mode=skip-build" : "--ignore-scripts";
  return { folder, line, about, plainer: `${line} ${without}` };
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
