import { USAGES, type UsageRise } from "../model/explanation.ts";
import { median } from "../stats/summary.ts";
import { LEAST_ROUNDS } from "./difference.ts";
import type { Profile } from "./profile.ts";
import { largerThan, smallestP } from "./ranks.ts";

/** A rise is told from a fifth on, and from so much an operation, or a round where nobody counts operations. */
const LEAST = { share: 0.2, operation: 0.05, round: 20 } as const;

/** What the system counted more of in all of the candidate's rounds than in any of the baseline's; nothing where it tells nothing. */
export function usageRises(baseline: readonly Profile[], candidate: readonly Profile[]): readonly UsageRise[] {
  const rounds = Math.min(baseline.length, candidate.length);
  const all = [...baseline, ...candidate];
  if (rounds < LEAST_ROUNDS) return [];
  const perOperation = all.every(({ runs = 0 }) => runs > 0);
  return USAGES.flatMap((usage): UsageRise[] => {
    if (all.some((each) => each.usage?.[usage] === undefined)) return [];
    const valuesOf = (profiles: readonly Profile[]) =>
      profiles.map((each) => each.usage![usage]! / (perOperation ? each.runs! : 1));
    const [first, second] = [valuesOf(baseline), valuesOf(candidate)];
    const [before, after] = [median(first), median(second)];
    const least = Math.max(LEAST.share * before, perOperation ? LEAST.operation : LEAST.round);
    const separate = largerThan(first, second) <= smallestP(first.length, second.length) * (1 + 1e-9);
    return separate && after - before >= least ? [{ usage, baseline: before, candidate: after }] : [];
  });
}
