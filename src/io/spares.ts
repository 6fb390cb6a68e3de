import type { ChildProcess } from "node:child_process";
import type { ProcessSpec } from "../ports/index.ts";
import { spawnChild } from "./spawn.ts";

/** What a child is started with. */
type Start = Pick<ProcessSpec, "argv" | "cwd" | "env">;

/** A child that was started before anybody needs it, and what with; null where it could not be. */
interface Spare {
  readonly key: string;
  readonly child: Promise<ChildProcess | null>;
}

/**
 * One child that waits for what to read on its stdin. It keeps this program from nothing, and ends with it: its stdin does. Whoever takes it finds it as if it had
 * just been started.
 */
export class Spares {
  #spare: Spare | null = null;

  /** Starts a child unless one like it waits already; `env` is the whole environment that it sees. */
  start(spec: Start, env: Record<string, string>): void {
    const key = keyOf(spec);
    if (this.#spare?.key === key) return;
    void this.#spare?.child.then((child) => child?.stdin?.end());
    this.#spare = {
      key,
      child: spawnChild({ ...spec, reads: true }, env).then(
        (child) => {
          hold(child, false);
          return child;
        },
        () => null,
      ),
    };
  }

  /** The child that waits, if it was started so and is still there. */
  async take(spec: Start): Promise<ChildProcess | null> {
    const spare = this.#spare;
    if (spare?.key !== keyOf(spec)) return null;
    this.#spare = null;
    const child = await spare.child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null;
    hold(child, true);
    return child;
  }
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
