import { type ChildProcess, spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { findStrays, type Mark, markOf, signalAll } from "./strays.ts";

/** How long a group may take to end by itself before it is killed, in milliseconds, unless it is told otherwise. */
const GRACE = 2000;

/** How often what is left is counted, in milliseconds. */
const PULSE = 20;

const windows = process.platform === "win32";

/** Every group that may still have members. */
const live = new Set<Group>();

let ended = false;
let watching = false;

/**
 * A child with all processes that it starts: those of its process group, and, on Linux, those that left it (`setsid`, daemons), which
 * are known by the mark in their environment.
 */
export class Group {
  readonly #leader: ChildProcess;
  readonly #mark: Mark | null;
  readonly #grace: number;
  /** Whether the leader has ended: its id may belong to somebody else by now. */
  #headless = false;
  #askedAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `grace`: how long it may take to end by itself, in milliseconds. */
  constructor(leader: ChildProcess, grace: number = GRACE) {
    this.#leader = leader;
    this.#mark = markOf(leader);
    this.#grace = grace;
    live.add(this);
    if (!watching) process.on("exit", killAllGroups);
    watching = true;
  }

  /** Asks everybody to end, and kills whoever has not when the grace is over. */
  end(): void {
    if (this.#askedAt !== undefined) return;
    this.#askedAt = performance.now();
    this.#signal("SIGTERM");
    signalAll(this.#strays(), "SIGTERM");
    this.#timer = setTimeout(() => this.kill(), this.#grace);
    // Kept daemons die with this program; they must not keep it alive.
    if (this.#headless) this.#timer.unref();
  }

  /**
   * Kills whatever is left of the process group, once its leader has ended, and ends what has left the group. With `keep`, that lives
   * on until this program ends.
   */
  async release(daemons: "end" | "keep" = "end"): Promise<void> {
    clearTimeout(this.#timer);
    this.#signal("SIGKILL");
    const strays = daemons === "keep" ? [] : this.#strays();
    this.#headless = true;
    if (daemons === "keep") return;
    await this.#outlast(strays);
    live.delete(this);
  }

  /** Kills everybody now: for when this program itself ends. */
  kill(): void {
    this.#signal("SIGKILL");
    signalAll(this.#strays(), "SIGKILL");
  }

  /** Waits for strays to end, with what they may start meanwhile; kills them when the grace is over. */
  async #outlast(found: readonly number[]): Promise<void> {
    if (found.length === 0) return;
    if (this.#askedAt === undefined) signalAll(found, "SIGTERM");
    this.#askedAt ??= performance.now();
    const deadline = this.#askedAt + this.#grace;
    for (let left = found; left.length > 0; left = this.#strays()) {
      const late = performance.now() - deadline;
      if (late >= 0) signalAll(left, "SIGKILL");
      // What even SIGKILL does not end hangs in the kernel, and nothing can be done about it.
      if (late > GRACE) return;
      await delay(PULSE);
    }
  }

  #strays(): readonly number[] {
    const { pid } = this.#leader;
    return this.#mark === null ? [] : findStrays([this.#mark], new Set(pid === undefined ? [] : [pid]));
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    const { pid } = this.#leader;
    if (pid === undefined || this.#headless) return;
    if (windows) {
      // Windows has no groups and no gentle signal: the tree is found by parentage, as long as the parent lives.
      if (this.#leader.exitCode === null) spawnSync("taskkill", ["/PID", String(pid), "/T", "/F"], { stdio: "ignore" });
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // ESRCH: nobody is left. EPERM (macOS): only zombies are, or a member changed its user and is beyond our reach.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ESRCH" && code !== "EPERM") throw error;
    }
  }
}

/** Ends every child with its group, and lets no new one start: for when the user interrupts. */
export function endAllProcesses(): void {
  ended = true;
  for (const group of live) group.end();
}

/** Whether `endAllProcesses` was called. */
export function processesEnded(): boolean {
  return ended;
}

function killAllGroups(): void {
  for (const group of live) group.kill();
}
