import { type Random, xoshiro128 } from "../../src/stats/random.ts";

/**
 * A source of random numbers that belongs to one named part of the experiment: the same name gives the same numbers, whatever else has been drawn,
 * so that no result depends on the order in which cells run. FNV-1a of the name, 53 bits of it.
 */
export function randomOf(seed: number, ...name: readonly (string | number)[]): Random {
  let [low, high] = [0x811c9dc5 ^ seed, 0x1b873593];
  for (const letter of name.join("/")) {
    low = Math.imul(low ^ (letter.codePointAt(0) as number), 0x01000193);
    high = Math.imul(high ^ low, 0x85ebca6b);
  }
  return xoshiro128((high >>> 11) * 2 ** 32 + (low >>> 0));
}
