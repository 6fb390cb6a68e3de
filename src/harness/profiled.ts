import type { BenchLike } from "./benches.ts";
import type { Profiler } from "./profiler.ts";

/** What a module's benchmarks do where they are profiled: one of them after the other, each as often as was ordered. */
export class ProfiledBenches {
  readonly #profiler: Profiler;
  #left = false;

  constructor(profiler: Profiler) {
    this.#profiler = profiler;
  }

  /** Sets how often a bench runs its tasks: by count, because by time a slower side would do less. */
  order(bench: BenchLike): void {
    const { runs } = this.#profiler.order;
    if (runs === null) return;
    const options = bench.opts ?? bench;
    const warmupIterations = Math.max(1, Math.ceil(runs / 2));
    for (const [name, value] of Object.entries({ time: 0, iterations: runs, warmupTime: 0, warmupIterations })) {
      Reflect.set(options, name, value);
    }
  }

  /** A benchmark begins. */
  begin(): void {
    if (!this.#left) this.#profiler.start();
  }

  /** It has ended after so many operations. The first one is the one that was asked for. */
  end(runs: number): void {
    if (this.#left || runs === 0) return;
    this.#left = true;
    this.#profiler.stop(this.#profiler.order.path, runs);
  }
}

/** Whether anything is profiled in this process. */
export type Profiled = ProfiledBenches | null;
