import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { smallest } from "../model/extremes.ts";

/** The variable by which everything that descends from a child is known, wherever it has gone. */
const VARIABLE = "BENCHGATE_PROCESS";

/** What a child's descendants have in common: a word of their environment, and that none is older than the child (clock ticks since boot). */
export interface Mark {
  readonly word: string;
  readonly since: number;
}

const marks = new WeakMap<object, Mark>();

/**
 * `env` with a word of its own in it. Words add up, so that one Benchgate that measures another finds the descendants of both.
 */
export function withWord(env: Readonly<Record<string, string>>): { env: Record<string, string>; word: string } {
  const word = `${ownerOf()}-${randomUUID()}`;
  const outer = env[VARIABLE];
  return { env: { ...env, [VARIABLE]: outer === undefined ? word : `${outer},${word}` }, word };
}

/** Notes down, as soon as it has started, the word that a child was started with. */
export function remember(child: { readonly pid?: number | undefined }, word: string): void {
  marks.set(child, { word, since: child.pid === undefined ? 0 : (statusOf(child.pid)?.startedAt ?? 0) });
}

/** The mark of a child; null where `remember` was not told of it. */
export function markOf(child: object): Mark | null {
  return marks.get(child) ?? null;
}

/**
 * The processes that carry one of the marks: those that left the child's group (`setsid`, double forks) among them, `except` those of
 * the group itself. Linux only, where a process' environment can be read as long as it runs; elsewhere there are none.
 *
 * Note: what wipes its own environment is not found. Nobody else's process is, since nobody else knows the word.
 */
export function findStrays(wanted: readonly Mark[], except: ReadonlySet<number> = new Set()): readonly number[] {
  if (process.platform !== "linux" || wanted.length === 0) return [];
  const oldest = smallest(wanted.map(({ since }) => since));
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    const status = statusOf(pid);
    if (status === null || status.startedAt < oldest || except.has(status.group)) return [];
    const environment = read(`/proc/${pid}/environ`) ?? "";
    return wanted.some(({ word }) => environment.includes(word)) ? [pid] : [];
  });
}

/**
 * The processes that a Benchgate which is no more has left behind: one that was killed could end nobody. Known by the words that it gave them, where its id
 * meant the same as here. Linux only.
 */
export function findOrphans(): readonly number[] {
  if (process.platform !== "linux") return [];
  const here = namespace();
  return readdirSync("/proc")
    .filter((name) => {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) return false;
      const words = new RegExp(`(?:^|\0)${VARIABLE}=([^\0]*)`).exec(read(`/proc/${name}/environ`) ?? "")?.[1] ?? "";
      return [...words.matchAll(OWNER)].some(
        ([, place, pid, startedAt]) => place === here && statusOf(Number(pid))?.startedAt !== Number(startedAt),
      );
    })
    .map(Number);
}

/** The owner in a word: where its id means something, that id, and when it started, since ids are used again. */
const OWNER = /(?:^|,)(\d+)-(\d+)-(\d+)-/g;

function ownerOf(): string {
  return `${namespace()}-${process.pid}-${statusOf(process.pid)?.startedAt ?? 0}`;
}

/** A number for the ids of processes here: those of containers mean something else, though they may be seen from outside. */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

/** Sends a signal to each process that is still there. */
export function signalAll(pids: readonly number[], signal: "SIGTERM" | "SIGKILL"): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself, or became another user's and is beyond our reach.
    }
  }
}

/** Process group and start time of a process (proc_pid_stat(5), fields 5 and 22); null where there is none. */
function statusOf(pid: number): { readonly group: number; readonly startedAt: number } | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field is the program's own name, which may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { group: Number(fields[2]), startedAt: Number(fields[19]) };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}
