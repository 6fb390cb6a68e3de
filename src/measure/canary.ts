import { largest, smallest } from "../model/extremes.ts";
import type { Warning } from "../model/warning.ts";
import { median } from "../stats/summary.ts";
import type { Execution, SlotResult } from "./execution.ts";

/** A pair is disturbed where its sides' canaries differ by more than this, and by more than so many robust standard deviations of them. */
const DIFFERENCE = Math.log(1.1);
const DEVIATIONS = 4;

/** Pairs, of any suite, before their differences say anything about what is usual here. */
const USUAL = 3;

/** The share of the planned pairs that may be measured again. */
const SHARE = 0.25;

/** The normal consistency factor of the median absolute deviation. */
const MAD = 1.4826;

/**
 * `run` between two readings of the canary, whose geometric mean tells how fast the machine was around it. Only for executions that
 * follow each other: those that take turns share what disturbs them.
 */
export function watched(run: (execution: Execution) => Promise<SlotResult>): typeof run {
  return async (execution) => {
    const { host } = execution.ports;
    const before = host.canary?.();
    const result = await run(execution);
    const after = host.canary?.();
    return before === undefined || after === undefined ? result : { ...result, canary: Math.sqrt(before * after) };
  };
}

/**
 * The decision which pairs to measure again: on the canary's word alone, which knows nothing of what was measured, and at most a quarter
 * of the planned pairs of each suite. So nobody's result can be thrown away for what it is.
 */
export class Canaries {
  readonly #planned: number;
  readonly #differences: number[] = [];
  readonly #counts = new Map<string, { readonly dropped: number; readonly of: number }>();

  /** `planned`: pairs of each suite. */
  constructor(planned: number) {
    this.#planned = planned;
  }

  /** Takes note of a pair of a suite, and says whether it is to be dropped and measured again. */
  drops(suite: string, results: Iterable<SlotResult>): boolean {
    const readings = [...results].flatMap(({ canary }) => (canary === undefined ? [] : [Math.log(canary)]));
    if (readings.length < 2) return false;
    const difference = largest(readings) - smallest(readings);
    const disturbed = difference > Math.max(DIFFERENCE, usual(this.#differences));
    const { dropped, of } = this.#counts.get(suite) ?? { dropped: 0, of: 0 };
    const drops = disturbed && dropped + 1 <= SHARE * this.#planned;
    this.#differences.push(difference);
    this.#counts.set(suite, { dropped: dropped + Number(drops), of: of + 1 });
    return drops;
  }

  /** How many pairs were dropped, of how many that were measured. */
  warnings(): Warning[] {
    return [...this.#counts].flatMap(([suite, counts]) =>
      counts.dropped === 0 ? [] : [{ code: "canary", suite, ...counts }],
    );
  }
}

/** The difference that is just usual, going by earlier ones: they lie about zero, so that their median is their deviation. */
function usual(differences: readonly number[]): number {
  if (differences.length < USUAL) return 0;
  return DEVIATIONS * MAD * median(differences);
}
