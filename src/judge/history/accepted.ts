import type { TrendPoint } from "../../model/trend.ts";

/** How many runs a change of level may be off from the first run that has its acceptance. */
export const NEAR = 3;

/** The place of the first run that has what was committed at a moment: behind the last one where none has. */
export function firstWith(points: readonly Pick<TrendPoint, "committedAt">[], committedAt: string): number {
  const time = Date.parse(committedAt);
  const first = points.findIndex((point) => Date.parse(point.committedAt) >= time);
  return first < 0 ? points.length : first;
}
