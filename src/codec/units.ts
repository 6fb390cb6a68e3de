import type { Direction } from "../model/measurement.ts";

/** The better direction of each metric that Benchgate knows: with any other, a recording must say it. */
export const BETTER: ReadonlyMap<string, Direction> = new Map([
  ["latency", "lower"],
  ["throughput", "higher"],
  ["memory", "lower"],
  ["error-rate", "lower"],
]);

/** Units that a recording must not use, with what to write instead and the factor between them. */
export const UNITS: ReadonlyMap<string, readonly [canonical: string, factor: number]> = new Map([
  ["ns", ["s", 1e-9]],
  ["us", ["s", 1e-6]],
  ["µs", ["s", 1e-6]],
  ["μs", ["s", 1e-6]],
  ["ms", ["s", 1e-3]],
  ["sec", ["s", 1]],
  ["seconds", ["s", 1]],
  ["min", ["s", 60]],
  ["bytes", ["B", 1]],
  ["kB", ["B", 1e3]],
  ["KB", ["B", 1e3]],
  ["KiB", ["B", 1024]],
  ["MB", ["B", 1e6]],
  ["MiB", ["B", 1024 ** 2]],
  ["GB", ["B", 1e9]],
  ["GiB", ["B", 1024 ** 3]],
  ["MB/s", ["B/s", 1e6]],
  ["ops/s", ["1/s", 1]],
  ["req/s", ["1/s", 1]],
  ["%", ["1", 0.01]],
]);
