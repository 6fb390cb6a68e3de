import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { NotRegularError, regularOnly } from "../regular-file.ts";

/** Why a text was not appended, for people: the end of a sentence. */
export type NotAppended = string;

/**
 * Appends the first of some texts that a file has room for, whole or not at all: null where that is the first of them. The file must be an ordinary one: a
 * named pipe that somebody has put in its place would hold this program for good.
 */
export function appendFirst(
  file: string | undefined,
  texts: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): NotAppended | null {
  if (file === undefined || file === "") return "the runner names no file for it";
  try {
    const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
    const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o666);
    try {
      const status = fstatSync(descriptor);
      regularOnly(status);
      const [chosen] = texts.filter((text) => status.size + Buffer.byteLength(text) <= limit);
      if (chosen !== undefined) appendWhole(descriptor, status.size, Buffer.from(chosen));
      return chosen === texts[0] ? null : "there is no room left for all of it";
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof NotRegularError) return `its file is ${error.what}`;
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code === "ENXIO") return "its file is a named pipe or a socket";
    return code === "ENOSPC" ? "the disk is full" : message;
  }
}

/** Half a text could spoil what others have written, so none of it stays. */
function appendWhole(descriptor: number, size: number, bytes: Buffer): void {
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  }
}
