import { dirname, isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What is wrong with a user's module, on one line with its remedy; `cause` is what the module itself threw. */
export class ModuleError extends Error {
  constructor(problem: string, remedy: string, cause?: unknown) {
    super(`${problem}. ${remedy}.`, cause === undefined ? {} : { cause });
    this.name = "ModuleError";
  }
}

/** A module that is no benchmark for this harness, however often it is run: the file itself is to be changed, or left out. */
export class UnfitModule extends ModuleError {}

/** What somebody threw, as one line. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.split("\n", 1)[0]?.trim() || "an error without a message";
}

/** A frame of a stack: the file, and the line in it. */
const FRAME = /(?:\(|at )((?:file:\/\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):\d+\)?$/;

/** Where the harness itself lies. */
const OWN_FOLDER = dirname(fileURLToPath(import.meta.url));

/** Where below the working folder something was thrown, as `bench/sort.js:12`; null where its stack names no file there that is the user's own. */
export function whereThrown(thrown: unknown): string | null {
  try {
    const stack: unknown = thrown instanceof Error ? thrown.stack : null;
    return typeof stack === "string" ? whereIn(stack) : null;
  } catch {
    // A stack is whatever somebody makes it: lists of places (`Error.prepareStackTrace`), addresses that are none, a getter that throws.
    return null;
  }
}

/** No place is longer, in characters. */
const LONGEST = 2000;

function whereIn(stack: string): string | null {
  for (const line of stack.split("\n")) {
    const [, path, number] = line.length > LONGEST ? [] : (FRAME.exec(line) ?? []);
    if (path === undefined) continue;
    const absolute = path.startsWith("file:") ? fileURLToPath(path) : path;
    if (dirname(absolute) === OWN_FOLDER) continue;
    const file = relative(process.cwd(), absolute).replaceAll("\\", "/");
    if (!isAbsolute(file) && !/^\.\.(\/|$)|(^|\/)node_modules\//.test(file)) return `${file}:${number}`;
  }
  return null;
}
