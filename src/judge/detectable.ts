import { largest } from "../model/extremes.ts";
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

/** One of the conditions on a regression: beyond `bound` at one-sided level `level`. */
interface Condition {
  readonly bound: number;
  readonly level: number;
}

/**
 * The log ratio that a true change must have for the next measurement like this one to call it a regression with chance 0.8, which is where all
 * `conditions` hold; null below two degrees of freedom. They are nested nearly always, so that the hardest of them decides.
 *
 * - Trimmed pairs: with the error of one value fewer trimmed at either end, since the next rounds may hold one more slow one than these.
 * - Stored runs: beyond the history at the conditions *and* beyond its newest run at `newestAlpha`, each with chance 0.9 and so both with 0.8 at least
 *   (Bonferroni); with the runs' own degrees of freedom, since it depends on the runs whether neighbours lend some.
 */
export function promisedEffect(
  { design, estimate, newest, rounds }: TestedContrast,
  conditions: readonly Condition[],
  newestAlpha: number,
): number | null {
  const hardest = largest(conditions.map(({ bound }) => bound));
  if (design === "stored" && newest !== null) {
    const df = rounds - 1;
    const power = (1 + POWER) / 2;
    return furthest(CAUTION.stored(df), [
      ...conditions.map(({ bound, level }) => ({
        bound,
        effect: detectableEffect({ ...estimate, df }, bound, level, power),
      })),
      { bound: hardest, effect: detectableEffect({ ...newest, df }, hardest, newestAlpha, power) },
    ]);
  }
  const { se, spareSe, df } = estimate;
  const caution = CAUTION[spareSe === undefined ? "plain" : "trimmed"](df);
  return furthest(
    caution,
    conditions.map(({ bound, level }) => ({
      bound,
      effect: detectableEffect({ ...estimate, se: spareSe ?? se }, bound, level, POWER),
    })),
  );
}

/** The largest of the effects, each moved further from its bound; null where one of them is not known. */
function furthest(
  caution: number,
  effects: readonly { readonly bound: number; readonly effect: number | null }[],
): number | null {
  return effects.reduce<number | null>(
    (most, { bound, effect }) =>
      most === null || effect === null ? null : Math.max(most, bound + (effect - bound) * caution),
    0,
  );
}
