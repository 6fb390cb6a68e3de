import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTogether } from "./trial.ts";

/** What one side saw of one benchmark: its samples in order, and the slice of each. */
interface Seen {
  readonly samples: readonly number[];
  readonly slices: readonly number[];
}

/** One side's samples, up to a share of them. */
type Side = Readonly<Record<string, Seen>>;

/** How the log ratio of one pair is estimated from both sides' samples. */
export const ESTIMATORS: Readonly<Record<string, (a: Seen, b: Seen) => number>> = {
  "p50 of all samples": (a, b) => Math.log(median(b.samples) / median(a.samples)),
  "median over slice pairs": (a, b) => median(slicePairs(a, b)),
  "mean over slice pairs": (a, b) => mean(slicePairs(a, b)),
};

/** One cell of the sweep: the noise of an estimator at one length of slices and one total time. */
export interface Cell {
  /** In ms. */
  readonly slice: number;
  /** Of one side, in ms. */
  readonly time: number;
  readonly estimator: string;
  /** The standard deviation of the log ratio, of the median benchmark. */
  readonly sd: number;
  /** Seconds that a pair took from start to end, for the longest time. */
  readonly seconds: number;
}

/** What is swept, in ms. */
export interface SweepOptions {
  readonly slices: readonly number[];
  /** The last is measured; the others are what would have been seen until then. */
  readonly times: readonly number[];
  readonly pairs: number;
}

/** The noise of identical code, pinned lockstep, for every length of slices, total time and estimator. Lengths take turns. */
export async function sweep(
  { slices, times, pairs }: SweepOptions,
  onProgress: (line: string) => void,
): Promise<readonly Cell[]> {
  const longest = times.at(-1)!;
  const found = new Map<string, number[]>();
  const seconds = new Map<number, number>();
  const folder = mkdtempSync(join(tmpdir(), "benchgate-sweep-"));
  try {
    for (let pair = 0; pair < pairs; pair++) {
      for (const slice of slices) {
        const outputs = [join(folder, "a.json"), join(folder, "b.json")];
        const envs = outputs.map((output) => ({
          SWEEP_SLICE: String(slice),
          SWEEP_TIME: String(longest),
          SWEEP_OUTPUT: output,
        }));
        const trial = await runTogether("slices.bench.ts", envs, { slice, pin: true });
        seconds.set(slice, (seconds.get(slice) ?? 0) + trial.seconds / pairs);
        const sides = outputs.map((output) => JSON.parse(readFileSync(output, "utf8")) as Side);
        const [a, b] = pair % 2 === 1 ? sides.toReversed() : sides;
        for (const time of times)
          for (const [estimator, estimate] of Object.entries(ESTIMATORS))
            for (const benchmark of Object.keys(a!)) {
              const key = JSON.stringify([slice, time, estimator, benchmark]);
              const share = time / longest;
              const ratio = estimate(upTo(a![benchmark]!, share), upTo(b![benchmark]!, share));
              found.set(key, [...(found.get(key) ?? []), ratio]);
            }
      }
      onProgress(`sweep: pair ${pair + 1} of ${pairs}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const cells = new Map<string, { readonly cell: Omit<Cell, "sd">; readonly sds: number[] }>();
  for (const [key, ratios] of found) {
    const [slice, time, estimator] = JSON.parse(key) as [number, number, string, string];
    const name = JSON.stringify([slice, time, estimator]);
    const entry = cells.get(name) ?? { cell: { slice, time, estimator, seconds: seconds.get(slice)! }, sds: [] };
    entry.sds.push(standardDeviation(ratios));
    cells.set(name, entry);
  }
  return [...cells.values()].map(({ cell, sds }) => ({ ...cell, sd: median(sds) }));
}

function upTo({ samples, slices }: Seen, share: number): Seen {
  const last = Math.max(1, Math.round((slices.at(-1)! + 1) * share));
  const count = slices.findIndex((slice) => slice >= last);
  return count <= 0 ? { samples, slices } : { samples: samples.slice(0, count), slices: slices.slice(0, count) };
}

function slicePairs(a: Seen, b: Seen): number[] {
  const [left, right] = [slicedMedians(a), slicedMedians(b)];
  return left.slice(0, right.length).map((value, slice) => Math.log(right[slice]! / value));
}

function slicedMedians({ samples, slices }: Seen): number[] {
  const groups: number[][] = [];
  for (const [index, sample] of samples.entries()) {
    const group = groups[slices[index]!];
    if (group === undefined) groups[slices[index]!] = [sample];
    else group.push(sample);
  }
  return groups.map(median);
}

/** The median; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The sample standard deviation. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
