import { type BenchLike, benchmarkName, type TaskLike } from "./benches.ts";
import type { Companions } from "./companions.ts";
import { forgetHashSeed } from "./hash-seed.ts";
import type { Phase } from "./messages.ts";
import { installClock, clock as own } from "./platform-clock.ts";
import { NOTHING, type Noted } from "./slices.ts";
import { Turns } from "./turns.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** How a module's run takes part in something larger. */
export interface Seat {
  /** Runs `load`, whose tinybench takes hold of the clock that is there. */
  loading<T>(load: () => Promise<T>): Promise<T>;
  /** Says which benchmarks will come. */
  announce(tasks: readonly string[]): void;
  /** Gets a bench ready to take turns; the returned function ends that. */
  joining(bench: BenchLike): () => void;
  /** What was noted in ms of the task that has just been measured; no slices where it was not cut into any. */
  noted(): Noted;
  /** Whether so many samples of the phase that is under way are all so far, and each of them is known. */
  hasNoted(samples: number): boolean;
  /** Those samples count for nothing; false where they are not all known. */
  settle(samples: number): boolean;
  /** Whether everybody else has left the phase of a benchmark that this one is in. */
  isLast(): boolean;
}

/** The seat of a module that runs alone: nobody waits for anybody. */
const alone: Seat = {
  loading: (load) => load(),
  announce: () => {},
  joining: () => () => {},
  noted: () => NOTHING,
  hasNoted: () => false,
  settle: () => false,
  isLast: () => false,
};

/** Slices that begin, and that end. */
interface Slicing {
  start(): void;
  stop(): void;
}

/** What it takes to join a bench in. */
interface Means {
  readonly clock: VirtualClock;
  readonly turns: Turns;
  readonly slices: Slicing;
}

/** The seat that the conductor has given this process; `alone` where there is none. Waits for the first turn. */
export function joinTurns(env: NodeJS.ProcessEnv, { pause }: Pick<Companions, "pause">): Seat {
  const { BENCHGATE_TURNS: fd } = env;
  // What the module starts is no side of ours.
  delete env.BENCHGATE_TURNS;
  delete env.BENCHGATE_SLICE;
  forgetHashSeed(process.execArgv);
  if (fd === undefined || own === null) return alone;
  const clock = own;
  const turns = new Turns(Number(fd));
  const slices: Slicing = {
    start: () => clock.startSlices(() => pause(() => turns.say({ kind: "slice" }))),
    stop: () => clock.stopSlices(),
  };
  turns.say({ kind: "ready" });
  let loading = false;
  return {
    loading: async (load) => {
      loading = true;
      slices.start();
      try {
        return await load();
      } finally {
        loading = false;
        slices.stop();
        installClock(clock, { yields: false });
      }
    },
    announce: (tasks) => turns.tell({ kind: "tasks", tasks }),
    noted: () => clock.endSamples(),
    hasNoted: (samples) => clock.hasNoted(samples),
    settle: (samples) => clock.settle(samples),
    isLast: () => turns.isLast,
    joining: (bench) => {
      installClock(clock, { yields: false });
      const leave = join(bench, { clock, turns, slices });
      return () => {
        leave();
        if (!loading) return;
        // The module runs its bench itself, and has more to load.
        installClock(clock, { yields: true });
        slices.start();
      };
    },
  };
}

/**
 * Has each task of a bench wait where it begins to warm up and to run, and, where the bench's clock goes along, after each slice. A bench
 * whose tasks all run at once has one step for all of them; one whose calls of a task overlap is not sliced, because what is under way
 * would go on behind our back.
 */
function join(bench: BenchLike, { clock, turns, slices }: Means): () => void {
  const atOnce = bench.concurrency === "bench";
  const sliced = (bench.concurrency ?? null) === null && yielding(bench, clock);
  const steps = new Set<Phase>();
  const come = (phase: Phase, task: TaskLike) => {
    slices.stop();
    if (atOnce && steps.has(phase)) return;
    steps.add(phase);
    clock.standStill(() => turns.say({ kind: "step", phase, task: benchmarkName(bench, task) }));
    if (!sliced) return;
    slices.start();
    // Warm-ups are noted as well, for nobody: V8 would throw away what it has compiled of a clock that begins to note only as the measurement does.
    clock.beginSamples();
  };
  const listeners = bench.tasks.flatMap((task) =>
    (["warmup", "start"] as const).map((event) => {
      const listener = () => come(event === "warmup" ? "warmup" : "run", task);
      task.addEventListener(event, listener);
      return () => task.removeEventListener(event, listener);
    }),
  );
  return () => {
    slices.stop();
    clock.endSamples();
    for (const remove of listeners) remove();
  };
}

/**
 * Whether a bench's clock gives the turn away, if need be with a clock put around it: versions 2 (`now`) and 3 to 5 (`opts.now`) look it up
 * for each sample. Of version 6, whose tasks keep the function they were added with, only what was taken while the module loaded does.
 */
function yielding(bench: BenchLike, clock: VirtualClock): boolean {
  const holder = typeof bench.opts?.now === "function" ? bench.opts : bench;
  const { now } = holder;
  if (typeof now !== "function") return false;
  const { virtual, yields } = clock.probe(() => now.call(holder));
  if (!virtual || yields || bench.timestampProvider !== undefined) return virtual && yields;
  holder.now = () => {
    clock.yieldIfDue();
    return now.call(holder);
  };
  return true;
}
