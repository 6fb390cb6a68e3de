import type { Direction } from "../model/measurement.ts";
import type { Reading } from "./readings.ts";

/** +1 where a larger value is worse, −1 where it is better. */
export function worse(better: Direction): 1 | -1 {
  return better === "lower" ? 1 : -1;
}

/** The least error of one round's log statistic: the tool's resolution, and never below a thousandth (reference: stats 2.3). */
export function errorFloor(resolution: number, value: number): number {
  return Math.max(0.001, resolution === 0 ? 0 : Math.log1p(resolution / value));
}

/** `level` times exp(`log`), also where one of them alone would be beyond what a double holds. */
export function moved(level: number, log: number): number {
  return Math.exp(Math.log(level) + log);
}

/** The logarithms of an arm, turned so that more is worse where `sign` says so. */
export function logs(arm: readonly Reading[], sign: 1 | -1): number[] {
  return arm.map(({ value }) => sign * Math.log(value));
}

/** The geometric mean of an arm of positive readings. */
export function geometricMean(arm: readonly Reading[]): number {
  return Math.exp(average(logs(arm, 1)));
}

/** The arithmetic mean. */
export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample variance, n − 1 in the denominator. */
export function variance(values: readonly number[]): number {
  const centre = average(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** The upper median. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
