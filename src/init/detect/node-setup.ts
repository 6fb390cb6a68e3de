import type { SetupStep } from "../found.ts";
import { nearestFolder, type Repository } from "../repository.ts";
import { manifestOf } from "./package-json.ts";

/** A lockfile, and the command that installs exactly what it names. */
const LOCKFILES = [
  ["pnpm-lock.yaml", "pnpm install --frozen-lockfile"],
  ["bun.lock", "bun install --frozen-lockfile"],
  ["bun.lockb", "bun install --frozen-lockfile"],
  ["yarn.lock", "yarn install --frozen-lockfile"],
  ["package-lock.json", "npm ci"],
  ["npm-shrinkwrap.json", "npm ci"],
] as const;

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

function install(repository: Repository, folder: string): readonly SetupStep[] {
  const manifest = manifestOf(repository, folder);
  const locked = LOCKFILES.flatMap(([file, line]) =>
    repository.paths
      .filter((path) => path === file || path.endsWith(`/${file}`))
      .map((path) => ({ folder: path.slice(0, -file.length).replace(/\/$/, ""), file, line })),
  );
  const place = nearestFolder(
    locked.map(({ folder: each }) => each),
    folder,
  );
  const lock = locked.find((each) => each.folder === place);
  if (lock === undefined) {
    if (manifest === null || manifest.dependencies.size === 0) return [];
    return [{ folder, line: "npm install --no-audit --no-fund", about: "no lockfile: what the ranges allow today" }];
  }
  const modern =
    lock.file === "yarn.lock" &&
    repository.paths.includes(lock.folder === "" ? ".yarnrc.yml" : `${lock.folder}/.yarnrc.yml`);
  return [
    { folder: lock.folder, line: modern ? "yarn install --immutable" : lock.line, about: `what ${lock.file} names` },
  ];
}

/** A build, where a benchmark imports what only a build makes. */
function build(repository: Repository, folder: string, texts: readonly string[]): readonly SetupStep[] {
  const manifest = manifestOf(repository, folder);
  if (manifest === null || !manifest.scripts.has("build")) return [];
  const built = new RegExp(
    `["'](\\.{1,2}/)*(\\.{1,2}/(dist|lib|build|out|es|esm|cjs)(/|["'])${manifest.name === "" ? "" : `|${manifest.name.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&")}["'/]`})`,
  );
  const isTracked = repository.paths.some((path) => path.startsWith(folder === "" ? "dist/" : `${folder}/dist/`));
  if (isTracked || !texts.some((text) => built.test(text))) return [];
  return [{ folder, line: "npm run build", about: "the benchmarks import what it makes" }];
}
