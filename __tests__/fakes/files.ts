import { GateError } from "../../src/model/error.ts";
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

/** Files that are texts by their path, as it is given: `a` and `./a` are two. Folders are what paths lie in. */
export function memoryFiles(texts: Map<string, string>): Files {
  let folders = 0;
  const below = (folder: string, patterns: readonly string[]) =>
    [...texts.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1))
      .filter((path) => patterns.some((pattern) => patternOf(pattern).test(path)))
      .sort();
  return {
    readText: async (path) => {
      const text = texts.get(path);
      if (text === undefined) throw new GateError("there is no such file", "Check the path", { file: path });
      return text;
    },
    // Bytes stand as characters of Latin-1.
    write: async (path, content) => {
      let text = "";
      if (typeof content === "string") text = content;
      else
        for await (const piece of content)
          text += typeof piece === "string" ? piece : [...piece].map((byte) => String.fromCharCode(byte)).join("");
      texts.set(path, text);
    },
    readTextIfAny: async (path) => texts.get(path) ?? null,
    readPipe: async () => null,
    isOutside: async () => false,
    remove: async (path) => void texts.delete(path),
    glob: async (patterns, cwd) => below(cwd, patterns),
    temporaryFolder: async () => `/tmp/${++folders}`,
    open: fakeOpening(texts).open,
    listFolder: async (folder, patterns) =>
      [...texts.keys()].some((path) => path.startsWith(`${folder}/`))
        ? below(folder, patterns).map((path) => {
            const text = texts.get(`${folder}/${path}`)!;
            return { path, size: text.length, stamp: text };
          })
        : null,
  };
}

/** A pattern in which `*` stands for a part of a name, and `**` for folders. */
function patternOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*)/).map((part) => {
    if (part === "**/") return "(?:.*/)?";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}
