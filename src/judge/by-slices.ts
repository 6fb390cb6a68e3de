import { smallest } from "../model/extremes.ts";
import { boundsOf } from "./bounds.ts";
import { equivalenceInterval, roundsToExclude, shownInterval } from "./comparison.ts";
import type { TestedContrast } from "./contrast.ts";
import type { Decision } from "./exactly.ts";
import type { Trial } from "./trial.ts";

/** A tail with what was decided of it, by whole rounds or by their slices. */
interface DecidedTail {
  readonly trial: Trial & { readonly contrast: TestedContrast };
  readonly decision: Decision;
}

/** How large a change in bursts has to be excluded, as a multiple of the bound on the log scale. */
const BURSTS = 2;

/**
 * A tail by whole rounds, and by its slices where those leave it open. Most slices know nothing of what comes in bursts, so that what they settle is settled
 * only where whole rounds exclude a change of twice the bound, by a test as strict as those that show that nothing has changed. A regression of slices stands
 * unless whole rounds speak against it. A promise is of the percentile that is shown, which is that of whole rounds.
 */
export function settledBySlices(whole: DecidedTail, sliced: DecidedTail): DecidedTail {
  const { contrast, barred, budget } = whole.trial;
  if (whole.decision.verdict !== "inconclusive" || barred || budget.goal !== undefined) return whole;
  const { mean } = contrast.estimate;
  const { worse, inForce } = boundsOf(whole.trial, contrast.baseline);
  switch (sliced.decision.verdict) {
    case "inconclusive":
      return tellsMore(sliced, contrast) ? sliced : whole;
    case "regression":
      return mean > 0 && shownInterval(contrast).upper > sliced.trial.contrast.estimate.mean ? sliced : whole;
    default: {
      if (inForce?.why === "resolution") return whole;
      const excludes = mean <= worse && equivalenceInterval(contrast).upper < BURSTS * worse;
      // That most of it is better does not make the whole better.
      if (excludes) return sliced.decision.verdict === "improvement" ? notSlower(sliced) : sliced;
      const rounds = mean < worse ? roundsToExclude(contrast, BURSTS * worse) : null;
      return { ...whole, decision: sooner(whole.decision, rounds) };
    }
  }
}

function notSlower({ trial, decision }: DecidedTail): DecidedTail {
  return { trial, decision: { ...decision, verdict: "not-slower" } };
}

/** Whether what slices leave open as well is nearer to a decision than whole rounds are. What these show to be worse is told as they have it. */
function tellsMore({ decision, trial: { contrast } }: DecidedTail, whole: TestedContrast): boolean {
  const isNoisy = decision.warnings.some(({ code }) => code === "noisy");
  return isNoisy && contrast.estimate.se < whole.estimate.se && shownInterval(whole).lower <= 0;
}

/** An open decision that needs no more than so many rounds. */
function sooner(decision: Decision, rounds: number | null): Decision {
  const { comparison, warnings } = decision;
  if (rounds === null || comparison === null || !warnings.some(({ code }) => code === "noisy")) return decision;
  const needed = smallest([rounds, comparison.roundsNeeded ?? rounds]);
  return {
    ...decision,
    comparison: { ...comparison, roundsNeeded: needed },
    warnings: warnings.map((each) => (each.code === "noisy" ? { ...each, roundsNeeded: needed } : each)),
  };
}
