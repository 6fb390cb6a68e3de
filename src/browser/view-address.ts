import { type BucketName, READING_ORDER } from "../report/parts/buckets.ts";
import { type Filter, NO_FILTER, SORT_KEYS, type Sorting } from "./filter.ts";
import { queryWords } from "./hash.ts";

/** What the table shows, and in which order: all that its address holds. */
export interface View {
  readonly filter: Filter;
  readonly sorting: Sorting;
}

export const DEFAULT_VIEW: View = { filter: NO_FILTER, sorting: { key: "verdict", descending: false } };

/** A view as the end of a hash: `?q=json&verdict=regression&sort=-change`; empty for the default, which needs no words. */
export function queryOf({ filter, sorting }: View): string {
  const { key, descending } = sorting;
  const isDefault = key === DEFAULT_VIEW.sorting.key && !descending;
  return queryWords({
    q: filter.text.trim(),
    verdict: filter.bucket,
    suite: filter.suite,
    metric: filter.metric,
    sort: isDefault ? "" : `${descending ? "-" : ""}${key}`,
  });
}

/** The view that `queryOf` wrote. What it cannot have written shows everything, in the default order. */
export function viewOf(query: string): View {
  const given = new URLSearchParams(query);
  const said = (name: string) => given.get(name) ?? "";
  const sort = said("sort");
  const key = SORT_KEYS.find((each) => each === sort.replace(/^-/, ""));
  return {
    filter: {
      text: said("q"),
      bucket: READING_ORDER.find((name: BucketName) => name === said("verdict")) ?? "",
      suite: said("suite"),
      metric: said("metric"),
    },
    sorting: key === undefined ? DEFAULT_VIEW.sorting : { key, descending: sort.startsWith("-") },
  };
}
