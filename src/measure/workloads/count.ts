import type { Measurement } from "../../model/measurement.ts";
import type { Command } from "../../model/plan.ts";
import type { Execution, SlotResult } from "../execution.ts";
import { LAYOUT } from "../layout.ts";
import { argvOf } from "./command.ts";

/**
 * The instructions that one more execution of a command takes, which are the same every time but for what the spread of all rounds tells; null where nothing could
 * count them, undefined in the turn that is thrown away.
 */
export async function countOnce(
  { ports, cwd, env, timeLimit, signal }: Execution,
  command: Command,
): Promise<number | null | undefined> {
  if (signal?.aborted || env.BENCHGATE_ROUND === "0") return undefined;
  // To copy an environment takes instructions: all counts are of the same one.
  const { [LAYOUT]: _, ...same } = env;
  return ports.processes.count({ argv: argvOf(command), cwd, env: same, timeLimit });
}

/** The result with the count of a benchmark of its suite, or with a note that there is none. */
export function withCount(
  result: SlotResult,
  { suite, benchmark }: Pick<Measurement, "suite" | "benchmark">,
  counted: number | null,
): SlotResult {
  if (counted === null) {
    const sentence = "its instructions could not be counted, so its time is judged";
    const remedy = "install Valgrind, or let perf count (`kernel.perf_event_paranoid` of 2 at most)";
    return {
      ...result,
      notes: [...(result.notes ?? []), { suite, benchmark, metric: "instructions", sentence, remedy }],
    };
  }
  const distribution = { kind: "value", value: counted, exact: false } as const;
  const count: Measurement = { suite, benchmark, metric: "instructions", unit: "1", better: "lower", distribution };
  return { ...result, measurements: [...result.measurements, count] };
}
