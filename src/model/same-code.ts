/** A benchmark that was not measured, because what it runs is the same on both sides; `*` is a whole suite. */
export interface SameCode {
  readonly suite: string;
  readonly benchmark: string;
  /** Whether that was seen of everything that its module loads and reads, or told of the inputs that its suite declares. */
  readonly by: "closure" | "inputs";
  /** Whether anything has been written since that it depends on, so that nobody knows whether it is the same any more. */
  readonly late?: true;
}

/** What was found out about the code of both sides. */
export interface CodeCompared {
  /** Not measured. */
  readonly same: readonly SameCode[];
  /** Measured all the same, though nothing needed it: by chance, to see whether it agrees. */
  readonly audited: readonly SameCode[];
}
