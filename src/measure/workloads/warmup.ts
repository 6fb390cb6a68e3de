import type { Execution, SlotResult } from "../execution.ts";

type Run = (execution: Execution) => Promise<SlotResult>;

/** `run` with a whole execution before each that is thrown away. Both share the time limit; a warm-up that fails is the result. */
export function afterWarmup(run: Run): Run {
  return async (execution) => {
    const warm = await warmUp(run, execution);
    return warm.failed ?? run(warm.rest);
  };
}

/** One execution thrown away: its result where nothing could be measured, and the execution with the time that is left. */
export async function warmUp(
  run: Run,
  execution: Execution,
): Promise<{ readonly failed: SlotResult | null; readonly rest: Execution }> {
  const { ports, timeLimit } = execution;
  const began = ports.clock.monotonic();
  const result = await run({ ...execution, env: { ...execution.env, BENCHGATE_ROUND: "0" } });
  const left = Math.max(0, timeLimit - (ports.clock.monotonic() - began));
  return { failed: result.measurements.length === 0 ? result : null, rest: { ...execution, timeLimit: left } };
}
