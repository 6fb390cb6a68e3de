import type { Command } from "../model/plan.ts";
import type { Progress } from "../model/progress.ts";
import type { Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Ports } from "../ports/index.ts";
import { type Dealt, type MeasureOptions, measure } from "./measure.ts";
import type { MeasuredSide } from "./recorder.ts";
import { trySetUp, unbuilt } from "./setup.ts";

/** What is measured by itself. */
export interface AloneOptions extends Omit<MeasureOptions, "sides"> {
  readonly candidate: MeasuredSide;
  /** Run once before the first round; null where the tree is ready. */
  readonly setup: Command | null;
}

/** What was measured of one side. */
export interface MeasuredAlone {
  readonly recording: Recording;
  readonly warnings: readonly Warning[];
  /** Whether the user ended it early. */
  readonly interrupted: boolean;
  readonly dealt?: Dealt;
}

/** One revision measured by itself. Where it cannot be set up, all its suites have failed. */
export async function measureAlone(
  ports: Ports,
  { candidate, setup, ...options }: AloneOptions,
  onProgress: (progress: Progress) => void,
): Promise<MeasuredAlone> {
  const built = await trySetUp(ports, candidate, setup);
  if (!built.ok) {
    const environment = await ports.host.environment();
    const session = { ...options, environment, startedAt: ports.clock.now().toISOString() };
    const interrupted = options.signal?.aborted ?? false;
    return { recording: unbuilt(candidate, built.failure, session), warnings: [], interrupted };
  }
  const { recordings, ...measured } = await measure(ports, { ...options, sides: [candidate] }, onProgress);
  return { recording: recordings.candidate!, ...measured };
}
