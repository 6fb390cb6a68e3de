import type { Ports } from "../../ports/index.ts";
import { suiteFolder } from "../preflight.ts";
import type { MeasuredSide } from "../recorder.ts";
import type { Side } from "../schedule.ts";
import { differsByNow, readsElsewhere } from "./compared.ts";
import { inTree } from "./difference.ts";
import { type Ground, watchedPaths } from "./ground.ts";
import { readNotes } from "./notes.ts";
import { type Snapshot, snapshotOf } from "./since.ts";
import type { Watch } from "./watch.ts";
import { pathsOf, reachOf, type Watched, whyMeasured } from "./why-measured.ts";

/** What is watched: one module's next run, on both sides. */
interface Target {
  readonly ground: Ground;
  readonly sides: readonly [MeasuredSide, MeasuredSide];
  /** The module in its suite's folder. */
  readonly module: string;
  readonly folder: string | undefined;
  /** Where the notes are written, and what the names of this run's begin with. */
  readonly notes: { readonly folder: string; readonly run: number };
}

/** A module that is watched while it runs. */
interface Watching extends Pick<Watch, "env"> {
  /** Once it has run: why it must be measured, as the rest of a sentence, or else how what it depends on looked. */
  end(): Promise<string | Snapshot>;
}

/** Has the system note what a module's next run touches; null where this system does not. */
export async function watchRun(
  { files, host: { recorder, preload } }: Pick<Ports, "files" | "host">,
  { ground, sides, module, folder, notes }: Target,
): Promise<Watching | null> {
  if (recorder === undefined || preload === undefined) return null;
  const { trees, roots, difference } = ground;
  const aged = await Promise.all(roots.map((root) => trees.age(watchedPaths(root, difference))));
  if (aged.includes(null)) return null;
  const log = (side: Side) => `${notes.folder}/${notes.run}-${side}`;
  const watchedOn = async ({ name, cwd }: MeasuredSide, root: string, read: readonly string[]): Promise<Watched> => {
    const noted = readNotes((await files.readTextIfAny(log(name))) ?? "");
    const paths = pathsOf(noted);
    const [here, ...ways] = await trees.ways([`${suiteFolder(cwd, folder)}/${module}`, ...paths]);
    return {
      root,
      module: inTree(root, here!.end) ?? here!.end,
      notes: noted,
      ways: new Map(paths.map((path, at) => [path, ways[at]!])),
      read: read.map((path) => path.slice(root.length + 1)),
    };
  };
  return {
    env: (side, env) => ({
      // The first of all: what another module that is loaded ahead looks at has to be seen as well.
      NODE_OPTIONS: `--require "${escaped(recorder)}" ${env.NODE_OPTIONS ?? preload.options}`.trimEnd(),
      BENCHGATE_TOUCHED: log(side),
    }),
    end: async () => {
      // Before anything else, which would be seen as well.
      const read = await Promise.all(aged.map((each) => each!()));
      const watched = await Promise.all(sides.map((side, index) => watchedOn(side, roots[index]!, read[index]!)));
      const both = watched as [Watched, Watched];
      const seen = whyMeasured(difference, both) ?? (await readsElsewhere(ground, both, notes.folder));
      if (seen !== null) return seen;
      // First, so that whatever is written while both sides are compared is seen as well.
      const reach = reachOf(both);
      const snapshot = await snapshotOf(ground, reach);
      const path = await differsByNow(ground, reach);
      return path === null ? snapshot : `touches ${path}, which differs by now`;
    },
  };
}

/** As Node reads a path with spaces in NODE_OPTIONS. */
function escaped(path: string): string {
  return path.replace(/["\\]/g, "\\$&");
}
