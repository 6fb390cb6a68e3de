import { GateError } from "../model/error.ts";
import type { ProcessSpec, RunningService } from "../ports/index.ts";
import { Group, processesEnded } from "./groups.ts";
import { Tail } from "./output-tail.ts";
import { spawnChild } from "./spawn.ts";
import { listensOn, usageOf } from "./usage.ts";

/** How long output may still arrive after the service has ended, in milliseconds: whoever left its group can hold a pipe open. */
const DRAIN = 1000;

/**
 * A service that has been started at the head of a process group of its own. What it prints is read and forgotten but for the last
 * lines. When it ends, for whatever reason, so does the rest of its group; a service that goes on in the background while what
 * started it returns has ended for us.
 */
export async function startService(
  spec: Omit<ProcessSpec, "timeLimit">,
  env: Record<string, string>,
): Promise<RunningService> {
  if (processesEnded()) {
    throw new GateError("interrupted before the service was started", "Run it again", {}, "measure");
  }
  const child = await spawnChild(spec, env);
  const group = new Group(child);
  const tail = new Tail();
  child.stdout?.on("data", (chunk: Buffer) => tail.push("stdout", chunk));
  child.stderr?.on("data", (chunk: Buffer) => tail.push("stderr", chunk));
  const closed = new Promise((resolve) => child.once("close", resolve));
  const ended = new Promise<Awaited<RunningService["exited"]>>((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const exited = ended.then(async (how) => {
    await group.release();
    const drain = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, DRAIN);
    await closed;
    clearTimeout(drain);
    return how;
  });
  return {
    exited,
    tail: () => tail.text(),
    usage: () => (child.pid === undefined ? null : usageOf(child.pid)),
    listens: (ports) => (child.pid === undefined ? null : listensOn(child.pid, ports)),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) group.end();
      await exited;
    },
  };
}
