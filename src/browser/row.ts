import { benchmarkKey } from "../model/key.ts";
import type { Judgement } from "../model/verdict.ts";
import { type Bucket, bucketOf, byBucket } from "../report/parts/buckets.ts";
import type { SideNames } from "../report/parts/columns.ts";
import { columnsFor } from "../report/parts/columns.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { addressOf } from "./address.ts";

/** A judgement as the table has it. */
export interface Row {
  readonly judgement: Judgement;
  readonly bucket: Bucket;
  /** The place in the default order: most urgent first, then the largest change. */
  readonly rank: number;
  readonly name: string;
  readonly statistic: string;
  /** What the search looks in, in lower case: all of it, and the names in it that can be meant as a whole. */
  readonly haystack: string;
  readonly names: readonly string[];
  /** The hash of its benchmark's own view. */
  readonly address: string;
}

/** All rows in their default order, and how the cells of their table are written. */
export function rowsOf(judgements: readonly Judgement[], sides: SideNames) {
  const columns = columnsFor(
    ["benchmark", "statistic", "baseline", "candidate", "change", "limit"],
    judgements,
    PLAIN,
    sides,
  );
  const said = (name: string, judgement: Judgement) =>
    columns.find((column) => column.name === name)?.cell(judgement) ?? "";
  // A benchmark has a row for each statistic, and its name is the same in all of them.
  const names = new Map<string, string>();
  const nameOf = (judgement: Judgement) => {
    const key = benchmarkKey(judgement);
    const name = names.get(key) ?? said("benchmark", judgement);
    names.set(key, name);
    return name;
  };
  const rows = [...byBucket(judgements).values()].flat().map((judgement, rank): Row => {
    const bucket = bucketOf(judgement);
    const name = nameOf(judgement);
    const statistic = said("statistic", judgement);
    const { suite, benchmark, metric } = judgement;
    const path = `${suite}/${benchmark}`;
    return {
      judgement,
      bucket,
      rank,
      name,
      statistic,
      haystack: `${path} ${name} ${metric} ${statistic} ${bucket.word}`.toLowerCase(),
      names: [suite, benchmark, path, name, metric, statistic, bucket.word].map((each) => each.toLowerCase()),
      address: addressOf(judgement),
    };
  });
  return { rows, columns };
}
