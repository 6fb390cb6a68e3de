import type { LockstepPlan, LockstepReport, LockstepStep, StepMark } from "../../model/lockstep.ts";
import type { ProcessResult } from "../../ports/index.ts";
import type { Seated } from "./module.ts";

const STEP: StepMark = "benchgate-step ";

/** What the conductor itself needs beside its sides, in seconds: two processes to start, and one that has to be killed. */
const OVERHEAD = 15;

/**
 * Runs one module on several sides that take turns of milliseconds, or all go on at once, under the harness's conductor: how each side ended, in order. What a
 * side recorded is in its own BENCHGATE_OUTPUT.
 */
export async function runLockstep(
  file: string,
  seated: readonly Seated[],
  { atOnce }: Pick<LockstepPlan, "atOnce">,
): Promise<readonly ProcessResult[]> {
  const { ports, cwd, env, onBenchmark } = seated[0]!.execution;
  const plan: LockstepPlan = {
    module: file,
    leader: Math.max(
      0,
      seated.findIndex(({ execution }) => execution.side === "candidate"),
    ),
    sides: seated.map(({ execution, env, left }) => ({ cwd: execution.cwd, env, timeLimit: left })),
    ...(atOnce && { atOnce }),
  };
  const timeLimit = seated.reduce((sum, { left }) => sum + left, OVERHEAD);
  const result = await ports.processes.run({
    argv: ["node", ports.host.harness, "--lockstep"],
    cwd,
    // The conductor's node is the sides' node.
    env: { ...(env.PATH !== undefined && { PATH: env.PATH }), BENCHGATE_LOCKSTEP: JSON.stringify(plan) },
    timeLimit,
    ...(onBenchmark && { onLine: (line) => stepOn(line, onBenchmark) }),
  });
  const report = result.exitCode === 0 ? parseReport(result.stdout) : null;
  // Where the conductor itself came to grief, nothing is known of any side but how that looked.
  if (report?.sides.length !== seated.length)
    return seated.map(() => ({ ...result, tail: withoutSteps(result.tail), exitCode: result.exitCode || 1 }));
  return report.sides.map(({ output, ...end }) => ({ ...end, tail: output, stdout: "", overflowed: false }));
}

function stepOn(line: string, onBenchmark: (step: LockstepStep) => void): void {
  if (!line.startsWith(STEP)) return;
  try {
    onBenchmark(JSON.parse(line.slice(STEP.length)) as LockstepStep);
  } catch (error) {
    // Somebody else's line; what is shown of it is no verdict.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/** What the conductor printed but for what it says of its steps. */
function withoutSteps(output: string): string {
  return output
    .split("\n")
    .filter((line) => !line.startsWith(STEP))
    .join("\n");
}

function parseReport(text: string): LockstepReport | null {
  try {
    return JSON.parse(text) as LockstepReport;
  } catch {
    return null;
  }
}
