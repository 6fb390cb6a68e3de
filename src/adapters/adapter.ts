import type { ToolMeasurement } from "../model/measurement.ts";

/** What a tool left behind: the text of its output. */
interface ToolOutput {
  readonly text: string;
}

/** A benchmark that the tool itself reports as failed; `*` is the whole run. */
export interface ToolFailure {
  readonly benchmark: string;
  readonly reason: string;
}

/** What one process of the tool measured. */
export interface ParsedRound {
  readonly measurements: readonly ToolMeasurement[];
  readonly failures: readonly ToolFailure[];
}

/**
 * The pure parser of one tool's output.
 *
 * `parse` throws a `GateError` with line or path where the text is not what the tool writes; it never drops a line silently,
 * never guesses a unit, and reports a run whose requests all failed as a failure, not as a latency.
 */
export interface Adapter {
  /** The word for `tool:`. */
  readonly name: string;
  /** The tool as its authors write it. */
  readonly title: string;
  /** How to run the tool so that the most can be proven. */
  readonly command: string;
  /** What its output gives us: raw samples to compute any percentile from, or the tool's own percentiles. */
  readonly gives: { readonly samples: boolean; readonly p99: boolean; readonly memory: boolean };
  /** Exit codes that come with complete results. */
  readonly exitCodes: readonly number[];
  /** Whether `text` is certainly this tool's output: for `tool: auto`. Cheap, by content alone, and never throws. */
  recognises(text: string): boolean;
  /** One round for each separate process that the output holds: hyperfine's runs are several, everything inside one process is one. */
  parse(output: ToolOutput): readonly ParsedRound[];
}
