import { GateError } from "../model/error.ts";
import type { Command } from "../model/plan.ts";
import type { Ports } from "../ports.ts";
import { argvOf, commandText } from "./command.ts";
import { cutShort } from "./execution.ts";
import type { Side } from "./schedule.ts";

/** How long the setup of one side may take, in seconds: an hour. */
const SETUP_LIMIT = 3600;

/** Lines of output that the error quotes. */
const QUOTED = 5;

/**
 * Prepares one side's tree before its first round; null prepares nothing. A setup that fails is a `GateError` of kind
 * `measure`.
 */
export async function setUp(
  { processes }: Pick<Ports, "processes">,
  side: { readonly name: Side; readonly cwd: string },
  command: Command | null,
): Promise<void> {
  if (command === null) return;
  const result = await processes.run({ argv: argvOf(command), cwd: side.cwd, env: {}, timeLimit: SETUP_LIMIT });
  if (result.exitCode === 0 && !result.timedOut) return;
  const how = cutShort(result, SETUP_LIMIT) ?? `exited with code ${result.exitCode}`;
  const lines = result.tail.split("\n").filter((line) => line.trim() !== "");
  const quoted = lines
    .slice(-QUOTED)
    .map((line) => line.trim())
    .join(" | ");
  const problem = `setup \`${commandText(command)}\` of the ${side.name} ${how}`
    .replace(/\.$/, "")
    .replaceAll("\n", " ; ");
  throw new GateError(
    quoted === "" ? problem : `${problem}: ${quoted}`,
    `Run it by hand in a fresh checkout of the ${side.name}`,
    {},
    "measure",
  );
}
