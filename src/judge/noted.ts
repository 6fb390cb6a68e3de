import { type SuiteNote, sentenceOf } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";

type Noted = Extract<Warning, { readonly code: "noted" }>;

/** A note as it is told, and which side it was told of: null is both, or the only one. */
interface Placed extends Omit<SuiteNote, "count"> {
  readonly side: Noted["side"];
}

/**
 * What the tools told beside their numbers, where it belongs: on the judgements of the metric that a note is about, else on the gate as a whole, each text
 * once with all benchmarks that it was told of. It decides nothing.
 */
export function withNotes(
  judgements: readonly Judgement[],
  baseline: readonly Recording[],
  candidate: Recording,
): { readonly judgements: readonly Judgement[]; readonly warnings: readonly Noted[] } {
  const notes = placedNotes(baseline, candidate);
  const about = (judgement: Judgement) => notes.filter((note) => isAbout(note, judgement));
  const homeless = notes.filter((note) => !judgements.some((judgement) => isAbout(note, judgement)));
  return {
    judgements: judgements.map((judgement) => {
      const own = about(judgement).map((note) => toWarning(note, []));
      return own.length === 0 ? judgement : { ...judgement, warnings: [...judgement.warnings, ...own] };
    }),
    warnings: together(homeless),
  };
}

function placedNotes(baseline: readonly Recording[], candidate: Recording): readonly Placed[] {
  const [before, after] = [notesIn(baseline), notesIn([candidate])];
  return [...new Map([...before, ...after])].map(([key, note]): Placed => {
    const [isBefore, isAfter] = [before.has(key), after.has(key)];
    const both = baseline.length === 0 || (isBefore && isAfter);
    const { count: _, ...told } = note;
    return {
      ...told,
      sentence: sentenceOf(note, [before.get(key)?.count, after.get(key)?.count]),
      side: both ? null : isBefore ? "baseline" : "candidate",
    };
  });
}

/** The notes of all rounds, each text once; of its numbers the largest, because it is the worst that is to be known. */
function notesIn(recordings: readonly Recording[]): ReadonlyMap<string, SuiteNote> {
  const found = new Map<string, SuiteNote>();
  for (const note of recordings.flatMap(({ rounds }) => rounds.flatMap((round) => round.notes ?? []))) {
    const key = JSON.stringify([note.suite, note.benchmark, note.metric, note.sentence, note.remedy]);
    if ((note.count ?? 0) >= (found.get(key)?.count ?? 0)) found.set(key, note);
  }
  return found;
}

function isAbout({ suite, benchmark, metric }: SuiteNote, judgement: Judgement): boolean {
  return suite === judgement.suite && benchmark === judgement.benchmark && metric === judgement.metric;
}

function together(notes: readonly Placed[]): readonly Noted[] {
  const found = new Map<string, [Placed, string[]]>();
  for (const note of notes) {
    const key = JSON.stringify([note.suite, note.side, note.sentence, note.remedy]);
    const [, benchmarks] = found.get(key) ?? [note, []];
    found.set(key, [note, [...benchmarks, note.benchmark]]);
  }
  return [...found.values()].map(([note, benchmarks]) => toWarning(note, benchmarks));
}

function toWarning({ suite, side, sentence, remedy }: Placed, benchmarks: readonly string[]): Noted {
  return { code: "noted", suite, benchmarks, side, sentence, remedy };
}
