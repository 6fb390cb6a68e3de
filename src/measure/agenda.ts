import type { Progress } from "../model/progress.ts";
import type { Recordings } from "./recorder.ts";
import type { Turn } from "./schedule.ts";

/** What is still undecided at a look: the benchmarks of each suite that goes on; null stands for all of them. */
export type Open = ReadonlyMap<string, readonly string[] | null>;

/** The rounds after which a measurement looks at its data, and what it then goes on with. */
export interface LookPlan {
  readonly at: readonly number[];
  open(recordings: Recordings): { readonly open: Open; readonly givenUp?: number; readonly of: number };
}

type Undecided = NonNullable<Progress["undecided"]>;

/** What a measurement still has to do: the benchmarks that are undecided, of the suites whose time is not up. */
export class Agenda {
  #open: Open;
  #looked = 0;
  readonly #looks: LookPlan | undefined;
  readonly #late = new Map<string, number>();

  /** `open`: what is to be measured. Without `looks` it stays so to the end. */
  constructor(open: Open, looks: LookPlan | undefined) {
    this.#open = open;
    this.#looks = looks;
  }

  /** The benchmarks that are undecided, by suite. */
  get open(): Open {
    return this.#open;
  }

  /** The suites that the time budget has ended, with the pairs that each had by then. */
  get late(): ReadonlyMap<string, number> {
    return this.#late;
  }

  /** Whether nothing is left to do. */
  get done(): boolean {
    return [...this.#open.keys()].every((suite) => this.#late.has(suite));
  }

  /** Whether a suite goes on. */
  has(suite: string): boolean {
    return this.#open.has(suite) && !this.#late.has(suite);
  }

  /** Ends the suite of a turn that the time budget does not let come to its end. */
  end({ suite, pair, warmup }: Turn): void {
    this.#late.set(suite, warmup ? 0 : pair);
  }

  /** Looks at the data before the first turn of a pair that the plan names: what was decided leaves. Null where it is no time to look. */
  look({ pair, warmup }: Turn, recordings: (pairs: number) => Recordings): Undecided | null {
    if (warmup || pair <= this.#looked || !this.#looks?.at.includes(pair)) return null;
    this.#looked = pair;
    const { open, givenUp = 0, of } = this.#looks.open(recordings(pair));
    this.#open = new Map(
      [...this.#open.keys()].flatMap((suite) => (open.has(suite) ? [[suite, open.get(suite)!]] : [])),
    );
    const left = [...this.#open.values()].reduce((sum, benchmarks) => sum + (benchmarks?.length ?? 0), 0);
    return { open: left, ...(givenUp > 0 && { givenUp }), of };
  }
}
