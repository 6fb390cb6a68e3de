import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { threadId } from "node:worker_threads";
import type { UsageName } from "../model/explanation.ts";

/** How often V8 looks, in µs, and in bytes allocated. */
const INTERVAL = { cpu: 200, heap: 32_768 } as const;

/**
 * What leaves calls as they are: by default V8 puts small functions into their callers, whose time theirs then seems to be. V8 knows not all of these in every
 * version, and says so on stderr.
 */
const NO_INLINING = ["--no-maglev-inlining", "--no-turbo-inlining"];

/** What is looked at: where time goes, where memory is allocated, or where what stays allocated comes from. */
type ProfileMode = "cpu" | "heap" | "live";

/** What $BENCHGATE_PROFILE and its companions ask of a process. */
export interface ProfileOrder {
  /** The file, or the folder, that profiles go to. */
  readonly path: string;
  readonly mode: ProfileMode;
  readonly inlining: boolean;
  /** A file whose appearance ends it before the process ends; null: none. */
  readonly until: string | null;
  /** How many operations are profiled, after half as many to warm up; null: as many as the benchmark itself wants. */
  readonly runs: number | null;
}

/** What a process is asked to profile; null where it is not. What it starts is asked by `keep` alone. */
export function profileOrder(env: NodeJS.ProcessEnv, { keep = false } = {}): ProfileOrder | null {
  const { BENCHGATE_PROFILE: path, BENCHGATE_PROFILE_MODE: mode, BENCHGATE_PROFILE_INLINING: inlining } = env;
  const { BENCHGATE_PROFILE_UNTIL: until = null } = env;
  const runs = Number(env.BENCHGATE_PROFILE_RUNS);
  if (!keep)
    for (const name of Object.keys(env).filter((name) => name.startsWith("BENCHGATE_PROFILE"))) delete env[name];
  if (path === undefined || path === "") return null;
  return {
    path,
    mode: mode === "heap" || mode === "live" ? mode : "cpu",
    inlining: inlining === "1",
    until,
    runs: runs > 0 ? runs : null,
  };
}

/** V8's own profilers, of this thread. Before any code that is to be looked at is loaded, `order` decides how it is compiled. */
export class Profiler {
  readonly #session = new Session();
  readonly #order: ProfileOrder;
  #usage: ReturnType<typeof usageNow> = {};

  constructor(order: ProfileOrder) {
    this.#order = order;
    if (!order.inlining) for (const flag of NO_INLINING) setFlagsFromString(flag);
    this.#session.connect();
  }

  get order(): ProfileOrder {
    return this.#order;
  }

  start(): void {
    // Of the whole process: one of its threads tells.
    if (threadId === 0) this.#usage = usageNow();
    const { mode } = this.#order;
    if (mode !== "cpu") {
      // Without these two only what is alive at the end counts.
      const gone = mode === "heap";
      const all = { includeObjectsCollectedByMajorGC: gone, includeObjectsCollectedByMinorGC: gone };
      this.#session.post("HeapProfiler.enable");
      this.#session.post("HeapProfiler.startSampling", { samplingInterval: INTERVAL.heap, ...all });
      return;
    }
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.setSamplingInterval", { interval: INTERVAL.cpu });
    this.#session.post("Profiler.start");
  }

  /** Ends it and writes the profile. `runs`: the operations that it covers, where they were counted. */
  stop(path: string, runs?: number): void {
    const counts = usageNow();
    const usage = Object.fromEntries(
      Object.entries(this.#usage).map(([name, before]) => [name, (counts[name as UsageName] ?? before) - before]),
    );
    const write = (error: Error | null, result: { readonly profile: object }) => {
      if (error !== null) return;
      const benchgate = { ...(runs !== undefined && { runs }), ...(Object.keys(usage).length > 0 && { usage }) };
      // Whoever waits for it finds a whole one.
      writeFileSync(`${path}.part`, JSON.stringify({ ...result.profile, benchgate }));
      renameSync(`${path}.part`, path);
    };
    // In the same process both answer before `post` returns.
    const { mode } = this.#order;
    if (mode === "live") this.#session.post("HeapProfiler.collectGarbage");
    if (mode !== "cpu") this.#session.post("HeapProfiler.stopSampling", write);
    else this.#session.post("Profiler.stop", write);
  }
}

/** What the system counts, as far as it does: of this thread alone how often it waited, for the profiler's waits all the time; of the process the rest. */
function usageNow(): Readonly<Partial<Record<UsageName, number>>> {
  const { minorPageFault, majorPageFault } = process.resourceUsage();
  const waits = waitsNow();
  return {
    ...(waits !== null && { waits }),
    // Where none are counted, none of these are.
    ...(minorPageFault > 0 && { "page-faults": minorPageFault, "disk-faults": majorPageFault }),
  };
}

/** proc_pid_status(5). */
function waitsNow(): number | null {
  try {
    const found = /^voluntary_ctxt_switches:\s*(\d+)$/m.exec(readFileSync("/proc/thread-self/status", "utf8"));
    return found === null ? null : Number(found[1]);
  } catch {
    return null;
  }
}
