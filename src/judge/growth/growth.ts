import type { Exponent, Growth } from "../../model/growth.ts";
import type { Budget } from "../../model/plan.ts";
import { interval } from "../../stats/p-value.ts";
import { lineThrough, steadied } from "../../stats/slope.ts";
import { tInv } from "../../stats/student-t.ts";
import { mean, variance } from "../../stats/summary.ts";
import type { BaselineMode } from "../rows/compared.ts";
import { geometricMean } from "../rows/readings.ts";
import type { Subject } from "../rows/subjects.ts";
import { type Asked, changeOf, USUAL_CHANGE } from "./change.ts";
import { type Column, columnsOf } from "./columns.ts";
import { complexityBudget } from "./complexity.ts";
import { areEnough, type Family } from "./families.ts";
import { againstRuns, besides, type FamilySides, type Profile } from "./sides.ts";

/** The level of the intervals that are shown. */
const SHOWN = 0.95;

/** How each family of the candidate's grows on both sides, and what changed. */
export function growthOf(
  subjects: readonly Subject[],
  mode: BaselineMode,
  budgets: readonly Budget[],
): readonly Growth[] {
  const families = columnsOf(subjects).map(onBothSides);
  return families.flatMap((family) => {
    const sides = mode === "stored" ? againstRuns(family) : besides(family);
    const found = growthIn(family, sides, { mode, families: families.length, matters: mattersIn(family, budgets) });
    return found === null ? [] : [found];
  });
}

/** The smallest change of the exponent that matters: the user's, or the usual one. */
function mattersIn({ suite, label, members }: Family<Column>, budgets: readonly Budget[]): number {
  const names = [label, ...members.map(({ of }) => of.benchmark)];
  return complexityBudget(budgets, { suite, names })?.threshold ?? USUAL_CHANGE;
}

/** The sizes that both sides have, where they are enough; else all, of which there is no change to tell. */
function onBothSides(family: Family<Column>): Family<Column> {
  const shared = family.members.filter(({ of }) => of.readings.baseline.length > 0);
  return areEnough(shared.map(({ size }) => size)) ? { ...family, members: shared } : family;
}

function growthIn(
  { suite, label, members }: Family<Column>,
  sides: FamilySides,
  { mode, families, matters }: { readonly mode: BaselineMode } & Pick<Asked, "families" | "matters">,
): Growth | null {
  const { of: first } = members[0]!;
  const sizes = members.map(({ size }) => size);
  const candidate = exponentOf(sides.candidate, sizes);
  if (candidate === null) return null;
  const shared = members.every(({ of }) => of.readings.baseline.length > 0);
  const change = shared
    ? changeOf(sides, { sizes, families, matters, design: mode === "stored" ? "stored" : "unpaired" })
    : null;
  const { metric, unit } = first.subject.measurement;
  return {
    suite,
    family: label,
    metric,
    statistic: first.statistic,
    unit,
    points: members.map(({ size, of }) => ({
      benchmark: of.benchmark,
      size,
      baseline: of.readings.baseline[0] === undefined ? null : geometricMean(of.readings.baseline[0]),
      candidate: geometricMean(of.readings.candidate),
    })),
    baseline: shared ? exponentOf(sides.baseline, sizes) : null,
    candidate,
    change:
      change === null
        ? null
        : { value: change.estimate.mean, interval: { ...interval(change.estimate, SHOWN), level: SHOWN } },
    verdict: change?.verdict ?? "unproven",
    rounds: roundsOf(sides, mode),
  };
}

function roundsOf({ baseline, candidate }: FamilySides, mode: BaselineMode): number {
  return mode === "stored" ? baseline.length : Math.min(baseline.length, candidate.length);
}

/**
 * The slope of a side's ln(time) against ln(size). Its interval holds how the rounds differ, and how far the sizes lie from the line: a cache that one size
 * leaves and the next does not is no exponent. Null of a single round.
 */
function exponentOf(rounds: readonly Profile[], sizes: readonly number[]): Exponent | null {
  if (rounds.length < 2) return null;
  const at = (k: number) => rounds.map((each) => each[k]!);
  const line = lineThrough(sizes.map(Math.log), steadied(sizes.map((_, k) => variance(at(k)))));
  const slopes = rounds.map(line.slope);
  const { slope, se } = line.fit(sizes.map((_, k) => mean(at(k))));
  const error = Math.sqrt(variance(slopes) / rounds.length + se ** 2);
  const half = -tInv((1 - SHOWN) / 2, rounds.length - 1) * error;
  return { value: slope, interval: { lower: slope - half, upper: slope + half, level: SHOWN } };
}
