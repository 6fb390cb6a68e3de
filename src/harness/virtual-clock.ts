import { type Noted, Slices } from "./slices.ts";

/** The two clocks of the platform that everything else in JavaScript is made of. */
export interface RealClock {
  /** Milliseconds, as `performance.now()`. */
  readonly ms: () => number;
  /** Nanoseconds, as `process.hrtime.bigint()`. */
  readonly ns: () => bigint;
}

/** What is known of somebody else's clock: whether it stands still while we wait, and whether it gives the turn away. */
export interface Probed {
  readonly virtual: boolean;
  readonly yields: boolean;
}

/** Further ahead than any wait, in ms: a clock that moves so far between two readings follows ours. */
const LEAP = 1e9;

/**
 * A clock that stands still while its process waits for its turn, so that whatever is timed by it takes what it would have taken alone.
 *
 * Once a slice of virtual time is over, the next reading of a yielding clock waits for the turn before it returns. The wait ends with a
 * reading of the real clock, and virtual time goes on from exactly where it stood: it does not matter whether the reading was to begin a
 * sample or to end one.
 */
export class VirtualClock {
  readonly #real: RealClock;
  readonly #slice: number;
  #pass: () => void = () => {};
  #waited = 0;
  #waitedNs = 0n;
  #sliceEnd = Number.POSITIVE_INFINITY;
  #probing: { yielded: boolean } | null = null;
  readonly #slices = new Slices();
  #noting = false;

  /** `slice` in ms. */
  constructor(real: RealClock, slice: number) {
    this.#real = real;
    this.#slice = slice;
  }

  /** Virtual time in ms, on the real clock's scale. */
  readonly now = (): number => this.#real.ms() - this.#waited;

  /** As `now`, after a wait where the slice is over. */
  readonly yieldingNow = (): number => {
    const now = this.#real.ms() - this.#waited;
    if (now >= this.#sliceEnd) return this.#end((after) => this.#slices.note(after));
    if (this.#noting) this.#slices.note(now);
    return now;
  };

  /** Virtual time in ns. */
  readonly bigint = (): bigint => this.#real.ns() - this.#waitedNs;

  /** As `bigint`, after a wait where the slice is over. */
  readonly yieldingBigint = (): bigint => {
    if (this.now() >= this.#sliceEnd) {
      let ns = 0n;
      this.#end(() => {
        ns = this.bigint();
        this.#slices.noteNs(ns);
      });
      return ns === 0n ? this.bigint() : ns;
    }
    const ns = this.bigint();
    if (this.#noting) this.#slices.noteNs(ns);
    return ns;
  };

  /** Gives the turn away where the slice is over. */
  readonly yieldIfDue = (): void => {
    if (this.now() >= this.#sliceEnd) this.#end(() => {});
  };

  /** Begins a slice, after which readings give the turn away by `pass`, which returns once it is back; and so on. */
  startSlices(pass: () => void): void {
    this.#pass = pass;
    this.#sliceEnd = this.now() + this.#slice;
  }

  /** No reading waits any more. */
  stopSlices(): void {
    this.#sliceEnd = Number.POSITIVE_INFINITY;
  }

  /** From here on yielding readings begin and end samples, in turn. */
  beginSamples(): void {
    this.#slices.take();
    this.#noting = true;
  }

  /** Whether the samples since `beginSamples` are so many, and each of them is known. */
  hasNoted(samples: number): boolean {
    return this.#noting && this.#slices.hasNoted(samples);
  }

  /** The samples so far, of which there are so many, came before the process had settled; false where they cannot be told from those to come. */
  settle(samples: number): boolean {
    return this.#noting && this.#slices.settle(samples);
  }

  /** What was noted in ms since `beginSamples`: no slices where nobody read a clock that yields. */
  endSamples(): Noted {
    this.#noting = false;
    return this.#slices.take();
  }

  /** Runs `wait`, during which the clock stands still. */
  standStill(wait: () => void): void {
    const before = this.#real.ms();
    const beforeNs = this.#real.ns();
    wait();
    this.#waitedNs += this.#real.ns() - beforeNs;
    this.#waited += this.#real.ms() - before;
  }

  /** How `read`, a clock in ms that somebody else made, behaves. Nothing is waited for, and no time is lost. */
  probe(read: () => number): Probed {
    const [sliceEnd, probing] = [this.#sliceEnd, { yielded: false }];
    this.#sliceEnd = Number.NEGATIVE_INFINITY;
    this.#probing = probing;
    const before = read();
    this.#leap(-1);
    const moved = read() - before;
    this.#leap(1);
    this.#probing = null;
    this.#sliceEnd = sliceEnd;
    return { virtual: moved > LEAP / 2, yields: probing.yielded };
  }

  #leap(direction: 1 | -1): void {
    this.#waited += direction * LEAP;
    this.#waitedNs += BigInt(direction * LEAP) * 1_000_000n;
  }

  /** `note` notes the reading that is returned; one that ends a sample still belongs to the slice that began it. */
  #end(note: (now: number) => void): number {
    if (this.#probing !== null) {
      this.#probing.yielded = true;
      return this.now();
    }
    this.standStill(this.#pass);
    this.startSlices(this.#pass);
    const now = this.now();
    if (!this.#noting) return now;
    const ends = this.#slices.isOpen;
    if (!ends) this.#slices.cut();
    note(now);
    if (ends) this.#slices.cut();
    return now;
  }
}
