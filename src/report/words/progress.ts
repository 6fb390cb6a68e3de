import type { Progress } from "../../model/progress.ts";
import { clean } from "../parts/escape.ts";
import { plural } from "./format.ts";

/** The longest name of a benchmark that a line of progress has room for. */
const LONGEST_NAME = 30;

/** Where progress goes: `progress` is a line that may be replaced by the next one, `err` one that stays. */
export interface ProgressLog {
  progress(line: string): void;
  err(line: string): void;
  /** Whether `progress` replaces its line, so that it may change often. */
  readonly live?: boolean;
}

/** Progress as one live line on a terminal; in a log, one plain line for each round that begins. */
export function progressOn(log: ProgressLog): (progress: Progress) => void {
  // Each side of a pair reports; people want to hear of the pair once.
  const said = new Set<string>();
  let soFar = "";
  return ({ suite, round, rounds, secondsLeft, elapsed, recognised, givenUp, undecided, code, benchmark }) => {
    if (code !== undefined) {
      log.err(`${suite}: ${codeWords(code)}`);
      return;
    }
    if (undecided !== undefined) {
      const { open, slower, fine, givenUp = 0, of } = undecided;
      // What is slower may be measured on all the same: each benchmark is counted once.
      const left = Math.min(open, of - slower - fine - givenUp);
      const found = [
        ...(slower === 0 ? [] : [`${slower} slower`]),
        `${fine} fine`,
        ...(left <= 0 ? [] : [`${left} open`]),
        ...(givenUp === 0
          ? []
          : [`${givenUp} given up (${rounds} pairs would not decide ${givenUp === 1 ? "it" : "them"})`]),
      ].join(", ");
      soFar = `; ${found}`;
      log.err(`after ${round} pairs, of ${plural(of, "benchmark", "benchmarks")}: ${found}`);
      return;
    }
    if (givenUp !== undefined) {
      log.err(`${suite}: ${givenUp}`);
      return;
    }
    const step = round === 0 ? "warm-up" : `round ${round} of ${rounds}`;
    const key = recognised === undefined ? `${suite} ${step}` : `${suite} reads`;
    if (benchmark !== undefined ? log.live !== true : said.has(key)) return;
    said.add(key);
    if (recognised !== undefined) log.err(`${suite}: its output is read as ${recognised}`);
    else
      log.progress(
        [
          `${suite}: ${step}`,
          // A live line has a clock of its own.
          ...(elapsed === undefined || elapsed < 1 || log.live === true ? [] : [`${duration(elapsed)} so far`]),
          ...(secondsLeft === undefined ? [] : [`at most ${duration(secondsLeft)} more`]),
        ].join(", ") +
          soFar +
          // Last, because a narrow terminal cuts the end.
          (benchmark === undefined
            ? ""
            : ` · ${benchmark.at} of ${benchmark.of}, ${clean(benchmark.name, LONGEST_NAME)}`),
      );
  };
}

function codeWords(code: NonNullable<Progress["code"]>): string {
  if ("why" in code) return `not left out, because ${code.why}`;
  return code.same.includes("*")
    ? "not measured: unchanged, same code"
    : `${plural(code.same.length, "benchmark", "benchmarks")} not measured: unchanged, same code`;
}

/** Said before something is profiled. */
export function profilingLine({ suite, benchmark }: { readonly suite: string; readonly benchmark: string }): string {
  return `${benchmark === "*" ? suite : `${suite} / ${benchmark}`}: profiling both sides, to find out why it got slower`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
