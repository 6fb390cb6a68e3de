import type { Side } from "../schedule.ts";

/** What can watch the modules of a suite, one at a time. */
export interface Watcher {
  /** Has the system note what one module's next run touches; null where it does not, or the suite is none that can be watched. */
  watch(suite: string, module: string): Promise<Watch | null>;
}

/** A module that is watched while it runs on both sides. */
export interface Watch {
  /** What its process on a side finds in its environment beside everything else, `own`. */
  env(side: Side, own: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Once it has run on both: why it must be measured, as the rest of a sentence that begins with its name; null where its code is the same. */
  end(): Promise<string | null>;
}
