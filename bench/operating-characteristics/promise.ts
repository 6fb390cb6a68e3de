import { median } from "simple-statistics";
import type { Judgement } from "../../src/model/verdict.ts";
import type { Source } from "./drawn.ts";
import { judgePairs } from "./judged.ts";
import { FIXED, Q } from "./ours.ts";
import type { Rule } from "./rule.ts";
import { GATED, type Gated } from "./within.ts";

/** The pairs of the first rules of `FIXED`. */
const PAIRS = [6, 12, 24] as const;
/** Benchmarks in the gate; p50 and p99 of each are judged. */
const GATES = [1, 10] as const;

/** What the report promises about power, held to it. */
export interface PromiseRow {
  readonly source: string;
  readonly rule: string;
  readonly statistic: Gated;
  /** Benchmarks in the gate, all others unchanged. */
  readonly benchmarks: number;
  /** The median of the detectable changes that `judge()` prints for unchanged code, the threshold included: a relative change. */
  readonly printed: number;
  /** How often a true change of that size is found. */
  readonly power: number;
  /** The same, where each comparison is given the change that was printed for itself and fresh rounds of the same kind. */
  readonly ownPower: number;
}

/** The detectable change that the judge prints for unchanged code, and the share of true changes of that size that it then finds. */
export function promiseTable(sources: readonly Source[], printed: number, repeats: number): readonly PromiseRow[] {
  return sources.flatMap((source) =>
    PAIRS.flatMap((pairs, index) => {
      const gates = GATES.map((benchmarks) => ({
        benchmarks,
        judged: judgedGates(source, pairs, benchmarks, printed),
      }));
      return GATED.flatMap((statistic) =>
        gates.map(({ benchmarks, judged }) => {
          const changes = judged
            .filter((judgement) => judgement.statistic === statistic)
            .map(({ comparison }) => comparison?.detectable ?? Number.NaN);
          return { benchmarks, ...heldTo(source, FIXED[index] as Rule, statistic, changes, benchmarks, repeats) };
        }),
      );
    }),
  );
}

/** What the judge says of `count` unchanged benchmarks, in gates of `benchmarks`. */
function judgedGates(source: Source, pairs: number, benchmarks: number, count: number): readonly Judgement[] {
  return Array.from({ length: count / benchmarks }, (_, gate) =>
    Array.from({ length: benchmarks }, (_, i) => source.draw(gate * benchmarks + i)),
  ).flatMap((suite) => judgePairs(suite, pairs, { p50: 0, p99: 0 }));
}

function heldTo(
  source: Source,
  rule: Rule,
  statistic: Gated,
  changes: readonly number[],
  benchmarks: number,
  repeats: number,
): Omit<PromiseRow, "benchmarks"> {
  const comparisons = benchmarks * GATED.length;
  const found = (index: number, change: number) => {
    const suite = [source.draw(changes.length + index)];
    const [call] = rule.calls({ suite, statistic, effect: Math.log1p(change), comparisons }) ?? [];
    // Where all others are unchanged, Benjamini and Hochberg's procedure asks this much of the one that is not.
    return call !== undefined && call.p <= Q / comparisons && call.shown;
  };
  const middle = median([...changes]);
  const share = (change: (index: number) => number) =>
    Array.from({ length: repeats }, (_, index) => found(index, change(index))).filter(Boolean).length / repeats;
  return {
    source: source.name,
    rule: rule.about,
    statistic,
    printed: middle,
    power: share(() => middle),
    ownPower: share((index) => changes[index % changes.length] as number),
  };
}
