import type { Judgement } from "../../model/verdict.ts";

/** What `accept:` calls a judgement: acceptances are written for suites, and hold in every cell of a matrix. */
export function acceptanceLabel(judgement: Judgement): string {
  const { cell, suite } = judgement;
  const prefix = cell === undefined ? "" : `${cell}/`;
  return label(suite.startsWith(prefix) ? { ...judgement, suite: suite.slice(prefix.length) } : judgement);
}

/** What notes call a judgement, and `accept:` outside a matrix: `suite/benchmark metric statistic`. */
export function label({ suite, benchmark, metric, statistic }: Judgement): string {
  return `${suite}/${benchmark} ${metric} ${statistic}`;
}
