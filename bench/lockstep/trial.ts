import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { benchgate } from "../../src/adapters/tools/benchgate.ts";
import { createProcesses } from "../../src/io/processes.ts";
import type { LockstepPlan, LockstepReport } from "../../src/model/lockstep.ts";
import type { ToolMeasurement } from "../../src/model/measurement.ts";

const HARNESS = fileURLToPath(new URL("../../src/harness/index.ts", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const processes = createProcesses(process.env);
const folder = mkdtempSync(join(tmpdir(), "benchgate-lockstep-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** How long an execution may take, in seconds: far longer than any does. */
const LIMIT = 300;

/** One side of a trial: where it writes what else it saw, and what else it finds in its environment. */
export type SideEnv = Readonly<Record<string, string>>;

/** The latency of each benchmark as it was recorded, and the seconds that took. */
export interface Execution {
  readonly measured: readonly ToolMeasurement[];
  readonly seconds: number;
}

/** Runs a module once, by itself. */
export async function runAlone(module: string, env: SideEnv): Promise<Execution> {
  const output = join(folder, "alone.json");
  const { exitCode, tail, seconds } = await processes.run({
    argv: ["node", HARNESS, module],
    cwd: here,
    env: { ...env, BENCHGATE_OUTPUT: output },
    timeLimit: LIMIT,
  });
  if (exitCode !== 0) throw new Error(tail);
  return { measured: latenciesIn(output), seconds };
}

/** The latencies of all sides of a lockstep, and the seconds of it all. */
export interface Together {
  readonly sides: readonly (readonly ToolMeasurement[])[];
  readonly seconds: number;
}

/** Runs a module on several sides in lockstep: what each of them gave, and the seconds of it all. */
export async function runTogether(
  module: string,
  envs: readonly SideEnv[],
  options: Pick<LockstepPlan, "slice" | "pin">,
): Promise<Together> {
  const outputs = envs.map((_, side) => join(folder, `side-${side}.json`));
  for (const output of outputs) rmSync(output, { force: true });
  const plan: LockstepPlan = {
    module,
    ...options,
    sides: envs.map((env, side) => ({
      cwd: here,
      env: { ...env, BENCHGATE_OUTPUT: outputs[side]! },
      timeLimit: LIMIT,
    })),
  };
  const result = await processes.run({
    argv: ["node", HARNESS, "--lockstep"],
    cwd: here,
    env: {},
    input: JSON.stringify(plan),
    timeLimit: 2 * LIMIT,
  });
  if (result.exitCode !== 0 || !outputs.every((output) => existsSync(output))) {
    const report = result.exitCode === 0 ? (JSON.parse(result.stdout) as LockstepReport) : null;
    throw new Error([result.tail, ...(report?.sides.map(({ output }) => output) ?? [])].join("\n"));
  }
  return { sides: outputs.map(latenciesIn), seconds: result.seconds };
}

function latenciesIn(output: string): readonly ToolMeasurement[] {
  const [round] = benchgate.parse(outputOf(readFileSync(output, "utf8")));
  return round?.measurements.filter(({ metric }) => metric === "latency") ?? [];
}
