import type { Clock } from "../../ports/index.ts";
import type { GitResult } from "./command.ts";
import { passing } from "./errors.ts";

/** How long a run puts up with a remote that is out of reach. */
export interface Patience {
  /**
   * Waits before what has failed is tried again; false, at once, where it is not to be: what git said does not pass by itself, or there were
   * enough tries of it, or the run has spent its time. `seconds`: how long the try has taken.
   */
  pause(failures: number, stderr: string, seconds: number): Promise<boolean>;
  readonly now: () => number;
}

/** How often one request is made, one to a name that nobody knows, and how long a whole run may wait for its remote, in seconds. */
const TRIES = 9;
const TRIES_NAMELESS = 3;
const BUDGET = 40;

/** The pause after the first failure and the longest one, in seconds; each is drawn from half to one and a half of it. */
const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 8;

/** The patience of one run: all requests draw on one budget, so that a remote that is gone for good is waited for once. */
export function createPatience(clock: Pick<Clock, "monotonic" | "sleep">, random: () => number): Patience {
  let spent = 0;
  return {
    async pause(failures, stderr, seconds) {
      const hope = passing(stderr);
      if (hope === null || failures >= (hope === "soon" ? TRIES : TRIES_NAMELESS)) return false;
      const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)) * (0.5 + random());
      spent += seconds;
      if (spent + pause > BUDGET) {
        // What is asked later is asked once, however short its pauses would begin.
        spent = BUDGET;
        return false;
      }
      spent += pause;
      await clock.sleep(pause);
      return true;
    },
    now: () => clock.monotonic(),
  };
}

/** The result of the first try that did not fail in passing, or of the last. For what may be done twice. */
export async function persistent(patience: Patience, step: () => Promise<GitResult>): Promise<GitResult> {
  for (let failures = 1; ; failures++) {
    const started = patience.now();
    const result = await step();
    if (result.code === 0) return result;
    if (!(await patience.pause(failures, result.stderr, patience.now() - started))) return result;
  }
}
