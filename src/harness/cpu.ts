import { execFile } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ModuleError } from "./error.ts";

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
 * none is bound. Throws a `ModuleError` where some of them stay bound, which would be measured unlike the others.
 */
export async function bind({ cpu, taskset, allowed }: Pin, pids: readonly number[]): Promise<number | null> {
  const tell = (list: string) => Promise.all(pids.map((pid) => run(taskset, ["-a", "-c", "-p", list, String(pid)])));
  const lists = () => new Set(pids.flatMap(listsOf));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await tell(String(cpu));
    if ([...lists()].every((list) => list === String(cpu))) return cpu;
  }
  if (lists().size > 1) await tell(allowed);
  if (lists().size > 1) {
    throw new ModuleError(
      `${taskset} binds some processes to one CPU, and does not set them free`,
      "Correct the program",
    );
  }
  return null;
}

/** A thread may start another just as all are bound. */
const ATTEMPTS = 2;

/** How long `taskset` may take, in ms. */
const PATIENCE = 2000;

/** Runs `taskset`, whose exit code says little. The short options are those that BusyBox has as well. */
function run(taskset: string, told: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile(taskset, told, { timeout: PATIENCE, killSignal: "SIGKILL" }, () => resolve());
  });
}

/** The CPUs that each thread of a process may use; none of one that has ended. */
function listsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((thread) => allowedList(`${pid}/task/${thread}`))
      .filter((list) => list !== "");
  } catch {
    return [];
  }
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

/** The CPUs that a process or thread may use, as a list such as `0-3,8`; empty where it has ended, or nobody knows. */
function allowedList(place: string): string {
  try {
    return /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${place}/status`, "utf8"))?.[1] ?? "";
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
