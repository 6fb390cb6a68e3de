import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import type { SideEnd, SidePlan } from "../model/lockstep.ts";
import { GO, parseMessage, type SideMessage } from "./messages.ts";
import { Tail } from "./output-tail.ts";
import type { Standing, Step } from "./turn-order.ts";
import { stepKey } from "./turn-order.ts";

/** The descriptor under which a side finds its end of the pipe, and the variables that tell it so. */
export const TURNS_FD = 3;

/** The exit code of a side whose module is no benchmark for this harness. */
const UNFIT = 2;

/** How long a side may take to end by itself before it is killed, and its output may still arrive after it, in ms. */
const GRACE = 2000;
const DRAIN = 1000;

/** One side's process, as the conductor sees it. While it starts it has the turn: that time is of its limit as well. */
export class Side implements Standing {
  /** Resolves once it waits for its first turn, or has ended. */
  readonly started: Promise<void>;
  readonly ended: Promise<SideEnd>;
  alive = true;
  step: Step | null = null;
  tasks: readonly string[] | null = null;
  readonly seen = new Set<string>();

  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #limit: number;
  #timedOut = false;
  #spent = 0;
  #since: number | null = performance.now();
  #watch: NodeJS.Timeout | undefined;
  #rest = "";

  /** Starts `argv`; `onStop` is called whenever the side gives the turn away, or has ended. */
  constructor(argv: readonly [string, ...string[]], plan: SidePlan, env: NodeJS.ProcessEnv, onStop: () => void) {
    const [program, ...rest] = argv;
    this.#limit = plan.timeLimit * 1000;
    this.#watch = setTimeout(this.#check, this.#limit);
    const child = spawn(program, rest, { cwd: plan.cwd, env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    this.#child = child;
    this.#pipe = child.stdio[TURNS_FD] as Duplex;
    // A side that ends while we write to it is told by its exit.
    this.#pipe.on("error", () => {});
    let start = () => {};
    this.started = new Promise((resolve) => {
      start = resolve;
    });
    const stop = () => {
      start();
      this.#stop(onStop);
    };
    this.#pipe.on("data", (chunk: Buffer) => {
      if (this.#hear(chunk.toString("latin1"))) stop();
    });
    const tail = new Tail();
    child.stdout?.on("data", (chunk: Buffer) => tail.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => tail.push(chunk));
    this.ended = this.#end(tail, stop);
  }

  /** Whether it has ended because its module is no benchmark for this harness. */
  unfit = false;

  /** Ends it, where its module has not come to anything yet. */
  dismiss(): void {
    if (this.alive && this.tasks === null && this.step === null) this.#child.kill("SIGKILL");
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it goes on now. */
  get hasTurn(): boolean {
    return this.#since !== null;
  }

  /** Gives it the turn; `isLast` where every other side has left the phase that it is in. */
  go(isLast: boolean): void {
    this.#since = performance.now();
    this.#pipe.write(isLast ? GO.last : GO.together);
  }

  #stop(onStop: () => void): void {
    if (this.#since === null) return;
    this.#spent += performance.now() - this.#since;
    this.#since = null;
    onStop();
  }

  /** Takes in messages; whether the last of them gives the turn away. */
  #hear(text: string): boolean {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    let stopped = false;
    for (const message of lines.map(parseMessage)) if (message !== null) stopped = this.#take(message) || stopped;
    return stopped;
  }

  #take(message: SideMessage): boolean {
    if (message.kind === "tasks") {
      this.tasks = message.tasks;
      return false;
    }
    if (message.kind === "step") {
      this.step = { phase: message.phase, task: message.task };
      this.seen.add(stepKey(this.step));
    }
    return true;
  }

  /** Set once and put off while the side waits, because setting a timer for each of thousands of slices has its price. */
  readonly #check = (): void => {
    const spent = this.#spent + (this.#since === null ? 0 : performance.now() - this.#since);
    if (spent < this.#limit) {
      this.#watch = setTimeout(this.#check, this.#limit - spent);
      return;
    }
    this.#timedOut = true;
    this.#child.kill("SIGTERM");
    this.#watch = setTimeout(() => this.#child.kill("SIGKILL"), GRACE);
  };

  async #end(tail: Tail, stop: () => void): Promise<SideEnd> {
    const closed = new Promise<void>((resolve) => this.#child.once("close", () => resolve()));
    const { exitCode, signal } = await new Promise<Pick<SideEnd, "exitCode" | "signal">>((resolve) => {
      this.#child.once("error", (error) => {
        tail.push(Buffer.from(`${error.message}\n`));
        resolve({ exitCode: 127, signal: null });
      });
      this.#child.once("exit", (code, name) => resolve({ exitCode: code, signal: name }));
    });
    clearTimeout(this.#watch);
    this.alive = false;
    this.unfit = exitCode === UNFIT;
    // Ended out of turn, it held nobody up.
    stop();
    // Only a process that the side has left behind can hold its pipes open.
    const drained = new Promise<void>((resolve) => setTimeout(resolve, DRAIN).unref());
    await Promise.race([closed, drained]);
    return { exitCode, signal, timedOut: this.#timedOut, output: tail.text(), seconds: this.#spent / 1000 };
  }
}
