import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { childEnvironment } from "../environment.ts";
import { type Asking, createAsking } from "./asking.ts";
import { type GitCommand, type GitPlace, gitCommand } from "./command.ts";
import { bareEnvironment } from "./environment.ts";
import { configText, keeping, userConfig } from "./private.ts";
import { LOOK_LIMIT, NOWHERE, type Opening, quietVariables, type Repository } from "./repository.ts";
import type { Route } from "./routes.ts";

/** A mirror that is there. */
export interface OpenMirror {
  readonly folder: string;
  /** git in it, without a way to any remote. */
  readonly git: GitCommand;
  readonly fetching: Asking;
  readonly pushing: Asking;
}

/** Where a mirror comes from: the repository is opened when it is first needed, and again where that failed. */
export interface MirrorOptions extends Omit<Opening, "cwd"> {
  readonly repository: () => Promise<Repository>;
}

/** Makes the mirror of the checkout's `origin`, empty as yet; null where there is no such remote. */
export async function openMirror({
  repository,
  env,
  run,
  patience,
  temporaryFolder,
}: MirrorOptions): Promise<OpenMirror | null> {
  const { checkout, routes } = await repository();
  if (routes === null) return null;
  const folder = await temporaryFolder();
  const dir = join(folder, "mirror.git");
  for (const name of ["objects", "refs"]) await mkdir(join(dir, name), { recursive: true });
  const global = join(folder, "global");
  const before = keeping([
    [join(dir, "HEAD"), "ref: refs/heads/main\n"],
    [join(dir, "config"), mirrorConfig(checkout.objectFormat)],
    [global, userConfig(checkout)],
  ]);
  const place = (base: Readonly<Record<string, string>>, settings: Route["settings"]): GitPlace => ({
    // A relative address of origin counts from the root of the checkout.
    cwd: checkout.root ?? checkout.gitDir,
    env: {
      ...base,
      GIT_DIR: dir,
      GIT_COMMON_DIR: dir,
      GIT_CONFIG_GLOBAL: global,
      GIT_CONFIG_NOSYSTEM: "1",
      ...quietVariables(settings),
    },
    run,
    before,
  });
  const asking = (ways: readonly Route[]): Asking =>
    createAsking(
      ways.map((way) => gitCommand(place(way.env, way.settings))),
      patience,
    );
  const mute = { ...bareEnvironment(childEnvironment(env)), ...NOWHERE };
  return {
    folder,
    git: gitCommand({ ...place(mute, []), timeLimit: LOOK_LIMIT }),
    fetching: asking(routes.fetch.all),
    pushing: asking(routes.push.all),
  };
}

/** A partial clone, in which whatever was not asked for is missing. */
function mirrorConfig(objectFormat: string): string {
  return configText([
    ["core.repositoryformatversion", "1"],
    ["core.bare", "true"],
    ...(objectFormat === "sha1" ? [] : [["extensions.objectformat", objectFormat] as const]),
    ["extensions.partialclone", "origin"],
    ["remote.origin.promisor", "true"],
    ["remote.origin.partialclonefilter", "blob:none"],
  ]);
}
