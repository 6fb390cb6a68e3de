import type { ExplainMode } from "./explanation.ts";
import type { Part } from "./part.ts";
import type { StatisticName } from "./statistic.ts";
import type { StatusRange } from "./status.ts";

/** A program to start: an argument vector, or a line for a shell that is named. */
export type Command =
  | { readonly kind: "argv"; readonly argv: readonly [string, ...string[]] }
  | { readonly kind: "shell"; readonly line: string; readonly shell: Shell };

/** The command as a person would type it, for messages. */
export function commandText(command: Command): string {
  return command.kind === "argv" ? command.argv.join(" ") : command.line;
}

/** The shells a command line may be written for. */
export const SHELLS = ["sh", "bash", "pwsh", "cmd"] as const;
export type Shell = (typeof SHELLS)[number];

/** What one round of a suite does. */
export type Workload =
  /** Start a command; `tool` names the adapter (or `auto`) that reads `output` (a path), `$BENCHGATE_OUTPUT` or stdout, in that order. */
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly tool: string;
      readonly output: string | null;
      /** What is counted of the whole command beside what it tells. */
      readonly count?: "instructions";
      /** Whether the tool's benchmarks, which are tinybench's, are given short times in place of their own. */
      readonly times?: "auto";
    }
  /** Run tinybench modules, one fresh child a file, in Benchgate's own harness; `times` absent: as long as their samples need. */
  | { readonly kind: "bench"; readonly patterns: readonly string[]; readonly times?: "keep" }
  /** Start a command and measure the process itself: wall-clock time, CPU time, peak memory. */
  | {
      readonly kind: "time";
      readonly command: Command;
      /** What is counted beside it. */
      readonly count?: "instructions";
    };

/**
 * How a service shows that it takes requests. `url` holds `$PORT`, or `$PORT_2` and so on, in place of a port.
 * - `http`: a GET of it is answered with one of these statuses.
 * - `tcp`: it takes a connection.
 * - `grpc`: the health service of gRPC says SERVING, of the service that the path names, or of all of them.
 */
export type Ready =
  | { readonly kind: "http"; readonly url: string; readonly statuses: readonly StatusRange[] }
  | { readonly kind: "tcp" | "grpc"; readonly url: string };

/** A service under load: started on each side for each round, with ports of its own where it takes them, and stopped after it. */
export interface Service {
  readonly serve: Command;
  readonly ready: Ready;
  /** How many ports it is given: PORT, PORT_2, PORT_3 and so on. */
  readonly ports: number;
  /** The port that it listens on whatever PORT says: only one side's is up at a time, and PORT is this one. Absent: each side's has a free one. */
  readonly fixedPort?: number;
  /** How long it may take until then, in seconds. */
  readonly readyLimit: number;
}

/**
 * Deployments of both sides that somebody else has started: the load goes to them in turns. Each is a URL, in which `$NAME` stands for a variable of the
 * environment.
 */
export interface Targets {
  readonly baseline: string;
  readonly candidate: string;
}

/** Whether all suites load deployments: then no base revision has to be at hand, since nothing of it is run. */
export function isDeployed(suites: readonly Pick<Suite, "targets">[]): boolean {
  return suites.length > 0 && suites.every(({ targets }) => targets !== undefined);
}

/** A configured workload. */
export interface Suite {
  readonly name: string;
  readonly workload: Workload;
  /** The folder below the working folder that it runs in, `/` as separator; absent: the working folder itself. */
  readonly folder?: string;
  /** How long one round may take before its process group is ended, in seconds. */
  readonly timeLimit: number;
  /** Only beside a workload of kind `run`. */
  readonly service?: Service;
  /** Only beside a workload of kind `run` without a service. */
  readonly targets?: Targets;
  /** What a round measures before it counts: seconds that are cut from the start of the tool's output, or one whole execution thrown away. */
  readonly warmup?: number | "run";
  /** The statuses that count as successes in place of those that the tool takes for such: only beside a workload of kind `run`. */
  readonly expected?: readonly StatusRange[];
  /** Variables that its children find in their environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** No new round of this suite starts once its rounds took so many seconds together. */
  readonly timeBudget?: number;
  /** A command that profiles what the suite runs, and leaves the profile in the file $BENCHGATE_PROFILE. */
  readonly profile?: Command;
  /** Globs of all files that it depends on, seen from its folder: where they are equal on both sides, it is not measured. */
  readonly inputs?: readonly string[];
}

/** The rule for one statistic of one metric of the benchmarks that `match` names. */
export interface Budget {
  /** A pattern over `suite/benchmark`; `*` stands for any run of characters. */
  readonly match: string;
  readonly metric: string;
  readonly statistic: StatisticName;
  /** The smallest relative change that matters (0.05 is 5 %), or null where only a limit is set. */
  readonly threshold: number | null;
  /** A ceiling (or floor, where higher is better) in the metric's canonical unit. */
  readonly limit: number | null;
  /** Whether nobody wrote the limit. Then it holds only where the baseline keeps it: what was so before is not this change's doing. */
  readonly defaultLimit?: true;
  /** A promised improvement as a share: 0.2 is 20 % less latency, or 20 % more throughput. */
  readonly goal?: number;
  /** A change of at most this much, in the metric's canonical unit, never matters. Null: what the metric itself says. */
  readonly floor: number | null;
  /** Whether a regression turns the check red, or is only shown. */
  readonly severity: "gate" | "advisory";
  /** Holds only for what is measured of one operation; absent: whatever it is of. */
  readonly per?: "operation";
  /** Holds only where the values of the baseline differ by no more than this share of them; it is advisory where they do. */
  readonly steady?: number;
  /** Metrics beside which it is advisory, where one of them is judged for the same benchmark. */
  readonly yieldsTo?: readonly string[];
  /**
   * Who asked for it: the user for this statistic (`user`), or for the metric, so that its usual statistics are meant (`usual`); or nobody (`default`), a
   * threshold for everything that gates included. Only a statistic that was named is told of where a tool does not give it.
   */
  readonly origin: "user" | "usual" | "default";
}

/** A regression that reviewers have agreed to. */
export interface Acceptance {
  /** A pattern over `suite/benchmark metric statistic`. */
  readonly match: string;
  /** The largest relative change that is accepted. */
  readonly upTo: number;
  readonly reason: string;
  /** ISO date; the acceptance ends after this day, UTC. Null: never. */
  readonly until: string | null;
}

/**
 * Where a baseline comes from. `auto` judges by what is stored where that decides, and measures side by side whatever is suspicious,
 * undecided or without a baseline.
 */
export type CompareMode = "auto" | "stored" | "side-by-side";

/** Everything the gate needs to know about what to measure and how to judge it. Sound by construction. */
export interface Plan {
  /** Run once in each side's tree before the first round. */
  readonly setup: Command | null;
  readonly suites: readonly Suite[];
  readonly budgets: readonly Budget[];
  readonly accept: readonly Acceptance[];
  readonly compare: CompareMode;
  /** Rounds of a run that is stored, or that is judged by stored ones. */
  readonly rounds: number;
  /** Pairs side by side, at most. */
  readonly pairs: number;
  /** No new round starts after this many seconds; null: nobody says, and the usual bound leaves every suite the rounds of a first look. */
  readonly timeBudget: number | null;
  readonly onInconclusive: "pass" | "warn" | "fail";
  /** Whether the candidate is measured a second time beside itself, to show that the machine can tell equal from equal. */
  readonly control: boolean;
  /** The part of the gate that is measured here; absent: all of it. */
  readonly part?: Part;
  /** When both sides are profiled to find out why something got slower; absent: never. */
  readonly explain?: ExplainMode;
  /** How long that may take in all, in seconds; absent: two minutes. */
  readonly explainBudget?: number;
  /** Whether what is the same code on both sides is measured all the same; absent: it is not. */
  readonly measureSameCode?: true;
  /** The configuration's file, as it was named; absent: there is none. */
  readonly config?: string;
}

/** Whether `pattern` matches the whole of `text`; `*` stands for any run of characters. Linear in practice: no backtracking over alternatives. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
