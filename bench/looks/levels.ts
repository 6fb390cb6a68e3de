// Prints the nominal levels that src/stats/sequential.ts holds: what the first look is tested at, and each further one at
// twice the level of the one before, so that a whole plan errs with a given chance.
// Run: node bench/looks/levels.ts [paths per look]. Some minutes; the same numbers each time.
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";
import { nominalLevel, weightOf } from "../../src/stats/sequential.ts";
import { lnGamma } from "../../src/stats/special.ts";
import { tInv } from "../../src/stats/student-t.ts";
import { direction } from "./calibrate.ts";

const PATHS = Number(process.argv[2] ?? 1_000_000);
const PLANS = [
  [6, 12],
  [6, 12, 24],
] as const;
const ALPHAS = [0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const CHECKED = [0.05, 0.025, 0.01, 0.001, 1e-4, 1e-5, 1e-6, 1e-8];

/** A running mean of weights, and its standard error. */
interface Average {
  readonly mean: number;
  readonly error: number;
}

/**
 * The chance that a plan whose looks are tested at `level`, twice it, and so on rejects a true null hypothesis, from `paths` Gaussian paths for each look.
 *
 * The union of the looks' rejections as a sum over looks: paths are drawn given that look l rejects, and count as one over the number of looks that
 * reject (Karp & Luby 1983). Accurate at any level, however small. Given the direction u of the residuals of the first n values, look l rejects where
 * √n·m/s, Student's t with n − 1 degrees of freedom and independent of u, exceeds √n(critical·se(u) − mean(u)).
 */
function overall(plan: readonly number[], level: number, paths: number, random: Random): Average {
  const criticals = plan.map(
    (n, at) => -tInv(Math.min(0.5, level * weightOf(at)), pairedEstimate(direction(n, random)).df),
  );
  let [mean, variance] = [0, 0];
  plan.forEach((n, look) => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < paths; i++) {
      const { values, weight } = rejected(n, criticals[look] as number, random);
      if (weight === 0) continue;
      while (values.length < (plan.at(-1) as number)) values.push(gaussian(random));
      const rejections = plan.filter(
        (until, k) => k === look || rejects(values.slice(0, until), criticals[k] as number),
      );
      const share = weight / rejections.length;
      sum += share;
      squares += share * share;
    }
    mean += sum / paths;
    variance += (squares / paths - (sum / paths) ** 2) / paths;
  });
  return { mean, error: Math.sqrt(variance) };
}

function rejects(values: readonly number[], critical: number): boolean {
  const { mean, se } = pairedEstimate(values);
  return mean > critical * se;
}

/** `n` Gaussian values among those whose look rejects, and how much less likely they are than this made them. */
function rejected(n: number, critical: number, random: Random): { values: number[]; weight: number } {
  const u = direction(n, random);
  const { mean, se } = pairedEstimate(u);
  const { t, weight } = above(Math.sqrt(n) * (critical * se - mean), n - 1, random);
  // Given t, the sum of squares is χ²(n): n·m² + (n − 1)·s² with m = t·s/√n.
  let squares = 0;
  for (let i = 0; i < n; i++) squares += gaussian(random) ** 2;
  const s = Math.sqrt(squares / (t * t + n - 1));
  const m = (t * s) / Math.sqrt(n);
  return { values: u.map((x) => m + s * x), weight };
}

/**
 * A draw of Student's t above `bound` with its weight: density ∝ t(1 + t²/df)^(−(df + 1)/2), which is nearly the tail's own and easily inverted;
 * below one half, where that is no use, a plain draw.
 */
function above(bound: number, df: number, random: Random): { t: number; weight: number } {
  if (bound < 0.5) {
    let squares = 0;
    for (let i = 0; i < df; i++) squares += gaussian(random) ** 2;
    const t = gaussian(random) / Math.sqrt(squares / df);
    return { t, weight: t > bound ? 1 : 0 };
  }
  const q = 1 + (bound * bound) / df;
  const t = Math.sqrt(df * (q * (1 - random()) ** (-2 / (df - 1)) - 1));
  const constant = Math.exp(lnGamma((df + 1) / 2) - lnGamma(df / 2)) / Math.sqrt(df * Math.PI);
  return { t, weight: (constant * df * q ** (-(df - 1) / 2)) / ((df - 1) * t) };
}

for (const plan of PLANS) {
  console.log(`looks ${plan.join(", ")}\n| overall | level of the first look | overall/level | ± |`);
  for (const alpha of ALPHAS) {
    const guess = alpha / (weightOf(plan.length) - 1);
    const level = (alpha * guess) / overall(plan, guess, PATHS / 10, xoshiro128(1)).mean;
    const { mean, error } = overall(plan, level, PATHS, xoshiro128(2));
    const [ratio, spread] = [mean / level, error / level];
    console.log(`| ${alpha} | ${(alpha / ratio).toPrecision(4)} | ${ratio.toFixed(4)} | ${spread.toFixed(4)} |`);
  }
}
for (const plan of PLANS) {
  console.log(`looks ${plan.join(", ")}\n| asked for, of src/stats/sequential.ts | overall error/asked for | ± |`);
  for (const alpha of CHECKED) {
    const { mean, error } = overall(plan, nominalLevel(plan, 0, alpha), PATHS, xoshiro128(3));
    console.log(`| ${alpha} | ${(mean / alpha).toFixed(4)} | ${(error / alpha).toFixed(4)} |`);
  }
}
