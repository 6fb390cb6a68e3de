import type { Flags, FlagTypes } from "../io/argv.ts";
import { GateError } from "../model/error.ts";
import type { Outcome } from "../model/verdict.ts";
import { resultJson } from "../report/json.ts";
import { commentBody } from "../report/markdown.ts";
import { marker } from "../report/sticky.ts";
import { terminalReport } from "../report/terminal.ts";
import type { World } from "./command.ts";

/** The flags that say where an outcome goes; each takes a file, or `-` for stdout. */
export const REPORT_FLAGS: FlagTypes = { json: "value", markdown: "value" };

/**
 * Writes the outcome where the flags say, and for people to the terminal where no document takes stdout.
 *
 * @param reproduce the command line that measures the same again.
 */
export async function writeReports(outcome: Outcome, flags: Flags, world: World, reproduce?: string): Promise<void> {
  const { ports, terminal } = world;
  const options = { now: ports.clock.now().toISOString(), ...(reproduce === undefined ? {} : { reproduce }) };
  const documents: Readonly<Record<string, () => string>> = {
    json: () => resultJson(outcome),
    markdown: () => commentBody(outcome, { marker: marker("local"), ...options }),
  };
  const asked = Object.entries(documents).filter(([name]) => flags.value(name) !== null);
  for (const [name, document] of asked) {
    const target = flags.value(name)!;
    const text = document().replace(/\n*$/, "\n");
    if (target === "-") terminal.out(text);
    else await ports.files.writeText(target, text);
  }
  if (asked.some(([name]) => flags.value(name) === "-")) return;
  terminal.out(terminalReport(outcome, { width: terminal.columns, colour: terminal.colour, ...options }));
}

/** Refuses two documents on one stdout. */
export function checkReports(flags: Flags): void {
  const onStdout = Object.keys(REPORT_FLAGS).filter((name) => flags.value(name) === "-");
  if (onStdout.length < 2) return;
  const [first, second] = onStdout;
  throw new GateError(`--${first} and --${second} cannot both go to stdout`, `Give --${second} a file`);
}
