import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import type { Vitals } from "../ports/index.ts";

/**
 * How the machine is doing now. Time that was stolen is told by Linux alone (proc_stat(5): the eighth number of the line `cpu`), and so
 * is how often a core was slowed down because it was too hot. `root` is the file system's, `/` where absent.
 */
export function readVitals(root = ""): Vitals {
  const cpu = (read(`${root}/proc/stat`) ?? "").split("\n")[0]?.match(/\d+/g)?.map(Number);
  const load = loadavg()[0];
  return {
    // The last two numbers, time of guests, are part of the first two.
    cpu: cpu?.[7] === undefined ? null : { steal: cpu[7], total: cpu.slice(0, 8).reduce((sum, each) => sum + each, 0) },
    load: process.platform === "win32" || load === undefined ? null : load,
    throttled: throttled(root),
  };
}

/** What is known of how the cores are clocked, as facts that stay the same from day to day; only Linux tells. */
export function clocking(root = ""): Readonly<Record<string, string>> {
  const folder = `${root}/sys/devices/system/cpu/cpu0/cpufreq`;
  const governor = read(`${folder}/scaling_governor`)?.trim();
  const fastest = Number(read(`${folder}/cpuinfo_max_freq`));
  return {
    ...(governor && { governor }),
    ...(fastest > 0 && { frequency: `${(fastest / 1e6).toFixed(1)} GHz` }),
  };
}

function throttled(root: string): number | null {
  const cores = list(`${root}/sys/devices/system/cpu`).filter((name) => /^cpu\d+$/.test(name));
  const counts = cores.flatMap((core) => {
    const text = read(`${root}/sys/devices/system/cpu/${core}/thermal_throttle/core_throttle_count`);
    return text === null ? [] : [Number(text)];
  });
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
