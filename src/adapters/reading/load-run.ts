import { GateError } from "../../model/error.ts";
import type { ParsedRound } from "../adapter.ts";
import { allFailed, type LoadFacts, Requests } from "./requests.ts";
import { round } from "./round.ts";
import type { Warmup } from "./warmup.ts";

/** The most benchmarks of one output: with more the names hold ids, and none has enough requests to say anything. */
const MOST_BENCHMARKS = 500;

/** What a load test comes to, request by request: each benchmark by its name. */
export class LoadRun {
  readonly warmup: Warmup;
  readonly #benchmarks = new Map<string, Requests>();
  readonly #tooMany: string;

  /** `tooMany` is the remedy where the names hold ids. */
  constructor(warmup: Warmup, tooMany: string) {
    this.warmup = warmup;
    this.#tooMany = tooMany;
  }

  /** The requests of a benchmark. Throws a `GateError` where there are too many benchmarks. */
  of(benchmark: string): Requests {
    const known = this.#benchmarks.get(benchmark);
    if (known !== undefined) return known;
    if (this.#benchmarks.size === MOST_BENCHMARKS) {
      throw new GateError(`There are more than ${MOST_BENCHMARKS} different names`, this.#tooMany);
    }
    const fresh = new Requests();
    this.#benchmarks.set(benchmark, fresh);
    return fresh;
  }

  /** The benchmarks so far. */
  names(): readonly string[] {
    return [...this.#benchmarks.keys()];
  }

  /**
   * The round; a failure of the whole run where every request failed. `nothing` is the remedy where there was none; `nameOf` what a benchmark is
   * called in the end.
   */
  round(facts: LoadFacts, nothing: string, nameOf: (benchmark: string) => string = (name) => name): ParsedRound {
    this.warmup.check();
    const benchmarks = [...this.#benchmarks];
    const requests = benchmarks.reduce((sum, [, { count }]) => sum + count, 0);
    if (requests > 0 && benchmarks.every(([, { allFailed }]) => allFailed)) {
      return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(requests) }] };
    }
    const told = benchmarks.flatMap(([name, each]) => each.conclude(nameOf(name), facts));
    return round(told, { remedy: this.#tooMany, nothing });
  }
}
