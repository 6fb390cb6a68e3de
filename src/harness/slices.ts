/** The length of a slice in ms: see "Turns of milliseconds" in docs/characteristics.md for the measurement that chose it. */
export const SLICE = 3;

/** The most readings of a slice that are kept, and the most samples that are sorted: more do not move its middle. */
const KEPT = 1 << 16;
const SORTED = 2048;

/** The most samples that are kept of what comes first. */
const FIRST = 1 << 17;

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

/** What was noted of a task: its slices, and in ms the samples that are in none of them, because the process had not settled yet. */
export interface Noted extends Sliced {
  readonly early: Float64Array;
}

/** What was noted of a task that was not cut into slices. */
export const NO_SLICES: Noted = { middles: [], tails: [], samples: 0, early: new Float64Array() };

/**
 * The middle and the p99 of the samples of each slice, from the readings of the clock that begin and end a sample. tinybench sorts its samples
 * before anybody sees them; their order is what both sides of a lockstep have in common. To note a reading costs as much as to write one number.
 */
export class Slices {
  readonly #readings = new Float64Array(KEPT);
  readonly #whole = new BigInt64Array(KEPT);
  #count = 0;
  #inNs = false;
  #samples = 0;
  #middles: number[] = [];
  #tails: number[] = [];
  /** What comes first, for as long as nobody has said that it counts for nothing; `#firsts` beyond `FIRST` where not all of it is there. */
  readonly #first = new Float64Array(FIRST);
  #firsts = 0;
  #early: Float64Array | null = null;

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
    if (this.#early === null) this.#keep();
    const samples = Math.min(this.#count >> 1, SORTED);
    const durations = new Float64Array(samples);
    for (let i = 0; i < samples; i++) durations[i] = this.#inNs ? this.#ns(i) : this.#ms(i);
    this.#samples += this.#count >> 1;
    this.#count = 0;
    if (samples === 0) return;
    durations.sort();
    this.#middles.push(middleOf(durations));
    this.#tails.push(tailOf(durations));
  }

  /** The samples so far count for nothing. False, and nothing has changed, where there are too many of them to be known one by one. */
  settle(): boolean {
    this.cut();
    if (this.#firsts > FIRST) return false;
    this.#early = this.#first.slice(0, this.#firsts);
    this.#middles = [];
    this.#tails = [];
    this.#samples = 0;
    return true;
  }

  /** What was noted since it was last taken, in ms. */
  take(): Noted {
    this.cut();
    const early = this.#early ?? NO_SLICES.early;
    const middles = this.#middles;
    const samples = middles.length === 0 ? 0 : this.#samples / middles.length;
    const tails = samples >= FEWEST_FOR_TAIL ? this.#tails : [];
    this.#middles = [];
    this.#tails = [];
    this.#samples = 0;
    this.#inNs = false;
    this.#early = null;
    this.#firsts = 0;
    return { middles, tails, samples, early };
  }

  /** Keeps the samples of the slice that ends, one by one. */
  #keep(): void {
    const samples = this.#count >> 1;
    const isKnown = this.#count <= KEPT && this.#firsts + samples <= FIRST;
    for (let i = 0; isKnown && i < samples; i++) this.#first[this.#firsts + i] = this.#inNs ? this.#ns(i) : this.#ms(i);
    this.#firsts += isKnown ? samples : FIRST + 1;
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
