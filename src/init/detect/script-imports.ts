import { folderOf, inside, type Repository } from "../repository.ts";

/** What a script takes from other files of the repository. */
interface Imported {
  readonly texts: readonly string[];
  /** Why the load would be a risk: a file that is there was not read; null where all were. */
  readonly unread: string | null;
}

/** Looks up what a script of one path and text imports. */
export type Imports = (path: string, text: string) => Imported;

/** Files of data that are for settings rather than for rows: addresses are in them. */
const SETTINGS = /config|env|setting|url|endpoint|host|target|server/i;

/** How a language names its own files: as paths to try, from the folder of the file that names them. */
const NAMES: Readonly<Record<"js" | "py", (folder: string, text: string) => readonly (readonly string[])[]>> = {
  js: (folder, text) =>
    [...text.matchAll(/(?:\bfrom|\bimport|\b(require|open|import)\()\s*["'`](\.{0,2}\/?[\w./@-]+)["'`]/g)].flatMap(
      ([whole, , name]) => {
        const isData = whole.startsWith("open");
        if (isData ? !SETTINGS.test(name!) : !name!.startsWith(".")) return [];
        const path = joined(folder, name!);
        return [["", ".js", ".ts", ".mjs", "/index.js", "/index.ts"].map((end) => `${path}${end}`)];
      },
    ),
  py: (folder, text) =>
    [
      ...text.matchAll(
        /^[ \t]*(?:from[ \t]+\.*([\w.]*)[ \t]+import\b[ \t]*(?:\(([\w,\s]*)|([\w, \t]*))|import[ \t]+([\w., \t]+))/gm,
      ),
    ].flatMap(([, from, many, some = "", modules]) => {
      const parts = (modules ?? many ?? some).split(",").map((each) => each.trim().split(/\s/)[0]!);
      const paths = from === undefined ? parts : ["", ...parts].map((each) => `${from}.${each}`);
      return [...new Set([folder, ""])].flatMap((each) =>
        paths.map((path) => {
          const file = inside(each, path.split(".").filter(Boolean).join("/"));
          return [`${file}.py`, `${file}/__init__.py`];
        }),
      );
    }),
};

/** The imports of load scripts in a repository: those of a file, and theirs. */
export function importsIn(repository: Repository, language: keyof typeof NAMES): Imports {
  const there = new Set(repository.paths);
  return (start, script) => {
    const seen = new Map<string, string>([[start, script]]);
    const open: (readonly [string, string])[] = [[start, script]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const names of NAMES[language](folderOf(next[0]), next[1])) {
        const path = names.find((each) => there.has(each));
        if (path === undefined || seen.has(path)) continue;
        const text = repository.text(path);
        if (text === null)
          return {
            texts: [],
            unread: `It takes something from ${path}, which \`benchgate init\` does not read, and which may have other addresses in it: add a suite with \`serve\`, \`ready\` and \`run\` for it`,
          };
        seen.set(path, text);
        open.push([path, text]);
      }
    }
    seen.delete(start);
    return { texts: [...seen.values()], unread: null };
  };
}

/** A relative path from a folder, without its dots. */
function joined(folder: string, name: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
