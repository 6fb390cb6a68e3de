import type { Distribution } from "../../model/measurement.ts";
import type { Told, ToolFailure } from "../adapter.ts";
import { Observed, SAMPLES_KEPT } from "./observed.ts";

/** What is the same for all benchmarks of a load tool's output. `per`: how many of the tool's units of time make a second. */
export interface LoadFacts {
  readonly per: number;
  readonly resolution?: number;
  readonly loadModel?: "open" | "closed";
}

/** The requests of one benchmark, one by one as a load tool logged them: how long those that succeeded took, and how many failed. */
export class Requests {
  readonly #times = new Observed();
  #failed = 0;
  #count = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** A request that took `time` in the tool's unit; `start` and `end` in seconds on any clock, NaN where the tool does not tell. */
  add(time: number, succeeded: boolean, start: number, end: number): void {
    this.#count++;
    if (succeeded) this.#times.add(time);
    else this.#failed++;
    if (start < this.#first) this.#first = start;
    if (end > this.#last) this.#last = end;
  }

  /** How many requests there were. */
  get count(): number {
    return this.#count;
  }

  /** Whether there were requests, and none succeeded. */
  get allFailed(): boolean {
    return this.#count > 0 && this.#failed === this.#count;
  }

  /**
   * Latency of the requests that succeeded, how many succeeded a second between the first start and the last end (where both are known), and the
   * share that failed; or that all failed.
   */
  conclude(benchmark: string, { per, resolution, loadModel }: LoadFacts): readonly Told[] {
    if (this.allFailed) return [{ benchmark, reason: allFailed(this.#count) }];
    const latency = this.#times.distribution(per);
    const seconds = this.#last - this.#first;
    const model = loadModel === undefined ? {} : { loadModel };
    const of = (metric: string, unit: string, better: "lower" | "higher", distribution: Distribution) => ({
      ...{ benchmark, metric, unit, better, distribution },
      ...(metric === "latency" && resolution !== undefined ? { resolution } : {}),
      ...model,
    });
    return [
      latency === null ? unheld(benchmark) : of("latency", "s", "lower", latency),
      ...(seconds > 0 && Number.isFinite(seconds)
        ? [of("throughput", "1/s", "higher", single((this.#count - this.#failed) / seconds))]
        : []),
      of("error-rate", "1", "lower", single(this.#failed / this.#count)),
    ];
  }
}

/** One number of a round that varies from round to round. */
export function single(value: number): Distribution {
  return { kind: "value", value, exact: false };
}

/** Why a run, or a kind of request, whose requests all failed is a failure. */
export function allFailed(count: number): string {
  return `all ${count} requests failed, and how long failures take means nothing: check that the service was up and answered as expected`;
}

/** Why values that are more than are kept, and that no histogram holds, are a failure. */
export function unheld(benchmark: string): ToolFailure {
  const problem = `it has more than ${SAMPLES_KEPT} values, and some are below zero or beyond what can be counted`;
  return { benchmark, reason: `${problem}: measure something that is never below zero, or less of it` };
}
