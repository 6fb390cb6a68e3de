import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { MetricName } from "../model/metric.ts";
import { type Grown, leakOf, type Means } from "./leak.ts";
import { realClock } from "./platform-clock.ts";

/** What is recorded of a benchmark beside its latency: one number, or percentiles, a round. Lower is better for all of them. */
export interface Companion {
  readonly metric: MetricName;
  readonly unit: "s" | "B";
  readonly value?: number;
  readonly quantiles?: Readonly<Record<string, number>>;
  readonly count?: number;
}

/** A stretch of a benchmark's run, in ms of the real clock. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly runs: number;
}

/** How late the event loop was, as Node counts it. */
type IntervalHistogram = ReturnType<typeof monitorEventLoopDelay>;

/** How often the event loop is looked at, in ms. */
const RESOLUTION = 1;

/**
 * The companions of the benchmarks of one module:
 * - `cpu-time`: user and system time of the whole process (its collector's threads included) an operation, hooks and tinybench's own work
 *   included;
 * - `gc-time`: pauses of the garbage collector an operation;
 * - `heap-growth`: what each operation leaves on the heap for good; looked at again where the measurement left anything (leak.ts);
 * - `memory`: what the heap holds after the benchmark, once the garbage is collected and tinybench's samples are gone;
 * - `event-loop-delay`: by how much the event loop came round later than asked, where it came round at all: where a benchmark waits for
 *   something, and not only for promises that are settled.
 *
 * Everything is read before and after a benchmark; while it runs there is only what V8 and libuv do by themselves. Benchmarks that run at
 * the same time have none.
 */
export class Companions {
  readonly #collect: (() => void) | null;
  readonly #pauses: { readonly at: number; readonly ms: number }[] = [];
  readonly #observer = new PerformanceObserver((list) => this.#note(list.getEntries()));
  readonly #stretches = new Map<string, Stretch>();
  readonly #found = new Map<string, Companion[]>();
  #unsettled: { readonly benchmark: string; readonly runs: number } | null = null;
  /** Benchmarks that are under way, and whether any of them ran beside another: then nothing can be told apart. */
  #running = 0;
  #mixed = false;
  #delay: IntervalHistogram | null = null;
  #cpu: NodeJS.CpuUsage = { user: 0, system: 0 };
  /** What the heap held before the benchmark that is under way, or was last; null where nobody knows. */
  #heap: number | null = null;
  /** What each benchmark left on the heap. */
  readonly #grown = new Map<string, Grown>();
  #from = 0;

  /** `thrownAway`: nothing of the run is kept. The heap is not looked at then, because to collect the garbage takes long. */
  constructor(thrownAway = false) {
    this.#collect = thrownAway ? null : collector();
    this.#observer.observe({ entryTypes: ["gc"] });
  }

  /** A benchmark begins. */
  begin(): void {
    this.#mixed = this.#running++ > 0;
    if (this.#mixed) return;
    this.#heap = this.settle() ?? this.heap();
    this.#delay = monitorEventLoopDelay({ resolution: RESOLUTION });
    this.#delay.enable();
    this.#from = realClock.ms();
    this.#cpu = process.cpuUsage();
  }

  /** The process stands still for as long as `wait` takes: no delay of the event loop's. */
  readonly pause = (wait: () => void): void => {
    this.#delay?.disable();
    wait();
    this.#delay?.enable();
  };

  /** A benchmark has ended after so many calls. */
  end(benchmark: string, runs: number): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    const delay = this.#delay;
    delay?.disable();
    this.#delay = null;
    this.#running--;
    if (runs === 0 || this.#mixed) return;
    this.#stretches.set(benchmark, { from: this.#from, to: realClock.ms(), runs });
    const found: Companion[] = [{ metric: "cpu-time", unit: "s", value: digits((user + system) / 1e6 / runs) }];
    if (delay !== null && delay.count > 0) found.push(delayOf(delay));
    this.#found.set(benchmark, found);
    this.#unsettled = { benchmark, runs };
  }

  /**
   * The last benchmark's run has returned, so that nothing holds on to its samples any more: what is left on the heap is the module's. In bytes; null where
   * nothing had to be settled.
   */
  settle(): number | null {
    if (this.#unsettled === null) return null;
    const { benchmark, runs } = this.#unsettled;
    this.#unsettled = null;
    const heap = this.heap();
    if (heap === null) return null;
    this.#found.get(benchmark)?.push({ metric: "memory", unit: "B", value: heap });
    if (this.#heap !== null) this.#grown.set(benchmark, { bytes: heap - this.#heap, runs });
    return heap;
  }

  /** What the heap holds once the garbage is collected, in bytes; null where it cannot be. */
  heap(): number | null {
    if (this.#collect === null) return null;
    this.#collect();
    return process.memoryUsage().heapUsed;
  }

  /** Finds out what each operation of a benchmark leaves on the heap for good, by running it again where need be. */
  async lookForLeak(benchmark: string, run: Means["run"]): Promise<void> {
    const grown = this.#grown.get(benchmark);
    if (grown === undefined) return;
    this.#grown.delete(benchmark);
    const leak = await leakOf(grown, {
      // What a WeakRef was made of stays until the event loop comes round, and much else is let go of then.
      run: async (runs) => (await run(runs)) && (await comesRound()),
      heap: () => this.heap() ?? 0,
    });
    this.#found.get(benchmark)?.push({ metric: "heap-growth", unit: "B", value: digits(leak) });
  }

  /** The heap holds more than what the last benchmark left: it is not looked at. */
  leaveHeap(): void {
    this.#unsettled = null;
  }

  /** All that was found, by benchmark. */
  async all(): Promise<ReadonlyMap<string, readonly Companion[]>> {
    // The collector's pauses are told once the event loop comes round.
    await comesRound();
    this.#note(this.#observer.takeRecords());
    this.#observer.disconnect();
    for (const [benchmark, { from, to, runs }] of this.#stretches) {
      const paused = this.#pauses.reduce((sum, { at, ms }) => (at >= from && at < to ? sum + ms : sum), 0);
      this.#found.get(benchmark)?.push({ metric: "gc-time", unit: "s", value: digits(paused / 1000 / runs) });
    }
    return this.#found;
  }

  #note(entries: readonly { readonly startTime: number; readonly duration: number }[]): void {
    for (const { startTime, duration } of entries) this.#pauses.push({ at: startTime, ms: duration });
  }
}

/** True once the event loop has come round. */
function comesRound(): Promise<true> {
  return new Promise((resolve) => setImmediate(() => resolve(true)));
}

/** The histogram holds the time between two looks, in ns: what is beyond the time that was asked for is the delay. */
function delayOf(delay: IntervalHistogram): Companion {
  const late = (percentile: number) => digits(Math.max(0, delay.percentile(percentile) / 1e9 - RESOLUTION / 1000));
  const quantiles = { "0.5": late(50), "0.99": late(99), "1": late(100) };
  return { metric: "event-loop-delay", unit: "s", quantiles, count: delay.count };
}

/** Finer than any of these is known; recordings are to be small. */
function digits(value: number): number {
  return Number(value.toPrecision(4));
}

/** V8's own collector, by the flag that shows it to scripts; null where it cannot be had. */
function collector(): (() => void) | null {
  try {
    // A collection would let go of what was compiled of functions that have not run for a while, which is no heap of the benchmark's.
    setFlagsFromString("--no-flush-bytecode");
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    return typeof collect === "function" ? () => collect() : null;
  } catch {
    return null;
  }
}
