import { existsSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../environment.ts";
import { type Asking, createAsking } from "./asking.ts";
import { type Checkout, readCheckout } from "./checkout.ts";
import { type GitCommand, type GitPlace, gitCommand, type RunGit } from "./command.ts";
import { asVariables, bareEnvironment, type GitSetting, userEnvironment } from "./environment.ts";
import { unlessGateError } from "./errors.ts";
import { submodules } from "./gaps.ts";
import type { Patience } from "./patience.ts";
import { createPrivateSettings } from "./private.ts";
import { type Credentials, type Route, type Routes, routesTo } from "./routes.ts";
import { filterSettings, layoutSettings, lfsSettings, partialSettings } from "./settings.ts";
import { pipeIn, waitsFor } from "./stuck.ts";

/** A working tree with git's own folder for it. */
export interface Tree {
  readonly root: string;
  readonly gitDir: string;
}

/**
 * A repository with the settings that it had before anything of it ran. Whatever is done with it is done by a git that sees of those what
 * is known to be needed, and nothing else.
 */
export interface Repository {
  readonly checkout: Checkout;
  /** git in the folder that it was opened in: without secrets, without a way to any remote, without anything that it could start. */
  readonly local: GitCommand;
  /** The same in a working tree of this repository. */
  inTree(tree: Tree): GitCommand;
  /** git that writes the files of a tree: with the filters that were there, and still without secrets. */
  filling(tree: Tree, added: Readonly<Record<string, string>>): GitCommand;
  /** The remote, to fetch from into this repository; null where there is none. */
  readonly remote: Asking | null;
  /** The same for git-lfs. */
  readonly lfs: Asking | null;
  /** The ways to the remote; null where there is none. */
  readonly routes: { readonly fetch: Routes; readonly push: Routes } | null;
  /** The submodules that are checked out, by path. */
  readonly submodules: ReadonlyMap<string, Repository>;
}

/** Where a repository comes from. */
export interface Opening extends Credentials {
  readonly cwd: string;
  readonly run: RunGit;
  readonly patience: Patience;
  readonly temporaryFolder: () => Promise<string>;
  /** Seconds after which a git that has not ended is looked after. */
  readonly slowAfter: number;
}

/** Nothing that only looks at what is here may take longer, in seconds. */
export const LOOK_LIMIT = 120;

/** A way to no remote at all: git must not fetch by itself what a partial clone lacks. */
export const NOWHERE = { GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" } as const;

/** Hooks, watchers and background work belong to the user's own commands, not to ours. */
const QUIET: readonly GitSetting[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  // Left to itself git asks the repositories that objects are borrowed from, which have settings of their own.
  ["core.alternateRefsCommand", "exit 0;"],
  ["advice.detachedHead", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["submodule.recurse", "false"],
  ["protocol.version", "2"],
];

/** The variables of a git that sees these settings and ours. */
export function quietVariables(settings: readonly GitSetting[]): Record<string, string> {
  return asVariables([...settings, ...QUIET]);
}

/** Submodules of submodules of …: deeper is nobody's. */
const DEEPEST = 10;

/** Opens the repository around `cwd` with its submodules; null where there is none. */
export async function openRepository(opening: Opening, depth = 0): Promise<Repository | null> {
  const { cwd, run } = opening;
  const checkout = await readCheckout(cwd, opening.env, run);
  if (checkout === null) return null;
  const own = await createPrivateSettings(checkout, await opening.temporaryFolder());
  const layout = layoutSettings(checkout);
  const env = childEnvironment(opening.env);
  const here = { cwd, gitDir: checkout.gitDir, root: checkout.root };
  const why = async () => {
    const pipe = await pipeIn(checkout.commonDir);
    return pipe === null ? null : waitsFor(pipe);
  };
  const place = (where: Where, base: Variables, settings: readonly GitSetting[]): GitPlace => ({
    cwd: where.cwd,
    env: { ...base, ...own.variables, ...variablesOf(where), ...quietVariables([...own.files, ...settings]) },
    run,
    before: own.restore,
    watch: { after: opening.slowAfter, why },
  });
  const looking = (where: Where): GitCommand =>
    gitCommand({ ...place(where, { ...bareEnvironment(env), ...NOWHERE }, layout), timeLimit: LOOK_LIMIT });
  const local = looking(here);
  const { origin } = checkout;
  const routes = origin && {
    fetch: routesTo(origin.fetch, checkout, opening),
    push: routesTo(origin.push, checkout, opening),
  };
  const asking = (ways: readonly Route[], settings: readonly GitSetting[]): Asking => {
    const commands = ways.map((way) => gitCommand(place(here, way.env, [...settings, ...way.settings])));
    return createAsking(commands, opening.patience);
  };
  const lfs = lfsSettings(checkout);
  return {
    checkout,
    local,
    inTree: (tree) => looking({ ...tree, cwd: tree.root }),
    filling(tree, added) {
      // What a filter asks for by itself it asks for by the user's means, as before.
      const settings = [...layout, ...(routes?.fetch.user.settings ?? []), ...filterSettings(checkout)];
      const base = { ...userEnvironment(env), ...NOWHERE, ...added };
      return gitCommand(place({ ...tree, cwd: tree.root }, base, settings));
    },
    remote: routes && asking(routes.fetch.all, partialSettings(checkout)),
    // What git-lfs is told to start is shown no secret.
    lfs: routes && asking(lfs.starting ? [routes.fetch.user] : routes.fetch.all, lfs.settings),
    routes,
    submodules: depth === DEEPEST ? new Map() : await openSubmodules(opening, checkout, local, depth),
  };
}

type Variables = Readonly<Record<string, string>>;

/** A folder in a working tree. */
interface Where {
  readonly cwd: string;
  readonly gitDir: string;
  readonly root: string | null;
}

function variablesOf({ gitDir, root }: Where): Variables {
  return { GIT_DIR: gitDir, ...(root !== null && { GIT_WORK_TREE: root }) };
}

async function openSubmodules(
  opening: Opening,
  { root, commonDir }: Checkout,
  local: GitCommand,
  depth: number,
): Promise<ReadonlyMap<string, Repository>> {
  const opened = new Map<string, Repository>();
  if (root === null || !(existsSync(join(commonDir, "modules")) || existsSync(join(root, ".gitmodules"))))
    return opened;
  for (const path of await submodules(local, root)) {
    const cwd = join(root, path);
    if (!existsSync(join(cwd, ".git"))) continue;
    // One that cannot be used is missed where it is wanted (`Git.lacking`).
    const submodule = await openRepository({ ...opening, cwd }, depth + 1).catch(unlessGateError);
    if (submodule !== null) opened.set(path, submodule);
  }
  return opened;
}
