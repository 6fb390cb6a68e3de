import type { BucketName } from "../report/parts/buckets.ts";
import type { Row } from "./row.ts";
import { matcher } from "./search.ts";

/** What the table shows; an empty string shows all. */
export interface Filter {
  /** Words that must all occur; in quotes, a name or whole words. */
  readonly text: string;
  readonly bucket: BucketName | "";
  readonly suite: string;
  readonly metric: string;
}

/** The columns by which the table can be sorted. */
export const SORT_KEYS = ["verdict", "benchmark", "statistic", "change"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** An order of the table. */
export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const NO_FILTER: Filter = { text: "", bucket: "", suite: "", metric: "" };

/** The rows, which come in their default order, that pass the filter, in the order asked for; equal rows keep the default order. */
export function visibleRows(rows: readonly Row[], filter: Filter, { key, descending }: Sorting): readonly Row[] {
  const found = matcher(filter.text, rows);
  const passing = rows.filter((row) => {
    const { judgement, bucket } = row;
    return (
      (filter.bucket === "" || bucket.name === filter.bucket) &&
      (filter.suite === "" || judgement.suite === filter.suite) &&
      (filter.metric === "" || judgement.metric === filter.metric) &&
      found(row)
    );
  });
  if (key === "verdict" && !descending) return passing;
  const sign = descending ? -1 : 1;
  return passing.sort((a, b) => sign * ORDERS[key](a, b) || a.rank - b.rank);
}

const ORDERS: Readonly<Record<SortKey, (a: Row, b: Row) => number>> = {
  verdict: (a, b) => a.rank - b.rank,
  benchmark: (a, b) => byText(a.name, b.name),
  statistic: (a, b) => byText(a.statistic, b.statistic),
  change: (a, b) => worsening(b) - worsening(a),
};

/** The change as a logarithm, worse above zero; what has none comes last of all. */
function worsening({ judgement: { comparison, better } }: Row): number {
  const log = Math.log(comparison?.ratio ?? Number.NaN);
  if (Number.isNaN(log)) return -1e9;
  return Math.min(1e8, Math.max(-1e8, better === "lower" ? log : -log));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
