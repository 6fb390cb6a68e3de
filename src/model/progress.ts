/** What is being measured now. */
export interface Progress {
  readonly suite: string;
  /** From 1; 0 is the one that is thrown away. */
  readonly round: number;
  /** At most so many. */
  readonly rounds: number;
  /** What `tool: auto` took the first output for; told once a suite. */
  readonly recognised?: string;
  /** An estimate from what was timed so far, were no look to end anything early; absent before every suite has run once. */
  readonly secondsLeft?: number;
  /** What was found out about the code of both sides: so many benchmarks (of `*`, all) are not measured, or why a part of the suite is. */
  readonly code?: { readonly same: readonly string[] } | { readonly why: string };
  /** Why the suite is given up: it has failed, and no more of its rounds are run. */
  readonly givenUp?: string;
  /**
   * After a look at the data: the benchmarks that are still undecided, that are slower, that are neither, those that the planned rounds cannot decide, and how
   * many there are in all.
   */
  readonly undecided?: {
    readonly open: number;
    readonly slower: number;
    readonly fine: number;
    readonly givenUp?: number;
    readonly of: number;
  };
  /** How long it has been measured, in seconds. */
  readonly elapsed?: number;
  /** Within a round: the benchmark that both sides have come to, and the how manieth it is of its module's. */
  readonly benchmark?: { readonly name: string; readonly at: number; readonly of: number };
}
