/** The length of a slice in ms: see "Turns of milliseconds" in docs/characteristics.md for the measurement that chose it. */
export const SLICE = 3;

/** The most readings of a slice that are kept: more do not move its median. */
const KEPT = 4096;

/**
 * The median of the samples of each slice, in the order of time, from the readings of the clock that begin and end a sample. tinybench sorts its samples
 * before anybody sees them; their order is what both sides of a lockstep have in common. To note a reading costs as much as to write one number.
 */
export class SliceMedians {
  readonly #readings = new Float64Array(KEPT);
  readonly #whole = new BigInt64Array(KEPT);
  #count = 0;
  #inNs = false;
  #medians: number[] = [];

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
    this.#medians.push((durations[(samples - 1) >> 1]! + durations[samples >> 1]!) / 2);
  }

  /** The medians in ms since they were last taken. */
  take(): readonly number[] {
    this.cut();
    const medians = this.#medians;
    this.#medians = [];
    this.#inNs = false;
    return medians;
  }

  #ms(sample: number): number {
    return this.#readings[2 * sample + 1]! - this.#readings[2 * sample]!;
  }

  #ns(sample: number): number {
    return Number(this.#whole[2 * sample + 1]! - this.#whole[2 * sample]!) / 1e6;
  }
}
