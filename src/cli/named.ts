import type { Files } from "../ports/index.ts";

/** Files as the user names them on the command line, where a pipe is meant as well (`--config <(make-config)`). */
export function named(
  files: Pick<Files, "readText" | "readTextIfAny" | "readPipe">,
): Pick<Files, "readText" | "readTextIfAny"> {
  return {
    readText: async (path) => (await files.readPipe(path)) ?? files.readText(path),
    readTextIfAny: (path) => files.readTextIfAny(path),
  };
}
