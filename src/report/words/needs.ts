import { worse } from "../../model/measurement.ts";
import type { Judgement, Outcome } from "../../model/verdict.ts";
import { WARNINGS, type Warning } from "../../model/warning.ts";
import type { Ink } from "../parts/ink.ts";
import { plural, roughly } from "./format.ts";
import { message } from "./messages.ts";

/** Whether a warning on this judgement says why it is undecided. */
export function isReason({ code }: Warning, { verdict, goal }: Judgement): boolean {
  return (verdict === "inconclusive" || goal?.state === "open") && WARNINGS[code].bars !== null;
}

/** Why a judgement is undecided, and how much more of the same would decide it; empty where nothing is known of that. */
export function needs(judgement: Judgement, ink: Ink, secondsPerPair: number | null): string {
  const { comparison, warnings } = judgement;
  const missing = missingRounds(judgement);
  const [one, many] = comparison?.design === "pairs" ? ["more pair", "more pairs"] : ["more round", "more rounds"];
  const more =
    missing > 0 && missing * (secondsPerPair ?? 0) <= LONGEST_WAIT
      ? [`About ${plural(missing, one, many)}${time(judgement, missing, secondsPerPair)} would decide it.`]
      : [];
  // "Hides even a doubling" and "one more pair decides it" are both true, of the next change and of this one; together they read as nonsense.
  const tells = (warning: Warning) => warning.code !== "noisy" || warning.detectable <= 1 || more.length === 0;
  const parts = warnings
    .filter((warning) => isReason(warning, judgement) && tells(warning))
    .map((warning) => {
      const { sentence, remedy } = message(warning, ink, judgement);
      return warning.code === "noisy" && warning.roundsNeeded === null ? `${sentence} ${remedy}` : sentence;
    });
  return [...parts, ...corrected(judgement), ...more].join(" ");
}

/** Nobody waits longer than this for a verdict, in seconds. */
export const LONGEST_WAIT = 1_800;

/** Why a whole interval beyond the threshold proves nothing by itself. */
function corrected({ verdict, better, comparison, threshold, judged }: Judgement): readonly string[] {
  if (verdict !== "inconclusive" || comparison === null || threshold === null || comparison.adjustedP === null)
    return [];
  const { interval } = comparison;
  const nearest = worse(better) * ((better === "lower" ? interval.lower : interval.upper) - 1);
  return nearest > (judged?.bound ?? threshold)
    ? ["Beyond the threshold on its own, but not surely enough among all comparisons of this run."]
    : [];
}

/** Whether anything gating is undecided that no number of rounds decides, or that is not known to be decided by any. */
export function isBeyondRounds(outcome: Outcome): { readonly some: boolean; readonly all: boolean } {
  const open = outcome.judgements.filter(
    (judgement) => judgement.severity === "gate" && judgement.warnings.some((warning) => isReason(warning, judgement)),
  );
  const lasting = open.filter(({ warnings }) => warnings.some(({ code }) => WARNINGS[code].bars === "lasting"));
  return { some: lasting.length > 0, all: lasting.length > 0 && lasting.length === open.length };
}

/** What would decide everything gating that more pairs can decide; null where there is no such thing. */
export function pairsToDecide({
  judgements,
  experiment,
}: Outcome): { readonly rounds: number; readonly words: string; readonly seconds: number } | null {
  const open = judgements.filter(
    (judgement) =>
      judgement.severity === "gate" &&
      judgement.comparison?.design === "pairs" &&
      judgement.warnings.some((warning) => isReason(warning, judgement)) &&
      missingRounds(judgement) > 0,
  );
  if (open.length === 0) return null;
  const longest = open.reduce((a, b) => (missingRounds(a) < missingRounds(b) ? b : a));
  const missing = missingRounds(longest);
  const words = `about ${plural(missing, "more pair", "more pairs")}${time(longest, missing, experiment?.secondsPerPair ?? null)}`;
  return { rounds: longest.comparison!.rounds + missing, words, seconds: missing * (experiment?.secondsPerPair ?? 0) };
}

/** Rounds until the threshold is decided; none where no number of them does, and how many a goal takes is not known. */
function missingRounds({ comparison, verdict, warnings }: Judgement): number {
  const lasting = warnings.some(({ code }) => WARNINGS[code].bars === "lasting");
  return verdict !== "inconclusive" || lasting || comparison?.roundsNeeded == null
    ? 0
    : Math.max(0, comparison.roundsNeeded - comparison.rounds);
}

function time({ comparison }: Judgement, pairs: number, secondsPerPair: number | null): string {
  return secondsPerPair === null || comparison?.design !== "pairs" ? "" : ` (${roughly(pairs * secondsPerPair)})`;
}
