import { GateError } from "../../model/error.ts";

/** What `read` gives; a `GateError` from within it gets the file that it is about: for adapters that read a folder. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof GateError && error.position.file === undefined ? error.in(file) : error;
  }
}
