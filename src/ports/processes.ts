/** A child process to run. */
export interface ProcessSpec {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** Added to the environment, which holds no secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** What it reads on stdin; absent: nothing. */
  readonly input?: string;
  /** Seconds until the process group is ended. */
  readonly timeLimit: number;
  /** Told each line that it prints on stderr, when it does. */
  readonly onLine?: (line: string) => void;
  /** What becomes of daemons that it leaves: by default they end with it; with `keep`, when this program ends. */
  readonly daemons?: "end" | "keep";
}

/** How a child process ended. */
export interface ProcessResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Decoded as UTF-8; empty where there was more than can be kept (32 MiB), of which `overflowed` tells. */
  readonly stdout: string;
  readonly overflowed: boolean;
  /** The last lines of stdout and stderr together, for people. */
  readonly tail: string;
  /** Wall-clock time. */
  readonly seconds: number;
}

/** Starts children in process groups of their own, without secrets, and ends the whole group on time-out or interruption. */
export interface Processes {
  run(spec: ProcessSpec): Promise<ProcessResult>;
  /**
   * Starts a child that the next `run` with the same program, folder and variables, and with an `input`, need not wait for. It may do nothing until it has read
   * all of that, and ends by itself where there is none. Absent: nothing is started ahead.
   */
  ahead?(spec: Pick<ProcessSpec, "argv" | "cwd" | "env">): void;
  /** Starts a child that goes on until it is stopped. */
  start(spec: Omit<ProcessSpec, "timeLimit">): Promise<RunningService>;
  /** Runs a child for what it takes; its stdout is thrown away where that is possible. */
  time(spec: TimedSpec): Promise<TimedResult>;
  /**
   * Runs a child for the instructions that it and its own children retire in user mode, its stdout thrown away; null where nothing here can count them, or
   * where it failed while they were counted.
   */
  count(spec: ProcessSpec): Promise<number | null>;
}

/** A child that goes on until it is stopped. */
export interface RunningService {
  /** How it ended, by itself or stopped, once all that it printed is in `tail`. */
  readonly exited: Promise<Pick<ProcessResult, "exitCode" | "signal">>;
  /** The last lines of stdout and stderr together so far: nothing else is kept of them. */
  tail(): string;
  /** What its whole group has taken so far; null where the system does not tell. */
  usage(): Usage | null;
  /** Whether one of its group listens on one of these ports; null where the system does not tell. */
  listens(ports: readonly number[]): boolean | null;
  /** Ends it with its whole group; resolves once it has ended. */
  stop(): Promise<void>;
}

/** What a group of processes has taken since it was started. */
export interface Usage {
  /** User and system time, in seconds. */
  readonly cpuSeconds: number;
  /** The peak resident sizes of its living processes, added up, in bytes. */
  readonly peakMemory: number;
  /** The step in which the system counts `cpuSeconds`. */
  readonly resolution: number;
}

/** A child process to run for what it takes. */
export interface TimedSpec extends ProcessSpec {
  /** Whether its peak memory is wanted: that of a small process may cost another execution. */
  readonly memory: boolean;
}

/** CPU time in seconds: what the program itself computed, and what the system did for it. */
export interface CpuTime {
  readonly user: number;
  readonly system: number;
}

/** How a timed child ended, and what it took. */
export interface TimedResult extends Omit<ProcessResult, "stdout" | "overflowed"> {
  /** CPU time of the child and of all that it waited for; null where the machine cannot tell. */
  readonly cpu: CpuTime | null;
  /** The step in which `cpu` is counted. */
  readonly resolution: number;
  /** What tells the start-up of the stopwatch where `seconds` holds it; null where it does not. */
  readonly startUp: StartUpTrials | null;
  /** The largest resident size of one of those processes, in bytes; null where it was not wanted, or the machine cannot tell. */
  readonly peakMemory: number | null;
}

/** Seconds that a program took which does nothing, again and again: under a stopwatch, and by itself. */
export interface StartUpTrials {
  readonly under: readonly number[];
  readonly alone: readonly number[];
}
