import { detectableEffect } from "../stats/power.ts";
import type { TestedContrast } from "./contrast.ts";

/** The share of experiments that must find a change of the size that is promised. */
const POWER = 0.8;

/**
 * How much further beyond the bound a promise lies than the noise of this one measurement says: that noise is itself an estimate, and power falls faster
 * below it than it rises above. Means without trimming are the least sure: six pairs may have met no slow round, and the next six have one in their mean.
 * Found by simulation of Gaussian, slow and bimodal rounds, little more than what keeps the promise under each; `npm run bench:verdict` holds them to it
 * ("What the report promises about power").
 */
const CAUTION = {
  trimmed: () => 1.2,
  plain: (df: number) => 1 + 5.5 / df,
  stored: (df: number) => 1 + 1 / df,
} as const;

/**
 * The log ratio that a true change must have for the next measurement like this one to call it a regression beyond `bound` with chance 0.8, at
 * one-sided level `alpha`; null below two degrees of freedom.
 *
 * - Trimmed pairs: with the error of one value fewer trimmed at either end, since the next rounds may hold one more slow one than these.
 * - Stored runs: beyond the history at `alpha` *and* beyond its newest run at `newestAlpha`, each with chance 0.9 and so both with 0.8 at least
 *   (Bonferroni); with the runs' own degrees of freedom, since it depends on the runs whether neighbours lend some.
 */
export function promisedEffect(
  { design, estimate, newest, rounds }: TestedContrast,
  bound: number,
  alpha: number,
  newestAlpha: number,
): number | null {
  const further = (effect: number, caution: number) => bound + (effect - bound) * caution;
  if (design === "stored" && newest !== null) {
    const df = rounds - 1;
    const power = (1 + POWER) / 2;
    const beyondAll = detectableEffect({ ...estimate, df }, bound, alpha, power);
    const beyondNewest = detectableEffect({ ...newest, df }, bound, newestAlpha, power);
    if (beyondAll === null || beyondNewest === null) return null;
    return further(Math.max(beyondAll, beyondNewest), CAUTION.stored(df));
  }
  const { se, spareSe, df } = estimate;
  const effect = detectableEffect({ ...estimate, se: spareSe ?? se }, bound, alpha, POWER);
  return effect === null ? null : further(effect, CAUTION[spareSe === undefined ? "plain" : "trimmed"](df));
}
