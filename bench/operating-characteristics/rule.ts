import type { Drawn } from "./drawn.ts";
import type { Gated } from "./within.ts";

/** What a rule says of one statistic of one benchmark. */
export interface Call {
  /** The evidence for "slower" that the gate corrects for the number of comparisons; 0 or 1 from rules that do not. */
  readonly p: number;
  /** Whether the interval that is shown lies beyond the threshold too, and nothing else keeps a regression back; true from rules without such a veto. */
  readonly shown: boolean;
  /** Rounds a side that were measured for it, the baseline's stored ones not counted. */
  readonly rounds: number;
  /** Whether its 95 % interval held the truth; null where it has none. */
  readonly held: boolean | null;
}

/** What is on trial: unchanged benchmarks of one suite, to which a true change (as a log ratio) is added. */
export interface Trial {
  readonly suite: readonly Drawn[];
  readonly statistic: Gated;
  readonly effect: number;
  /** Comparisons in the gate: rules that stop early and correct for their number need to know. */
  readonly comparisons: number;
}

/** One way to decide whether a benchmark got slower. */
export interface Rule {
  readonly name: string;
  readonly about: string;
  /** Which statistics it is used on. */
  readonly statistics: readonly Gated[];
  /** One call for each benchmark of the suite; null where this source of noise cannot feed it. */
  calls(trial: Trial): readonly Call[] | null;
  /** Which of the calls of one gate turn it red. */
  red(calls: readonly Call[]): readonly boolean[];
  /** Whether its calls depend on the size of the gate. */
  readonly knowsGate: boolean;
}
