import type { Tree, TreeEntry, Trees } from "../../ports/index.ts";

/** Trees of which each path is looked at once, and each folder walked once, however often it is asked for: for as long as nothing else runs. Modules share most of what they load. */
export function onceEach(trees: Trees): Trees {
  const entries = new Map<string, Map<string, TreeEntry | null>>();
  const walks = new Map<string, Promise<Tree | null>>();
  return {
    ...trees,
    look: async (folder, paths) => {
      const known = entries.get(folder) ?? new Map<string, TreeEntry | null>();
      entries.set(folder, known);
      const fresh = paths.filter((path) => !known.has(path));
      const found = await trees.look(folder, fresh);
      for (const path of fresh) known.set(path, found.get(path) ?? null);
      return new Map(
        paths.flatMap((path) => {
          const entry = known.get(path) ?? null;
          return entry === null ? [] : [[path, entry]];
        }),
      );
    },
    walk: (folder) => {
      const known = walks.get(folder) ?? trees.walk(folder);
      walks.set(folder, known);
      return known;
    },
  };
}
