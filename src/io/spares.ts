import type { ChildProcess } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import type { ProcessSpec } from "../ports/index.ts";
import { Group } from "./groups.ts";
import { spawnChild } from "./spawn.ts";

/** What a child is started with. */
type Start = Pick<ProcessSpec, "argv" | "cwd" | "env">;

/** A child that has started, and everything that it starts. */
export interface Started {
  readonly child: ChildProcess;
  readonly group: Group;
}

/** A child that was started before anybody needs it, and what with; null where it could not be. */
interface Spare {
  readonly key: string;
  readonly started: Promise<(Started & { readonly release: () => void }) | null>;
  /** Ends it once it is too old. */
  readonly timer: NodeJS.Timeout;
}

/** How long a spare is kept, in ms: longer than what goes on until it is needed, but not for as long as a server lives. */
const KEPT = 600_000;

/** One child that waits for what to read on its stdin. It keeps this program from nothing, and ends with it. Whoever takes it finds it as if it had just been started. */
export class Spares {
  #spare: Spare | null = null;

  /** Starts a child unless one like it waits already; `env` is the whole environment that it sees. */
  start(spec: Start, env: Record<string, string>): void {
    const key = keyOf(spec);
    if (this.#spare?.key === key) return;
    this.#drop();
    const started = spawnChild({ ...spec, reads: true }, env).then(waiting, () => null);
    const spare = { key, started, timer: setTimeout(() => this.#drop(), KEPT).unref() };
    this.#spare = spare;
    void started.then((it) => it?.child.once("exit", () => this.#spare === spare && this.#forget()));
  }

  /** The child that waits, if it was started so and is still there. */
  async take(spec: Start): Promise<Started | null> {
    const spare = this.#spare;
    if (spare?.key !== keyOf(spec)) return null;
    this.#forget();
    const started = await spare.started;
    // That it has ended is known once the event loop has come round.
    for (let i = 0; i < 2; i++) await setImmediate();
    if (started === null || hasEnded(started.child)) return null;
    // From here on that is for whoever takes it.
    started.child.off("exit", started.release);
    hold(started.child, true);
    return started;
  }

  #drop(): void {
    void this.#spare?.started.then((it) => it && !hasEnded(it.child) && it.group.kill());
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#spare?.timer);
    this.#spare = null;
  }
}

/** A child that waits. Once it has ended nothing is left of it. */
function waiting(child: ChildProcess) {
  const group = new Group(child);
  // What could not be released goes when this program does.
  const release = () => void group.release().catch(() => {});
  child.once("exit", release);
  hold(child, false);
  return { child, group, release };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function keyOf({ argv, cwd, env }: Start): string {
  return JSON.stringify([argv, cwd, env]);
}

/** Whether a child and its pipes keep this program from ending. */
function hold(child: ChildProcess, holds: boolean): void {
  // They are sockets, whatever their type says.
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly (NodeJS.RefCounted | null)[];
  for (const handle of handles) holds ? handle?.ref() : handle?.unref();
}
