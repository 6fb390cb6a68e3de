import { fnv1a } from "./hash.ts";

/** One of several shards, from 1: jobs that have the benchmarks of a gate dealt among them. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** One of a pool of runners, which all measure the same benchmarks. */
interface Seat {
  readonly pool: string;
  /** Which of its runners this is; empty where nothing tells. */
  readonly runner: string;
  /** How many runners the pool has; 0 where nothing tells. */
  readonly of: number;
}

/** What one job measures where several measure one gate together. */
export interface Part {
  /** Absent: all benchmarks. */
  readonly shard?: Shard;
  /** Absent: nobody else measures the same. */
  readonly seat?: Seat;
}

/** More jobs than GitHub runs of one matrix. */
export const MOST_JOBS = 256;

/** A shard as it is written: `2/5`. */
export function shardText({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/** A benchmark, and the shard that it was dealt to, from 1; `*` is a whole suite. */
export interface DealtBenchmark {
  readonly suite: string;
  readonly benchmark: string;
  readonly shard: number;
}

/** The shard, from 1, that a name alone decides: the home of what nobody knows more of. */
export function homeShard(name: string, shards: number): number {
  // The high bits: the low ones of FNV-1a hardly differ among names that end alike.
  return Number((fnv1a(name, 64) >> 33n) % BigInt(shards)) + 1;
}
