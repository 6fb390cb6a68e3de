import { loadSeries } from "../baseline/load.ts";
import { select } from "../baseline/select.ts";
import { newChanges } from "../judge/trend.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { RawSeries } from "../model/trend.ts";
import { commitPages } from "../report/words/commits.ts";
import type { FoundChange } from "../report/words/recorded.ts";
import { gateOf } from "./names.ts";
import type { Opened } from "./step.ts";

/** The runs that are looked at: enough to see a step, few enough to be read after every push. */
const RUNS = 60;
const DEPTH = 1000;

/** What the history of this gate on this machine says. */
export interface Levels {
  readonly series: readonly RawSeries[];
  /** What changed its level, as the run that was just stored has brought to light. */
  readonly found: readonly FoundChange[];
}

/** The history with the run that was just stored; null where it cannot be read: a push is not worth less for it. */
export async function changedLevels(opened: Opened, recording: Recording): Promise<Levels | null> {
  const { ports, store, event, step, inputs } = opened;
  try {
    const entries = await store.list();
    const ancestors = await ports.git.ancestors(recording.revision.sha, DEPTH);
    const machine = fingerprint(recording.environment);
    const { chosen } = select({ entries, ancestors, gate: gateOf(opened), fingerprint: machine, limit: RUNS });
    const { collected } = await loadSeries(store, chosen.toReversed().flat());
    const { owner, repo } = event.repository;
    const pages = commitPages(`${event.serverUrl}/${owner}/${repo}`);
    const series = collected.series();
    const found = series.flatMap((each) =>
      newChanges(each).map((change) => ({
        series: each,
        change,
        commits: pages.between(change.before, change.after),
      })),
    );
    return { series, found };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    // Who wants to be told of what gets slower is told that nobody looked.
    step.log[inputs.alert === "issue" ? "warn" : "info"](`benchgate: the history was not looked at: ${error.message}`);
    return null;
  }
}
