import type { Environment } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import { type Command, commandText } from "../model/plan.ts";
import type { Recording } from "../model/recording.ts";
import type { Ports } from "../ports/index.ts";
import { cutShort, suiteFailure } from "./execution.ts";
import type { MeasuredSide } from "./recorder.ts";
import { argvOf } from "./workloads/command.ts";

/** How long the setup of one side may take, in seconds: an hour. */
const SETUP_LIMIT = 3600;

/** Lines of output that the error quotes. */
const QUOTED = 5;

/** Why a side could not be set up: the end of a sentence that says which side, what to do, and the last lines of its output. */
export interface SetUpFailure {
  readonly problem: string;
  readonly remedy: string;
  readonly output: string;
}

/** How setting a side up ended. */
export type SetUpResult = { readonly ok: true } | { readonly ok: false; readonly failure: SetUpFailure };

/** The tree, and what it is called. */
interface Place {
  readonly name: string;
  readonly cwd: string;
}

/**
 * Prepares one side's tree before its first round, in `timeLimit` seconds; null prepares nothing. A setup that fails is a value: the other side may be worth
 * measuring all the same. One that cannot even be started is a `GateError`. A daemon that it leaves lives as long as this program.
 */
export async function trySetUp(
  { processes }: Pick<Ports, "processes">,
  side: Place,
  command: Command | null,
  timeLimit: number = SETUP_LIMIT,
): Promise<SetUpResult> {
  if (command === null) return { ok: true };
  const result = await processes.run({
    argv: argvOf(command),
    cwd: side.cwd,
    env: {},
    timeLimit,
    daemons: "keep",
  });
  if (result.exitCode === 0 && !result.timedOut) return { ok: true };
  const how = cutShort(result, timeLimit) ?? `exited with code ${result.exitCode}`;
  const problem = `setup \`${commandText(command)}\` of the ${side.name} ${how}`
    .replace(/\.$/, "")
    .replaceAll("\n", " ; ");
  const remedy = `Run it by hand in a fresh checkout of the ${side.name}`;
  return { ok: false, failure: { problem, remedy, output: result.tail } };
}

/** As `trySetUp`, where there is nothing to be done without this side: a setup that fails is a `GateError` of kind `measure`. */
export async function setUp(ports: Pick<Ports, "processes">, side: Place, command: Command | null): Promise<void> {
  const result = await trySetUp(ports, side, command);
  if (result.ok) return;
  const { problem, remedy, output } = result.failure;
  const quoted = output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-QUOTED)
    .map((line) => line.trim())
    .join(" | ");
  throw new GateError(quoted === "" ? problem : `${problem}: ${quoted}`, remedy, {}, "measure");
}

/** The session that a side takes part in. */
export interface Session {
  readonly session: string;
  readonly suites: readonly { readonly name: string }[];
  readonly environment: Environment;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** The recording of a side that could not be set up: one round in which every suite failed for that reason. */
export function unbuilt(
  { revision }: Pick<MeasuredSide, "revision">,
  { problem, remedy, output }: SetUpFailure,
  { session, suites, environment, startedAt }: Session,
): Recording {
  const failures = suites.flatMap(({ name }) => suiteFailure(name, `${problem}. ${remedy}.`, { output }).failures);
  return { revision, environment, rounds: [{ session, pair: 0, startedAt, measurements: [], failures }] };
}
