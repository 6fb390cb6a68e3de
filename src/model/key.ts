import type { ToolMeasurement } from "./measurement.ts";

/** Several names as one key for maps and sets. They are kept apart by a character that no name has in practice. */
export function keyOf(...names: readonly (string | number | undefined)[]): string {
  // By hand: `join` takes several times as long, and every measurement that is read is looked up by such a key.
  let key = `${names[0] ?? ""}`;
  for (let i = 1; i < names.length; i++) key += `\u0000${names[i] ?? ""}`;
  return key;
}

/** The key of a benchmark: its suite and its name. */
export function benchmarkKey({ suite, benchmark }: { readonly suite: string; readonly benchmark: string }): string {
  return keyOf(suite, benchmark);
}

/** What is judged and followed: one metric of one benchmark, in one unit and with one better direction. */
type Named = { readonly suite: string } & Pick<ToolMeasurement, "benchmark" | "metric" | "unit" | "better">;

/** The key of what is judged and followed. */
export function subjectKey({ suite, benchmark, metric, unit, better }: Named): string {
  return keyOf(suite, benchmark, metric, unit, better);
}

/** Whether two have one `subjectKey`. Rounds hold the same in the same order, so that a look at the round before saves most keys. */
export function isSameSubject(a: Named | undefined, b: Named): boolean {
  return (
    a !== undefined &&
    a.benchmark === b.benchmark &&
    a.metric === b.metric &&
    a.suite === b.suite &&
    a.unit === b.unit &&
    a.better === b.better
  );
}

/** The key of a round's place in its experiment: rounds of two sides with equal keys form a pair. */
export function pairKey({ session, pair }: { readonly session: string; readonly pair: number }): string {
  return keyOf(session, pair);
}
