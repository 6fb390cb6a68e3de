import { closeSync, readdirSync, readFileSync } from "node:fs";

/** The flag of a descriptor that programs started from here do not get (open(2), in octal as /proc/PID/fdinfo/FD has it). */
const CLOSED_ON_EXEC = 0o2000000;

/**
 * Closes what this process was started with beyond its three streams, so that no child gets it: the runner may have it open. What Node opens itself is
 * closed on exec; Node sees to the first few that it inherits, and to none after a gap. Linux only, where they can be told.
 */
export function closeInherited(): void {
  if (process.platform !== "linux") return;
  for (const name of readdirSync("/proc/self/fd")) {
    const descriptor = Number(name);
    if (descriptor <= 2 || closesOnExec(descriptor)) continue;
    try {
      closeSync(descriptor);
    } catch {
      // It was the one that the folder was read through.
    }
  }
}

function closesOnExec(descriptor: number): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & CLOSED_ON_EXEC) !== 0;
  } catch {
    return true;
  }
}
