import type { Adapter } from "../adapters/adapter.ts";
import type { Suite } from "../model/plan.ts";
import type { Execution, MeasurePorts, SlotResult } from "./execution.ts";
import type { Patience } from "./give-up.ts";
import type { MeasuredSide } from "./recorder.ts";
import type { Side, Turn } from "./schedule.ts";
import { runnerOf } from "./workloads/runner.ts";

/** What turns are taken of. */
interface Experiment {
  readonly suites: readonly Suite[];
  readonly sides: readonly MeasuredSide[];
  readonly adapters: readonly Adapter[];
  readonly signal?: AbortSignal;
}

/** What a turn needs to know of the measurement that it is part of. */
interface Circumstances {
  readonly turn: Turn;
  readonly folder: string;
  /** Seconds that the time budget leaves. */
  readonly limit: number;
  readonly patience: Patience;
  /** The benchmarks that are still undecided, by suite. */
  readonly open: ReadonlyMap<string, readonly string[] | null>;
}

/** One pair of one suite. A side on which it keeps failing is not run again: its failure stands. */
export async function take(
  ports: MeasurePorts,
  { suites, sides, adapters, signal }: Experiment,
  { turn, folder, limit, patience, open }: Circumstances,
): Promise<ReadonlyMap<Side, SlotResult>> {
  const suite = suites.find(({ name }) => name === turn.suite)!;
  const results = new Map<Side, SlotResult>();
  const executions = turn.order.flatMap((name): Execution[] => {
    const standing = patience.verdict(suite.name, name);
    if (standing !== null) results.set(name, standing);
    if (standing !== null) return [];
    const output = `${folder}/${name}`;
    return [
      {
        ports,
        adapters,
        suite: suite.name,
        side: name,
        cwd: sides.find((side) => side.name === name)!.cwd,
        timeLimit: Math.min(suite.timeLimit, limit),
        deadline: ports.clock.monotonic() + limit,
        skip: typeof suite.warmup === "number" ? suite.warmup : 0,
        only: open.get(suite.name) ?? null,
        ...(signal && { signal }),
        env: { ...suite.env, BENCHGATE_OUTPUT: output, BENCHGATE_ROUND: String(turn.warmup ? 0 : turn.pair + 1) },
      },
    ];
  });
  const given = await runnerOf(suite)(executions);
  for (const [index, { side }] of executions.entries()) {
    results.set(side, given[index]!);
    patience.note(suite.name, side, given[index]!);
  }
  return results;
}
