import { GateError } from "../model/error.ts";

/** What a recording from elsewhere can be too much of. */
const KINDS = {
  characters: (most: number) => `${most / 2 ** 20} Mi characters`,
  values: (most: number) => `${most.toLocaleString("en-US")} values`,
  parts: (most: number) => `${most.toLocaleString("en-US")} objects, lists and texts`,
  measurements: (most: number) => `${most.toLocaleString("en-US")} measurements and remarks`,
  percentiles: (most: number) => `${most.toLocaleString("en-US")} percentiles`,
  exits: (most: number) => `${most.toLocaleString("en-US")} exit codes`,
  said: (most: number) => `${most / 2 ** 20} Mi characters of failures`,
  subjects: (most: number) => `${most.toLocaleString("en-US")} metrics of benchmarks`,
  inflated: (most: number) => `${most / 2 ** 20} MiB of inflated histograms`,
} as const;

type Kind = keyof typeof KINDS;

/** How much of each kind is read. */
export type Limits = Readonly<Record<Kind, number>>;

const REMEDY = "Measure fewer benchmarks in one suite, or let the tool write histograms in place of every sample";

/**
 * How much may still be read of what others wrote: so much of each recording, and so much of all of them. What is read of one that is refused
 * counts as well, because it took its time.
 */
export class Allowance {
  readonly #each: Limits;
  readonly #all: Limits;
  readonly #spent = new Map<Kind, number>();

  constructor(each: Limits, all: Limits) {
    this.#each = each;
    this.#all = all;
  }

  /** The part of it that one recording may use: called with what it holds as that is found. Throws a `GateError` where it is too much. */
  one(): Spend {
    const spent = new Map<Kind, number>();
    return (kind, amount) => {
      const [own, all] = [spent, this.#spent].map((of) => {
        of.set(kind, (of.get(kind) ?? 0) + amount);
        return of.get(kind)!;
      }) as [number, number];
      if (own > this.#each[kind]) throw new GateError(`it holds more than ${KINDS[kind](this.#each[kind])}`, REMEDY);
      if (all > this.#all[kind])
        throw new GateError(`it and those before it hold more than ${KINDS[kind](this.#all[kind])}`, REMEDY);
    };
  }
}

/** Takes from an allowance. Throws a `GateError` where it is too much. */
export type Spend = (kind: Kind, amount: number) => void;
