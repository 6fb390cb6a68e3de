import { agreementOn } from "./agreement.ts";
import { boundaryTable } from "./boundary.ts";
import { characteristicsOf, type Size } from "./cell.ts";
import { corpusTable } from "./corpus.ts";
import { type Source, simulated } from "./drawn.ts";
import { fewTable } from "./few.ts";
import { hostileTable, priceTable } from "./hostile.ts";
import { NOISES } from "./noise.ts";
import { promiseTable } from "./promise.ts";
import { type Recorded, recordedSource } from "./recorded.ts";
import { RULES } from "./rules.ts";
import { savingsTable } from "./savings.ts";
import { randomOf } from "./seed.ts";
import type { Findings } from "./tables.ts";
import { trapTable } from "./trap.ts";
import { unequalTable } from "./unequal.ts";
import { type Pool, poolOf, type Within } from "./within.ts";

/** How much the whole experiment draws. */
interface Scale extends Size {
  /** Rounds drawn sample by sample, for each way in which requests scatter. */
  readonly pool: number;
  /** Draws for each row of the boundary table. */
  readonly boundary: number;
  /** Draws for each row of the trap. */
  readonly trap: number;
  readonly few: { readonly rounds: number; readonly gates: number };
  readonly unequal: { readonly rounds: number; readonly repeats: number; readonly judged: number };
  /** Comparisons that the whole judge describes, and fresh ones that are held to it. */
  readonly promise: { readonly printed: number; readonly repeats: number };
  readonly savings: number;
  /** Gates of each hostile noise, and of each row of the price. */
  readonly hostile: number;
  readonly price: number;
}

/** Some five minutes on one core that does nothing else. */
export const FULL: Scale = {
  unchanged: 12_000,
  changed: 2000,
  gates: 1000,
  pool: 10_000,
  boundary: 100_000,
  trap: 2000,
  few: { rounds: 2000, gates: 1000 },
  unequal: { rounds: 2000, repeats: 20_000, judged: 40 },
  promise: { printed: 600, repeats: 4000 },
  savings: 5000,
  hostile: 600,
  price: 300,
};

/** A minute. */
export const QUICK: Scale = {
  unchanged: 2000,
  changed: 500,
  gates: 200,
  pool: 2000,
  boundary: 10_000,
  trap: 200,
  few: { rounds: 500, gates: 100 },
  unequal: { rounds: 500, repeats: 4000, judged: 5 },
  promise: { printed: 40, repeats: 1000 },
  savings: 1000,
  hostile: 20,
  price: 20,
};

/** What the experiment is run on. */
interface Setting {
  readonly seed: number;
  readonly scale: Scale;
  readonly recorded: Recorded | null;
  /** A folder of real tool outputs; skipped where it does not exist. */
  readonly corpus: string;
  readonly onProgress: (part: string) => void;
}

/** The simulated sources, and the recorded one where there is a recording. */
export function sourcesOf(seed: number, rounds: number, recorded: Recorded | null): readonly Source[] {
  const pools = new Map<Within, Pool>();
  const pool = (within: Within): Pool => {
    const known = pools.get(within) ?? poolOf(within, 1000, rounds, randomOf(seed, "pool", within));
    pools.set(within, known);
    return known;
  };
  return [
    ...NOISES.map((noise) => simulated(noise, pool(noise.within), seed)),
    ...(recorded === null ? [] : [recordedSource(recorded, seed)]),
  ];
}

/** The whole experiment. Every part has random numbers of its own, so each can run alone, in any order. */
export function experiment({ seed, scale, recorded, corpus, onProgress }: Setting): Findings {
  onProgress("rounds, sample by sample");
  const sources = sourcesOf(seed, scale.pool, recorded);
  const characteristics = sources.flatMap((source) => {
    onProgress(source.name);
    return characteristicsOf(source, RULES, scale, seed);
  });
  onProgress("the whole judge beside the short way");
  const agreements = sources.map(agreementOn);
  const count = (which: "compared" | "different") => agreements.reduce((sum, each) => sum + each[which], 0);
  onProgress("boundary");
  const boundary = boundaryTable(scale.boundary, seed);
  onProgress("pooled trap");
  const trap = trapTable(scale.trap, seed);
  onProgress("unequal numbers of samples");
  const unequal = unequalTable(scale.unequal, seed);
  onProgress("few samples");
  const few = fewTable(scale.few, seed);
  onProgress("promises");
  const kept = sources.filter(({ name }) => PROMISED.includes(name));
  const promise = promiseTable(kept, scale.promise.printed, scale.promise.repeats);
  onProgress("savings");
  const savings = savingsTable(
    sources.filter(({ name }) => name.startsWith("Gaussian")),
    scale.savings,
  );
  onProgress("hostile noise");
  const hostile = hostileTable(scale.hostile, seed);
  onProgress("price");
  const price = priceTable(scale.price, seed);
  onProgress("corpus");
  return {
    seed,
    sources,
    rules: RULES,
    unchanged: scale.unchanged,
    changed: scale.changed,
    pool: scale.pool,
    repeats: scale.boundary,
    characteristics,
    boundary,
    trap,
    unequal,
    few,
    promise,
    savings,
    hostile,
    hostileGates: scale.hostile,
    price,
    priceGates: scale.price,
    corpus: corpusTable(corpus),
    agreement: { compared: count("compared"), different: count("different") },
  };
}

const PROMISED: readonly string[] = ["Gaussian 2 %", "Gaussian 5 %", "slow rounds", "collector tail"];
