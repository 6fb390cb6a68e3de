import { largest } from "../model/extremes.ts";
import { keyOf } from "../model/key.ts";
import type { SlotResult } from "./execution.ts";

/**
 * How many outputs of generators told of each benchmark. A generator that wrote nothing may be the one that waited longest, so that what the others saw is no
 * measurement: throughput of fewer, and latency without the worst of it.
 */
export class Generators {
  readonly #most = new Map<string, number>();

  /**
   * The results of a suite's turn. A benchmark that fewer outputs tell of than once did, on whatever side, has failed where there are fewer outputs in all: of a
   * request that is seldom sent each generator may see none, and of one that is decided none is asked.
   */
  checked(suite: string, results: readonly SlotResult[]): readonly SlotResult[] {
    for (const { outputs } of results) {
      if (outputs === undefined) continue;
      this.#note(keyOf(suite), outputs.all);
      for (const [benchmark, count] of outputs.of) this.#note(keyOf(suite, benchmark), count);
    }
    return results.map((result) => this.#without(suite, result));
  }

  #note(key: string, count: number): void {
    this.#most.set(key, largest([count, this.#most.get(key) ?? 0]));
  }

  #without(suite: string, result: SlotResult): SlotResult {
    const { outputs, measurements, failures } = result;
    if (outputs === undefined || outputs.all === this.#most.get(keyOf(suite))) return result;
    const short = [...outputs.of].flatMap(([benchmark, count]) => {
      const most = this.#most.get(keyOf(suite, benchmark))!;
      if (count === most) return [];
      const problem = `${count} of ${most} generators' outputs have it, and what the others saw is not known`;
      const remedy = "See why they wrote nothing, and let the command fail where a generator does";
      return [{ suite, benchmark, reason: `${problem}. ${remedy}.`, output: "" }];
    });
    const failed = new Set(short.map(({ benchmark }) => benchmark));
    return {
      ...result,
      measurements: measurements.filter(({ benchmark }) => !failed.has(benchmark)),
      failures: [...failures, ...short],
    };
  }
}
