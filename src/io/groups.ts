import { type ChildProcess, spawnSync } from "node:child_process";

/** How long a group may take to end by itself before it is killed, in milliseconds. */
const GRACE = 2000;

const windows = process.platform === "win32";

/** Every group that may still have members. */
const live = new Set<Group>();

let ended = false;
let watching = false;

/** A child with all processes that it starts and that do not leave its process group on purpose. */
export class Group {
  readonly #leader: ChildProcess;
  #timer: NodeJS.Timeout | undefined;

  constructor(leader: ChildProcess) {
    this.#leader = leader;
    live.add(this);
    if (!watching) process.on("exit", killAllGroups);
    watching = true;
  }

  /** Asks the group to end, and kills it where it has not after two seconds. */
  end(): void {
    this.#signal("SIGTERM");
    this.#timer ??= setTimeout(() => this.#signal("SIGKILL"), GRACE);
  }

  /** Kills whatever is left of the group, once its leader has ended. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal("SIGKILL");
    live.delete(this);
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    const { pid } = this.#leader;
    if (pid === undefined) return;
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

  /** Kills the group now: for when this program itself ends. */
  kill(): void {
    this.#signal("SIGKILL");
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
