import {
  type ArmDistribution,
  type ArmEvidence,
  EVIDENCE_LEVELS,
  type Evidence,
  type HistoryStep,
  type RoundSlot,
  type SubjectEvidence,
} from "../model/evidence.ts";
import { pairKey, subjectKey } from "../model/key.ts";
import type { Distribution } from "../model/measurement.ts";
import { onceFor } from "../model/once.ts";
import type { Acceptance } from "../model/plan.ts";
import type { Recording, Round } from "../model/recording.ts";
import type { StatisticName } from "../model/statistic.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import { mixtureQuantiles } from "../stats/mixture.ts";
import { mean } from "../stats/summary.ts";
import type { Compared } from "./rows/compared.ts";
import { type Reading, readings } from "./rows/readings.ts";
import { lineUp, type Subject } from "./rows/subjects.ts";
import { valueAt } from "./rows/tail.ts";
import { analyse } from "./trend.ts";

/** One statistic of what is judged. */
type Followed = Pick<Judgement, "suite" | "benchmark" | "metric" | "unit" | "better" | "statistic">;

/** The statistics that count, by the key of their subject. */
type Statistics = ReadonlyMap<string, ReadonlySet<StatisticName>>;

/**
 * What the verdicts of an outcome rest on, comparison by comparison.
 *
 * @param accept names the steps of a history that were agreed to.
 */
export function evidenceIn(
  { judgements }: Outcome,
  compared: readonly Compared[],
  accept: readonly Acceptance[],
): readonly Evidence[] {
  const judged = statisticsOf(judgements);
  return compared.map((each) => evidenceOn(lineUp(each.baseline, each.candidate, []).subjects, judged, each, accept));
}

/**
 * What judgements rest on: for each metric that counts, the same number a round that its verdict was reached from, and both sides' distributions over all
 * rounds.
 *
 * @param subjects those of the comparison.
 */
export function evidenceOn(
  subjects: readonly Subject[],
  counting: Statistics,
  { kind, baseline, candidate }: Compared,
  accept: readonly Acceptance[],
): Evidence {
  const newest = baseline[0];
  const stored = kind === "stored" ? baseline : [];
  const before = newest?.rounds ?? [];
  return {
    kind,
    baseline: before.map(slotOf),
    candidate: candidate.rounds.map(slotOf),
    history: stored.map(({ revision }) => revision).reverse(),
    subjects: subjects.flatMap((subject) => {
      const statistics = counting.get(subjectKey(subject.measurement));
      if (statistics === undefined) return [];
      const sides = { before, after: candidate.rounds, stored };
      return [subjectEvidence(subject, [...statistics], sides, accept)];
    }),
  };
}

/** Evidence without the statistics that turned out not to be judged, and without subjects of which nothing was. */
export function judgedOf(evidence: readonly Evidence[], judgements: readonly Judgement[]): readonly Evidence[] {
  const judged = statisticsOf(judgements);
  return evidence.map((each) => ({
    ...each,
    subjects: each.subjects.flatMap((subject) => {
      const counting = judged.get(subjectKey(subject));
      const kept = subject.statistics.flatMap((statistic, index) => (counting?.has(statistic) ? [index] : []));
      if (kept.length === subject.statistics.length) return [subject];
      return kept.length === 0 ? [] : [onlyStatistics(subject, kept)];
    }),
  }));
}

function onlyStatistics(subject: SubjectEvidence, indices: readonly number[]): SubjectEvidence {
  const only = <T>(all: readonly T[]) => indices.map((index) => all[index]!);
  const arm = (side: ArmEvidence | null) => side && { ...side, rounds: only(side.rounds) };
  return {
    ...subject,
    statistics: only(subject.statistics),
    baseline: arm(subject.baseline),
    candidate: arm(subject.candidate),
    history: only(subject.history),
    steps: only(subject.steps),
  };
}

interface Sides {
  readonly before: readonly Round[];
  readonly after: readonly Round[];
  readonly stored: readonly Recording[];
}

function subjectEvidence(
  subject: Subject,
  statistics: readonly StatisticName[],
  { before, after, stored }: Sides,
  accept: readonly Acceptance[],
): SubjectEvidence {
  const { suite, benchmark, measurement } = subject;
  const { metric, unit, better } = measurement;
  const found = statistics.map((statistic) => readings(subject, statistic));
  const key = subjectKey(measurement);
  const read = (rounds: readonly Round[]) =>
    statistics.map((statistic, index) => valuesIn(rounds, key, statistic, found[index]!.samples));
  // Readings of a history leave runs out that say too little; its rounds are read again, each for itself.
  const earlier = stored.length > 0 ? read(before) : found.map(({ baseline }) => inSlots(before, baseline[0] ?? []));
  const history = statistics.map((_, index) => stored.map(({ rounds }) => runMean(read(rounds)[index]!)).reverse());
  return {
    suite,
    benchmark,
    metric,
    unit,
    better,
    statistics,
    baseline: armOf(earlier, stored.length > 0 ? stored.flatMap(({ rounds }) => rounds) : before, key),
    candidate: armOf(
      found.map(({ candidate }) => inSlots(after, candidate)),
      after,
      key,
    ),
    history,
    steps: history.map((means, index) => {
      const followed = { suite, benchmark, metric, unit, better, statistic: statistics[index]! };
      return stepsIn(means, followed, accept);
    }),
  };
}

/** @param pool the rounds whose samples make the distribution: of a history those of all its runs. */
function armOf(rounds: ArmEvidence["rounds"], pool: readonly Round[], key: string): ArmEvidence | null {
  const distributions = pool.flatMap((round) => distributionsIn(round).get(key) ?? []);
  return distributions.length === 0 ? null : { rounds, distribution: pooled(distributions) };
}

/** The steps of a history as the trend finds them. Some runs may be missing: steps go by the index that each run has among all. */
function stepsIn(
  means: readonly (number | null)[],
  followed: Followed,
  accept: readonly Acceptance[],
): readonly HistoryStep[] {
  const known = means.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const points = known.map(({ value }) => ({ sha: "", committedAt: "", value, spread: null }));
  const { changes } = analyse({ ...followed, gate: "", fingerprint: "", exact: false, points }, accept);
  return changes.map(({ at, ratio, accepted }) => ({
    at: known[at]?.index ?? means.length,
    kind: accepted === null ? "change" : "accepted",
    ratio,
    reason: accepted ?? "",
  }));
}

/** The statistics of judgements on what was measured. */
export function statisticsOf(
  judgements: readonly (Pick<Judgement, "failure" | "statistic"> & Parameters<typeof subjectKey>[0])[],
): Statistics {
  const found = new Map<string, Set<StatisticName>>();
  for (const judgement of judgements) {
    if (judgement.failure !== null) continue;
    const key = subjectKey(judgement);
    found.set(key, (found.get(key) ?? new Set()).add(judgement.statistic));
  }
  return found;
}

/** What a round measured, by its key: rounds hold thousands, and each is asked for by name. */
const distributionsIn = onceFor(
  ({ measurements }: Round): ReadonlyMap<string, Distribution> =>
    new Map(measurements.map((each) => [subjectKey(each), each.distribution])),
);

function valuesIn(
  rounds: readonly Round[],
  key: string,
  statistic: StatisticName,
  samples: number | null,
): readonly (number | null)[] {
  return rounds.map((round) => {
    const distribution = distributionsIn(round).get(key);
    return distribution === undefined ? null : valueAt(distribution, statistic, samples);
  });
}

/** The mean of a run: geometric, as the verdict has it, where all its rounds are positive. */
function runMean(rounds: readonly (number | null)[]): number | null {
  const values = rounds.filter((value) => value !== null);
  if (values.length === 0) return null;
  return values.every((value) => value > 0) ? Math.exp(mean(values.map(Math.log))) : mean(values);
}

function inSlots(rounds: readonly Round[], values: readonly Reading[]): readonly (number | null)[] {
  const known = new Map(values.map((each) => [pairKey(each), each.value]));
  return rounds.map((round) => known.get(pairKey(round)) ?? null);
}

function pooled(rounds: readonly Distribution[]): ArmDistribution | null {
  const mixture = mixtureQuantiles(rounds, EVIDENCE_LEVELS);
  if (mixture !== null) return { kind: "pooled", ...mixture };
  const printed = rounds.flatMap((round) => (round.kind === "quantiles" ? [round.quantiles] : []));
  if (printed.length < rounds.length) return null;
  const levels = Object.keys(printed[0] ?? {})
    .filter((level) => printed.every((quantiles) => quantiles[level] !== undefined))
    .sort((a, b) => Number(a) - Number(b));
  if (levels.length === 0) return null;
  const values = levels.map((level) => mean(printed.map((quantiles) => quantiles[level]!)));
  return { kind: "printed", levels: levels.map(Number), values };
}

function slotOf({ session, pair, startedAt }: Round): RoundSlot {
  return { session, pair, startedAt };
}
