import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ModuleError, oneLine, whereThrown } from "./error.ts";
import { foreignIn } from "./foreign.ts";

/** What each error code of the module loader asks of the user. */
const REMEDIES: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND: "Install or build what it imports in `setup`; an import of a file needs its extension",
  MODULE_NOT_FOUND: "Install or build what it requires in `setup`",
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX:
    "Node runs only TypeScript that can be erased (no enum, no namespace): compile it first",
  ERR_REQUIRE_ESM: "Import that module instead of requiring it",
};

/** A loaded module's exports by name. A TypeScript module compiled to CommonJS looks as if it were the original. */
export type Exports = Readonly<Record<string, unknown>>;

/** Imports a module, relative to the working folder. Throws a `ModuleError` where it does not load. */
export async function loadModule(file: string): Promise<Exports> {
  try {
    const exports: Exports = await keepingSamples(() => import(pathToFileURL(resolve(file)).href));
    const inner = exports.default;
    return typeof inner === "object" && inner !== null && "__esModule" in inner ? (inner as Exports) : exports;
  } catch (thrown) {
    throw loadError(file, thrown);
  }
}

/**
 * Has every tinybench that `load` brings in keep its samples, whatever its version and wherever it is installed.
 *
 * Up to version 5 it always does. Version 6 decides for each task when the task is added, from options that it keeps to
 * itself, so nothing can be changed once the module is loaded; but all its options are plain objects, which inherit
 * what they do not say.
 *
 * Note: patching `Bench.prototype.add` was rejected: it finds only the copy that the module itself resolves, not that
 * of a shared helper.
 */
async function keepingSamples<T>(load: () => Promise<T>): Promise<T> {
  // Writable, so that an object which sets its own `retainSamples` still can.
  Object.defineProperty(Object.prototype, "retainSamples", { value: true, configurable: true, writable: true });
  try {
    return await load();
  } finally {
    Reflect.deleteProperty(Object.prototype, "retainSamples");
  }
}

function loadError(file: string, thrown: unknown): ModuleError {
  const foreign = foreignIn(file);
  if (foreign !== null) return foreign;
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  if (code === "ERR_UNKNOWN_FILE_EXTENSION" && /\.[cm]?ts\b/.test(oneLine(thrown))) {
    const problem = `the module is TypeScript, which Node ${process.versions.node} does not run`;
    return new ModuleError(problem, "Set up Node 22.18 or newer for the benchmarks, or compile the module first");
  }
  const remedy = REMEDIES[code] ?? `Run \`node ${file}\` to see it fail`;
  const where = whereThrown(thrown);
  const thrownAt = where === null ? "" : `, ${where}`;
  return new ModuleError(`the module does not load (${oneLine(thrown)}${thrownAt})`, remedy, thrown);
}
