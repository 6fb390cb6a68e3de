import { measureAlone } from "../measure/alone.ts";
import type { MeasuredSide } from "../measure/recorder.ts";
import { GateError } from "../model/error.ts";
import { largest } from "../model/extremes.ts";
import type { Suite } from "../model/plan.ts";
import { failuresOf, type Recording } from "../model/recording.ts";
import { progressOn } from "../report/words/progress.ts";
import { sampleCount } from "../stats/statistic.ts";
import type { World } from "./command.ts";
import { newSession } from "./here.ts";

/** The share of its limit after which a suite that does not work was ended by it: clocks do not agree to the last millisecond. */
const AT_LIMIT = 0.99;

/** A load that makes fewer requests in a round makes none in some. */
const FEWEST_REQUESTS = 20;

/** What one execution of a suite showed. */
export interface Tried {
  /** What it took, in seconds. */
  readonly seconds: number;
  /** Why it does not work; null where it does. */
  readonly broken: string | null;
  /** Whether it does not work because it was ended at its limit. */
  readonly cut: boolean;
  /** How many benchmarks it has. */
  readonly benchmarks: number;
  /** Its benchmarks that fail though the suite works: how many, and one of the reasons; null where none does. */
  readonly failing: { readonly count: number; readonly reason: string } | null;
}

/** One execution of one suite. */
export async function tryOnce(
  { ports, terminal, interrupt }: World,
  suite: Suite,
  candidate: MeasuredSide,
): Promise<Tried> {
  const start = ports.clock.monotonic();
  const shown = await measureAlone(
    ports,
    {
      suites: [suite],
      candidate,
      setup: null,
      rounds: 1,
      cold: true,
      timeBudget: null,
      ...newSession(ports),
      signal: interrupt.signal,
    },
    progressOn(terminal),
  ).then(({ recording }) => shownBy(suite, recording), brokenBy);
  const seconds = ports.clock.monotonic() - start;
  return { ...shown, seconds, cut: shown.broken !== null && seconds >= AT_LIMIT * suite.timeLimit };
}

type Shown = Omit<Tried, "seconds" | "cut">;

function brokenBy(error: unknown): Shown {
  if (!(error instanceof GateError)) throw error;
  return { broken: oneLine(error.problem), benchmarks: 0, failing: null };
}

function shownBy(suite: Suite, recording: Recording): Shown {
  const names = new Set(recording.rounds.flatMap(({ measurements }) => measurements.map(({ benchmark }) => benchmark)));
  const failures = failuresOf(recording);
  const [failure] = failures;
  const failing =
    failure === undefined
      ? null
      : {
          count: new Set(failures.map(({ benchmark }) => benchmark)).size,
          reason: oneLine(`${failure.benchmark}: ${failure.reason}`),
        };
  return { broken: whyBroken(suite, recording), benchmarks: names.size, failing };
}

function whyBroken(suite: Suite, recording: Recording): string | null {
  const requests = suite.service === undefined ? null : requestsIn(recording);
  if (requests !== null && requests < FEWEST_REQUESTS)
    return `it made ${requests} ${requests === 1 ? "request" : "requests"} in a round, too few to compare: a load that now and then makes none would fail the check. Make it longer, or its users wait less`;
  if (recording.rounds.some(({ measurements }) => measurements.length > 0)) return null;
  const [failure] = failuresOf(recording);
  return oneLine(failure === undefined ? "it measured nothing" : `${failure.reason} ${lastLine(failure.output)}`);
}

/** The requests of the largest benchmark of a load, which is all of them where its tool adds them up; null where the tool tells no number. */
function requestsIn({ rounds }: Recording): number | null {
  const counts = rounds
    .flatMap(({ measurements }) => measurements)
    .flatMap(({ metric, distribution }) => (metric === "latency" ? (sampleCount(distribution) ?? []) : []));
  return counts.length === 0 ? null : largest(counts);
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

/** A text on one line: of a long one the beginning, which says what was run, and the end, what went wrong. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
