import { xoshiro128 } from "../stats/random.ts";

/** What pads the environment of a side's processes. */
export const LAYOUT = "BENCHGATE_LAYOUT";

/** The padding is shorter than a page of memory: beyond one, layouts repeat. */
const PAGE = 4096;

/** Sets the layouts' numbers apart from those that the order of sides is drawn by, with the same seed. */
const APART = 0x6c61796f;

/**
 * The layouts of memory that rounds are run in: a variable of random length for each side and round moves the stack of every process, and what is
 * aligned by chance with it. Where it is fixed, the two sides' environments differ by the length of a path, in every round alike, and what that does to
 * alignment is taken for a change of the code.
 *
 * Note: arguments and a link in front of the tree's path need not vary as well. They move the stack by what they add to the block that holds the environment, and nothing
 * else (`npm run bench:layout`).
 *
 * Source: Mytkowicz et al., Producing Wrong Data Without Doing Anything Obviously Wrong! (ASPLOS 2009): the size of the environment alone makes
 * programs up to several per cent faster or slower.
 */
export class Layouts {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = xoshiro128(seed + APART);
  }

  /** The variables of the next side's round. */
  next(): Readonly<Record<typeof LAYOUT, string>> {
    return { [LAYOUT]: "x".repeat(Math.floor(this.#random() * PAGE)) };
  }
}
