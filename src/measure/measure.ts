import type { Adapter } from "../adapters/adapter.ts";
import type { Failure, Measurement } from "../model/measurement.ts";
import type { Suite } from "../model/plan.ts";
import type { Recording, Revision, Round } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import { runModules } from "./bench.ts";
import type { Execution, MeasurePorts, SlotResult } from "./execution.ts";
import { Patience } from "./patience.ts";
import { type Progress, ProgressMeter } from "./progress.ts";
import { runCommand } from "./run.ts";
import { type Side, type Slot, schedule } from "./schedule.ts";

/** A tree that is measured. */
export interface MeasuredSide {
  readonly name: Side;
  readonly cwd: string;
  readonly revision: Revision;
}

/** What is measured, and for how long. */
export interface MeasureOptions {
  readonly suites: readonly Suite[];
  /** The candidate alone, or both. */
  readonly sides: readonly MeasuredSide[];
  /** Rounds a side. */
  readonly rounds: number;
  /** No pair but the first starts after this many seconds; null: no bound. */
  readonly timeBudget: number | null;
  readonly seed: number;
  /** The name under which rounds of both sides pair up. */
  readonly session: string;
  readonly adapters: readonly Adapter[];
  /** Stops the measurement: the unfinished pair is dropped, whole ones are returned. */
  readonly signal?: AbortSignal;
}

/** What was measured. Both recordings have the same pairs. */
export interface Measured {
  readonly recordings: Partial<Record<Side, Recording>>;
  readonly warnings: readonly Warning[];
  /** Whether `signal` ended it early. */
  readonly interrupted: boolean;
}

/**
 * Measures every suite on every side, slot by slot as scheduled. A benchmark that fails is recorded as a `Failure`,
 * never thrown.
 */
export async function measure(
  ports: MeasurePorts,
  options: MeasureOptions,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Measured> {
  const { suites, sides, rounds, timeBudget, seed, session, signal } = options;
  const environment = await ports.host.environment();
  const output = `${await ports.files.temporaryFolder()}/output`;
  const slots = schedule({
    suites: suites.map(({ name }) => name),
    sides: sides.map(({ name }) => name),
    rounds,
    seed,
  });
  const meter = new ProgressMeter(ports.clock, slots, timeBudget);
  const patience = new Patience();
  const recorded = new Map<Side, Round[]>(sides.map(({ name }) => [name, []]));
  const warnings: Warning[] = [];

  for (const batch of batches(slots)) {
    const pair = batch[0]?.pair ?? 0;
    if (pair > 0 && meter.overBudget()) {
      warnings.push({ code: "time-budget", rounds: pair, planned: rounds });
      break;
    }
    const drafts = new Map<Side, Draft>();
    for (const slot of batch) {
      if (signal?.aborted) break;
      onProgress(meter.progress(slot, rounds));
      const startedAt = ports.clock.now().toISOString();
      const result = await meter.timed(slot, () => patience.attempt(slot, () => execute(ports, options, slot, output)));
      if (slot.warmup && result.recognised !== undefined) {
        onProgress({ ...meter.progress(slot, rounds), recognised: result.recognised });
      }
      const draft = drafts.get(slot.side) ?? { startedAt, measurements: [], failures: [] };
      draft.measurements.push(...result.measurements);
      draft.failures.push(...result.failures);
      drafts.set(slot.side, draft);
    }
    if (signal?.aborted) break;
    if (batch[0]?.warmup) continue;
    for (const [side, draft] of drafts) recorded.get(side)?.push({ session, pair, ...draft });
  }
  const recordings = sides.map(({ name, revision }) => [
    name,
    { revision, environment, rounds: recorded.get(name) ?? [] },
  ]);
  return { recordings: Object.fromEntries(recordings), warnings, interrupted: signal?.aborted ?? false };
}

/** A round in the making. */
interface Draft {
  readonly startedAt: string;
  readonly measurements: Measurement[];
  readonly failures: Failure[];
}

/** Slots that belong together: the throw-away ones, then each pair over all suites. */
function batches(slots: readonly Slot[]): Slot[][] {
  const grouped = new Map<string, Slot[]>();
  for (const slot of slots) {
    const key = slot.warmup ? "warmup" : String(slot.pair);
    const batch = grouped.get(key) ?? [];
    batch.push(slot);
    grouped.set(key, batch);
  }
  return [...grouped.values()];
}

function execute(ports: MeasurePorts, options: MeasureOptions, slot: Slot, output: string): Promise<SlotResult> {
  const suite = options.suites.find(({ name }) => name === slot.suite);
  const side = options.sides.find(({ name }) => name === slot.side);
  if (suite === undefined || side === undefined) throw new Error(`no such slot: ${slot.suite} on ${slot.side}`);
  const { workload, timeLimit } = suite;
  const execution: Execution = {
    ports,
    adapters: options.adapters,
    suite: suite.name,
    cwd: side.cwd,
    timeLimit,
    env: { BENCHGATE_OUTPUT: output, BENCHGATE_ROUND: String(slot.warmup ? 0 : slot.pair + 1) },
  };
  return workload.kind === "run" ? runCommand(execution, workload) : runModules(execution, workload);
}
