import { measureAlone } from "../measure/alone.ts";
import type { MeasuredSide } from "../measure/recorder.ts";
import { GateError } from "../model/error.ts";
import type { Suite } from "../model/plan.ts";
import { failuresOf, type Recording } from "../model/recording.ts";
import { progressOn } from "../report/words/progress.ts";
import type { World } from "./command.ts";
import { newSession } from "./here.ts";
import { loadNote, loadTrouble } from "./load-proof.ts";

/** The share of its limit after which a suite that does not work was ended by it: clocks do not agree to the last millisecond. */
const AT_LIMIT = 0.99;

/** A service that takes longer to be ready is as a rule one that never is, in seconds. */
const LONGEST_START = 30;

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
  /** What the user must know of a load that works. */
  readonly note?: string;
}

/** One execution of one suite, ended after so many seconds. */
export async function tryOnce(
  { ports, terminal, interrupt }: World,
  whole: Suite,
  candidate: MeasuredSide,
  limit: number,
): Promise<Tried> {
  const suite = bounded(whole, limit);
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

function bounded(suite: Suite, seconds: number): Suite {
  const { service, timeLimit } = suite;
  return {
    ...suite,
    timeLimit: Math.min(timeLimit, seconds),
    ...(service && { service: { ...service, readyLimit: Math.min(service.readyLimit, LONGEST_START) } }),
  };
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
  const note = suite.service === undefined ? null : loadNote(recording);
  return { broken: whyBroken(suite, recording), benchmarks: names.size, failing, ...(note !== null && { note }) };
}

function whyBroken(suite: Suite, recording: Recording): string | null {
  const trouble = suite.service === undefined ? null : loadTrouble(recording);
  if (trouble !== null) return trouble;
  if (recording.rounds.some(({ measurements }) => measurements.length > 0)) return null;
  const [failure] = failuresOf(recording);
  return oneLine(failure === undefined ? "it measured nothing" : `${failure.reason} ${lastLine(failure.output)}`);
}

/** What a load says itself comes before what its service says, and tells more: the service may well have answered. */
function lastLine(output: string): string {
  const [own = ""] = output.split(/^the service:$/m);
  return (own.trim() === "" ? output : own).trim().split("\n").at(-1) ?? "";
}

/** A text on one line: of a long one the beginning, which says what was run, and the end, what went wrong. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
