import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { GateError } from "../../model/error.ts";

/** So many names of a folder are looked at: a repository that has more of them is slow by itself. */
const MOST = 500_000;

/** What git would wait for in its own folder, and never get: the path of a named pipe, links followed; null where there is none. */
export async function pipeIn(folder: string): Promise<string | null> {
  const folders = [folder];
  for (let seen = 0; folders.length > 0 && seen < MOST; ) {
    const at = folders.pop()!;
    for (const entry of await readdir(at, { withFileTypes: true }).catch((): Dirent[] => [])) {
      seen++;
      const path = join(at, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (!entry.isFile() && (await holds(path))) return path;
    }
  }
  return null;
}

async function holds(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isFIFO() === true;
}

/** The error for a git that waits, or would, for whoever writes into something that has the place of a file. */
export function waitsFor(file: string): GateError {
  const remedy = "Look for what wrote it there: git reads an ordinary file";
  return new GateError("this is not a file, and git would wait for it", remedy, { file }, "measure");
}

/** Who looks after a git that takes long. */
export interface Watch {
  /** Seconds until the first look, and twice as many from look to look. */
  readonly after: number;
  /** Why it cannot end; null where nothing is known against it. */
  readonly why: () => Promise<GateError | null>;
}

/** What `start` gives; ended by its signal, and thrown in its place, where `why` says that it cannot end by itself. */
export async function watched<T>({ after, why }: Watch, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let reason: GateError | null = null;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const look = async (seconds: number): Promise<void> => {
    reason = await why();
    if (over) return;
    if (reason !== null) controller.abort();
    else wait(2 * seconds);
  };
  const wait = (seconds: number): void => {
    timer = setTimeout(() => void look(seconds), seconds * 1000);
  };
  wait(after);
  try {
    const result = await start(controller.signal);
    if (controller.signal.aborted && reason !== null) throw reason;
    return result;
  } finally {
    over = true;
    clearTimeout(timer);
  }
}
