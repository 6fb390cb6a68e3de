import { fingerprint } from "../model/environment.ts";
import type { ImportedRun } from "../model/imported.ts";
import { keyOf } from "../model/key.ts";
import type { Recording } from "../model/recording.ts";
import type { RunIdentity } from "./entry.ts";

/**
 * The gate of what other tools have measured. No gate of a workflow is called so, and no machine has its fingerprint: nothing is ever judged by it.
 */
export const IMPORTED = "imported";

/**
 * Imported runs as recordings to store, one a commit and machine, in the order in which they first appear: each run is a round. Where nobody knows which machine
 * measured, one is made up.
 *
 * @param from the tool, for people.
 */
export function asRecordings(
  runs: readonly ImportedRun[],
  from: string,
): readonly { readonly recording: Recording; readonly run: RunIdentity }[] {
  const unknown = {
    os: "unknown",
    arch: "unknown",
    cpu: `unknown, imported from ${from}`,
    cores: 0,
    runtime: "unknown",
  };
  const groups = new Map<string, ImportedRun[]>();
  for (const run of runs) {
    const key = keyOf(run.sha, fingerprint(run.machine ?? unknown));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()].map((all) => ({
    run: { run: IMPORTED, attempt: "1", gate: IMPORTED },
    recording: {
      revision: { sha: all[0]!.sha, ref: "", committedAt: all[0]!.committedAt },
      environment: all[0]!.machine ?? unknown,
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
