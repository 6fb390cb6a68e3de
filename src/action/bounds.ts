import { Allowance, type Limits } from "../codec/allowance.ts";
import { LARGEST_NOTE } from "../codec/cell.ts";
import { GateError } from "../model/error.ts";
import type { FolderFile } from "../ports/index.ts";

/** The largest recording, and the most in all, that is read of what others left, in bytes. */
export const LARGEST = 32 * 2 ** 20;
const MOST = 3 * LARGEST;
/** The most that is read of all notes of a run, in characters: each names all benchmarks again. */
const MOST_NOTES = 2 * LARGEST_NOTE;
/** The most artifacts that are read where nobody says which: GitHub runs no larger matrix. */
export const MOST_CELLS = 256;
/** After so many seconds nothing more is read. */
const LONGEST = 60;

/** What is read of one recording, and of all that a run left. An artifact of 1 MB can ask for a thousand times of any of these. */
const EACH: Limits = {
  characters: LARGEST,
  values: 3_000_000,
  parts: 1_000_000,
  measurements: 60_000,
  percentiles: 300_000,
  exits: 10_000,
  said: 2 * 2 ** 20,
  subjects: 2_500,
  inflated: 32 * 2 ** 20,
};
const ALL: Limits = {
  characters: MOST,
  values: 4_000_000,
  parts: 2_000_000,
  measurements: 150_000,
  percentiles: 500_000,
  exits: 20_000,
  said: 4 * 2 ** 20,
  subjects: 5_000,
  inflated: 64 * 2 ** 20,
};

/**
 * So many times more is read of a job of one's own, whose author may run code in this very run: 1,000 benchmarks of 24 rounds of samples are 3.5 million
 * values a side. The largest file bounds it as it does a stranger's.
 */
const OWN = 4;

/** As many cells as a stranger's run may fill to the brim, where the trusted side expects so many. */
const MOST_FULL = 4;
/** The longest that anything is read, however many there are, in seconds. */
const LONGEST_OF_ALL = 600;

/**
 * How many times over the bounds of one run are in force: once for each artifact of a run of one's own. Of a stranger's it takes the trusted side to expect more
 * than one, and then no more than a few: what fills the memory of a job that holds a token is not bounded by whoever fills it.
 */
export function timesOf(
  { expect, own = false }: { readonly expect: readonly string[]; readonly own?: boolean },
  artifacts: number,
): number {
  return Math.max(1, own ? Math.min(artifacts, MOST_CELLS) : Math.min(expect.length, MOST_FULL));
}

/** What is still read: so many bytes in all, for so long. */
export class Bounds {
  readonly allowance: Allowance;
  #until: number;
  readonly #longest: number;
  readonly #most: number;
  #bytes: number;
  #notes: number;

  /** @param own whether what is read was left by jobs of one's own. */
  constructor(started: number, times: number, own = false) {
    const one = own ? OWN : 1;
    this.allowance = new Allowance(multiplied(EACH, one), multiplied(ALL, one * times));
    this.#longest = Math.min(times * LONGEST, LONGEST_OF_ALL);
    this.#until = started + this.#longest;
    this.#most = times * MOST;
    this.#bytes = this.#most;
    this.#notes = times * MOST_NOTES;
  }

  /** Does not count what was done with what was read, in seconds: that has bounds of its own. */
  pass(seconds: number): void {
    this.#until += seconds;
  }

  /** Why nothing more is read; null where it is. */
  late(now: number): string | null {
    return now > this.#until
      ? `What it left was not read, since the cells before it took longer than ${this.#longest} s: measure fewer benchmarks in each job`
      : null;
  }

  /** The text of a note, which a small file may unpack to. Throws a `GateError` where it and those before it are more than is read. */
  async note(read: () => Promise<string>): Promise<string> {
    if (this.#notes > 0) {
      const text = await read();
      this.#notes -= text.length;
      if (this.#notes > 0) return text;
    }
    throw new GateError("the notes of all jobs are larger than what is read", "Let fewer jobs measure");
  }

  /** Why the recordings of an artifact are not read; null where they are. */
  refuses(held: readonly FolderFile[]): string | null {
    const size = held.reduce((sum, each) => sum + each.size, 0);
    if (!held.every((each) => each.size <= limitOf(each.path)) || size > this.#bytes) {
      return `What it left is larger than the ${LARGEST / 2 ** 20} MiB a file, or ${this.#most / 2 ** 20} MiB in all, that are read: measure fewer benchmarks in each job`;
    }
    this.#bytes -= size;
    return null;
  }
}

function multiplied(limits: Limits, times: number): Limits {
  const entries = Object.entries(limits).map(([kind, most]) => [kind, times * most] as const);
  return Object.fromEntries(entries) as unknown as Limits;
}

function limitOf(path: string): number {
  return path.endsWith("/cell.json") ? LARGEST_NOTE : LARGEST;
}
