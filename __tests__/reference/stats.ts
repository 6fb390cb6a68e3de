import { readFileSync } from "node:fs";

interface Reference {
  readonly xoshiro128: readonly { seed: number; words: readonly number[] }[];
  readonly lnGamma: readonly { x: number; value: number }[];
  readonly incompleteBeta: readonly { x: number; a: number; b: number; value: number }[];
  readonly tTail: readonly { t: number; df: number; value: number }[];
  readonly tPoint: readonly { p: number; df: number; upper: number }[];
  readonly normal: readonly { z: number; value: number }[];
  readonly noncentral: readonly { critical: number; df: number; shift: number; value: number }[];
  readonly samples: Readonly<Record<string, readonly number[]>>;
  readonly quantiles: readonly { samples: string; level: number; type7: number; harrellDavis: number }[];
  readonly arms: Readonly<Record<string, readonly number[]>>;
  readonly paired: Readonly<Record<string, { t: number; p: number }>>;
  readonly yuen: Readonly<Record<string, { mean: number; se: number; df: number; p: number }>>;
  readonly welch: readonly { baseline: string; candidate: string; t: number; p: number; df: number }[];
  readonly benjaminiHochberg: { readonly p: readonly number[]; readonly adjusted: readonly number[] };
}

/** The numbers that make-stats.py wrote. */
export const reference = JSON.parse(readFileSync(new URL("stats.json", import.meta.url), "utf8")) as Reference;

/** |actual − expected| as a share of |expected|; the absolute difference where zero is expected. */
export function relativeError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / (expected === 0 ? 1 : Math.abs(expected));
}
