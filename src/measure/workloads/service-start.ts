import { GateError } from "../../model/error.ts";
import { commandText, type Service } from "../../model/plan.ts";
import type { RunningService } from "../../ports/index.ts";
import { type Execution, type SlotResult, suiteFailure } from "../execution.ts";
import { argvOf } from "./command.ts";

/** How long between two questions whether a service is ready, and how long each may take, in seconds. */
const PAUSE = 0.05;
const PATIENCE = 5;

/** How often a service is started anew where somebody else was faster to take its port. */
const TRIES = 3;

/** What programs say of a port that is taken, on any system. */
const PORT_TAKEN = /EADDRINUSE|address (?:already )?in use|only one usage of each socket address/i;

/** A service that takes requests. */
export interface UpService {
  readonly running: RunningService;
  /** The URL that answers, with the port in it. */
  readonly ready: string;
  /** The execution with PORT and BENCHGATE_URL in its environment, and the time that the start has left of its limit. */
  readonly execution: Execution;
}

/** A service that is up, or why it is not. */
export type Started = UpService | { readonly failed: SlotResult };

/** Starts the service of one side in that side's tree, and waits until it is ready. Where it does not get there, it is stopped. */
export async function startService(service: Service, execution: Execution): Promise<Started> {
  const { clock } = execution.ports;
  const began = clock.monotonic();
  try {
    for (let attempt = 1; ; attempt++) {
      const left = execution.timeLimit - (clock.monotonic() - began);
      const outcome = await attemptStart(service, execution, Math.min(service.readyLimit, left));
      if (outcome.kind === "up") {
        const timeLimit = Math.max(0, execution.timeLimit - (clock.monotonic() - began));
        return { ...outcome.service, execution: { ...outcome.service.execution, timeLimit } };
      }
      if (outcome.kind === "taken" && attempt < TRIES) continue;
      return { failed: suiteFailure(execution.suite, outcome.reason, { output: outcome.tail }) };
    }
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { failed: suiteFailure(execution.suite, `serve: ${error.message.replace(/\.?$/, ".")}`) };
  }
}

type Attempt =
  | { readonly kind: "up"; readonly service: UpService }
  | { readonly kind: "taken" | "failed"; readonly reason: string; readonly tail: string };

async function attemptStart(service: Service, execution: Execution, limit: number): Promise<Attempt> {
  const { ports, cwd, signal } = execution;
  const port = String(await ports.network.freePort());
  const given = { PORT: port, BENCHGATE_URL: `http://127.0.0.1:${port}` };
  // What a load writes to is nothing to its service.
  const { BENCHGATE_OUTPUT: _, ...env } = { ...execution.env, ...given };
  const running = await ports.processes.start({ argv: argvOf(service.serve), cwd, env });
  const ready = service.ready.replaceAll(/\$(?:PORT\b|\{PORT\})/g, port);
  const why = await untilReady(execution, running, ready, limit);
  if (why === null) {
    return {
      kind: "up",
      service: { running, ready, execution: { ...execution, env: { ...execution.env, ...given } } },
    };
  }
  await running.stop();
  const tail = running.tail();
  const taken = PORT_TAKEN.test(tail);
  const name = `the service \`${commandText(service.serve)}\``;
  if (signal?.aborted) return { kind: "failed", reason: "interrupted.", tail: "" };
  if (taken) {
    const remedy = "Have it listen on the port that the variable PORT names: each side has its own";
    return { kind: "taken", reason: `${name} found its port taken. ${remedy}.`, tail };
  }
  return { kind: "failed", reason: `${name} ${why}`, tail };
}

/** Null once the service is ready; else why it never will be, as the rest of a sentence with the remedy. */
async function untilReady(
  { ports, signal }: Execution,
  { exited }: RunningService,
  url: string,
  limit: number,
): Promise<string | null> {
  const { clock, network } = ports;
  const deadline = clock.monotonic() + limit;
  let last: number | null = null;
  for (;;) {
    const left = deadline - clock.monotonic();
    if (signal?.aborted) return "was interrupted.";
    if (left <= 0) {
      const heard = last === null ? "nobody answers" : `status ${last}`;
      const remedy = "Have it listen on the port that the variable PORT names, correct `ready`, or raise `ready-limit`";
      return `was not ready at ${url} within ${Math.round(limit)} s (${heard}). ${remedy}.`;
    }
    const answer = await Promise.race([exited, network.status(url, Math.min(PATIENCE, left))]);
    const ended = typeof answer === "object" && answer !== null ? answer : await Promise.race([exited, null]);
    if (ended !== null) {
      const how = ended.signal === null ? `exited with code ${ended.exitCode}` : `was ended by ${ended.signal}`;
      const remedy =
        ended.exitCode === 0
          ? "It must stay in the foreground: no `&`, no daemon"
          : "See the end of its output, and run it by hand with PORT set";
      return `${how} before it was ready. ${remedy}.`;
    }
    // The last question may have had no time left for an answer: what was heard before says more.
    last = (answer as number | null) ?? last;
    if (last !== null && last >= 200 && last < 300) return null;
    await Promise.race([exited, clock.sleep(Math.min(PAUSE, left))]);
  }
}
