import { collectSeries } from "../baseline/series.ts";
import { partOf } from "../config/part.ts";
import type { Recording } from "../model/recording.ts";
import type { Outcome } from "../model/verdict.ts";
import type { ActionEvent } from "../ports/index.ts";
import { otlpSeries, otlpVerdicts } from "../report/formats/otlp.ts";
import { unsentWords } from "../report/words/unsent.ts";
import { gateOf } from "./names.ts";
import type { Opened } from "./step.ts";

/**
 * Sends a verdict to the collector that the input `otlp` names: not that of a part, which the job that brings all together tells. What does not get there is said,
 * and changes nothing.
 */
export async function sendVerdicts(opened: Opened, outcome: Outcome): Promise<void> {
  if (partOf(opened.inputs) !== null) return;
  await send(opened, (about) => otlpVerdicts(outcome, about));
}

/** As `sendVerdicts`, for a run of the default branch, which nobody judges. */
export async function sendRecording(opened: Opened, recording: Recording): Promise<void> {
  const collected = collectSeries();
  collected.add(gateOf(opened), recording);
  await send(opened, (about) => otlpSeries(collected.series(), recording, about));
}

async function send(
  opened: Opened,
  bodiesOf: (about: Parameters<typeof otlpVerdicts>[1]) => readonly string[],
): Promise<void> {
  const { inputs, event, ports, step } = opened;
  const { otlp } = inputs;
  if (otlp === null) return;
  if (isStrangers(event)) {
    step.log.info("benchgate: nothing is sent to the collector of what comes from a fork");
    return;
  }
  const repository = `${event.serverUrl}/${event.repository.owner}/${event.repository.repo}`;
  const bodies = bodiesOf({ now: ports.clock.now(), gate: gateOf(opened), repository });
  const problem = await ports.network.otlp(otlp, bodies);
  if (problem !== null) step.log.warn(unsentWords(otlp, problem));
}

/** Whether the numbers are a stranger's to choose: nobody's dashboards are theirs to write. */
function isStrangers({ fork, kind, headRepository, repository }: ActionEvent): boolean {
  const own = `${repository.owner}/${repository.repo}`;
  return fork || (kind === "workflow_run" && headRepository !== own);
}
