import { schedule } from "../../src/measure/schedule.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import type { Noise } from "./noise.ts";
import { randomOf } from "./seed.ts";
import { type Gated, type Pool, samplesOf } from "./within.ts";

/** The most pairs of a comparison. */
export const MOST_PAIRS = 24;
/** The longest stored history, and the rounds of one run. */
export const MOST_RUNS = 20;
export const ROUNDS_A_RUN = 6;
/** Samples a round for the rules that pool them. */
export const POOLED_SAMPLES = 100;

/** ln of a statistic, one number a round; rounds with equal index are a pair. */
export interface Arms {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

/**
 * Identical code on both sides, measured in every way a rule may ask for. A true change is added afterwards, to the candidate's logarithms.
 * Null where this source cannot give it.
 */
export interface Drawn {
  pairs(statistic: Gated, count: number): Arms;
  /** ln of the statistic in each round of each stored run, newest run first; the candidate's own run last of all in time. */
  runs(statistic: Gated): { readonly history: readonly Float64Array[]; readonly candidate: Float64Array };
  /** Samples of `rounds` rounds a side, pooled; at the candidate's level without a change. */
  samples: ((rounds: number) => Arms) | null;
  /** `count` single measurements a side, taken in turns, as durations. */
  stream: ((count: number) => Arms) | null;
}

/** Where comparisons of identical code come from. */
export interface Source {
  readonly name: string;
  readonly about: string;
  draw(index: number): Drawn;
}

/** Positions in time of the baseline's and the candidate's rounds, by pair. */
interface Order {
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

/** A number of seeded orders, made by the project's own schedule. */
const ORDERS: readonly Order[] = Array.from({ length: 1024 }, (_, seed) => {
  const sides = schedule({ suites: ["s"], sides: ["baseline", "candidate"], rounds: MOST_PAIRS, seed })
    .filter(({ warmup }) => !warmup)
    .flatMap(({ order }) => order);
  const places = (side: string) => sides.flatMap((each, time) => (each === side ? [time] : []));
  return { baseline: places("baseline"), candidate: places("candidate") };
});

/** One of the balanced orders of 24 pairs. */
export function anOrder(random: Random): Order {
  return ORDERS[Math.floor(random() * ORDERS.length)] as Order;
}

/** Comparisons under a simulated disturbance; every part of every comparison has random numbers of its own. */
export function simulated(noise: Noise, pool: Pool, seed: number): Source {
  return {
    name: noise.name,
    about: noise.about,
    draw: (index) => {
      const random = (part: string) => randomOf(seed, noise.name, part, index);
      return {
        pairs: firstOf(noise, (statistic, count) =>
          pairsOf(noise, pool[statistic], random("pairs"), random(statistic), count),
        ),
        runs: memo((statistic) => runsOf(noise, pool[statistic], random("runs"), random(`runs ${statistic}`))),
        samples: remembered((rounds) => pooledSamples(noise, random("samples"), rounds)),
        stream: remembered((count) => streamOf(noise, random("stream"), count)),
      };
    },
  };
}

function pairsOf(noise: Noise, entries: Float64Array, random: Random, picks: Random, count: number): Arms {
  const levels = noise.levels(random, 2 * MOST_PAIRS);
  const order = anOrder(random);
  const interleaved = noise.order === "interleaved";
  const arm = (times: readonly number[], start: number) => {
    const values = new Float64Array(count);
    for (let pair = 0; pair < count; pair++) {
      values[pair] = (levels[interleaved ? (times[pair] as number) : start + pair] as number) + pick(entries, picks);
    }
    return values;
  };
  return { baseline: arm(order.baseline, 0), candidate: arm(order.candidate, count) };
}

/** Where sides alternate, few pairs are the first of many; in blocks, where the candidate starts depends on the number. */
function firstOf(noise: Noise, make: (statistic: Gated, count: number) => Arms): Drawn["pairs"] {
  const drawn = memo(make);
  if (noise.order === "blocks") return drawn;
  return (statistic, count) => {
    const { baseline, candidate } = drawn(statistic, MOST_PAIRS);
    return { baseline: baseline.subarray(0, count), candidate: candidate.subarray(0, count) };
  };
}

function runsOf(noise: Noise, entries: Float64Array, random: Random, picks: Random) {
  const run = () => {
    const machine = noise.betweenRuns * gaussian(random);
    return noise.levels(random, ROUNDS_A_RUN).map((level) => machine + level + pick(entries, picks));
  };
  const candidate = run();
  return { candidate, history: Array.from({ length: MOST_RUNS }, run) };
}

function pooledSamples(noise: Noise, random: Random, rounds: number): Arms {
  const levels = noise.levels(random, 2 * MOST_PAIRS);
  const order = anOrder(random);
  const interleaved = noise.order === "interleaved";
  const arm = (times: readonly number[], start: number): Float64Array => {
    const all = new Float64Array(rounds * POOLED_SAMPLES);
    for (let round = 0; round < rounds; round++) {
      const level = Math.exp(levels[interleaved ? (times[round] as number) : start + round] as number);
      const samples = samplesOf(noise.within, POOLED_SAMPLES, random);
      for (let i = 0; i < POOLED_SAMPLES; i++) all[round * POOLED_SAMPLES + i] = level * (samples[i] as number);
    }
    return all;
  };
  return { baseline: arm(order.baseline, 0), candidate: arm(order.candidate, rounds) };
}

function streamOf(noise: Noise, random: Random, count: number): Arms {
  const levels = noise.levels(random, 2 * count);
  const arm = (side: number) => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = Math.exp(levels[2 * i + side] as number);
    return values;
  };
  return { baseline: arm(0), candidate: arm(1) };
}

function pick(entries: Float64Array, random: Random): number {
  return entries[Math.floor(random() * entries.length)] as number;
}

/** What was drawn last, for whoever asks for as much again: each true change is added to the same draw. */
function remembered(make: (count: number) => Arms): (count: number) => Arms {
  let latest: { readonly count: number; readonly drawn: Arms } | null = null;
  return (count) => {
    if (latest?.count !== count) latest = { count, drawn: make(count) };
    return latest.drawn;
  };
}

/** The same answer to the same question: several rules look at the same rounds. */
export function memo<T>(make: (statistic: Gated, count: number) => T): (statistic: Gated, count?: number) => T {
  const known = new Map<string, T>();
  return (statistic, count = 0) => {
    const key = `${statistic} ${count}`;
    const found = known.get(key) ?? make(statistic, count);
    known.set(key, found);
    return found;
  };
}
