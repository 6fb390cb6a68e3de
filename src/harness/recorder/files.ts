import fs from "node:fs";
import promises from "node:fs/promises";
import process from "node:process";
import { type Note, type NoteKind, pathOf } from "./note.ts";
import { binding, wrap } from "./wrap.ts";

/** Public functions that have doors of their own: those of `fs` call the binding, some do not. */
const LISTING = ["readdir", "readdirSync", "opendir", "opendirSync", "cp", "cpSync"];
const TOUCHING =
  "readFile readFileSync access accessSync exists existsSync readlink readlinkSync realpath realpathSync copyFile copyFileSync createReadStream openAsBlob watch statfs statfsSync".split(
    " ",
  );
/** Those whose answer tells of a folder what is in it: its links count the folders below. The loaders and `realpath` ask the binding, for the kind alone. */
const ASKING = ["stat", "statSync", "lstat", "lstatSync", "watchFile", "open", "openSync"];

/** Functions of the binding that take a descriptor, or are asked about a module. */
const BLIND = /^(?:f[a-z]+|close|read|readBuffers|write[BS].*|getFormat.*)$/;

/** Functions of the binding that take a second path. */
const TWICE = ["rename", "link", "symlink", "copyFile", "cpSyncCheckPaths", "cpSyncCopyDir"];

/**
 * Notes whatever asks for a file, a folder or a name in it: by the public functions, and by the binding that they and both module loaders call, which also
 * catches functions that were taken hold of before.
 */
export function watchFiles(note: Note): void {
  const at =
    (kind: NoteKind, index = 0) =>
    (given: readonly unknown[]): void => {
      const path = pathOf(given[index]);
      if (path !== null) note(kind, path);
    };
  for (const api of [fs, promises]) {
    for (const name of LISTING) wrap(api, name, at("list"));
    for (const name of TOUCHING) wrap(api, name, at("touch"));
    for (const name of ASKING) wrap(api, name, at("ask"));
    wrap(api, "watch", at("list"));
  }
  wrap(fs.realpath, "native", at("touch"));
  wrap(fs.realpathSync, "native", at("touch"));
  wrap(process, "loadEnvFile", ([path]) => note("touch", pathOf(path ?? ".env") ?? ""));

  const bound = binding("fs");
  for (const name of Object.keys(bound)) {
    if (/^[a-z]/.test(name) && !BLIND.test(name)) wrap(bound, name, at(name === "readdir" ? "list" : "touch"));
  }
  // Its path is the first or the second of its arguments.
  wrap(bound, "internalModuleStat", (given) => {
    for (const each of given) if (typeof each === "string") note("touch", pathOf(each)!);
  });
  for (const name of ["cpSyncCopyDir", "rmSync"]) wrap(bound, name, at("list"));
  for (const name of TWICE) wrap(bound, name, at("touch", 1));
  const { FSEvent } = binding("fs_event_wrap") as { FSEvent?: { prototype: unknown } };
  wrap(FSEvent?.prototype, "start", at("list"));
}
