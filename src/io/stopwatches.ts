import type { CpuTime, ProcessResult } from "../ports/index.ts";

type Argv = readonly [string, ...string[]];

/** What a stopwatch read. */
interface Reading {
  /** Null where it does not time the child as exactly as whoever started the stopwatch. */
  readonly seconds: number | null;
  readonly cpu: CpuTime;
  readonly peakMemory: number | null;
  /** How the child itself ended, where the stopwatch's own end does not say so. */
  readonly exitCode?: number | null;
  readonly signal?: string | null;
  /** The child's last lines without those of the stopwatch. */
  readonly tail?: string;
}

/** A program that runs another and tells what it took. */
export interface Stopwatch {
  /** The command that runs `argv` under it, with stdout thrown away. */
  argv(argv: Argv): Argv;
  /** Null where it could not start the child, or is not the program we think it is. */
  read(result: ProcessResult): Reading | null;
  /** The step in which it counts CPU time, in seconds. */
  readonly resolution: number;
  /** Whether it needs so little memory that the child's peak is the child's. */
  readonly small: boolean;
}

/**
 * Python's wait4, in microseconds, around nothing but the child. No module
 * is taken from the folder it runs in. What cannot be started comes first, so that the code for the child is in memory. Of what Python changes for its children, the ignored signals and the locale are put back.
 *
 * Source: getrusage(2); ru_maxrss is in KiB on Linux, in bytes on macOS. PEP 538 for the locale.
 */
const PYTHON = `
import posix, sys
del sys.path[0]
import time
out = posix.dup(1)
null = posix.open("/dev/null", posix.O_WRONLY)
posix.dup2(null, 1)
env = {k: v for k, v in posix.environ.items() if k != b"PYTHONCOERCECLOCALE"}
try:
    posix.posix_spawnp("/", ["/"], env, setsigdef=[13])
except OSError:
    pass
start = time.perf_counter()
pid = posix.posix_spawnp(sys.argv[1], sys.argv[1:], env, setsigdef=[2, 13, 25])
_, status, used = posix.wait4(pid, 0)
seconds = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
numbers = (seconds, used.ru_utime, used.ru_stime, used.ru_maxrss * unit, status & 127, status >> 8)
posix.write(out, ("benchgate %.9f %.6f %.6f %d %d %d" % numbers).encode())
`.trim();

function python(program: string): Stopwatch {
  return {
    argv: (argv) => ["env", "PYTHONCOERCECLOCALE=0", program, "-s", "-S", "-c", PYTHON, ...argv],
    read: ({ stdout, tail }) => {
      const found = /^benchgate (\S+) (\S+) (\S+) (\d+) (\d+) (\d+)$/.exec(stdout);
      if (found === null) return null;
      const [seconds, user, system, peakMemory, signal, exitCode] = found.slice(1).map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const how = signal === 0 ? { exitCode, signal: null } : { exitCode: null, signal: SIGNALS[signal] ?? "a signal" };
      return { seconds, cpu: { user, system }, peakMemory, ...how, tail: without(tail, stdout) };
    },
    resolution: 1e-6,
    small: false,
  };
}

/** The last lines without the one that a stopwatch printed. */
function without(tail: string, line: string): string {
  const lines = tail.split("\n");
  const at = lines.lastIndexOf(line.trimEnd());
  return lines.filter((_, index) => index !== at).join("\n");
}

/** The signals that end programs, by their numbers on Linux and macOS alike. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  6: "SIGABRT",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
};

/** Throws stdout away and becomes the program. */
const QUIETLY = ["sh", "-c", 'exec "$@" >/dev/null', "sh"] as const;

/** GNU time, or BusyBox's, in hundredths of a second: https://www.gnu.org/software/time/manual/ */
export const gnuTime: Stopwatch = {
  argv: (argv) => ["/usr/bin/time", "-f", "benchgate %U %S %M", ...QUIETLY, ...argv],
  read: ({ tail }) => {
    const found = /(?:^|\n)benchgate (\d+\.\d+) (\d+\.\d+) (\d+)$/.exec(tail);
    if (found === null) return null;
    const [user, system, kibibytes] = found.slice(1).map(Number) as [number, number, number];
    const rest = tail
      .slice(0, found.index)
      .replace(/(?:^|\n)Command (?:exited with non-zero status|terminated by signal) \d+$/, "");
    return { seconds: null, cpu: { user, system }, peakMemory: kibibytes * 1024, tail: rest };
  },
  resolution: 0.01,
  small: true,
};

/** The time of macOS, in hundredths of a second, with sizes in bytes: time(1) of macOS, option -l. */
const macTime: Stopwatch = {
  argv: (argv) => ["/usr/bin/time", "-l", ...QUIETLY, ...argv],
  read: ({ tail }) => {
    const pattern =
      /(?:^|\n)\s*\d+[.,]\d+ real\s+(\d+[.,]\d+) user\s+(\d+[.,]\d+) sys\n\s*(\d+) {2}maximum resident set size\n/;
    const found = pattern.exec(tail);
    if (found === null) return null;
    const [user, system, bytes] = found.slice(1).map((word) => Number(word.replace(",", "."))) as [
      number,
      number,
      number,
    ];
    return { seconds: null, cpu: { user, system }, peakMemory: bytes, tail: tail.slice(0, found.index) };
  },
  resolution: 0.01,
  small: true,
};

/** Bash's own `time`, in milliseconds, around nothing but the child, which `env` keeps from being a builtin: https://www.gnu.org/software/bash/manual/ (TIMEFORMAT). */
const bash: Stopwatch = {
  argv: (argv) => [
    "bash",
    "--noprofile",
    "--norc",
    "-c",
    `TIMEFORMAT='benchgate %3R %3U %3S'; exec 3>&1 4>&2; { time env "$@" >/dev/null 2>&4 3>&- 4>&-; } 2>&3`,
    "bash",
    ...argv,
  ],
  read: ({ stdout, tail }) => {
    const found = /^benchgate (\d+[.,]\d+) (\d+[.,]\d+) (\d+[.,]\d+)\n$/.exec(stdout);
    if (found === null) return null;
    const [seconds, user, system] = found.slice(1).map((word) => Number(word.replace(",", "."))) as [
      number,
      number,
      number,
    ];
    return { seconds, cpu: { user, system }, peakMemory: null, tail: without(tail, stdout) };
  },
  resolution: 1e-3,
  small: false,
};

/** Where interpreters are. One found on PATH may be a script that chooses a version, and sets variables that the child would see. */
const PYTHONS = ["/usr/local/bin/python3", "/opt/homebrew/bin/python3", "/usr/bin/python3"] as const;

/** The stopwatches that a machine may have, the most exact first. */
export const STOPWATCHES: readonly Stopwatch[] = [...PYTHONS.map(python), bash, gnuTime, macTime];
