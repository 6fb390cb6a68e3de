import type { ParsedRound } from "../../adapter.ts";
import { LoadRun } from "../../reading/load-run.ts";
import { type Expected, httpSuccess, type IsSuccess, isBelow400, judgedAnew } from "../../reading/status.ts";
import { refuseWarmup, Warmup } from "../../reading/warmup.ts";

/** One sample of a JTL: `start` in seconds (NaN: not told), `elapsed` in milliseconds, `thread` null where sub-results are left out already. */
export interface JMeterSample {
  readonly label: string;
  readonly thread: string | null;
  readonly start: number;
  readonly elapsed: number;
  /** JMeter's own verdict, which assertions have a part in. */
  readonly succeeded: boolean;
  /** The response code; NaN where it is no number: of a transaction, or where there was no answer. */
  readonly status: number;
}

/** What holds for every JTL: whole milliseconds, and threads that wait for each answer before they go on. */
export const JMETER = { per: 1000, resolution: 0.001, loadModel: "closed" } as const;

const REMEDY = "Give samplers labels without ids";
const NOTHING =
  "Let the test plan run samplers; JMeter ends with 0 even where the plan could not be loaded: see jmeter.log";

/** How many threads are remembered. */
const MOST_THREADS = 10_000;

interface Parent {
  readonly label: string;
  /** The number that the next of its sub-results would have. */
  next: number;
}

/** A run of JMeter, sample by sample. */
export class JMeterRun {
  readonly #run: LoadRun;
  readonly #isSuccess: IsSuccess;
  /** Whether statuses are held against those that the user expects. */
  readonly #judges: boolean;
  /** The last sample of each thread that is no sub-result. */
  readonly #parents = new Map<string, Parent>();

  constructor(skip: number, expected: Expected) {
    this.#run = new LoadRun(new Warmup(skip), REMEDY);
    this.#isSuccess = httpSuccess(expected, isBelow400);
    this.#judges = expected !== undefined;
  }

  /**
   * Adds a sample. Left out are sub-results, the redirects and embedded resources whose time is part of the sample before: in CSV they follow it, in the
   * same thread, as `label-0`, `label-1` and so on.
   */
  add({ label, thread, start, elapsed, succeeded, status }: JMeterSample): void {
    if (thread !== null && this.#isSubResult(label, thread)) return;
    const { warmup } = this.#run;
    if (warmup.seconds > 0) {
      if (Number.isNaN(start))
        refuseWarmup(warmup.seconds, "this JTL", "Set jmeter.save.saveservice.timestamp_format=ms");
      if (warmup.cuts(start)) return;
    }
    const anew = this.#judges && !Number.isNaN(status);
    const ok = anew ? judgedAnew(succeeded, status, this.#isSuccess, isBelow400) : succeeded;
    this.#run.of(label).add(elapsed, ok, start, start + elapsed / JMETER.per);
  }

  round(): ParsedRound {
    return this.#run.round(JMETER, NOTHING);
  }

  #isSubResult(label: string, thread: string): boolean {
    const parent = this.#parents.get(thread);
    if (parent === undefined) {
      if (this.#parents.size === MOST_THREADS) this.#parents.clear();
      this.#parents.set(thread, { label, next: 0 });
      return false;
    }
    if (label !== parent.label && label.startsWith(parent.label) && label === `${parent.label}-${parent.next}`) {
      parent.next++;
      return true;
    }
    if (parent.label === label) parent.next = 0;
    else this.#parents.set(thread, { label, next: 0 });
    return false;
  }
}
