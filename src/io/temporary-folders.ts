import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { lstat, mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join, resolve, sep } from "node:path";

const PREFIX = "benchgate-";

/** `benchgate-<machine>-<process>-<random>`: whose it is stands in its name, which nobody can forget to write. */
const NAME = /^benchgate-([0-9a-f]{8})-(\d+)-\w{6}$/;

const folders: string[] = [];

/** Makes a new empty folder below `parent`. However this program ends, but for SIGKILL, it goes as well; after SIGKILL the next one removes it. */
export async function makeTemporaryFolder(parent: string): Promise<string> {
  const machine = await machineName();
  if (folders.length === 0) {
    process.once("exit", removeAllNow);
    await removeOrphanFolders(parent, machine);
  }
  const folder = await mkdtemp(join(parent, `${PREFIX}${machine}-${process.pid}-`));
  folders.push(folder);
  return folder;
}

/** Where temporary folders are made: the system's place, or, where nothing can be made there, the one that a runner has for its job. */
export function temporaryPlaces(env: Readonly<Record<string, string | undefined>> = process.env): readonly string[] {
  const { RUNNER_TEMP } = env;
  return RUNNER_TEMP === undefined || RUNNER_TEMP === "" ? [tmpdir()] : [tmpdir(), RUNNER_TEMP];
}

/** Whether a folder is a temporary one that this program makes. */
export function isOurFolder(folder: string): boolean {
  const places = temporaryPlaces().map((place) => resolve(place) + sep);
  return basename(folder).startsWith(PREFIX) && places.some((place) => resolve(folder).startsWith(place));
}

/** Whether there is a process of that id on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function removeOrphanFolders(parent: string, machine: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const [, owner, pid] = NAME.exec(name) ?? [];
    if (owner !== machine || isRunning(Number(pid))) continue;
    const folder = join(parent, name);
    // A folder of a shared place is removed only where it is this user's own.
    const status = await lstat(folder).catch(() => null);
    if (status?.isDirectory() && status.uid === (process.getuid?.() ?? status.uid)) {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
    }
  }
}

/** Eight digits that tell where ids of processes mean the same: containers may share a folder, and neither their processes nor their name. */
async function machineName(): Promise<string> {
  const processes = await readlink("/proc/self/ns/pid").catch(() => "");
  return createHash("sha256").update(`${hostname()} ${processes}`).digest("hex").slice(0, 8);
}

function removeAllNow(): void {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The program is at its end: a folder that cannot be removed is left to the next one.
    }
  }
}
