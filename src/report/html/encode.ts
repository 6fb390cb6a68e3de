import type { ArmEvidence, Evidence, SubjectEvidence } from "../../model/evidence.ts";
import type { Interval } from "../../model/interval.ts";
import type { Revision } from "../../model/recording.ts";
import type { Comparison, Judgement, Outcome } from "../../model/verdict.ts";
import type { Warning } from "../../model/warning.ts";
import type { SideNames } from "../parts/columns.ts";
import { clean, outputLines } from "../parts/escape.ts";
import { repositoryAddress } from "../words/commits.ts";
import { packed, wireNumber } from "./numbers.ts";
import {
  DESIGNS,
  PAGE_SCHEMA,
  type WireArm,
  type WireComparison,
  type WireEvidence,
  type WireInterval,
  type WireOverview,
  type WireRest,
  type WireRow,
  type WireSubject,
  type Word,
} from "./wire.ts";

/** Names longer than this are shortened in the middle. */
const NAME = 300;
/** How much of a failure's output is kept, in characters. */
const OUTPUT = 8_000;
/** Digits of what reports print with three. */
const EXACT = 9;
const ROUGH = 6;

/** The page's data: both blocks, which share one list of words. */
export function encodePage(
  outcome: Outcome,
  evidence: readonly Evidence[],
  sides: SideNames,
  remote = "",
): { readonly overview: WireOverview; readonly evidence: WireEvidence } {
  const words = new Map<string, Word>();
  const word = (text: string): Word => {
    const known = words.get(text) ?? words.size;
    words.set(text, known);
    return known;
  };
  const rows = outcome.judgements.map((judgement) => rowOf(judgement, word));
  const wire = evidence.map(({ kind, baseline, candidate, history, subjects }) => ({
    kind,
    baseline: baseline.map(({ session, ...slot }) => ({ ...slot, session: clean(session, NAME) })),
    candidate: candidate.map(({ session, ...slot }) => ({ ...slot, session: clean(session, NAME) })),
    history: history.map(revisionOf),
    subjects: subjects.map((subject) => subjectOf(subject, word)),
  }));
  // Names are cleaned once each, after they have been told apart by what they really are.
  const cleaned = [...words.keys()].map((text) => clean(text, NAME));
  const { baseline, candidate, experiment } = outcome;
  const overview: WireOverview = {
    schema: PAGE_SCHEMA,
    sides,
    repository: repositoryAddress(remote) ?? "",
    commits: {
      baseline: baseline.kind === "none" ? "" : clean(baseline.revision.sha, 64),
      candidate: clean(candidate.revision.sha, 64),
    },
    secondsPerPair: experiment?.secondsPerPair ?? null,
    words: cleaned,
    rows,
  };
  return { overview, evidence: wire };
}

type Intern = (text: string) => Word;

function rowOf(judgement: Judgement, word: Intern): WireRow {
  const { suite, benchmark, metric, unit, statistic, verdict, better } = judgement;
  const rest = restOf(judgement);
  return [
    word(suite),
    word(benchmark),
    word(metric),
    word(unit),
    word(statistic),
    word(verdict),
    word(better),
    wireNumber(judgement.threshold, EXACT),
    wireNumber(judgement.baseline, EXACT),
    wireNumber(judgement.candidate, EXACT),
    judgement.comparison === null ? 0 : comparisonOf(judgement.comparison),
    Object.keys(rest).length === 0 ? 0 : rest,
  ];
}

function restOf({
  severity,
  resolution,
  judged,
  limit,
  goal,
  accepted,
  failure,
  warnings,
  source,
  cell,
}: Judgement): WireRest {
  return {
    ...(severity === "advisory" && { advisory: true as const }),
    ...(resolution !== undefined && { resolution }),
    ...(judged && { judged }),
    ...(limit && { limit }),
    ...(goal && { goal }),
    ...(accepted && { accepted: { ...accepted, reason: clean(accepted.reason, NAME) } }),
    ...(failure && {
      failure: {
        side: failure.side,
        reason: clean(failure.reason, 500),
        output: outputLines(failure.output, OUTPUT).join("\n"),
      },
    }),
    ...(warnings.length > 0 && { warnings: warnings.map(shortened) }),
    ...(cell !== undefined && { cell: clean(cell, NAME) }),
    ...(source && { source: { ...source, file: clean(source.file, NAME) } }),
  };
}

/** A warning whose texts from outside have an end. */
function shortened(warning: Warning): Warning {
  return JSON.parse(JSON.stringify(warning, (_, value) => (typeof value === "string" ? clean(value, NAME) : value)));
}

function comparisonOf(comparison: Comparison): WireComparison {
  const { design, ratio, interval, check, p, adjustedP, rounds, noise, detectable, roundsNeeded, falseAlarm } =
    comparison;
  return [
    DESIGNS.indexOf(design),
    wireNumber(ratio, EXACT),
    intervalOf(interval),
    check === null ? 0 : intervalOf(check),
    wireNumber(p, ROUGH),
    wireNumber(adjustedP, ROUGH),
    rounds,
    wireNumber(noise, ROUGH),
    wireNumber(detectable, ROUGH),
    wireNumber(roundsNeeded, EXACT),
    wireNumber(falseAlarm, ROUGH),
  ];
}

function intervalOf({ lower, upper, level }: Interval): WireInterval {
  return [wireNumber(lower, EXACT), wireNumber(upper, EXACT), wireNumber(level, ROUGH)];
}

function subjectOf(subject: SubjectEvidence, word: Intern): WireSubject {
  const { suite, benchmark, metric, unit, better, statistics, baseline, candidate, history, steps } = subject;
  return [
    word(suite),
    word(benchmark),
    word(metric),
    word(unit),
    word(better),
    statistics,
    baseline === null ? 0 : armOf(baseline),
    candidate === null ? 0 : armOf(candidate),
    history.every((runs) => runs.length === 0) ? 0 : history.map(packed),
    steps.every((each) => each.length === 0) ? 0 : steps,
  ];
}

function armOf({ rounds, distribution }: ArmEvidence): WireArm {
  const lists = rounds.map(packed);
  if (distribution === null) return [lists, 0];
  const values = packed(distribution.values);
  return [
    lists,
    distribution.kind === "pooled" ? [distribution.samples, values] : [packed(distribution.levels), values],
  ];
}

function revisionOf({ sha, ref, committedAt }: Revision): Revision {
  return { sha: clean(sha, 64), ref: clean(ref, NAME), committedAt: clean(committedAt, 40) };
}
