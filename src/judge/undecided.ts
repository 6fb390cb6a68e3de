import { COMPLEXITY } from "../model/growth.ts";
import { benchmarkKey } from "../model/key.ts";
import { worse } from "../model/measurement.ts";
import type { Plan } from "../model/plan.ts";
import type { Comparison, Judgement, Outcome } from "../model/verdict.ts";
import { WARNINGS, type Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { beyond } from "./bounds.ts";

/** An interval that will still be this many times as wide as its bound when the rounds are used up decides nothing by itself. */
const WIDE = 3;
/** No benchmark is given up before so many pairs: below eight one slow round makes any interval wide. */
const FEWEST_TO_GIVE_UP = 12;

/** The rounds after which a measurement of at most `pairs` pairs looks at its data: 6, 12, 24, as far as they go, and the end. */
export function looksOf(pairs: number): Looks {
  const before = [6, 12, 24].filter((look) => look < pairs);
  return [...before, pairs];
}

/**
 * The looks of a plan. A runner of a pool takes none before its end: what it has by then is a part of what is judged, and to stop by that part would favour the
 * noise that happens to agree with it.
 */
export function looksOfPlan({ pairs, part }: Pick<Plan, "pairs" | "part">): Looks {
  return part?.seat === undefined ? looksOf(pairs) : [pairs];
}

/** What is still undecided of each suite, how many benchmarks are left undecided for good, and how many there are in all. */
export interface Undecided {
  readonly open: ReadonlyMap<string, readonly string[]>;
  /** Benchmarks with a regression that gates, and those of which nothing is slower, nor open. */
  readonly slower: number;
  readonly fine: number;
  /** Benchmarks with something inconclusive that the plan cannot decide, and nothing that it may. */
  readonly givenUp: number;
  readonly of: number;
}

/**
 * The benchmarks that a look leaves open (reference: the stopping loop of group-sequential designs, Jennison & Turnbull 2000): those
 * with a gating comparison that is inconclusive and may yet be decided within `pairs` pairs. A comparison that is decided stays so: its
 * p-value never rises, and the false discovery rate is controlled over all of them at every look. What takes more instructions is decided as a whole.
 */
export function undecided({ judgements }: Outcome, pairs: number): Undecided {
  const open = new Map<string, Set<string>>();
  const lost = new Set<string>();
  const kept = new Set<string>();
  const counted = new Set(judgements.filter(isSlowerByCount).map(benchmarkKey));
  for (const judgement of judgements) {
    // A family is no benchmark that could be measured on, and its sizes have rows of their own.
    if (judgement.metric === COMPLEXITY || !isInDoubt(judgement)) continue;
    // Its count was asked for because its time is noise: what that does not tell keeps nobody waiting for a check that is red.
    if (judgement.goal === null && counted.has(benchmarkKey(judgement))) continue;
    if (!isWorthIt(judgement, pairs)) {
      lost.add(benchmarkKey(judgement));
      continue;
    }
    kept.add(benchmarkKey(judgement));
    open.set(judgement.suite, (open.get(judgement.suite) ?? new Set()).add(judgement.benchmark));
  }
  const all = new Set(judgements.map(benchmarkKey));
  const slower = new Set(judgements.filter(isSlower).map(benchmarkKey));
  return {
    open: new Map([...open].map(([suite, benchmarks]) => [suite, [...benchmarks]])),
    slower: slower.size,
    fine: all.size - new Set([...slower, ...lost, ...kept]).size,
    givenUp: [...lost].filter((key) => !kept.has(key)).length,
    of: all.size,
  };
}

function isSlower({ severity, verdict, accepted }: Judgement): boolean {
  return severity === "gate" && verdict === "regression" && accepted === null;
}

function isSlowerByCount(judgement: Judgement): boolean {
  return judgement.metric === "instructions" && isSlower(judgement);
}

/** Whether a gating comparison, or a promise, has no answer yet. */
function isInDoubt({ severity, verdict, goal, accepted }: Judgement): boolean {
  if (severity !== "gate" || accepted !== null) return false;
  return verdict === "inconclusive" || (goal?.state === "open" && verdict !== "regression");
}

function isWorthIt(judgement: Judgement, pairs: number): boolean {
  return !judgement.warnings.some(isFinal(judgement)) && !isHopeless(judgement, pairs);
}

/** Whether a warning says why there is no verdict, and more rounds do not answer it. */
function isLasting({ code }: Warning): boolean {
  return WARNINGS[code].bars === "lasting";
}

/** The same, but for steps that the mean may still leave (their interval reaches beyond them), and ways of measuring of which one may still have most rounds. */
function isFinal({ comparison, judged }: Judgement): (warning: Warning) => boolean {
  return (warning) => {
    if (warning.code === "estimator-differs" && warning.mixed === true) return false;
    if (warning.code !== "too-coarse" || comparison === null || judged === undefined) return isLasting(warning);
    const { lower, upper } = comparison.interval;
    return 1 - judged.bound <= lower && upper <= 1 + judged.bound;
  };
}

/** What tells whether more rounds are worth their time. */
type Hopeful = Pick<Judgement, "threshold" | "judged" | "better"> & {
  readonly comparison: Pick<Comparison, "rounds" | "ratio" | "interval" | "roundsNeeded"> | null;
};

/**
 * Whether the rounds that are left cannot be expected to decide: neither are those that it needs among them, nor would any verdict follow if the mean
 * moved by half of the present interval's reach either way, and even then the interval would be far wider than the question. It takes the distance from
 * the bound as well as the width: what lies far beyond it is nearly proven, however wide.
 *
 * @internal Exported for the operating characteristics in bench/.
 */
export function isHopeless({ comparison, threshold, judged, better }: Hopeful, pairs: number): boolean {
  if (comparison === null || threshold === null || comparison.rounds < FEWEST_TO_GIVE_UP) return false;
  const { roundsNeeded, rounds, ratio, interval } = comparison;
  if (rounds >= pairs || (roundsNeeded !== null && roundsNeeded <= pairs)) return false;
  const bound = beyond(Math.max(threshold, judged?.bound ?? 0), better);
  const reach = Math.log(interval.upper / interval.lower) / 2;
  const left = reach * Math.sqrt(rounds / pairs);
  const mean = worse(better) * Math.log(ratio);
  const luck = reach / 2;
  const open = mean + luck - left <= bound.worse && mean - luck + left >= bound.worse;
  return open && left > WIDE * Math.min(bound.worse, bound.better);
}

/**
 * What stored history leaves in doubt, by suite: a gating comparison that is red or inconclusive, and what it does not have, since the base revision may
 * have it all the same; and the benchmarks that tell a machine's shift of a suite from the code's; all sizes of a family that grows faster. Deterministic values, broken limits and failures need no second opinion.
 */
export function doubtful({ judgements, warnings: said, growth = [] }: Outcome): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const doubt = (suite: string, benchmarks: readonly string[]) =>
    found.set(suite, new Set([...(found.get(suite) ?? []), ...benchmarks]));
  for (const {
    suite,
    benchmark,
    metric,
    verdict,
    severity,
    accepted,
    comparison,
    limit,
    goal,
    warnings,
  } of judgements) {
    const limited = limit?.broken === true && metric !== COMPLEXITY;
    const red = verdict === "regression" && comparison?.design !== "exact" && !limited;
    const promised = goal !== null && goal.state !== "proven" && comparison !== null && comparison.design !== "exact";
    const open = (verdict === "inconclusive" || promised) && !warnings.some(isLasting);
    if (severity !== "gate" || accepted !== null || !(red || open || verdict === "added")) continue;
    const family = growth.find((each) => metric === COMPLEXITY && each.suite === suite && each.family === benchmark);
    doubt(suite, family === undefined ? [benchmark] : family.points.map((point) => point.benchmark));
  }
  for (const { suite, verdict, points } of growth) {
    if (verdict === "steeper")
      doubt(
        suite,
        points.map(({ benchmark }) => benchmark),
      );
  }
  for (const warning of said) {
    if (warning.code !== "suite-shift") continue;
    doubt(warning.suite, warning.sentinels);
  }
  return new Map([...found].map(([suite, benchmarks]) => [suite, [...benchmarks]]));
}
