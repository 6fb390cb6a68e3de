/**
 * The recorder of what a Node program touches: `NODE_OPTIONS="--require …/recorder.cjs" BENCHGATE_TOUCHED=FILE` adds to FILE a line for each module that the
 * program loads and each path that it asks for, and one for whatever cannot be seen from here. Its threads, and Node programs that it starts, do so as well.
 * Nothing else of the program changes, but that its files are slower.
 *
 * docs/same-code.md says what the notes are for. The functions that are wrapped, and why those: "How it knows" there.
 */

import Module from "node:module";
import process from "node:process";
import { watchBeyond } from "./beyond.ts";
import { watchFiles } from "./files.ts";
import { watchModules } from "./modules.ts";
import { notesIn } from "./note.ts";

const { BENCHGATE_TOUCHED: file } = process.env;
if (file !== undefined && file !== "") {
  const note = notesIn(file);
  try {
    watchModules(note);
    watchFiles(note);
    watchBeyond(note);
    Module.syncBuiltinESMExports();
  } catch (error) {
    // Half a record is worse than none.
    note("refuse", `this Node cannot be watched (${String(error)})`);
  }
}
