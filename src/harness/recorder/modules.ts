import Module from "node:module";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Note, pathOf } from "./note.ts";
import { type Holder, wrap } from "./wrap.ts";

type LoadHook = (url: string, context: unknown, next: (url: string, context: unknown) => unknown) => unknown;
/** What versions of Node have, and what is not in their types. */
type Loader = typeof Module & {
  readonly registerHooks?: (hooks: { readonly load: LoadHook }) => unknown;
  readonly _extensions: Holder;
  _load: (request: string, ...rest: unknown[]) => unknown;
};

/** Built-in modules that read by native code of their own, and what is done about a use of each. */
const NATIVE: Readonly<Record<string, { readonly made: string; readonly reads: boolean }>> = {
  "node:sqlite": { made: "DatabaseSync", reads: true },
  "node:wasi": { made: "WASI", reads: false },
  wasi: { made: "WASI", reads: false },
};

/** Notes every module that is loaded from a file. One from anywhere else cannot be known. */
export function watchModules(note: Note): void {
  const loader = Module as Loader;
  const done = new Set<string>();
  const patch = (id: string, exports: unknown): void => {
    const door = NATIVE[id];
    if (door === undefined || done.has(id)) return;
    done.add(id);
    wrap(exports, door.made, ([path]) => {
      if (door.reads) note("touch", pathOf(path) ?? "");
      else note("refuse", `uses ${id}`);
    });
    Module.syncBuiltinESMExports();
  };
  const { _load: load } = loader;
  // Late, because to load them warns.
  loader._load = function (this: unknown, request, ...rest) {
    const exports = Reflect.apply(load, this, [request, ...rest]);
    patch(request, exports);
    return exports;
  };
  if (loader.registerHooks === undefined) {
    for (const extension of Object.keys(loader._extensions)) {
      wrap(loader._extensions, extension, ([, file]) => note("load", String(file)));
    }
  } else {
    loader.registerHooks({
      load: (url, context, next) => {
        if (url.startsWith("file:")) note("load", fileURLToPath(url.split(/[?#]/)[0]!));
        else if (!url.startsWith("node:")) note("refuse", `loads a module from ${url.slice(0, 20)}`);
        if (url in NATIVE) patch(url, Reflect.apply(load, loader, [url]));
        return next(url, context);
      },
    });
  }
  wrap(process, "getBuiltinModule", ([id]) => {
    if (/sqlite|wasi|quic/.test(String(id))) note("refuse", `uses ${String(id)}`);
  });
}
