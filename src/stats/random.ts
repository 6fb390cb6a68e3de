/** A source of numbers, uniform in [0, 1). */
export type Random = () => number;

/**
 * A seeded source of uniform numbers in steps of 2⁻³²: xoshiro128** (Blackman & Vigna, https://prng.di.unimi.it/xoshiro128starstar.c),
 * its state filled by splitmix32 from `seed`, any finite number, of which 64 bits count.
 */
export function xoshiro128(seed: number): Random {
  const whole = Math.floor(Math.abs(seed));
  const next = splitmix32((whole >>> 0) ^ Math.imul(Math.floor(whole / 2 ** 32) >>> 0, 0x9e3779b1));
  let [s0, s1, s2, s3] = [next(), next(), next(), next()];
  return () => {
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotate(s3, 11);
    return result / 2 ** 32;
  };
}

/** 32 bits at a time from a counter in steps of the golden ratio, mixed by MurmurHash3's finaliser. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/**
 * One standard normal number from two uniform ones (Box & Muller 1958; the twin is not kept, so there is no hidden state).
 *
 * @internal Exported for simulations, in bench/ and in tests.
 */
export function gaussian(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** The items in an order drawn uniformly from all orders (Fisher & Yates; Durstenfeld, CACM 7, 1964); the input is left as it is. */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
