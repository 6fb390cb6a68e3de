import { GateError } from "../../model/error.ts";

/** The warm-up that is cut from the start of an output: samples whose time lies less than `seconds` after that of the first one in the output. */
export class Warmup {
  readonly seconds: number;
  #first: number | null = null;
  #last = Number.NEGATIVE_INFINITY;
  #kept = false;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  /** Whether a sample of this time (in seconds, on any clock) is part of the warm-up; to be asked of every sample, in the output's order. */
  cuts(time: number): boolean {
    this.#first ??= time;
    if (time > this.#last) this.#last = time;
    const cut = this.seconds > 0 && time < this.#first + this.seconds;
    if (!cut) this.#kept = true;
    return cut;
  }

  /** Throws a `GateError` where nothing is left: then there is nothing to measure. */
  check(): void {
    if (this.#first === null || this.#kept) return;
    const lasted = Number((this.#last - this.#first).toPrecision(3));
    const problem = `the warm-up of ${this.seconds} s leaves nothing: all samples lie within ${lasted} s`;
    throw new GateError(problem, "Let the load run longer, or shorten the warm-up");
  }
}

/** Refuses to cut a warm-up from an output whose samples carry no time. */
export function refuseWarmup(skip: number, what: string, remedy: string): void {
  if (skip > 0)
    throw new GateError(`a warm-up cannot be cut from ${what}, which does not say when its samples were taken`, remedy);
}
