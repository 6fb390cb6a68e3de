import type { Flags, FlagTypes } from "../io/argv.ts";
import type { Ports, Terminal } from "../ports/index.ts";

/** The world of a command line. */
export interface World {
  readonly ports: Ports;
  readonly terminal: Terminal;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
}

/** One word of the command line: `benchgate <name> …`. */
export interface CliCommand {
  readonly name: string;
  /** What stands after the name. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: FlagTypes;
  /** How many words may stand beside the flags. */
  readonly operands: number;
  /** Resolves to the exit code. */
  run(flags: Flags, world: World): Promise<number>;
}
