import { execFile } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A CPU to bind all sides to, and the program that does it. */
export interface Pin {
  readonly cpu: number;
  readonly taskset: string;
  /** The CPUs that this process may use, as a list such as `0-3,8`. */
  readonly allowed: string;
}

/** The CPU that all sides are bound to; null where this system cannot, or has only one. */
export function choosePin(env: Readonly<Record<string, string | undefined>> = process.env): Pin | null {
  if (process.platform !== "linux") return null;
  const taskset = (env.PATH ?? "").split(delimiter).map(tasksetIn).find(isExecutable);
  const allowed = allowedList("self");
  const cpu = cpuOf(allowed);
  return taskset === undefined || cpu === null ? null : { cpu, taskset, allowed };
}

/**
 * Binds processes that have started, with all their threads and whatever they start from here on: the CPU; null where that does not work for all of them, and
 * none is bound.
 */
export async function bind({ cpu, taskset, allowed }: Pin, pids: readonly number[]): Promise<number | null> {
  const to = (list: string) => Promise.all(pids.map((pid) => isBound(taskset, list, pid)));
  if ((await to(String(cpu))).every(Boolean)) return cpu;
  await to(allowed);
  return null;
}

/** Whether a process is bound to a list of CPUs once `taskset` has been told so, whose exit code says little. The short options are those that BusyBox has as well. */
async function isBound(taskset: string, list: string, pid: number): Promise<boolean> {
  await new Promise<void>((resolve) => execFile(taskset, ["-a", "-c", "-p", list, String(pid)], () => resolve()));
  return allowedList(pid) === list;
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

/** The CPUs that a process may use, as a list such as `0-3,8`; empty where nobody knows. */
function allowedList(pid: number | "self"): string {
  try {
    return /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "";
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
