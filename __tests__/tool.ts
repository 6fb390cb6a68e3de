import { spawnSync } from "node:child_process";

/**
 * Whether a program that a test runs for real is on this machine. Under `.ci/run`, which installs them all, a missing one is an error,
 * never a skipped test.
 */
export function hasTool(program: string, ...probe: readonly string[]): boolean {
  const { error, status } = spawnSync(program, probe.length > 0 ? probe : ["--version"], { stdio: "ignore" });
  const found = error === undefined && (probe.length === 0 || status === 0);
  if (!found && process.env.BENCHGATE_TOOLS === "required")
    throw new Error(`${[program, ...probe].join(" ")} does not run here, and .ci/run should have installed it`);
  return found;
}
