import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Profile } from "../../src/explain/profile.ts";
import { readProfile } from "../../src/explain/readers/index.ts";

const FOLDER = new URL("../fixtures/profiles/", import.meta.url);

/** A profile that a profiler wrote, unpacked as the files port does. */
export function profileIn(name: string): Profile {
  const bytes = readFileSync(new URL(name, FOLDER));
  return readProfile(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes, name);
}

/** Five rounds of one side of a module whose `fold` normalises on the head. */
export function rounds(side: "base" | "head"): readonly Profile[] {
  return [1, 2, 3, 4, 5].map((round) => profileIn(`node/${side}-${round}.cpuprofile`));
}

/** The trees that they are of, and their files. */
export const TREES = {
  base: { root: "/repo/base", below: "", tools: ["/benchgate/src/harness/"] },
  head: { root: "/repo/head", below: "", tools: ["/benchgate/src/harness/"] },
} as const;

/** The files of both trees; `texts` are there besides, or in their place. */
export function sourceFiles(texts: Readonly<Record<string, string | null>> = {}) {
  return {
    readTextIfAny: async (path: string) => {
      if (path in texts) return texts[path]!;
      if (!path.startsWith("/repo/")) return null;
      try {
        return readFileSync(new URL(`node/${path.slice("/repo/".length)}`, FOLDER), "utf8");
      } catch {
        return null;
      }
    },
    listFolder: async (folder: string) =>
      Object.keys(texts)
        .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(".dist-info/RECORD"))
        .map((path) => ({ path: path.slice(folder.length + 1), size: 1, stamp: "" })),
  };
}

/** What each function took itself, by name. */
export function selfByName({ frames, nodes }: Profile): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { frame, weight } of nodes) {
    const { name } = frames[frame]!;
    sums.set(name, (sums.get(name) ?? 0) + weight);
  }
  return sums;
}
