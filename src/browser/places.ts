import type { ArmEvidence, Evidence, SubjectEvidence } from "../model/evidence.ts";
import { pairKey } from "../model/key.ts";
import { outliers } from "./outliers.ts";

/** One place on the time axis: a pair, or a round of one side. */
export interface Place {
  readonly words: string;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

/** The rounds of one statistic as places in time order; `paired` where rounds of both sides form pairs, which then share a place. */
export function placesOf(
  { baseline, candidate }: Evidence,
  subject: SubjectEvidence,
  index: number,
): { readonly places: readonly Place[]; readonly paired: boolean } {
  const value = (arm: ArmEvidence | null, round: number) => arm?.rounds[index]?.[round] ?? null;
  const partners = new Map(
    baseline.flatMap((slot, round): [string, number][] => (slot.session === "" ? [] : [[pairKey(slot), round]])),
  );
  const joined = candidate.map((slot, round) => ({ slot, round, partner: partners.get(pairKey(slot)) }));
  const paired = joined.some(({ partner }) => partner !== undefined);
  if (paired) {
    const places = joined.map(({ slot, round, partner }) => ({
      words: `pair ${slot.pair + 1}`,
      baseline: partner === undefined ? null : value(subject.baseline, partner),
      candidate: value(subject.candidate, round),
    }));
    return { places: places.filter(known), paired };
  }
  const alone = [
    ...baseline.map((slot, round) => ({ slot, baseline: value(subject.baseline, round), candidate: null })),
    ...candidate.map((slot, round) => ({ slot, baseline: null, candidate: value(subject.candidate, round) })),
  ].filter(known);
  // Sorting is stable: rounds of which nobody knows the time stay in their order, the baseline's first.
  const inTime = [...alone].sort((a, b) => Date.parse(a.slot.startedAt) - Date.parse(b.slot.startedAt) || 0);
  return { places: inTime.map((place, round) => ({ ...place, words: `round ${round + 1}` })), paired };
}

function known({
  baseline,
  candidate,
}: {
  readonly baseline: number | null;
  readonly candidate: number | null;
}): boolean {
  return baseline !== null || candidate !== null;
}

/** The places that are far from the others: of pairs by their ratios, else each side by itself. */
export function outliersIn(places: readonly Place[], paired: boolean): ReadonlySet<number> {
  if (paired) {
    return outliers(
      places.map(({ baseline, candidate }) => (baseline === null || candidate === null ? null : candidate / baseline)),
    );
  }
  return new Set([
    ...outliers(places.map(({ baseline }) => baseline)),
    ...outliers(places.map(({ candidate }) => candidate)),
  ]);
}
