import { GateError } from "../../model/error.ts";
import type { ToolNote } from "../../model/measurement.ts";
import type { ParsedRound, Told, ToolFailure } from "../adapter.ts";

/**
 * One process's measurements and failures, checked: it holds something, and no benchmark has the same metric twice.
 * `remedy` tells how the tool's user makes two equal names differ, `nothing` how to get benchmarks out of the tool at all.
 */
export function round(
  told: readonly Told[],
  { remedy, nothing }: { readonly remedy: string; readonly nothing: string },
): ParsedRound {
  if (told.length === 0) throw new GateError("It holds no benchmarks", nothing);
  const parsed = withoutLoneNotes(parted(told));
  const seen = new Set<string>();
  for (const { benchmark, metric } of parsed.measurements) {
    const key = `${metric.length} ${metric}${benchmark}`;
    if (seen.has(key)) throw new GateError(`Two benchmarks are called ${JSON.stringify(benchmark)}`, remedy);
    seen.add(key);
  }
  return parsed;
}

/** What a tool told, its measurements, its failures and its notes each in their order. */
export function parted(told: readonly Told[]): ParsedRound {
  const notes = told.filter((each) => "sentence" in each);
  return {
    measurements: told.filter((each) => "distribution" in each),
    failures: told.filter(isFailure),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** The note that a number beside a benchmark's time was none, and is left out: a counter, a unit of its author's. */
export function leftOut(benchmark: string, what: string, found: number | string): ToolNote {
  return {
    benchmark,
    sentence: `Its ${what} is ${found}, and left out`,
    remedy: "report a finite number, or nothing where there is none",
  };
}

/** A benchmark of which nothing but notes is left has failed: it must not vanish. */
function withoutLoneNotes({ measurements, failures, notes = [] }: ParsedRound): ParsedRound {
  const known = new Set([...measurements, ...failures].map(({ benchmark }) => benchmark));
  const isLone = ({ benchmark }: ToolNote) => benchmark !== "*" && !known.has(benchmark);
  const kept = notes.filter((note) => !isLone(note));
  return {
    measurements,
    failures: [
      ...failures,
      ...notes
        .filter(isLone)
        .map(({ benchmark, sentence, remedy }) => ({ benchmark, reason: `${sentence}: ${remedy}` })),
    ],
    ...(kept.length === 0 ? {} : { notes: kept }),
  };
}

/** The same of a run that is one benchmark: what failed is the failure of the whole run (`*`), and then nothing was measured. */
export function wholeRun(told: readonly Told[]): ParsedRound {
  const { measurements, failures, notes } = parted(told);
  return failures.length === 0
    ? { measurements, failures, ...(notes === undefined ? {} : { notes }) }
    : { measurements: [], failures: failures.map(({ reason }) => ({ benchmark: "*", reason })) };
}

/** Whether a benchmark is told to have failed. */
export function isFailure(told: Told): told is ToolFailure {
  return "reason" in told;
}
