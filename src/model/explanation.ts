import type { Carriage } from "./carriage.ts";

/** A function as a reader finds it again. `file` is relative to the tree where it lies in it; null where it has none. Lines count from 1. */
export interface FunctionPlace {
  readonly name: string;
  readonly file: string | null;
  /** The line that took most of what is new, or else where the function begins; null where that is not known. */
  readonly line: number | null;
  /** The package of a dependency that it belongs to; absent: it is the repository's own, or the runtime's. */
  readonly dependency?: string;
}

/** How a function that takes more than it did stands to the change that is on trial. */
export type Origin =
  /** Its own text is changed, or new. */
  | { readonly kind: "changed" }
  /** Its text is as it was, but that of the nearest function above it is not. */
  | { readonly kind: "called-by"; readonly caller: FunctionPlace }
  /** Neither is changed, but a line of its file outside of any of them. */
  | { readonly kind: "same-file"; readonly line: number }
  /** It lies in a dependency that has another version; null where a side has none. */
  | { readonly kind: "dependency"; readonly name: string; readonly from: string | null; readonly to: string | null }
  /** Nothing of the change explains it. */
  | { readonly kind: "unexplained" };

/** A function of which it is proven that it takes more than it did. */
export interface Culprit extends FunctionPlace {
  /** What it takes itself on each side, in the explanation's unit. */
  readonly baseline: number;
  readonly candidate: number;
  /** The difference as a share of what the whole took on the baseline, with an interval that assumes nothing of the noise. */
  readonly share: { readonly value: number; readonly lower: number; readonly upper: number; readonly level: number };
  /** Functions of the runtime by way of which it takes it, such as `readFileUtf8`; most of it first. */
  readonly by: readonly string[];
  readonly origin: Origin;
}

/** What the system counts of a process, where it does: how often it waited, and pages that it was given, from memory and from a disk. */
export const USAGES = ["waits", "page-faults", "disk-faults"] as const;
export type UsageName = (typeof USAGES)[number];

/** What the system is proven to have counted more of. */
export interface UsageRise {
  readonly usage: UsageName;
  /** For an operation, or for a round as the explanation has it. */
  readonly baseline: number;
  readonly candidate: number;
}

/** A node of the call tree of both sides: place of the frame in `frames`, place of the parent (-1: none), and what was seen in it itself on each side. */
type FlameNode = readonly [frame: number, parent: number, baseline: number, candidate: number];

/** The call trees of both sides as one, averaged over the rounds. A parent comes before its children. */
export interface FlameTree {
  readonly frames: readonly FunctionPlace[];
  readonly nodes: readonly FlameNode[];
}

/** What is said where nothing could be profiled: the end of a sentence. */
interface Unexplained {
  readonly kind: "not-profiled";
  readonly reason: string;
}

/** What profiled rounds of both sides show. */
interface Profiled {
  readonly kind: "profiled";
  /** `s` or `B` an operation, or in all where `per` is a round; `1`: a count. */
  readonly unit: "s" | "B" | "1";
  readonly per: "operation" | "round";
  /** On each side. */
  readonly rounds: number;
  /** Worst first, at most three. Empty: no function stands out from the noise. */
  readonly culprits: readonly Culprit[];
  /** Who allocates more, in bytes, where a garbage collector is among the culprits; absent where that is not proven of anyone. */
  readonly allocators?: readonly Culprit[];
  /** Whether bytes are of what stays allocated, and not of all that was. */
  readonly live?: true;
  /** What the system counted more of; absent where it tells nothing, or nothing is proven. */
  readonly usage?: readonly UsageRise[];
  /** Whether the candidate waits for something more than it computes more. */
  readonly waits: boolean;
  /** Whether compilers were told to leave calls as they are, so that each function has its own time. */
  readonly inlining: boolean;
  readonly flame: FlameTree;
}

/** Why a benchmark got slower, as far as profiles of both sides prove it. They are made apart: no verdict rests on them. */
export type Explanation = {
  readonly suite: string;
  /** `*`: all of the suite, which cannot be profiled benchmark by benchmark. */
  readonly benchmark: string;
  /** What profiling it took. */
  readonly seconds: number;
  /** What the slowdown comes with; absent where that was not asked. */
  readonly carriage?: Carriage;
} & (Unexplained | Profiled);

/** When it is looked into why something got slower: where it is red, and `deep` finds out as well whether it comes with code, dependencies or runtime. */
export const EXPLAIN_MODES = ["red", "always", "never", "deep"] as const;
export type ExplainMode = (typeof EXPLAIN_MODES)[number];
