import { GateError } from "../../model/error.ts";
import { commandText, type Ready, type Service } from "../../model/plan.ts";
import type { Network, RunningService } from "../../ports/index.ts";
import { type Execution, type SlotResult, suiteFailure } from "../execution.ts";
import { argvOf } from "./command.ts";
import { exitWords, neverRan } from "./exit.ts";
import { type Answer, ask, portNames, readyOn } from "./readiness.ts";

/** How long between two questions whether a service is ready, and how long each may take, in seconds. */
const PAUSE = 0.05;
const PATIENCE = 5;

/** How often a service is started anew where somebody else was faster to take its port. */
const TRIES = 3;

/** How long between two starts of a service whose own port is not free yet, in seconds. */
const RELEASE = 1;

/** What programs say of a port that is taken, on any system. */
const PORT_TAKEN = /EADDRINUSE|address (?:already )?in use|only one usage of each socket address/i;

/** A service that takes requests. */
export interface UpService {
  readonly running: RunningService;
  /** How it is asked whether it is there, with its ports in place of their names. */
  readonly ready: Ready;
  readonly ports: readonly number[];
  /** The execution with the ports and BENCHGATE_URL in its environment, and the time that the start has left of its limit. */
  readonly execution: Execution;
}

/** A service that is up, or why it is not. */
export type Started = UpService | { readonly failed: SlotResult };

/**
 * Starts the service of one side in that side's tree, and waits until it is ready. Where it does not get there, it is stopped.
 *
 * @param ports as many as the service is given, all free.
 */
export async function startService(service: Service, execution: Execution, ports: readonly number[]): Promise<Started> {
  const { clock, network } = execution.ports;
  const { fixedPort } = service;
  const began = clock.monotonic();
  if (fixedPort !== undefined && (await isTaken(network, fixedPort))) {
    // The load would go to whoever that is, on both sides.
    const problem = `somebody listens on port ${fixedPort} before the service \`${commandText(service.serve)}\` is started`;
    return {
      failed: suiteFailure(
        execution.suite,
        `${problem}. Stop that program first; it may be what the other side's service has left.`,
      ),
    };
  }
  let own = ports;
  try {
    for (let attempt = 1; ; attempt++) {
      const left = execution.timeLimit - (clock.monotonic() - began);
      const outcome = await attemptStart(service, execution, { ports: own, limit: Math.min(service.readyLimit, left) });
      if (outcome.kind === "up") {
        const timeLimit = Math.max(0, execution.timeLimit - (clock.monotonic() - began));
        return { ...outcome.service, execution: { ...outcome.service.execution, timeLimit } };
      }
      if (outcome.kind === "taken" && fixedPort === undefined && attempt < TRIES) {
        own = await network.freePorts(ports.length);
        continue;
      }
      // Connections of the service before may hold a port for a minute, where a program does not say that it takes it all the same.
      const isWaited = fixedPort !== undefined && isOf(fixedPort, outcome.tail);
      if (outcome.kind === "taken" && isWaited && clock.monotonic() - began < service.readyLimit) {
        await clock.sleep(RELEASE);
        continue;
      }
      const failed = suiteFailure(execution.suite, outcome.reason, { output: outcome.tail });
      return { failed: outcome.kind === "hopeless" ? { ...failed, hopeless: true } : failed };
    }
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const failed = suiteFailure(execution.suite, `serve: ${error.message.replace(/\.?$/, ".")}`);
    // What cannot even be started is of this kind.
    return { failed: error.kind === "measure" ? { ...failed, hopeless: true } : failed };
  }
}

/** Whether a port that is taken is this one, as far as the program says which. */
function isOf(port: number, tail: string): boolean {
  const lines = tail.split("\n").filter((line) => PORT_TAKEN.test(line));
  const told = lines.flatMap((line) => [...line.matchAll(/:(\d{2,5})\b/g)].map(([, number]) => Number(number)));
  return told.length === 0 || told.includes(port);
}

/** Whether anybody takes connections at a port of this machine, by either of its addresses. */
async function isTaken(network: Network, port: number): Promise<boolean> {
  const asked = ["127.0.0.1", "[::1]"].map((host) => network.connects(`tcp://${host}:${port}`, PATIENCE));
  return (await Promise.all(asked)).includes(true);
}

type Attempt =
  | { readonly kind: "up"; readonly service: UpService }
  | { readonly kind: "taken" | "failed" | "hopeless"; readonly reason: string; readonly tail: string };

async function attemptStart(
  service: Service,
  execution: Execution,
  { ports: numbers, limit }: { readonly ports: readonly number[]; readonly limit: number },
): Promise<Attempt> {
  const { ports, cwd, signal } = execution;
  const names = portNames(numbers.length);
  const given = {
    ...Object.fromEntries(names.map((name, index) => [name, String(numbers[index])])),
    BENCHGATE_URL: `http://127.0.0.1:${numbers[0]}`,
  };
  // What a load writes to is nothing to its service.
  const { BENCHGATE_OUTPUT: _, ...env } = { ...execution.env, ...given };
  const running = await ports.processes.start({ argv: argvOf(service.serve), cwd, env });
  const ready = readyOn(service.ready, numbers);
  const why = await untilReady(execution, running, ready, limit);
  if (why === null) {
    const up = { running, ready, ports: numbers, execution: { ...execution, env: { ...execution.env, ...given } } };
    return { kind: "up", service: up };
  }
  await running.stop();
  const tail = running.tail();
  const name = `the service \`${commandText(service.serve)}\``;
  if (signal?.aborted) return { kind: "failed", reason: "interrupted.", tail: "" };
  if (PORT_TAKEN.test(tail)) {
    const remedy =
      service.fixedPort === undefined
        ? "Have it listen on the port that the variable PORT names: each side has its own"
        : "See the end of its output for the port, and stop the program that has it";
    return { kind: "taken", reason: `${name} found its port taken. ${remedy}.`, tail };
  }
  return { kind: why.hopeless ? "hopeless" : "failed", reason: `${name} ${why.words}`, tail };
}

/** Why a service never will be ready, as the rest of a sentence with the remedy. */
interface Never {
  readonly words: string;
  readonly hopeless: boolean;
}

/** Null once the service is ready; else why it never will be. */
async function untilReady(
  { ports: { clock, network }, signal }: Execution,
  { exited }: RunningService,
  ready: Ready,
  limit: number,
): Promise<Never | null> {
  const deadline = clock.monotonic() + limit;
  const over = exited.then((ended) => ({ ended }));
  let heard = "nobody answers";
  for (;;) {
    const left = deadline - clock.monotonic();
    if (signal?.aborted) return { words: "was interrupted.", hopeless: false };
    if (left <= 0) return tooLate(ready, limit, heard);
    const first = await Promise.race([over, ask(network, ready, Math.min(PATIENCE, left))]);
    const ended = first !== null && "ended" in first ? first : await Promise.race([over, null]);
    if (ended !== null) return endedEarly(ended.ended);
    const answer = first as Answer | null;
    if (answer?.ready) return null;
    // The last question may have had no time left for an answer: what was heard before says more.
    heard = answer?.heard ?? heard;
    await Promise.race([exited, clock.sleep(Math.min(PAUSE, left))]);
  }
}

function tooLate(ready: Ready, limit: number, heard: string): Never {
  const remedy = "Have it listen on the port that the variable PORT names, correct `ready`, or raise `ready-limit`";
  const words = `was not ready at ${ready.url} within ${Math.round(limit)} s (${heard}). ${remedy}.`;
  return { words, hopeless: false };
}

function endedEarly({ exitCode, signal }: Awaited<RunningService["exited"]>): Never {
  if (neverRan(exitCode)) return { words: exitWords(exitCode), hopeless: true };
  const how = signal === null ? `exited with code ${exitCode}` : `was ended by ${signal}`;
  const remedy =
    exitCode === 0
      ? "It must stay in the foreground: no `&`, no daemon"
      : "See the end of its output, and run it by hand with PORT set";
  return { words: `${how} before it was ready. ${remedy}.`, hopeless: false };
}
