import type { Environment } from "./environment.ts";
import { keyOf } from "./key.ts";
import type { Failure, Measurement, SuiteNote, ToolExit } from "./measurement.ts";

/** The schema name of what was measured. The second version added `medians`. */
export const RECORDING_SCHEMA = "benchgate.recording/2";

/** The schema name of what holds sketches in place of samples, as stores keep it. */
export const SKETCHED_SCHEMA = "benchgate.recording/3";

/** The schema name of what holds `tails`: the newest that is read. */
export const TAILED_SCHEMA = "benchgate.recording/4";

/** Every schema name that can be read, oldest first. */
export const READABLE_SCHEMAS = ["benchgate.recording/1", RECORDING_SCHEMA, SKETCHED_SCHEMA, TAILED_SCHEMA] as const;

/** The git commit that was measured. Empty strings where there is no repository. */
export interface Revision {
  readonly sha: string;
  readonly ref: string;
  /** ISO 8601, UTC. */
  readonly committedAt: string;
}

/** What a deployment is compared with where no commit is known to be deployed there. */
export const DEPLOYED: Revision = { sha: "deployed", ref: "", committedAt: "" };

/**
 * One execution of every suite on one side in fresh processes: the unit of replication.
 * Rounds of two recordings with equal (`session`, `pair`) were measured side by side and form a pair.
 */
export interface Round {
  readonly session: string;
  readonly pair: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The runner that measured it, where several measured the same benchmarks: pairs stay within a runner. Known where runners are brought together. */
  readonly runner?: string;
  readonly measurements: readonly Measurement[];
  readonly failures: readonly Failure[];
  /** What the tools told beside the numbers; absent where there was nothing. */
  readonly notes?: readonly SuiteNote[];
  /** Commands that ended with another exit code than 0 and complete results; absent where none did. */
  readonly exits?: readonly ToolExit[];
  /** How long an execution of each suite took; absent where nobody has timed it. */
  readonly seconds?: readonly SuiteTime[];
}

/** How long one execution of a suite took on one side, in seconds. */
export interface SuiteTime {
  readonly suite: string;
  readonly seconds: number;
}

/** All rounds of one revision in one environment: what is written, stored and compared. */
export interface Recording {
  readonly revision: Revision;
  readonly environment: Environment;
  readonly rounds: readonly Round[];
}

/** A recording without what `wanted` (suite, benchmark; `*` is a whole suite) does not ask for. */
export function keepOnly(recording: Recording, wanted: (suite: string, benchmark: string) => boolean): Recording {
  const asked = ({ suite, benchmark }: { readonly suite: string; readonly benchmark: string }) =>
    wanted(suite, benchmark);
  const rounds = recording.rounds.map((round) => ({
    ...round,
    measurements: round.measurements.filter(asked),
    failures: round.failures.filter(asked),
    ...(round.notes === undefined ? {} : { notes: round.notes.filter(asked) }),
    ...(round.exits === undefined ? {} : { exits: round.exits.filter(({ suite }) => wanted(suite, "*")) }),
    ...(round.seconds === undefined ? {} : { seconds: round.seconds.filter(({ suite }) => wanted(suite, "*")) }),
  }));
  return { ...recording, rounds };
}

/** What failed, once for each benchmark, file or suite: the first round that it failed in tells the most. */
export function failuresOf(recording: Recording): readonly Failure[] {
  const first = new Map<string, Failure>();
  for (const failure of recording.rounds.flatMap((round) => round.failures)) {
    const key = keyOf(failure.suite, failure.benchmark, failure.source?.file);
    if (!first.has(key)) first.set(key, failure);
  }
  return [...first.values()];
}

/** Why something failed, in one line that goes on: without a full stop. */
export function reasonLine({ reason }: Pick<Failure, "reason">): string {
  return reason.trim().split("\n")[0]!.replace(/\.$/, "");
}

/** Whether anything in the recording failed; such a recording is never a baseline. */
export function hasFailures(recording: Recording): boolean {
  return recording.rounds.some((round) => round.failures.length > 0);
}
