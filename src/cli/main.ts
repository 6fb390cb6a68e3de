import { exitCodeOf } from "../judge/exit-code.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { baseline } from "./baseline.ts";
import { bisect } from "./bisect.ts";
import type { CliCommand, World } from "./command.ts";
import { compare } from "./compare.ts";
import { demo } from "./demo.ts";
import { explain } from "./explain.ts";
import { commandHelp, overview } from "./help.ts";
import { init } from "./init.ts";
import { mcp } from "./mcp.ts";
import { parse } from "./parse.ts";
import { readable } from "./prose.ts";
import { record } from "./record.ts";
import { run } from "./run.ts";
import { trend } from "./trend.ts";

/** Everything that the command line can do, in the order of the help text. */
export const COMMANDS: readonly CliCommand[] = [
  demo,
  init,
  run,
  record,
  parse,
  compare,
  explain,
  bisect,
  baseline,
  trend,
  mcp,
];

/** Runs a command line. Resolves to the exit code; what the user must mend is one line on stderr, a bug keeps its stack. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  const { terminal, interrupt } = world;
  try {
    const code = await dispatch(argv, world);
    return interrupt.exitCode() ?? code;
  } catch (error) {
    terminal.progress("");
    if (interrupt.exitCode() !== null) return interrupt.exitCode()!;
    if (error instanceof GateError) readable(terminal).err(`benchgate: ${error.message}`);
    else terminal.err(bugReport(error));
    return error instanceof GateError ? exitCodeOf(error) : 3;
  }
}

async function dispatch(argv: readonly string[], world: World): Promise<number> {
  const [name = "help", ...rest] = argv;
  if (["help", "--help", "-h"].includes(name) || rest.includes("--help") || rest.includes("-h")) {
    const about = name === "help" ? rest[0] : name;
    const wanted = COMMANDS.find((command) => command.name === about);
    if (wanted !== undefined || about === undefined || about.startsWith("-")) {
      const { terminal } = world;
      terminal.out(wanted === undefined ? overview(COMMANDS, terminal.columns) : commandHelp(wanted, terminal.columns));
      return 0;
    }
  }
  const word = name === "help" ? rest[0]! : name;
  const command = COMMANDS.find((each) => each.name === word);
  if (command === undefined) {
    const near = nearest(
      word,
      COMMANDS.map((each) => each.name),
    );
    throw new GateError(
      `There is no command ${word}`,
      near === null ? "Run `benchgate help`." : `Did you mean ${near}?`,
    );
  }
  return command.run(rest, world);
}

/** Something that is ours to mend, with what is needed to do so. It is no verdict, so it is no exit code of one. */
function bugReport(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `benchgate: this is a bug in Benchgate: please report it with what follows.\n${stack}`;
}
