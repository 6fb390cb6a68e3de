import type { Growth } from "../../model/growth.ts";
import type { Outcome } from "../../model/verdict.ts";
import { clean } from "../parts/escape.ts";

/** Names longer than this are shortened in the middle, as in the page's rows. */
const NAME = 300;

/** The page's fourth block: how benchmarks grow with their size, every text from outside one printable line. */
export function encodeGrowth({ growth = [] }: Pick<Outcome, "growth">): readonly Growth[] {
  return growth.map((each) => ({
    ...each,
    suite: clean(each.suite, NAME),
    family: clean(each.family, NAME),
    metric: clean(each.metric, NAME),
    unit: clean(each.unit, NAME),
    points: each.points.map((point) => ({ ...point, benchmark: clean(point.benchmark, NAME) })),
  }));
}
