import { type ArmDistribution, EVIDENCE_LEVELS } from "../model/evidence.ts";
import type { ChartSpec } from "./chart.ts";
import type { Quantile } from "./quantile.ts";
import type { Names } from "./rounds-chart.ts";

/** What is known of both sides' distributions; empty where nothing is. */
export interface Arms {
  readonly baseline: readonly Quantile[];
  readonly candidate: readonly Quantile[];
}

/** The ECDF ends here: what lies beyond would squeeze everything else. */
export const BODY = 0.99;

/** How the two sides are drawn, in words. */
export function sideKeys(names: Names): ChartSpec["keys"] {
  return [
    { mark: "baseline", words: names.baseline },
    { mark: "candidate", words: names.candidate },
  ];
}

/** The known quantiles of a side, lowest first. */
export function quantilesOf(distribution: ArmDistribution | null): readonly Quantile[] {
  if (distribution === null) return [];
  const levels = distribution.kind === "pooled" ? EVIDENCE_LEVELS : distribution.levels;
  return levels.flatMap((level, index) => {
    const value = distribution.values[index] ?? null;
    return value === null ? [] : [{ level, value }];
  });
}
