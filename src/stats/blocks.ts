import { type Estimate, pairedEstimate } from "./estimate.ts";
import { mean } from "./summary.ts";

/** Blocks that differ by less than this many times what pairs within them explain are taken for one (Bozivich, Bancroft & Hartley, Ann. Math. Stat. 27, 1956). */
const POOLED_BELOW = 2;

/**
 * The mean of log ratios of pairs that come in blocks, such as the runners on which they were measured: `pairedEstimate` of all of them, with the variance
 * between blocks added to its error where blocks differ by more than their pairs do.
 *
 * With N pairs in m blocks of nⱼ, mean squares B between and W within (one-way analysis of variance), τ² = (B − W)/n₀, n₀ = (N − Σnⱼ²/N)/(m − 1), is the
 * variance of a block's own effect (the moment estimator of DerSimonian & Laird, Control. Clin. Trials 7, 1986), and adds τ²·Σ(nⱼ/N)² to se². Degrees of
 * freedom are those of both parts together (Satterthwaite, Biometrics Bull. 2, 1946), m − 1 for what lies between blocks. Where B < 2W, blocks are pooled.
 * One block, or one pair in each, gives `pairedEstimate` itself.
 *
 * Note: Hartung and Knapp's t on m − 1 degrees of freedom, which uses nothing but the blocks' means, was tried: with two blocks it finds a change of twice the
 * threshold in 2 of 100 gates, where this finds it in 92. The price is that of any estimate of τ² from two or three blocks: it holds where machines favour a
 * side by less than the threshold, and `npm run bench:pool` prints by how much more it fails.
 */
export function blockedEstimate(blocks: readonly (readonly number[])[], floor = 0): Estimate {
  const pooled = pairedEstimate(blocks.flat(), floor);
  const held = blocks.filter((block) => block.length > 0);
  const m = held.length;
  const N = held.reduce((sum, block) => sum + block.length, 0);
  if (m < 2 || N <= m) return pooled;
  const centre = mean(held.flat());
  const means = held.map((block) => mean(block));
  const between = held.reduce((sum, block, j) => sum + block.length * (means[j]! - centre) ** 2, 0) / (m - 1);
  const squares = held.reduce((sum, block, j) => sum + block.reduce((own, x) => own + (x - means[j]!) ** 2, 0), 0);
  // Pairs that are equal to the last digit still have the error that any reading has.
  const within = Math.max(squares / (N - m), floor * floor);
  if (between < POOLED_BELOW * within || between === 0) return pooled;
  const sizes = held.reduce((sum, block) => sum + block.length ** 2, 0);
  const own = (between - within) / ((N - sizes / N) / (m - 1));
  const added = (own * sizes) / (N * N);
  const [base, total] = [pooled.se ** 2, pooled.se ** 2 + added];
  const df = total ** 2 / (base ** 2 / pooled.df + added ** 2 / (m - 1));
  const spare = pooled.spareSe === undefined ? {} : { spareSe: Math.sqrt(pooled.spareSe ** 2 + added) };
  // More pairs in these blocks take nothing off it.
  return { ...pooled, ...spare, se: Math.sqrt(total), df, fixedVariance: added };
}
