import { benchmarkKey } from "../model/key.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import { WARNINGS, type Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";

/** A benchmark whose interval will still be this many times its threshold when the rounds are used up is not worth them. */
const HOPELESS = 3;

/** The rounds after which a measurement of at most `pairs` pairs looks at its data: 6, 12, 24, as far as they go, and the end. */
export function looksOf(pairs: number): Looks {
  const before = [6, 12, 24].filter((look) => look < pairs);
  return [...before, pairs];
}

/** What is still undecided of each suite, and how many benchmarks there are in all. */
export interface Undecided {
  readonly open: ReadonlyMap<string, readonly string[]>;
  readonly of: number;
}

/**
 * The benchmarks that a look leaves open (reference: the stopping loop of group-sequential designs, Jennison & Turnbull 2000): those
 * with a gating comparison that is inconclusive and may yet be decided within `pairs` pairs. A comparison that is decided stays so: its
 * p-value never rises, and the false discovery rate is controlled over all of them at every look.
 */
export function undecided({ judgements }: Outcome, pairs: number): Undecided {
  const open = new Map<string, Set<string>>();
  for (const judgement of judgements) {
    if (!isOpen(judgement, pairs)) continue;
    open.set(judgement.suite, (open.get(judgement.suite) ?? new Set()).add(judgement.benchmark));
  }
  return {
    open: new Map([...open].map(([suite, benchmarks]) => [suite, [...benchmarks]])),
    of: new Set(judgements.map(benchmarkKey)).size,
  };
}

function isOpen(judgement: Judgement, pairs: number): boolean {
  const { severity, verdict, goal, accepted, warnings } = judgement;
  if (severity !== "gate" || accepted !== null) return false;
  const promised = goal?.state === "open" && verdict !== "regression";
  if (verdict !== "inconclusive" && !promised) return false;
  return !warnings.some(isLasting) && !isHopeless(judgement, pairs);
}

/** Whether a warning says why there is no verdict, and more rounds do not answer it. */
function isLasting({ code }: Warning): boolean {
  return WARNINGS[code].bars === "lasting";
}

/** Whether even all rounds would leave an interval far wider than the question: then the time is better spent on the others. */
function isHopeless({ comparison, threshold }: Judgement, pairs: number): boolean {
  if (comparison === null || threshold === null || comparison.rounds < 3) return false;
  const { lower, upper } = comparison.interval;
  const predicted = (Math.log(upper / lower) / 2) * Math.sqrt(comparison.rounds / pairs);
  return predicted > HOPELESS * Math.log1p(threshold);
}

/**
 * What stored history leaves in doubt, by suite: a gating comparison that is red or inconclusive, and what it does not have, since the base revision may
 * have it all the same. Deterministic values, broken limits and failures need no second opinion.
 */
export function doubtful({ judgements }: Outcome): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { suite, benchmark, verdict, severity, accepted, comparison, limit, goal, warnings } of judgements) {
    const red = verdict === "regression" && comparison?.design !== "exact" && limit?.broken !== true;
    const promised = goal !== null && goal.state !== "proven" && comparison !== null && comparison.design !== "exact";
    const open = (verdict === "inconclusive" || promised) && !warnings.some(isLasting);
    if (severity === "gate" && accepted === null && (red || open || verdict === "added")) {
      found.set(suite, (found.get(suite) ?? new Set()).add(benchmark));
    }
  }
  return new Map([...found].map(([suite, benchmarks]) => [suite, [...benchmarks]]));
}
