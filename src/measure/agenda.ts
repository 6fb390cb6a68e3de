import type { Progress } from "../model/progress.ts";
import type { SameCode } from "../model/same-code.ts";
import type { Recordings } from "./recorder.ts";
import type { Turn } from "./schedule.ts";

/** What is still undecided at a look: the benchmarks of each suite that goes on; null stands for all of them. */
export type Open = ReadonlyMap<string, readonly string[] | null>;

/** The rounds after which a measurement looks at its data, and what it then goes on with. */
export interface LookPlan {
  readonly at: readonly number[];
  /** @param audited what is measured only as a check of what is not. */
  open(
    recordings: Recordings,
    audited: readonly SameCode[],
  ): {
    readonly open: Open;
    readonly slower: number;
    readonly fine: number;
    readonly givenUp?: number;
    readonly of: number;
  };
}

type Undecided = NonNullable<Progress["undecided"]>;

/** What a measurement still has to do: the benchmarks that are undecided, of the suites whose time is not up. */
export class Agenda {
  #open: Open;
  #looked = 0;
  readonly #looks: LookPlan | undefined;
  readonly #late = new Map<string, number>();
  readonly #lost = new Set<string>();
  /** What a look has closed only because it is measured as a check, by suite. */
  readonly #settled = new Map<string, readonly string[]>();

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
    return [...this.#open.keys()].every((suite) => !this.has(suite));
  }

  /** Whether a suite goes on. */
  has(suite: string): boolean {
    return this.#open.has(suite) && !this.#late.has(suite) && !this.#lost.has(suite);
  }

  /** Ends the suite of a turn that the time budget does not let come to its end. */
  end({ suite, pair, warmup }: Turn): void {
    this.#late.set(suite, warmup ? 0 : pair);
  }

  /** Ends a suite that fails again and again: what failed has been recorded. */
  giveUp(suite: string): void {
    this.#lost.add(suite);
  }

  /** Leaves nothing of a suite but these benchmarks. */
  narrow(suite: string, benchmarks: readonly string[]): void {
    const before = this.#open.get(suite);
    const left = before ? benchmarks.filter((name) => before.includes(name)) : benchmarks;
    const rest = [...this.#open].filter(([name]) => name !== suite);
    // In place: suites keep their order.
    this.#open = new Map(
      left.length === 0 ? rest : [...this.#open].map(([name, all]) => [name, name === suite ? left : all]),
    );
  }

  /** Has these benchmarks of a suite measured as well. */
  widen(suite: string, benchmarks: readonly string[]): void {
    const before = this.#open.get(suite);
    if (before === null) return;
    this.#open = new Map([...this.#open, [suite, [...new Set([...(before ?? []), ...benchmarks])]]]);
  }

  /** Has what a look closed only because it was a check measured on, where it is none of the same code any more. */
  reopen(suite: string, benchmarks: readonly string[]): void {
    const settled = this.#settled.get(suite) ?? [];
    const own = benchmarks.filter((name) => settled.includes(name));
    if (own.length > 0) this.widen(suite, own);
  }

  /** Looks at the data before the first turn of a pair that the plan names: what was decided leaves. Null where it is no time to look. */
  look(
    { pair, warmup }: Turn,
    recordings: (pairs: number) => Recordings,
    audited: readonly SameCode[] = [],
  ): Undecided | null {
    if (warmup || pair <= this.#looked || !this.#looks?.at.includes(pair)) return null;
    this.#looked = pair;
    const { open, slower, fine, givenUp = 0, of } = this.#looks.open(recordings(pair), audited);
    for (const [suite, all] of audited.length > 0 ? this.#looks.open(recordings(pair), []).open : []) {
      const closed = all?.filter((name) => !open.get(suite)?.includes(name)) ?? [];
      this.#settled.set(suite, [...(this.#settled.get(suite) ?? []), ...closed]);
    }
    this.#open = new Map(
      [...this.#open.keys()].flatMap((suite) => (open.has(suite) ? [[suite, open.get(suite)!]] : [])),
    );
    const left = [...this.#open.values()].reduce((sum, benchmarks) => sum + (benchmarks?.length ?? 0), 0);
    return { open: left, slower, fine, ...(givenUp > 0 && { givenUp }), of };
  }
}
