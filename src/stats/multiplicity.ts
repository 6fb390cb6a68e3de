/**
 * p-values adjusted for their number by Benjamini & Hochberg (JRSS B 57, 1995), in the order given: rejecting those that are at most q bounds the expected
 * share of false alarms among the rejected by q. Valid under positive dependence, such as a machine's noise shared by all benchmarks.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((i, j) => (ps[j] as number) - (ps[i] as number));
  const adjusted = new Array<number>(ps.length);
  let smallest = 1;
  order.forEach((i, fromTop) => {
    const rank = ps.length - fromTop;
    smallest = Math.min(smallest, ((ps[i] as number) * ps.length) / rank);
    adjusted[i] = smallest;
  });
  return adjusted;
}

/**
 * Which hypotheses the e-values `es` reject, in the order given, at a false discovery rate of `q` under any dependence: the k largest, for the greatest
 * k whose k-th largest is at least number/(q·k) (e-BH, Wang & Ramdas, JRSS B 84, 2022).
 */
export function eBenjaminiHochberg(es: readonly number[], q: number): boolean[] {
  const descending = [...es].sort((a, b) => b - a);
  const last = descending.findLastIndex((e, i) => e * q * (i + 1) >= es.length);
  const least = last < 0 ? Number.POSITIVE_INFINITY : (descending[last] as number);
  return es.map((e) => last >= 0 && e >= least);
}
