/** The largest of any number of values, and at least `floor`; `floor` where there is none. Not by spreading: a call takes no more arguments than fit on the stack. */
export function largest(values: Iterable<number>, floor: number = Number.NEGATIVE_INFINITY): number {
  let found = floor;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/** The smallest of any number of values, and at most `ceiling`; `ceiling` where there is none. */
export function smallest(values: Iterable<number>, ceiling: number = Number.POSITIVE_INFINITY): number {
  let found = ceiling;
  for (const value of values) found = Math.min(found, value);
  return found;
}
