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
  const leader = Math.max(
    0,
    seated.findIndex(({ execution }) => execution.side === "candidate"),
  );
  const { ports, cwd, env, onBenchmark } = seated[leader]!.execution;
  const plan: LockstepPlan = {
    module: file,
    leader,
    sides: seated.map(({ execution, env, left }) => ({ cwd: execution.cwd, env, timeLimit: left })),
    ...(atOnce && { atOnce }),
  };
  const { cores } = await ports.host.environment();
  const timeLimit = seated.reduce((sum, { left }) => sum + left, OVERHEAD);
  const conductor = {
    argv: ["node", ports.host.harness, "--lockstep"],
    cwd,
    // The conductor's node is the sides' node.
    env: env.PATH === undefined ? {} : { PATH: env.PATH },
  } as const;
  const result = await ports.processes.run({
    ...conductor,
    input: JSON.stringify(plan),
    timeLimit,
    onLine: (line) => {
      const step = stepIn(line);
      if (step === null) return;
      // The next module's starts while the first benchmark of this one warms up, and is there before anything is timed, unless the module's own times are very short.
      if (step.at === 1 && step.warmsUp && cores > 1) ports.processes.ahead?.(conductor);
      onBenchmark?.(step);
    },
  });
  const report = result.exitCode === 0 ? parseReport(result.stdout) : null;
  // Where the conductor itself came to grief, nothing is known of any side but how that looked.
  if (report?.sides.length !== seated.length)
    return seated.map(() => ({ ...result, tail: withoutSteps(result.tail), exitCode: result.exitCode || 1 }));
  return report.sides.map(({ output, ...end }) => ({ ...end, tail: output, stdout: "", overflowed: false }));
}

/** The step that a line tells of; null where somebody else wrote it: what is shown of it is no verdict. */
function stepIn(line: string): LockstepStep | null {
  if (!line.startsWith(STEP)) return null;
  try {
    return JSON.parse(line.slice(STEP.length)) as LockstepStep;
  } catch {
    return null;
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
