import type { ToolMeasurement, ToolNote } from "../model/measurement.ts";
import type { StatusRange } from "../model/status.ts";

/** What a tool left behind: the text of its output, and what all who look at it need to find only once. */
export interface ToolOutput {
  readonly text: string;
  /** The beginning of the text, without a byte order mark: as much as is seen of an output that is read piece by piece. */
  readonly head: string;
  /** The value of a text that is a JSON object or list; undefined for any other. */
  json(): unknown;
  /** The JSON objects and lists in a text that holds other lines as well; none in any other text. */
  documents(): readonly EmbeddedOutput[];
  /** Seconds of warm-up to cut from the start of the output: only for adapters that can (`cutsWarmup`). */
  readonly skip?: number;
  /** The statuses that count as successes in place of the tool's own: only for adapters that can tell (`tellsStatus`). */
  readonly expected?: readonly StatusRange[];
}

/** A JSON document among what else a console shows: `line` is the one of the whole text that it begins on. */
export interface EmbeddedOutput extends ToolOutput {
  readonly line: number;
}

/** Reads output of any size in constant memory: bytes go in as they come, rounds come out at the end. Throws what `parse` throws. */
export interface OutputReader {
  push(bytes: Uint8Array): void;
  end(): readonly ParsedRound[];
}

/** A tool that leaves a folder of files: which of them are read, as globs relative to it, and how. */
export interface FolderOutput {
  readonly patterns: readonly string[];
  /** The files' texts by their path in the folder, `/` as separator, sorted. */
  parse(files: ReadonlyMap<string, string>): readonly ParsedRound[];
}

/** A benchmark that the tool itself reports as failed; `*` is the whole run. */
export interface ToolFailure {
  readonly benchmark: string;
  readonly reason: string;
}

/** What a tool says of a benchmark: one of its metrics, that it failed, or what a reader must know beside its numbers. */
export type Told = ToolMeasurement | ToolFailure | ToolNote;

/** What one process of the tool measured. */
export interface ParsedRound {
  readonly measurements: readonly ToolMeasurement[];
  readonly failures: readonly ToolFailure[];
  /** What every report says beside the numbers; absent where there is nothing. */
  readonly notes?: readonly ToolNote[];
  /** Where the outputs of several generators were read as one. */
  readonly outputs?: OutputsRead;
}

/** How many outputs were read as one, and how many of them tell of each benchmark. */
export interface OutputsRead {
  readonly all: number;
  readonly of: ReadonlyMap<string, number>;
}

/** An exit code other than 0 that comes with complete results. */
interface ExitCode {
  readonly code: number;
  /** What the tool says by it, as the end of "it ended with 99: …". */
  readonly means: string;
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
  /** Exit codes that come with complete results: 0, and those by which the tool gives a verdict of its own. */
  readonly exitCodes: readonly [0, ...ExitCode[]];
  /** Present where samples carry their time, so that a warm-up can be cut. */
  readonly cutsWarmup?: true;
  /** Present where some output of the tool tells the status of its requests, so that `expected-status` can be applied. */
  readonly tellsStatus?: true;
  /**
   * Whether an output is certainly this tool's: for `tool: auto`. Cheap, by content alone, and never throws. An adapter with a
   * `stream` must recognise the first 64 KiB as well as the whole.
   */
  recognises(output: ToolOutput): boolean;
  /** One round for each separate process that the output holds: hyperfine's runs are several, everything inside one process is one. */
  parse(output: ToolOutput): readonly ParsedRound[];
  /**
   * How the tool is told which benchmarks to run, where it can be: the text that stands for `{benchmarks}` in `run`. At least those that are named
   * run; others may.
   */
  readonly filter?: {
    /** All of them. */
    readonly all: string;
    only(benchmarks: readonly string[]): string;
    /** Present where the output goes on holding what earlier runs found: what was not named has not been run. */
    readonly keepsOthers?: true;
  };
  /** For formats that grow with the load. */
  stream?(options: Pick<ToolOutput, "expected"> & { readonly skip: number }): OutputReader;
  /** For tools that leave a folder; `output` then names it. */
  readonly folder?: FolderOutput;
}
