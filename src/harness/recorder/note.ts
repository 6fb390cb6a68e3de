import fs from "node:fs";
import process from "node:process";

/** What is noted: something that was loaded, looked at, asked about (its size, its links, its times) or listed, by its path, or why nothing can be said of the run. */
export type NoteKind = "load" | "touch" | "ask" | "list" | "refuse";

/** Takes a note. */
export type Note = (kind: NoteKind, what: string) => void;

/** Opens the file that notes are added to, a JSON list a line, each once. They are written at once: whatever ends the process, they are there. */
export function notesIn(file: string): Note {
  const write = fs.writeSync;
  const descriptor = fs.openSync(file, "a");
  const seen = new Set<string>();
  return (kind, what) => {
    const line = JSON.stringify([kind, what]);
    if (seen.has(line)) return;
    seen.add(line);
    write(descriptor, `${line}\n`);
  };
}

/** The path that an argument of a file's function stands for, absolute, and otherwise as it was given: `..` behind a link is the system's affair. Null where it is none. */
export function pathOf(argument: unknown): string | null {
  const text = textOf(argument);
  if (text === null) return null;
  const plain = text.replace(/^\\\\\?\\/, "");
  return plain.startsWith("/") ? plain : `${cwd()}/${plain}`;
}

const cwd = process.cwd.bind(process);
const { toString: decode } = Buffer.prototype;

function textOf(argument: unknown): string | null {
  if (typeof argument === "string") return argument.startsWith("file:") ? urlPath(argument) : argument;
  if (argument instanceof URL) return urlPath(argument.href);
  if (!ArrayBuffer.isView(argument)) return null;
  return decode.call(Buffer.from(argument.buffer, argument.byteOffset, argument.byteLength), "utf8");
}

/** Of `file:///a/b?c` what is between the host and the query. */
function urlPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
}
