import { COMPLEXITY, type Growth } from "../model/growth.ts";
import { benchmarkKey } from "../model/key.ts";
import type { Plan } from "../model/plan.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import { WARNINGS, type Warning } from "../model/warning.ts";
import { RUNS_TO_JUDGE } from "./bars.ts";
import { asChecked, openShifts, underShifts } from "./checked-shift.ts";
import { outcomeOf } from "./outcome.ts";

/** The benchmarks that were measured again, by suite. */
type Doubts = ReadonlyMap<string, readonly string[]>;

/**
 * The screening's outcome with the fresh one in place of whatever was in doubt: what stored history could decide stands, and only
 * rounds that were measured side by side make anything red.
 */
export function settle(
  screened: Outcome,
  fresh: Outcome,
  doubts: Doubts,
  onInconclusive: Plan["onInconclusive"],
): Outcome {
  const growth = growthOfBoth(screened, fresh);
  const again = ({ suite, benchmark, metric }: Pick<Judgement, "suite" | "benchmark" | "metric">) => {
    if (metric === COMPLEXITY)
      return fresh.growth?.some((each) => isOf(each, { suite, family: benchmark }) && growth.includes(each)) ?? false;
    return benchmark === "*" ? doubts.has(suite) : (doubts.get(suite)?.includes(benchmark) ?? false);
  };
  const open = openShifts(screened, fresh);
  const kept = screened.judgements
    .filter((judgement) => !again(judgement))
    .map(unanswered)
    .map((judgement) => underShifts(judgement, open));
  const names = new Set(kept.map(benchmarkKey));
  // A file that fails as a whole goes by a name of its own, which nobody doubted.
  const found = fresh.judgements.filter(
    (each) => again(each) || (each.failure !== null && doubts.has(each.suite) && !names.has(benchmarkKey(each))),
  );
  const answered = new Set(found.map(benchmarkKey));
  // What holds for a whole suite holds for each of its benchmarks.
  const whole = new Set(found.flatMap(({ verdict, suite }) => (verdict === "same-code" ? [suite] : [])));
  const isWhole = ({ suite }: Judgement) => whole.has(suite) && answered.has(benchmarkKey({ suite, benchmark: "*" }));
  const left = screened.judgements
    .filter((each) => again(each) && !answered.has(benchmarkKey(each)) && !isWhole(each))
    .map(inDoubt);
  const judgements = [...found, ...left, ...kept];
  const benchmarks = [...doubts.values()].reduce((sum, each) => sum + each.length, 0);
  const before = stillTrue(screened.warnings, fresh).map((warning) => asChecked(warning, open));
  // What was measured again is among all that the screening counted.
  const news = fresh.warnings.filter(
    (warning) => !before.some((each) => isSameCount(each, warning) || JSON.stringify(each) === JSON.stringify(warning)),
  );
  const warnings: readonly Warning[] = [{ code: "measured-again", benchmarks, kept: kept.length }, ...before, ...news];
  return {
    ...(kept.length + left.length === 0 ? fresh : screened),
    outcome: outcomeOf(judgements, warnings, onInconclusive),
    judgements,
    warnings,
    ...(growth.length > 0 && { growth }),
    ...(fresh.experiment && { experiment: fresh.experiment }),
  };
}

/** A family's growth that stored runs alone call too steep, and that was not measured again, is open. */
function unanswered(judgement: Judgement): Judgement {
  const { metric, verdict, limit } = judgement;
  if (metric !== COMPLEXITY || verdict !== "regression" || limit === null) return judgement;
  return { ...judgement, verdict: "inconclusive", limit: { ...limit, broken: false } };
}

type FamilyName = Pick<Growth, "suite" | "family">;

function isOf(growth: FamilyName, { suite, family }: FamilyName): boolean {
  return growth.suite === suite && growth.family === family;
}

/** How families grow: as the newer measurement has it where that measured all of their sizes, else as the first had it. */
export function growthOfBoth(
  { growth: first = [] }: Pick<Outcome, "growth">,
  { growth: second = [] }: Pick<Outcome, "growth">,
): readonly Growth[] {
  const newer = second.filter((each) => {
    const known = first.find((other) => isOf(other, each));
    return known === undefined || known.points.length <= each.points.length;
  });
  return [...newer, ...first.filter((each) => !newer.some((other) => isOf(other, each)))];
}

/** Whether both count the benchmarks of which one statistic was not judged. */
function isSameCount(one: Warning, other: Warning): boolean {
  if (one.code !== "not-judged" && one.code !== "too-noisy") return false;
  if (other.code !== one.code) return false;
  return one.metric === other.metric && one.statistic === other.statistic;
}

/**
 * What is still true of stored runs once a part was measured side by side. A shift that whole suites shared is what that was for; sides that have nothing
 * in common in store may have it there; and what is said of each measurement is said of the newer one.
 */
export function stillTrue(warnings: readonly Warning[], { judgements }: Outcome): readonly Warning[] {
  const compared = new Set(judgements.flatMap(({ comparison, suite }) => (comparison === null ? [] : [suite])));
  return warnings.filter((warning) => {
    if (warning.code === "common-shift") return false;
    if (WARNINGS[warning.code].renewed === true && "suite" in warning && compared.has(warning.suite)) return false;
    return warning.code !== "nothing-in-common" || !compared.has(warning.suite);
  });
}

/**
 * What the second measurement did not answer stays open: neither red by stored runs alone, nor gone, nor new, since the base revision may have what
 * stored runs lack.
 */
export function inDoubt(stored: Judgement): Judgement {
  const judgement = unanswered(stored);
  const { verdict, goal, comparison, limit, warnings } = judgement;
  const red = verdict === "regression" && comparison?.design !== "exact" && limit?.broken !== true;
  const isNew = verdict === "added";
  return {
    ...judgement,
    verdict: red || isNew ? "inconclusive" : verdict,
    goal: goal?.state === "missed" ? { ...goal, state: "open" } : goal,
    warnings: isNew ? [...warnings, { code: "few-baseline-runs", runs: 0, needed: RUNS_TO_JUDGE }] : warnings,
  };
}
