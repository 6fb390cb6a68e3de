import { median } from "simple-statistics";
import type { Judgement } from "../../src/model/verdict.ts";
import type { Drawn, Source } from "./drawn.ts";
import { judgePairs, judgeStored } from "./judged.ts";
import { FIXED, Q } from "./ours.ts";
import type { Rule } from "./rule.ts";
import { GATED, type Gated } from "./within.ts";

/** How `judge()` brings unchanged benchmarks to their verdicts, in the order of `FIXED`. */
const WAYS: readonly ((suite: readonly Drawn[]) => readonly Judgement[])[] = [
  ...[6, 12, 24].map((pairs) => (suite: readonly Drawn[]) => judgePairs(suite, pairs, UNCHANGED)),
  ...[5, 10, 20].map((runs) => (suite: readonly Drawn[]) => judgeStored(suite, runs, UNCHANGED)),
];
/** Benchmarks in the gate; p50 and p99 of each are judged. */
const GATES = [1, 10] as const;
const UNCHANGED: Readonly<Record<Gated, number>> = { p50: 0, p99: 0 };

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
    WAYS.flatMap((way, index) => {
      const gates = GATES.map((benchmarks) => ({
        benchmarks,
        judged: suitesOf(source, 0, printed, benchmarks).flatMap(way),
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

/** `count` benchmarks from the `first` on, in suites of `benchmarks`. */
function suitesOf(source: Source, first: number, count: number, benchmarks: number): readonly (readonly Drawn[])[] {
  return Array.from({ length: count / benchmarks }, (_, suite) =>
    Array.from({ length: benchmarks }, (_, i) => source.draw(first + suite * benchmarks + i)),
  );
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
  const suites = suitesOf(source, changes.length, repeats, benchmarks);
  // Each member of a suite is on trial by itself. Where all others are unchanged, Benjamini and Hochberg's procedure asks this much of it.
  const found = (suite: readonly Drawn[], change: number) =>
    (rule.calls({ suite, statistic, effect: Math.log1p(change), comparisons }) ?? []).filter(
      ({ p, shown }) => p <= Q / comparisons && shown,
    ).length;
  const middle = median([...changes]);
  const share = (change: (suite: number) => number) =>
    suites.reduce((sum, suite, index) => sum + found(suite, change(index)), 0) / repeats;
  return {
    source: source.name,
    rule: rule.about,
    statistic,
    printed: middle,
    power: share(() => middle),
    ownPower: share((suite) => changes[suite % changes.length] as number),
  };
}
