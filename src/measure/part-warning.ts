import { type Part, shardText } from "../model/part.ts";
import type { Warning } from "../model/warning.ts";
import type { Dealt } from "./measure.ts";

/** What is said of a verdict that is on a part alone. */
export function partWarning(part: Part | undefined, dealt: Dealt | undefined): readonly Warning[] {
  if (part === undefined) return [];
  const all = dealt?.benchmarks.filter(({ benchmark }) => benchmark !== "*") ?? [];
  const own = all.filter(({ shard }) => shard === part.shard?.index);
  const shard = part.shard === undefined ? "" : shardText(part.shard);
  return [{ code: "part", shard, benchmarks: own.length, of: all.length, pool: part.seat?.pool ?? "" }];
}
