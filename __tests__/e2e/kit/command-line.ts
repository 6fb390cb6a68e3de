import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { COMPILED } from "./compiled.ts";
import { RUNNER_NODE } from "./runner.ts";

/** The command line's bundle. */
export const CLI = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundled command line as a child process. */
export function benchgate(
  args: readonly string[],
  { cwd, input = "" }: { cwd: string; input?: string },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      RUNNER_NODE,
      [...COMPILED, CLI, ...args],
      { cwd, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : null, stdout, stderr });
      },
    );
    child.stdin?.end(input);
  });
}
