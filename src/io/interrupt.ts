import type { Interrupt } from "../ports/index.ts";
import { endAllProcesses } from "./groups.ts";

/** The signals that interrupt, with the exit code that tells of each: 128 + its number. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** How long the program may take to put away what it has, in milliseconds, before it is ended. */
const PATIENCE = 5000;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP (the terminal is gone). The first one ends all children and aborts `signal`, so that the program can keep
 * what was recorded and exit with `exitCode()`; the second one, or five seconds, exits at once. Whatever is left of the
 * children dies with the program.
 */
export function handleInterrupts(): Interrupt {
  const controller = new AbortController();
  let code: number | null = null;
  for (const [name, exitCode] of Object.entries(EXIT_CODES)) {
    process.on(name, () => {
      if (code !== null) process.exit(code);
      code = exitCode;
      endAllProcesses();
      controller.abort();
      setTimeout(() => process.exit(exitCode), PATIENCE).unref();
    });
  }
  return { signal: controller.signal, exitCode: () => code };
}
