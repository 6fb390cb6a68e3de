import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A CPU to bind all sides to, and the program that does it. */
export interface Pin {
  readonly cpu: number;
  readonly taskset: string;
}

/** The CPU that all sides are bound to; null where this system cannot, or has only one. */
export function choosePin(env: Readonly<Record<string, string | undefined>> = process.env): Pin | null {
  if (process.platform !== "linux") return null;
  const taskset = (env.PATH ?? "").split(delimiter).map(tasksetIn).find(isExecutable);
  const cpu = cpuOf(allowedList());
  return taskset === undefined || cpu === null ? null : { cpu, taskset };
}

/**
 * The CPU to take of those that a list such as `0-3,8` names: the last. The first is where systems put their interrupts. Null where there
 * is only one: the sides are together anyway.
 *
 * @internal Exported for its tests.
 */
export function cpuOf(list: string): number | null {
  const cpus = list
    .trim()
    .split(",")
    .flatMap((range) => {
      const [first = Number.NaN, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    })
    .filter(Number.isInteger);
  return cpus.length > 1 ? cpus.reduce((most, cpu) => Math.max(most, cpu)) : null;
}

function allowedList(): string {
  try {
    return /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}

function tasksetIn(folder: string): string {
  return join(folder || ".", "taskset");
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
