import type { ArmDistribution, ArmEvidence, Evidence, SubjectEvidence } from "../../model/evidence.ts";
import type { Interval } from "../../model/interval.ts";
import type { Direction } from "../../model/measurement.ts";
import type { StatisticName } from "../../model/statistic.ts";
import type { Comparison, Judgement, Verdict } from "../../model/verdict.ts";
import { fromWire, unpacked } from "./numbers.ts";
import {
  DESIGNS,
  type WireArm,
  type WireComparison,
  type WireEvidence,
  type WireInterval,
  type WireOverview,
  type WireRow,
  type WireSubject,
} from "./wire.ts";

/** The judgements of a page, in the order of the outcome: equal to what was encoded but for digits that no report prints. */
export function decodeJudgements({ words, rows }: WireOverview): readonly Judgement[] {
  return rows.map((row) => judgementOf(row, words));
}

/** What the judgements rest on. */
export function decodeEvidence(wire: WireEvidence, { words }: Pick<WireOverview, "words">): readonly Evidence[] {
  return wire.map(({ subjects, ...sides }) => ({
    ...sides,
    subjects: subjects.map((subject) => subjectOf(subject, words)),
  }));
}

/**
 * The text of one of a page's JSON blocks, by the `id` of its element.
 *
 * @internal Exported for the tests of the page.
 */
export function blockOf(html: string, id: string): string {
  const start = html.indexOf(`<script type="application/json" id="${id}">`);
  const from = html.indexOf(">", start) + 1;
  return start < 0 ? "null" : html.slice(from, html.indexOf("</script>", from));
}

function judgementOf(row: WireRow, words: readonly string[]): Judgement {
  const [suite, benchmark, metric, unit, statistic, verdict, better, threshold, baseline, candidate, comparison, more] =
    row;
  const { advisory, ...rest } = more === 0 ? {} : more;
  return {
    suite: words[suite]!,
    benchmark: words[benchmark]!,
    metric: words[metric]!,
    statistic: words[statistic] as StatisticName,
    unit: words[unit]!,
    better: words[better] as Direction,
    verdict: words[verdict] as Verdict,
    severity: advisory === true ? "advisory" : "gate",
    threshold: fromWire(threshold),
    baseline: fromWire(baseline),
    candidate: fromWire(candidate),
    comparison: comparison === 0 ? null : comparisonOf(comparison),
    limit: null,
    goal: null,
    accepted: null,
    failure: null,
    warnings: [],
    source: null,
    ...rest,
  };
}

function comparisonOf(wire: WireComparison): Comparison {
  const [design, ratio, interval, check, p, adjustedP, rounds, noise, detectable, roundsNeeded, falseAlarm] = wire;
  return {
    design: DESIGNS[design]!,
    ratio: fromWire(ratio) ?? Number.NaN,
    interval: intervalOf(interval),
    check: check === 0 ? null : intervalOf(check),
    p: fromWire(p),
    adjustedP: fromWire(adjustedP),
    rounds,
    noise: fromWire(noise) ?? Number.NaN,
    detectable: fromWire(detectable),
    roundsNeeded: fromWire(roundsNeeded),
    falseAlarm: fromWire(falseAlarm) ?? Number.NaN,
  };
}

function intervalOf([lower, upper, level]: WireInterval): Interval {
  return {
    lower: fromWire(lower) ?? Number.NaN,
    upper: fromWire(upper) ?? Number.NaN,
    level: fromWire(level) ?? Number.NaN,
  };
}

function subjectOf(wire: WireSubject, words: readonly string[]): SubjectEvidence {
  const [suite, benchmark, metric, unit, better, statistics, baseline, candidate, history, steps] = wire;
  return {
    suite: words[suite]!,
    benchmark: words[benchmark]!,
    metric: words[metric]!,
    unit: words[unit]!,
    better: words[better] as Direction,
    statistics,
    baseline: baseline === 0 ? null : armOf(baseline),
    candidate: candidate === 0 ? null : armOf(candidate),
    history: history === 0 ? statistics.map(() => []) : history.map(unpacked),
    steps: steps === 0 ? statistics.map(() => []) : steps,
  };
}

function armOf([rounds, distribution]: WireArm): ArmEvidence {
  return { rounds: rounds.map(unpacked), distribution: distribution === 0 ? null : distributionOf(distribution) };
}

function distributionOf([first, values]: Exclude<WireArm[1], 0>): ArmDistribution {
  if (typeof first === "number") return { kind: "pooled", samples: first, values: unpacked(values) };
  const known = (numbers: readonly (number | null)[]) => numbers.filter((value) => value !== null);
  return { kind: "printed", levels: known(unpacked(first)), values: known(unpacked(values)) };
}
