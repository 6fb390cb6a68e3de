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
