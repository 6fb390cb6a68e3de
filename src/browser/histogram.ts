import type { Quantile } from "./quantile.ts";

/** The share of the samples in each step between neighbouring edges, as far as quantiles tell, straight between them; what equals an edge is in the step that it ends, and the first step holds its lower edge too. */
export function sharesIn(quantiles: readonly Quantile[], edges: readonly number[]): readonly number[] {
  const below = edges.map((edge, index) => (index === 0 ? 0 : levelAt(quantiles, edge)));
  return below.slice(1).map((level, step) => level - below[step]!);
}

/** The share of samples at or below a value, straight between the known quantiles. */
function levelAt(quantiles: readonly Quantile[], at: number): number {
  const after = quantiles.findIndex(({ value }) => value > at);
  if (after === 0) return 0;
  if (after < 0) return quantiles.at(-1)?.level ?? 0;
  const [from, to] = [quantiles[after - 1]!, quantiles[after]!];
  return from.level + ((to.level - from.level) * (at - from.value)) / (to.value - from.value);
}
