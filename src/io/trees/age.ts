import { closeSync, lstatSync, lutimesSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";

/** When what is watched was last read, as far as its own time tells, in seconds: long before anybody wrote it, so that the next read is noted. */
const LONG_AGO = Date.UTC(2001, 0, 1) / 1000;

const NANO = 1_000_000_000n;

/**
 * Sets back the time at which each of these paths was last read: a function that tells which of them were read since. Null where a read is not noted for
 * one of them: without access times (`noatime`), of another owner, on a system that is not known to keep them. Each is read once itself, to see.
 *
 * Source: `relatime` in mount(8): the time of access is updated where it is earlier than that of the last change.
 */
export function ageAll(paths: readonly string[]): (() => Promise<readonly string[]>) | null {
  if (process.platform !== "linux") return null;
  try {
    const there = [...new Set(paths)].filter(isThere);
    for (const path of there) {
      age(path);
      look(path);
      if (!wasRead(path)) return null;
      age(path);
      if (wasRead(path)) return null;
    }
    return async () => there.filter(wasRead);
  } catch {
    return null;
  }
}

/** The time of the last change stays, to less than a microsecond, and never becomes later. */
function age(path: string): void {
  lutimesSync(path, LONG_AGO, notAfter(lstatSync(path, { bigint: true }).mtimeNs));
}

/**
 * The time of a file's change in seconds, for `utimes`: a number holds it to about 240 ns, so this is the nearest that is not later. The fraction is compared
 * without the seconds, since 1.8e18 nanoseconds in one number are only known to 256.
 *
 * @internal Exported for its tests.
 */
export function notAfter(nanoseconds: bigint): number {
  const seconds = Number(nanoseconds / NANO);
  const near = seconds + Number(nanoseconds % NANO) / 1e9;
  return Math.ceil((near - seconds) * 1e9) > Number(nanoseconds % NANO) ? near - 2.5e-7 : near;
}

function look(path: string): void {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) readlinkSync(path);
  else if (status.isDirectory()) readdirSync(path);
  else {
    const descriptor = openSync(path, "r");
    readSync(descriptor, Buffer.alloc(1));
    closeSync(descriptor);
  }
}

function wasRead(path: string): boolean {
  try {
    return Math.abs(lstatSync(path).atimeMs - LONG_AGO * 1000) > 1;
  } catch {
    // What has gone was touched.
    return true;
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
