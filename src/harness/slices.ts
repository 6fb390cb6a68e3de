/** The length of a slice in ms: see "Turns of milliseconds" in docs/characteristics.md for the measurement that chose it. */
export const SLICE = 3;

/**
 * How much of the warm-up of a benchmark that is measured for a p99 is the beginning of its measurement, in ms: the garbage has just been collected then, and with it
 * what V8 had compiled of tinybench's loop.
 */
export const SETTLING = 12;

/** The most readings of a slice that are kept. */
const KEPT = 1 << 17;

/** The most samples that are sorted: more do not move its middle. */
const SORTED = 2048;

/** The most samples that are kept of what comes first. */
const FIRST = 1 << 18;

/** The fewest slices that go by until one counts: those in which a process settles, and one more, so that the same are left on both sides of a lockstep. */
const TO_SETTLE = SETTLING / SLICE + 1;

/** Of fewer samples nobody asks for the p99: who judges it has a limit of its own, which lies higher. */
const FEWEST_FOR_TAIL = 15;

/** What is known of each slice of a task, in the order of time. */
export interface Sliced {
  /** The mean of the middle half of its samples. */
  readonly middles: readonly number[];
  /** The p99 of its samples (type 7); none of any slice where they hold too few samples on average. */
  readonly tails: readonly number[];
  /** How many samples a slice holds on average. */
  readonly samples: number;
}

/** What was noted of a task. */
export interface Noted {
  /** All slices. */
  readonly whole: Sliced;
  /** Those after the process has settled, and the samples in ms that came before. */
  readonly settled: { readonly slices: Sliced; readonly early: Float64Array } | null;
}

/** The slices of a task that was not cut into any. */
export const NO_SLICES: Sliced = { middles: [], tails: [], samples: 0 };

/** What was noted of a task of which nothing was. */
export const NOTHING: Noted = { whole: NO_SLICES, settled: null };

/** One slice. */
interface Slice {
  readonly middle: number;
  readonly tail: number;
  readonly samples: number;
}

function slicedOf(slices: readonly Slice[]): Sliced {
  const all = slices.reduce((sum, { samples }) => sum + samples, 0);
  const samples = slices.length === 0 ? 0 : all / slices.length;
  return {
    middles: slices.map(({ middle }) => middle),
    tails: samples >= FEWEST_FOR_TAIL ? slices.map(({ tail }) => tail) : [],
    samples,
  };
}

/**
 * The middle and the p99 of the samples of each slice, from the readings of the clock that begin and end a sample. tinybench sorts its samples
 * before anybody sees them; their order is what both sides of a lockstep have in common. To note a reading costs as much as to write one number.
 */
export class Slices {
  readonly #readings = new Float64Array(KEPT);
  readonly #whole = new BigInt64Array(KEPT);
  #count = 0;
  #inNs = false;
  #slices: Slice[] = [];
  /** What comes first, one by one; `#firsts` beyond `FIRST` where not all of it is there. */
  readonly #first = new Float64Array(FIRST);
  #firsts = 0;
  #settled: { readonly at: number; readonly early: Float64Array } | null = null;

  /** Whether a sample has begun that has not ended. */
  get isOpen(): boolean {
    return this.#count % 2 === 1;
  }

  /** Notes a reading in ms. */
  note(ms: number): void {
    if (this.#count < KEPT) this.#readings[this.#count] = ms;
    this.#count++;
  }

  /** As `note`, in ns. */
  noteNs(ns: bigint): void {
    this.#inNs = true;
    if (this.#count < KEPT) this.#whole[this.#count] = ns;
    this.#count++;
  }

  /** Ends a slice. */
  cut(): void {
    if (this.#settled === null) this.#firsts = this.#keepFirst();
    const kept = Math.min(this.#count >> 1, SORTED);
    const durations = new Float64Array(kept);
    for (let i = 0; i < kept; i++) durations[i] = this.#duration(i);
    const samples = this.#count >> 1;
    this.#count = 0;
    if (samples === 0) return;
    durations.sort();
    this.#slices.push({ middle: middleOf(durations), tail: tailOf(durations), samples });
  }

  /** Whether so many samples have been noted so far, and each of them is known. */
  hasNoted(samples: number): boolean {
    return !this.isOpen && this.#firsts <= FIRST && this.#firsts + (this.#count >> 1) === samples;
  }

  /** So many samples, which are all so far, came before the process had settled. False, and nothing has changed, where not each of them is known. */
  settle(samples: number): boolean {
    if (this.#settled !== null || !this.hasNoted(samples) || this.#keepFirst() > FIRST) return false;
    this.#settled = {
      at: Math.max(this.#slices.length + 1, TO_SETTLE),
      early: this.#first.slice(0, samples),
    };
    return true;
  }

  /** What was noted since it was last taken, in ms. */
  take(): Noted {
    this.cut();
    const settled = this.#settled && {
      slices: slicedOf(this.#slices.slice(this.#settled.at)),
      early: this.#settled.early,
    };
    const whole = slicedOf(this.#slices);
    this.#slices = [];
    this.#inNs = false;
    this.#settled = null;
    this.#firsts = 0;
    return { whole, settled };
  }

  /** Keeps the samples of the slice that is open, one by one, behind those of the slices before it: how many that makes. */
  #keepFirst(): number {
    const samples = this.#count >> 1;
    const all = this.#firsts + samples;
    if (this.#count > KEPT || all > FIRST) return FIRST + 1;
    for (let i = 0; i < samples; i++) this.#first[this.#firsts + i] = this.#duration(i);
    return all;
  }

  #duration(sample: number): number {
    return this.#inNs ? this.#ns(sample) : this.#ms(sample);
  }

  #ms(sample: number): number {
    return this.#readings[2 * sample + 1]! - this.#readings[2 * sample]!;
  }

  #ns(sample: number): number {
    return Number(this.#whole[2 * sample + 1]! - this.#whole[2 * sample]!) / 1e6;
  }
}

/**
 * The mean of one value or more, in ascending order, without a quarter or just over of them at either end: of up to four values, and of six, their median.
 *
 * Note: it was the median. The same code may run at two speeds, a call at one and the next at the other, for what the processor has under way as a call
 * begins (docs/characteristics.md). How many calls run at which differs a little between processes, and around one half the median turns all of that into
 * the whole distance of the speeds. This mean turns it into as much as it is worth, and is as deaf to what disturbs less than a quarter of the calls.
 */
function middleOf(ascending: Float64Array): number {
  const { length } = ascending;
  const cut = Math.min(Math.ceil((length - 1) / 4), (length - 1) >> 1);
  let sum = 0;
  for (let i = cut; i < length - cut; i++) sum += ascending[i]!;
  return sum / (length - 2 * cut);
}

/** The p99 of one value or more, in ascending order: type 7 (Hyndman and Fan, American Statistician 50, 1996). */
function tailOf(ascending: Float64Array): number {
  const at = 0.99 * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(at)]!, ascending[Math.ceil(at)]!];
  return below + (at % 1) * (above - below);
}
