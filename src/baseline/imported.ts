import type { Measurement } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";
import type { RunIdentity } from "./entry.ts";

/**
 * The gate of what other tools have measured. No gate of a workflow is called so, and no machine has its fingerprint: nothing is ever judged by it.
 */
export const IMPORTED = "imported";

/** What is known of one imported run. */
interface Imported {
  readonly suite: string;
  readonly sha: string;
  readonly committedAt: string;
  readonly measuredAt: string;
  readonly measurements: readonly Omit<Measurement, "suite">[];
}

/**
 * Imported runs as recordings to store, one a commit, in the order in which commits first appear: each run is a round. A machine is made up for them, since nobody
 * knows which one measured.
 *
 * @param from the tool, for people.
 */
export function asRecordings(
  runs: readonly Imported[],
  from: string,
): readonly { readonly recording: Recording; readonly run: RunIdentity }[] {
  const byCommit = new Map<string, Imported[]>();
  for (const run of runs) byCommit.set(run.sha, [...(byCommit.get(run.sha) ?? []), run]);
  const environment = {
    os: "unknown",
    arch: "unknown",
    cpu: `unknown, imported from ${from}`,
    cores: 0,
    runtime: "unknown",
  };
  return [...byCommit].map(([sha, all]) => ({
    run: { run: IMPORTED, attempt: "1", gate: IMPORTED },
    recording: {
      revision: { sha, ref: "", committedAt: all[0]!.committedAt },
      environment,
      rounds: all.map(({ suite, measuredAt, measurements }, pair) => ({
        session: IMPORTED,
        pair,
        startedAt: measuredAt,
        measurements: measurements.map((each) => ({ suite, ...each })),
        failures: [],
      })),
    },
  }));
}
