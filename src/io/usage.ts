import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Usage } from "../ports/index.ts";

/** The kernel counts CPU time for others in ticks of a hundredth of a second (USER_HZ, the same on every machine that Node runs on). */
const TICK = 0.01;

/** One line of /proc/PID/stat, as far as it matters here. */
interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  /** User and system time of the process and of the children it waited for, in seconds. */
  readonly cpuSeconds: number;
}

/**
 * What the processes of a leader's session and all their descendants have taken, going by Linux's /proc; null elsewhere, and where the
 * leader is gone. A process that has ended counts with the parent that waited for it: with its CPU time, not with its memory.
 *
 * Source: proc_pid_stat(5) for the fields, proc_pid_status(5) for VmHWM.
 */
export function usageOf(leader: number, proc = "/proc"): Usage | null {
  const stats = statsOf(proc);
  if (!stats.some(({ pid }) => pid === leader)) return null;
  const members = familyOf(leader, stats);
  return {
    cpuSeconds: members.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakMemory: members.reduce((sum, { pid }) => sum + peakOf(pid, proc), 0),
    resolution: TICK,
  };
}

/**
 * Whether the family of a leader, as `usageOf` counts it, has a socket that listens on one of some ports of this machine; null where that
 * cannot be told: without Linux's /proc, and where a member hides its files and no other listens.
 *
 * Source: proc_pid_net(5) for the table, whose fourth field 0A is LISTEN and whose tenth is the socket's inode.
 */
export function listensOn(leader: number, ports: readonly number[], proc = "/proc"): boolean | null {
  const tables = ["tcp", "tcp6"].flatMap((name) => readIfAny(() => readFileSync(`${proc}/net/${name}`, "utf8")) ?? []);
  if (tables.length === 0) return null;
  const sockets = new Set(tables.flatMap((table) => listeners(table, ports)));
  let hidden = false;
  for (const { pid } of familyOf(leader, statsOf(proc))) {
    const files = readIfAny(() => readdirSync(`${proc}/${pid}/fd`));
    if (files === null) hidden ||= readIfAny(() => readFileSync(`${proc}/${pid}/stat`, "utf8")) !== null;
    for (const file of files ?? []) {
      if (sockets.has(readIfAny(() => readlinkSync(`${proc}/${pid}/fd/${file}`)) ?? "")) return true;
    }
  }
  return hidden && sockets.size > 0 ? null : false;
}

/** The sockets of a table that listen on one of the ports, as they stand behind a descriptor. */
function listeners(table: string, ports: readonly number[]): readonly string[] {
  return table.split("\n").flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const port = Number.parseInt(/:([0-9A-F]{4})$/.exec(fields[1] ?? "")?.[1] ?? "", 16);
    return fields[3] === "0A" && ports.includes(port) ? [`socket:[${fields[9]}]`] : [];
  });
}

function statsOf(proc: string): readonly Stat[] {
  const pids = (readIfAny(() => readdirSync(proc)) ?? []).filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const text = readIfAny(() => readFileSync(`${proc}/${name}/stat`, "utf8"));
    return text === null ? [] : [statOf(Number(name), text)];
  });
}

/** The name of the program, in brackets, may itself hold brackets and spaces: the last bracket closes it. */
function statOf(pid: number, text: string): Stat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (field: number) => Number(fields[field - 3]);
  const ticks = number(14) + number(15) + number(16) + number(17);
  return { pid, parent: number(4), session: number(6), cpuSeconds: ticks * TICK };
}

/** The leader's session, and whoever descends from one of it: a daemon has a session of its own. */
function familyOf(leader: number, stats: readonly Stat[]): readonly Stat[] {
  const family = new Set(stats.filter(({ pid, session }) => pid === leader || session === leader));
  const pids = new Set([...family].map(({ pid }) => pid));
  for (let before = -1; before !== family.size; ) {
    before = family.size;
    for (const stat of stats) {
      if (!pids.has(stat.parent)) continue;
      family.add(stat);
      pids.add(stat.pid);
    }
  }
  return [...family];
}

/** The peak resident size in bytes; 0 of a process that has ended, whose memory is gone. */
function peakOf(pid: number, proc: string): number {
  const status = readIfAny(() => readFileSync(`${proc}/${pid}/status`, "utf8"));
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status ?? "")?.[1] ?? 0) * 1024;
}

/** Null for what is gone, or not ours to see: processes come and go while they are read. */
function readIfAny<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
