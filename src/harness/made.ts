import type { BenchLike } from "./benches.ts";

/** Runs a bench that a module asks to run itself, and keeps what came of it. */
export interface Takeover {
  run(bench: BenchLike): Promise<unknown>;
  runSync(bench: SyncBench): void;
}

/** A bench that can be run without waiting: since version 4. */
export interface SyncBench extends BenchLike {
  runSync(): unknown;
}

/** A file of tinybench, on a line of a stack. */
const TINYBENCH = /[\\/]tinybench(?:@[^\\/]*)?[\\/]/;

/**
 * The benches that a module makes, whoever exports them: modules in the shape in which such files are published run themselves, print a
 * table and export nothing. One that is asked to run while it is watched is run by `takeover`.
 *
 * Every tinybench since version 2 builds its Bench on the platform's EventTarget, so that whoever makes one passes by here, whatever the
 * copy of tinybench and however it was loaded. Only tinybench itself sees the EventTarget that watches: classes of the code under test have
 * the platform's own.
 */
export class MadeBenches {
  readonly #takeover: Takeover;
  readonly #made: BenchLike[] = [];
  /** Benches that we run ourselves: what is asked of them then is meant. */
  readonly #ours = new Set<BenchLike>();
  readonly #pending = new Set<Promise<unknown>>();

  constructor(takeover: Takeover) {
    this.#takeover = takeover;
  }

  /** All that were made, in order. */
  get all(): readonly BenchLike[] {
    return this.#made;
  }

  /** Runs `load`, whose tinybench is watched from then on. */
  async watching<T>(load: () => Promise<T>): Promise<T> {
    const plain = globalThis.EventTarget;
    const watched = new Proxy(plain, {
      construct: (target, given, made) => {
        const instance: object = Reflect.construct(target, given, made);
        if (isBenchClass(made)) this.#watch(instance as BenchLike, made.prototype);
        return instance;
      },
    });
    Object.defineProperty(globalThis, "EventTarget", {
      get: () => (isTinybench() ? watched : plain),
      configurable: true,
    });
    try {
      return await load();
    } finally {
      Object.defineProperty(globalThis, "EventTarget", { value: plain, writable: true, configurable: true });
    }
  }

  /** Resolves once nothing that the module has asked to run is under way, and nothing comes after it at once. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) {
      await Promise.allSettled(this.#pending);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Has `run` run a bench by its own engine, although it is watched. */
  async byOurselves<T>(bench: BenchLike, run: () => Promise<T>): Promise<T> {
    this.#ours.add(bench);
    try {
      return await run();
    } finally {
      this.#ours.delete(bench);
    }
  }

  #watch(bench: BenchLike, methods: Methods): void {
    this.#made.push(bench);
    const instead = (name: keyof Methods, take: () => unknown) => {
      const own = methods[name];
      if (typeof own !== "function") return;
      const value = (...given: readonly unknown[]) => (this.#ours.has(bench) ? own.call(bench, ...given) : take());
      Object.defineProperty(bench, name, { value, writable: true, configurable: true });
    };
    instead("run", () => this.#run(bench));
    instead("runSync", () => {
      this.#ours.add(bench);
      try {
        this.#takeover.runSync(bench as SyncBench);
      } finally {
        this.#ours.delete(bench);
      }
      return bench.tasks;
    });
    // Version 2 warms up when it is asked to: we ask, when we run it.
    instead("warmup", async () => bench.tasks);
  }

  #run(bench: BenchLike): Promise<unknown> {
    const done = this.byOurselves(bench, () => this.#takeover.run(bench)).then(() => bench.tasks);
    this.#pending.add(done);
    const over = () => this.#pending.delete(done);
    done.then(over, over);
    return done;
  }
}

interface Methods {
  readonly run?: (...given: readonly unknown[]) => unknown;
  readonly runSync?: (...given: readonly unknown[]) => unknown;
  readonly warmup?: unknown;
}

/** Whether what is made is a Bench: a Task can be run too, but nothing can be added to it. */
function isBenchClass(made: { readonly prototype?: unknown }): made is { readonly prototype: Methods } {
  const { add, run } = (made.prototype ?? {}) as Record<string, unknown>;
  return typeof add === "function" && typeof run === "function";
}

/** Whether a file of tinybench asks. */
function isTinybench(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 4;
  const [, , ...askers] = String(new Error().stack).split("\n");
  Error.stackTraceLimit = stackTraceLimit;
  return askers.some((line) => TINYBENCH.test(line));
}
