import { keyOf } from "../../model/key.ts";
import type { Recording } from "../../model/recording.ts";
import type { SameCode } from "../../model/same-code.ts";
import type { Ground } from "./ground.ts";
import { onceEach } from "./once.ts";
import { type Snapshot, writtenSince } from "./since.ts";

/** A module that was left out, its benchmarks, and what has been written since that it depends on. */
export interface Overtaken {
  readonly suite: string;
  readonly file: string;
  readonly benchmarks: readonly string[];
  readonly path: string;
}

/** The modules that are not measured. What they depend on may be written for as long as anything else is run: then they are measured after all. */
export class LeftOut {
  readonly #ground: Ground;
  readonly #snapshots = new Map<string, Snapshot>();
  /** The benchmarks of each module, by suite. */
  readonly #modules = new Map<string, Map<string, readonly string[]>>();
  /** The modules that are measured after all. */
  readonly #back: Overtaken[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Keeps how what a module depends on looked when it had run. */
  keep(suite: string, file: string, snapshot: Snapshot): void {
    this.#snapshots.set(keyOf(suite, file), snapshot);
  }

  /** Leaves a module out, with all of its benchmarks. */
  add(suite: string, file: string, benchmarks: readonly string[]): void {
    this.#modules.set(suite, new Map([...(this.#modules.get(suite) ?? []), [file, benchmarks]]));
  }

  /** The modules of a suite that are not measured. */
  of(suite: string): ReadonlySet<string> {
    return new Set(this.#modules.get(suite)?.keys());
  }

  /** The ground as it is now, for as long as nothing is run. */
  asItIs(): Ground {
    return { ...this.#ground, trees: onceEach(this.#ground.trees) };
  }

  /** The first path that a watched module depends on and that has been written since it ran; null where none was. */
  async writtenSince(suite: string, file: string, ground: Ground): Promise<string | null> {
    const snapshot = this.#snapshots.get(keyOf(suite, file));
    return snapshot === undefined ? null : writtenSince(ground, snapshot);
  }

  /** The modules that are not measured, and depend on what has been written since they ran. */
  async overtaken(): Promise<readonly Overtaken[]> {
    const found: Overtaken[] = [];
    const ground = this.asItIs();
    for (const [suite, files] of this.#modules) {
      for (const [file, benchmarks] of files) {
        const path = await this.writtenSince(suite, file, ground);
        if (path !== null) found.push({ suite, file, benchmarks, path });
      }
    }
    return found;
  }

  /** Has those that were overtaken measured after all. */
  async takeBack(): Promise<readonly Overtaken[]> {
    const late = await this.overtaken();
    for (const each of late) {
      this.#modules.get(each.suite)?.delete(each.file);
      this.#back.push(each);
    }
    return late;
  }

  /** Those that were to be measured after all, and of which the recording has nothing. */
  missingIn(recording: Recording | undefined): readonly Overtaken[] {
    return this.#back.filter(
      (late) =>
        !recording?.rounds.some((round) => [...round.measurements, ...round.failures].some((each) => isOf(late, each))),
    );
  }
}

/** Whether a benchmark is one of a module's. */
export function isOf(
  module: Pick<Overtaken, "suite" | "benchmarks">,
  { suite, benchmark }: Pick<SameCode, "suite" | "benchmark">,
): boolean {
  return suite === module.suite && module.benchmarks.includes(benchmark);
}
