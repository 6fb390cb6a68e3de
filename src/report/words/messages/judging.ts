import type { Exponent } from "../../../model/growth.ts";
import type { Ink } from "../../parts/ink.ts";
import { percent, plural, signedPercent } from "../format.ts";
import { quantity } from "./pieces.ts";
import type { Table } from "./row.ts";

/** What the judging of a comparison came up against, in words. */
export const JUDGING = {
  "steeper-growth": ({ suite, family, metric, baseline, candidate, change, largest }, ink) => ({
    sentence: `${ink.name(`${suite}/${family}`)} grows as ${exponentWords(candidate, ink)}, was ${exponentWords(baseline, ink)}: the exponent changed by ${signed(change.value)} ${ink.figure(`(${signed(change.interval.lower)} … ${signed(change.interval.upper)})`)}. At the largest size, ${ink.figure(largest.size.toLocaleString("en-US"))}, that makes ${signedPercent(largest.candidate / largest.baseline)} in ${ink.name(metric)}, and more beyond it.`,
    remedy:
      "Look for a loop within a loop, or for work on everything where a part would do; `complexity: { change: 0.2 }` in a budget makes such a change fail.",
  }),
  goal: ({ goal, state }) => ({
    sentence: `Goal of ${percent(goal)} better: ${{ proven: "proven", open: "not yet proven", missed: "missed" }[state]}.`,
    remedy: {
      proven: "Remove the goal, or raise it.",
      open: "The interval still includes the goal; more rounds will settle it.",
      missed: "The whole interval falls short of it: improve further, or lower the goal.",
    }[state],
  }),
  "limit-close": () => ({
    sentence: "Too close to the limit to call: noise alone could put it on either side.",
    remedy: "Measure more rounds, or leave more headroom.",
  }),
  "limit-broken-before": ({ before }, ink, subject) => ({
    sentence:
      before === null
        ? "It is beyond the default limit, and there is no baseline that keeps it."
        : `The base breaks the default limit too, at ${quantity(before, subject, ink)}.`,
    remedy: "That alone fails no check: write a `limit` of your own into `budgets`, which is absolute.",
  }),
  "errors-rose": ({ before, after }) => ({
    sentence: `More requests fail than before (${percent(before ?? 0)} → ${percent(after)}), and failures are often fast: this is not counted as an improvement.`,
    remedy: "Fix the failures first.",
  }),
  "at-threshold": () => ({
    sentence: "Every round shows the same change, and it lies within a thousandth of the threshold.",
    remedy: "Set the threshold to one side of it.",
  }),
  "not-judged": ({ metric, statistic, fewest, most, benchmarks }, ink) => ({
    sentence: `${metric === "latency" ? "" : `${ink.name(metric)} `}${statistic} not judged: ${fewest === most ? "" : `${fewest.toLocaleString("en-US")} to `}${plural(most, "sample", "samples")} a round${benchmarks === 1 ? "" : `, ${plural(benchmarks, "benchmark", "benchmarks")}`}.`,
    remedy: "Nothing to do: a budget of your own would judge it.",
  }),
  "too-noisy": ({ metric, statistic, benchmarks, of }, ink) => ({
    sentence: `${metric === "latency" ? "" : `${ink.name(metric)} `}${statistic} of ${benchmarks} of ${plural(of, "benchmark", "benchmarks")} not judged: its noise hides even a doubling, however many of the planned rounds are run.`,
    remedy: "Nothing to do: a budget of your own would judge it.",
  }),
  "statistic-unavailable": ({ suite, metric, statistic }, ink) => ({
    sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}.`,
    remedy: "Let the tool write its samples or that percentile, or take the statistic out of the budget.",
  }),
  "stands-in": ({ suite, metric, statistic, instead }, ink) => ({
    sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}: its ${instead} is judged by that rule.`,
    remedy: "Let the tool write its samples or that percentile to have it judged itself.",
  }),
  noisy: ({ detectable, roundsNeeded, planned }, _ink, subject) => ({
    sentence: `The noise hides ${detectable <= 1 ? `changes smaller than ${percent(detectable)}` : "even a doubling"}${
      roundsNeeded === null && planned !== undefined
        ? `: it cannot be decided in ${plural(planned, "pair", "pairs")}.`
        : "."
    }`,
    remedy:
      roundsNeeded === null
        ? `${subject?.comparison?.design === "stored" ? "Measure side by side, make" : "Make"} the benchmark longer, or use a quieter machine.`
        : `About ${plural(roundsNeeded, "round", "rounds")} would settle a change of this size.`,
  }),
  "below-floor": ({ floor }, ink, subject) => ({
    sentence: `The change is beyond the threshold, but within the floor of ${quantity(floor, subject, ink)}.`,
    remedy: "Lower `floor` in its budget if so little does matter.",
  }),
} satisfies Partial<Table>;

/** "n^1.98 (1.95 … 2.01)". */
function exponentWords({ value, interval: { lower, upper } }: Exponent, ink: Ink): string {
  return `n^${value.toFixed(2)} ${ink.figure(`(${lower.toFixed(2)} … ${upper.toFixed(2)})`)}`;
}

/** A change of an exponent with its sign, to two places; to three where it is small. */
function signed(value: number): string {
  const digits = Math.abs(value).toFixed(Math.abs(value) < 0.1 ? 3 : 2);
  return `${value < 0 ? "−" : "+"}${digits}`;
}
