import type { Environment } from "./environment.ts";
import type { ToolMeasurement } from "./measurement.ts";

/** What another tool has kept of one commit, on one machine of its own. */
export interface ImportedRun {
  readonly suite: string;
  readonly sha: string;
  /** ISO 8601, UTC. The commit's own date where the tool keeps it, else when it was measured. */
  readonly committedAt: string;
  /** ISO 8601, UTC. When it was measured where the tool keeps that, else the commit's date. */
  readonly measuredAt: string;
  readonly measurements: readonly ToolMeasurement[];
  /** Absent: nobody knows which one measured. */
  readonly machine?: Environment;
}

/** The runs of a history, in its order, and how many were left out since they name no whole commit or hold nothing. */
export interface ImportedHistory {
  readonly runs: readonly ImportedRun[];
  readonly leftOut: number;
}
