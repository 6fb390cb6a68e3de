/** The length of a slice in ms: see "Turns of milliseconds" in docs/characteristics.md for the measurement that chose it. */
export const SLICE = 3;

/** The most readings of a slice that are kept: more do not move its middle. */
const KEPT = 4096;

/**
 * The middle of the samples of each slice, in the order of time, from the readings of the clock that begin and end a sample. tinybench sorts its samples
 * before anybody sees them; their order is what both sides of a lockstep have in common. To note a reading costs as much as to write one number.
 */
export class SliceMiddles {
  readonly #readings = new Float64Array(KEPT);
  readonly #whole = new BigInt64Array(KEPT);
  #count = 0;
  #inNs = false;
  #middles: number[] = [];

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
    const samples = Math.min(this.#count, KEPT) >> 1;
    const durations = new Float64Array(samples);
    for (let i = 0; i < samples; i++) durations[i] = this.#inNs ? this.#ns(i) : this.#ms(i);
    this.#count = 0;
    if (samples === 0) return;
    durations.sort();
    this.#middles.push(middleOf(durations));
  }

  /** The middles in ms since they were last taken. */
  take(): readonly number[] {
    this.cut();
    const middles = this.#middles;
    this.#middles = [];
    this.#inNs = false;
    return middles;
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
