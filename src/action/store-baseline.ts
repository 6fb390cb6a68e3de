import { record } from "../gate.ts";
import { failuresOf, hasFailures } from "../model/recording.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { messageLine } from "../report/words/messages.ts";
import { recordedMarkdown } from "../report/words/recorded.ts";
import { alertOfLevels } from "./alert.ts";
import { dealOf } from "./deal.ts";
import { tellUnjudged } from "./keep.ts";
import { changedLevels } from "./levels.ts";
import { sendRecording } from "./metrics.ts";
import { gateOf, storedGateOf } from "./names.ts";
import { request, type Step } from "./step.ts";
import { leave, partNote } from "./write-cell.ts";

/** Measures the default branch and stores it: a run with failures is never a baseline. Resolves to the exit code. */
export async function storeBaseline(prepared: Step): Promise<number> {
  const { ports, step, inputs, event, plan, store, candidate, signal } = prepared;
  const { log } = step;
  const revision = { ...candidate.revision, ref: event.ref };
  const measured = await record(ports, {
    plan,
    candidate: { ...candidate, revision },
    ...request(event, log, plan.part),
    only: await dealOf(prepared, event.sha),
    signal,
  });
  const { recording } = measured;
  const refusal = signal.aborted
    ? null
    : await store.save(recording, { run: event.runId, attempt: String(event.attempt), gate: storedGateOf(prepared) });
  const warnings = [...measured.warnings, ...(refusal === null ? [] : [refusal])];
  const failed = hasFailures(recording);
  const levels = signal.aborted || failed || refusal !== null ? null : await changedLevels(prepared, recording);
  const summary = recordedMarkdown(recording, store.place, warnings, levels?.found ?? []);
  await tellUnjudged(prepared, failed || signal.aborted ? "fail" : "pass", summary);
  for (const { suite, benchmark, reason, output } of failuresOf(recording)) {
    step.annotate({ level: "error", title: `${suite} / ${benchmark} failed`, message: reason });
    log.quote(output);
  }
  // A failed run is no baseline, and to those who count recordings it is no run.
  if (!failed && !signal.aborted)
    await leave(prepared, {
      note: { gate: gateOf(prepared), looks: null, confirmed: false, ...partNote(prepared, measured.dealt) },
      screened: recording,
    });
  for (const warning of warnings) log.warn(messageLine(warning, PLAIN));
  // After everything else: what nobody answers costs nothing.
  if (!failed && !signal.aborted) await sendRecording(prepared, recording);
  for (const warning of await alertOfLevels(prepared, recording, levels)) log.warn(messageLine(warning, PLAIN));
  return failed && inputs.fail ? 3 : 0;
}
