import { atSuite } from "../config/place.ts";
import { GateError } from "../model/error.ts";
import type { PageProgram } from "../model/report-program.ts";
import type { FlagTable } from "../model/setting.ts";
import type { Interrupt, Ports, Terminal } from "../ports/index.ts";
import { type Flags, parseFlags } from "./flags.ts";

/** The world of a command line. */
export interface World {
  readonly ports: Ports;
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  /** The browser's part of the HTML report. A `GateError` where it is missing. */
  readonly pageProgram: () => Promise<PageProgram>;
  /** The version of Benchgate. */
  readonly version: string;
}

/** What a command says of itself. */
interface About<Table extends FlagTable> {
  readonly name: string;
  /** What stands after the name. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: Table;
}

/** One word of the command line: `benchgate <name> …`. */
export interface CliCommand extends About<FlagTable> {
  /** Reads what stands after the name and does it. Resolves to the exit code. */
  readonly run: (argv: readonly string[], world: World) => Promise<number>;
}

/** A command as it is written: what it does gets its flags by their types. */
interface CommandDefinition<Table extends FlagTable> extends About<Table> {
  /** How many words may stand beside the flags. */
  readonly operands: number;
  /** Resolves to the exit code. */
  readonly run: (flags: Flags<Table>, world: World) => Promise<number>;
}

/** The command of a definition. */
export function command<Table extends FlagTable>(definition: CommandDefinition<Table>): CliCommand {
  const { name, usage, summary, flags: table, operands, run } = definition;
  return {
    name,
    usage,
    summary,
    flags: table,
    async run(argv, world) {
      const flags = parseFlags(argv, table);
      const surplus = flags.operands[operands];
      if (surplus === undefined) {
        return run(flags, world).catch(async (error) => {
          const { config = null }: { readonly config?: unknown } = flags.given;
          throw await atSuite(error, world.ports.files, typeof config === "string" ? config : null);
        });
      }
      throw new GateError(
        `${name} does not know what to do with ${surplus}`,
        `Usage: benchgate ${name} ${usage}`.trim(),
      );
    },
  };
}
