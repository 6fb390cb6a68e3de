import type { Adapter } from "../adapters/adapter.ts";
import { GateError } from "../model/error.ts";
import type { Failure, Measurement, SourceLocation } from "../model/measurement.ts";
import type { Ports, ProcessResult } from "../ports.ts";

/** The part of the world that measuring touches. */
export type MeasurePorts = Pick<Ports, "processes" | "files" | "clock" | "host">;

/** One execution of one suite. */
export interface Execution {
  readonly ports: MeasurePorts;
  readonly adapters: readonly Adapter[];
  readonly suite: string;
  /** The side's tree. */
  readonly cwd: string;
  /** Seconds for the whole execution. */
  readonly timeLimit: number;
  /**
   * What the child finds in its environment: the path of a file to write to, and the round, from 1 (0: thrown away).
   */
  readonly env: Readonly<Record<"BENCHGATE_OUTPUT" | "BENCHGATE_ROUND", string>>;
}

/** What one execution of one suite gave. A failure is a value here: the other suites go on. */
export interface SlotResult {
  readonly measurements: readonly Measurement[];
  readonly failures: readonly Failure[];
  /** The adapter that `tool: auto` took. */
  readonly recognised?: string;
}

/** What is known of a failure beside its reason. */
type Circumstances = Partial<Pick<Failure, "output" | "source">>;

/** A result that holds nothing but the failure of a whole suite. */
export function suiteFailure(suite: string, reason: string, { output = "", source }: Circumstances = {}): SlotResult {
  return { measurements: [], failures: [{ suite, benchmark: "*", reason, output, ...withSource(source) }] };
}

/** The result of `attempt`, or the failure of the whole suite where it throws an error that the user can act on. */
export async function orFailure(
  suite: string,
  attempt: () => SlotResult | Promise<SlotResult>,
  circumstances: Circumstances = {},
): Promise<SlotResult> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof GateError) return suiteFailure(suite, sentence(error.message), circumstances);
    throw error;
  }
}

/** Why a child that ended so has no result, as the rest of a sentence; null where it came to its own end. */
export function cutShort({ timedOut, signal }: ProcessResult, timeLimit: number): string | null {
  if (timedOut) {
    return `took longer than its limit of ${Math.round(timeLimit)} s and was ended. Raise \`time-limit\`, or measure less in a round.`;
  }
  if (signal === null) return null;
  return `was ended by ${signal}.${signal === "SIGKILL" ? " The machine may have run out of memory." : ""}`;
}

/** `source` as an optional property. */
export function withSource(source: SourceLocation | undefined): { readonly source?: SourceLocation } {
  return source === undefined ? {} : { source };
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
