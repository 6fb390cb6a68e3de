import type { Files } from "../../src/ports/index.ts";

/** The part of `Files` that opens files and lists folders, over texts by their path. A folder is what a path lies in; a stamp is the text itself. */
export function fakeOpening(texts: ReadonlyMap<string, string>): Pick<Files, "open" | "listFolder"> {
  return {
    open: async (path) => {
      const text = texts.get(path);
      if (text === undefined) return null;
      const bytes = new TextEncoder().encode(text);
      return {
        size: bytes.length,
        async *chunks() {
          yield bytes;
        },
      };
    },
    listFolder: async (path, patterns) => {
      const inside = [...texts.keys()].filter((name) => name.startsWith(`${path}/`)).sort();
      if (inside.length === 0) return null;
      const endings = patterns.map((pattern) => pattern.replace(/^\*\*\/|^\*/, ""));
      return inside
        .filter((name) => endings.some((ending) => name.endsWith(ending)))
        .map((name) => ({ path: name.slice(path.length + 1), size: texts.get(name)!.length, stamp: texts.get(name)! }));
    },
  };
}
