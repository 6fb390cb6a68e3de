import type { Judgement } from "../../src/model/verdict.ts";
import { type Drawn, MOST_PAIRS, type Source } from "./drawn.ts";
import { judgePairs, judgeStored } from "./judged.ts";
import { WITH_LOOKS } from "./looks.ts";
import { FIXED } from "./ours.ts";
import { LOOKS } from "./plan.ts";
import { GATED } from "./within.ts";

const BENCHMARKS = 8;
const EFFECTS = [0, Math.log(1.08), Math.log(1.2)];
/** Numbers that differ by rounding alone: p-values are rational functions of logarithms of exponentials here. */
const ROUNDING = 1e-6;

/** How `judge()` brings a suite to its verdicts, in the order of `FIXED`. */
const WAYS: readonly ((suite: readonly Drawn[], effect: number) => readonly Judgement[])[] = [
  ...[6, 12, 24].map(
    (pairs) => (suite: readonly Drawn[], effect: number) => judgePairs(suite, pairs, { p50: effect, p99: effect }),
  ),
  ...[5, 10, 20].map(
    (runs) => (suite: readonly Drawn[], effect: number) => judgeStored(suite, runs, { p50: effect, p99: effect }),
  ),
];

/** How many comparisons went through both, and how often the whole `judge()` and the experiment's short way to the same verdict disagreed. */
export interface Agreement {
  readonly compared: number;
  readonly different: number;
}

/** The real judge beside the short way, for the first benchmarks of a source: unchanged, 8 % and 20 % slower. */
export function agreementOn(source: Source): Agreement {
  const suite = Array.from({ length: BENCHMARKS }, (_, index) => source.draw(index));
  let [compared, different] = [0, 0];
  FIXED.forEach((rule, way) => {
    for (const effect of EFFECTS) {
      const judgements = WAYS[way]?.(suite, effect) ?? [];
      const calls = GATED.map(
        (statistic) => rule.calls({ suite, statistic, effect, comparisons: 2 * BENCHMARKS }) ?? [],
      );
      const gate = suite.flatMap((_, i) => calls.map((each) => each[i]!));
      const red = rule.red(gate);
      gate.forEach(({ p }, i) => {
        const [benchmark, statistic] = [`${Math.floor(i / GATED.length)}`, GATED[i % GATED.length]];
        const judged = judgements.find((each) => each.benchmark === benchmark && each.statistic === statistic);
        compared++;
        if (!isSame(judged, p, red[i] === true)) different++;
      });
    }
  });
  const looks = withLooks(suite);
  return { compared: compared + looks.compared, different: different + looks.different };
}

/** Each benchmark is a gate of its own, and the judge gets the pairs up to where the p50 stopped. */
function withLooks(suite: readonly Drawn[]): Agreement {
  const same = EFFECTS.flatMap((effect) =>
    suite.map((drawn) => {
      const trial = { suite: [drawn], effect, comparisons: GATED.length };
      const [stopped] = WITH_LOOKS.calls({ ...trial, statistic: "p50" }) ?? [];
      const pairs = stopped?.rounds ?? 0;
      const [judged] = judgePairs([firstOfAll(drawn)], pairs, { p50: effect, p99: effect }, LOOKS);
      return (
        stopped !== undefined && Math.abs((judged?.comparison?.p ?? Number.NaN) - stopped.p) <= tolerance(stopped.p)
      );
    }),
  );
  return { compared: same.length, different: same.filter((each) => !each).length };
}

/** The first pairs of 24, also where all rounds of one side come first and the number of pairs says where the other begins. */
function firstOfAll(drawn: Drawn): Drawn {
  return {
    ...drawn,
    pairs: (statistic, count) => {
      const { baseline, candidate } = drawn.pairs(statistic, MOST_PAIRS);
      return { baseline: baseline.subarray(0, count), candidate: candidate.subarray(0, count) };
    },
  };
}

/** What the judge leaves out is too noisy to judge, and so never red. */
function isSame(judged: Judgement | undefined, p: number, red: boolean): boolean {
  if (judged === undefined) return !red;
  const judgedP = judged.comparison?.p ?? Number.NaN;
  return (judged.verdict === "regression") === red && Math.abs(judgedP - p) <= tolerance(p);
}

function tolerance(p: number): number {
  return ROUNDING * Math.max(p, ROUNDING);
}
