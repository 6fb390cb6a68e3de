import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Case, Planted } from "./case.ts";

/** How a case is laid out: which side has the change, and how deep in its tree the benchmark runs. */
export interface Layout {
  /** Whether it is the baseline that has the change: what appears then disappears. */
  readonly backwards: boolean;
  /** The folder of the tree that everything is in; empty: the tree itself. */
  readonly below: string;
}

/** The two trees of a planted case, and the folder of each that the benchmark runs in. */
export interface Trees {
  readonly roots: readonly [string, string];
  readonly folders: readonly [string, string];
}

const SAY = "const say = (value) => console.log(JSON.stringify(value));\n";

/** Writes a case into two new trees below a folder. */
export function plant(folder: string, { module, base, change }: Case, { backwards, below }: Layout): Trees {
  rmSync(folder, { recursive: true, force: true });
  const files = { "bench.mjs": withSay(module), ...base };
  const sides = backwards ? [{ ...files, ...change }, files] : [files, { ...files, ...change }];
  const roots = [join(folder, "one"), join(folder, "other")] as const;
  const folders = [join(roots[0], below), join(roots[1], below)] as const;
  for (const [index, root] of folders.entries()) {
    mkdirSync(root, { recursive: true });
    for (const [path, what] of Object.entries(sides[index]!)) put(join(root, path), what);
  }
  return { roots, folders };
}

/** The definition of `say` behind the imports, which come first. */
function withSay(module: string): string {
  return module.replace(/^((?:import [^;]+;\s*)*)/, (imports) => `${imports}\n${SAY}`);
}

/** Puts something at a path, in place of what is there. */
export function put(path: string, what: Planted): void {
  if (what === null) return;
  mkdirSync(typeof what === "object" && "folder" in what ? path : dirname(path), { recursive: true });
  if (typeof what === "string" || what instanceof Uint8Array) writeFileSync(path, what);
  else if ("link" in what) symlinkSync(what.link, path);
  else if ("twin" in what) linkSync(join(dirname(path), what.twin), path);
  else if ("addon" in what)
    execFileSync("cc", ["-shared", "-fPIC", "-w", "-x", "c", "-o", path, "-"], { input: addon(what.addon) });
}

/** An addon whose only export is a number. */
function addon(body: string): string {
  return `#include <stdio.h>
#include <unistd.h>
extern int napi_create_int32(void*, int, void**);
static int f(void) { ${body}; }
void *napi_register_module_v1(void *e, void *x) { void *v; napi_create_int32(e, f(), &v); return v; }
`;
}
