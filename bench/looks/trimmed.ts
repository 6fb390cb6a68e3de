// Prints the correction of the 20 % trimmed mean that src/stats/trimmed.ts holds, and the true sizes of tests with and without it.
// Run: node bench/looks/trimmed.ts [directions per n]. A few minutes; the same numbers each time.
import { xoshiro128 } from "../../src/stats/random.ts";
import { trimmedCorrection, trimmedMean } from "../../src/stats/trimmed.ts";
import { calibrate } from "./calibrate.ts";

const DIRECTIONS = Number(process.argv[2] ?? 200_000);
const LEVELS = [0.05, 0.025, 0.01, 0.005, 0.001, 1e-4, 1e-5];
const TABULATED = Array.from({ length: 17 }, (_, i) => 8 + i);
const BEYOND = [25, 26, 27, 28, 29, 30, 36, 44, 48, 60, 96];

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
console.log(row(["n", "scale", "df", "size/level with:", ...LEVELS]));
for (const n of [...TABULATED, ...BEYOND]) {
  const { scale, df, size } = calibrate(n, trimmedMean, DIRECTIONS, xoshiro128(n));
  const used = trimmedCorrection(n);
  const yuens = { scale: 1, df: trimmedMean(Array<number>(n).fill(0)).kept - 1 };
  for (const [name, by] of Object.entries({ "this fit": { scale, df }, "as in use": used, "Yuen's own": yuens })) {
    const sizes = LEVELS.map((alpha) => (size(alpha, by.scale, by.df) / alpha).toFixed(3));
    console.log(row([n, by.scale.toFixed(4), by.df.toFixed(2), name, ...sizes]));
  }
}
