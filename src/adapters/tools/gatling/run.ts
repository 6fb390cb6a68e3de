import type { ParsedRound } from "../../adapter.ts";
import { LoadRun } from "../../reading/load-run.ts";
import { Requests } from "../../reading/requests.ts";
import { parted } from "../../reading/round.ts";
import { Warmup } from "../../reading/warmup.ts";

/** What holds for every output of Gatling: whole milliseconds. Whether users arrive or wait is the script's choice, and not told. */
export const GATLING = { per: 1000, resolution: 0.001 } as const;

/** Gatling's name for all requests together. */
export const ALL_REQUESTS = "All Requests";

/** The remedy where there is nothing to measure. */
export const NOTHING = "Let the simulation make requests, or measure for longer than the warm-up that is cut";

const TOO_MANY = "Give requests names without ids";

/** One request of a log; times in whole milliseconds. */
export interface LoggedRequest {
  readonly groups: readonly string[];
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly succeeded: boolean;
}

/** What a simulation.log comes to, text or binary: each request by its groups and name, and all together. */
export class GatlingRun {
  readonly #warmup: Warmup;
  readonly #run: LoadRun;
  readonly #all = new Requests();

  constructor(skip: number) {
    this.#warmup = new Warmup(skip);
    this.#run = new LoadRun(this.#warmup, TOO_MANY);
  }

  add({ groups, name, start, end, succeeded }: LoggedRequest): void {
    const [from, to] = [start / GATLING.per, end / GATLING.per];
    if (this.#cuts(from)) return;
    this.#run.of([...groups, name].join(" / ")).add(end - start, succeeded, from, to);
    this.#all.add(end - start, succeeded, from, to);
  }

  /** Counts a request that could not even be built, at a time in milliseconds: it has failed among all. */
  addError(at: number): void {
    const time = at / GATLING.per;
    if (!this.#cuts(time)) this.#all.add(0, false, time, time);
  }

  rounds(): readonly ParsedRound[] {
    const { measurements, failures } = this.#run.round(GATLING, NOTHING);
    if (failures.some(({ benchmark }) => benchmark === "*")) return [{ measurements, failures }];
    const whole = parted(this.#all.conclude(ALL_REQUESTS, GATLING)).measurements;
    return [{ measurements: [...whole, ...measurements], failures }];
  }

  #cuts(time: number): boolean {
    return this.#warmup.seconds > 0 && this.#warmup.cuts(time);
  }
}
