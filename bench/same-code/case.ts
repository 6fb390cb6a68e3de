/** What is at a path of a planted tree: a file's text or bytes, a link, an empty folder, the source of an addon, another name of a file, or nothing any more. */
export type Planted =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly folder: true }
  | { readonly addon: string }
  | { readonly twin: string }
  | null;

/** A project with a benchmark that says what it computed, and a change of it. */
export interface Case {
  readonly name: string;
  /** The benchmark: it calls `say`, once. */
  readonly module: string;
  readonly base: Readonly<Record<string, Planted>>;
  /** What the change makes of some paths. */
  readonly change: Readonly<Record<string, Planted>>;
  /** Files that another suite writes once the trees have been compared: the text of each on one side, and on the other. */
  readonly late?: Readonly<Record<string, readonly [string, string]>>;
  /** What another module writes once this one has run: on one side, and on the other. */
  readonly later?: Readonly<Record<string, readonly [Planted, Planted]>>;
  /** Whether nothing that the benchmark does depends on the change. */
  readonly inert?: true;
  /** The first version of Node that has what it takes. */
  readonly node?: number;
}

type Files = Readonly<Record<string, Planted>>;
type More = Pick<Case, "inert" | "node" | "late" | "later">;

/** A case: the benchmark `module` in a tree of `base`, and what the change makes of some paths. */
export const at = (name: string, module: string, base: Files, change: Files, more: More = {}): Case => ({
  name,
  module,
  base,
  change,
  ...more,
});
/** A case in which nothing that the benchmark does depends on the change. */
export const inert = (name: string, module: string, base: Files, change: Files, more: More = {}): Case =>
  at(`inert: ${name}`, module, base, change, { ...more, inert: true });

/** What gives a benchmark the functions of files. */
export const FS = 'import fs from "node:fs"; import fsp from "node:fs/promises";\n';
/** What gives a benchmark `require`. */
export const REQUIRE = 'import m from "node:module"; const require = m.createRequire(import.meta.url);\n';
/** What gives a benchmark the functions that start a process. */
export const CHILD = 'import { execFileSync, execSync } from "node:child_process";\n';
/** A benchmark that says what an addon exports. */
export const ADDON = `${REQUIRE}say(require("./x.node"))`;
/** The package.json of the package `p`. */
export const pkg = (fields: object): string => JSON.stringify({ name: "p", ...fields });
/** Where the package `p` is installed. */
export const P = "node_modules/p/";
/** A WebAssembly module whose function `f` gives a number, from 0 to 63. */
export const wasm = (value: number): Uint8Array =>
  new Uint8Array([
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    1,
    5,
    1,
    96,
    0,
    1,
    127,
    3,
    2,
    1,
    0,
    7,
    5,
    1,
    1,
    102,
    0,
    0,
    10,
    6,
    1,
    4,
    0,
    65,
    value,
    11,
  ]);
/** How a thread says something, up to what it says. */
export const WORKER = 'require("worker_threads").parentPort.postMessage(';
