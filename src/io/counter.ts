import { GateError } from "../model/error.ts";
import type { Processes, ProcessSpec } from "../ports/index.ts";

type Argv = ProcessSpec["argv"];

/** A program that runs another and counts the instructions that it and its children retire in user mode. */
interface Counter {
  /** The command that runs `argv` under it; its own report goes to stdout, the program's stdout nowhere. */
  argv(argv: Argv): Argv;
  /** The instructions of its report; null where it holds none. */
  read(report: string): number | null;
}

/** Gives descriptor 3 to the counter's report, and throws the program's own stdout away. */
const reportOn3 = (counter: string) => ["sh", "-c", `exec ${counter} "$@" 3>&1 >/dev/null`, "sh"] as const;

/**
 * The processor's own counter, by perf events: as fast as the program alone. Virtual machines often have none.
 *
 * Source: perf-stat(1), "CSV format".
 */
const perf: Counter = {
  argv: (argv) => [...reportOn3("perf stat -x, -e instructions:u --log-fd 3 --"), ...argv],
  read: (report) => {
    const found = /^(\d+),[^,]*,instructions:u,\d+,(\d+(?:\.\d+)?),/m.exec(report);
    // Where the counter was shared with others, what is printed is an estimate.
    return found === null || Number(found[2]) < 100 ? null : Number(found[1]);
  },
};

/**
 * Valgrind's Cachegrind without its caches, which counts exactly and takes some ten times as long as the program alone.
 *
 * Source: https://valgrind.org/docs/manual/cg-manual.html; one report for each process.
 */
const valgrind: Counter = {
  argv: (argv) => [
    ...reportOn3(
      "valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --trace-children=yes --log-fd=3",
    ),
    ...argv,
  ],
  read: (report) => {
    const counts = [...report.matchAll(/^==\d+== I\s+refs:\s+([\d,]+)$/gm)].map(([, digits]) =>
      Number(digits!.replaceAll(",", "")),
    );
    return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
  },
};

/**
 * The counters, the cheapest first.
 *
 * @internal Exported for its tests.
 */
export const COUNTERS = { perf, valgrind } as const satisfies Readonly<Record<string, Counter>>;

/** How long a trial of a counter may take, in seconds. */
const TRIAL_LIMIT = 20;

/** Counts the instructions of children under the cheapest counter of this machine, which is found once. */
export function createCounter(run: Processes["run"]): Processes["count"] {
  let chosen: Promise<Counter | null> | undefined;
  return async (spec) => {
    chosen ??= choose(run, spec);
    const counter = await chosen;
    return counter === null ? null : counted(run, spec, counter);
  };
}

/** The first counter that counts a program that does nothing. */
async function choose(run: Processes["run"], { cwd, env }: ProcessSpec): Promise<Counter | null> {
  const nothing: ProcessSpec = { argv: ["true"], cwd, env, timeLimit: TRIAL_LIMIT };
  for (const counter of Object.values(COUNTERS)) {
    if ((await counted(run, nothing, counter)) !== null) return counter;
  }
  return null;
}

async function counted(run: Processes["run"], spec: ProcessSpec, counter: Counter): Promise<number | null> {
  try {
    const { exitCode, stdout } = await run({ ...spec, argv: counter.argv(spec.argv) });
    return exitCode === 0 ? counter.read(stdout) : null;
  } catch (error) {
    // Without a shell there is no counter either.
    if (error instanceof GateError && error.kind === "measure") return null;
    throw error;
  }
}
