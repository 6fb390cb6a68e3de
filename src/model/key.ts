import type { ToolMeasurement } from "./measurement.ts";

/** Several names as one key for maps and sets. They are kept apart by a character that no name has in practice. */
export function keyOf(...names: readonly (string | number | undefined)[]): string {
  return names.join("\u0000");
}

/** The key of a benchmark: its suite and its name. */
export function benchmarkKey({ suite, benchmark }: { readonly suite: string; readonly benchmark: string }): string {
  return keyOf(suite, benchmark);
}

/** The key of what is judged and followed: one metric of one benchmark, in one unit and with one better direction. */
export function subjectKey({
  suite,
  benchmark,
  metric,
  unit,
  better,
}: { readonly suite: string } & Pick<ToolMeasurement, "benchmark" | "metric" | "unit" | "better">): string {
  return keyOf(suite, benchmark, metric, unit, better);
}

/** The key of a round's place in its experiment: rounds of two sides with equal keys form a pair. */
export function pairKey({ session, pair }: { readonly session: string; readonly pair: number }): string {
  return keyOf(session, pair);
}
