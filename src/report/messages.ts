import type { Warning } from "../model/warning.ts";
import { percent, plural, scaleFor, significant } from "./format.ts";
import type { Ink } from "./ink.ts";

/** A warning in words: what is the case, and what to do about it. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

/** What a warning is about, where that is one metric: needed to write its numbers in the right unit. */
export interface Subject {
  readonly unit: string;
  readonly metric: string;
}

type Coded<Code extends Warning["code"]> = Extract<Warning, { readonly code: Code }>;
type Table = {
  readonly [Code in Warning["code"]]: (warning: Coded<Code>, ink: Ink, subject: Subject | null) => Message;
};

/** Every warning in words. A code without a row does not compile. */
const MESSAGES: Table = {
  "few-rounds": ({ rounds, needed }) => ({
    sentence: `${rounds === 0 ? "No round" : `Only ${plural(rounds, "round", "rounds")}`} on a side; a verdict needs ${needed}.`,
    remedy: `Raise \`rounds\` to ${needed} or more, or the time budget that ended the measurement.`,
  }),
  "few-samples": ({ statistic, samples, needed }) => ({
    sentence: `${statistic} rests on ${plural(samples, "sample", "samples")} a round; it needs ${needed.toLocaleString("en-US")}.`,
    remedy: "Run the benchmark longer, or gate on p90 or p95, which need fewer.",
  }),
  "statistic-unavailable": ({ suite, metric, statistic }, ink) => ({
    sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}.`,
    remedy: "Let the tool write its samples or that percentile, or take the statistic out of the budget.",
  }),
  "few-baseline-runs": ({ runs, needed }) => ({
    sentence: `The history holds ${plural(runs, "run", "runs")}; a verdict needs ${needed}.`,
    remedy: "It grows with every push to the base branch; `compare: side-by-side` does not need it.",
  }),
  noisy: ({ detectable, roundsNeeded }) => ({
    sentence: Number.isFinite(detectable)
      ? `The noise hides changes smaller than ${percent(detectable)}.`
      : "The noise hides changes of any size.",
    remedy:
      roundsNeeded === null
        ? "Measure side by side, make the benchmark longer, or use a quieter machine."
        : `A change of this size would be decided after about ${plural(roundsNeeded, "round", "rounds")}.`,
  }),
  "unequal-samples": ({ baseline, candidate }) => ({
    sentence: `The tool's percentiles rest on ${significant(baseline)} samples before and ${significant(candidate)} after, which alone can move them.`,
    remedy: "Fix the number of iterations or requests instead of the duration, or let the tool write its samples.",
  }),
  "estimator-differs": ({ baseline, candidate }, ink) => ({
    sentence: `The percentiles were computed in two ways: ${ink.name(baseline)} before, ${ink.name(candidate)} after.`,
    remedy: "Measure the baseline again with the version of the tool that measured the candidate.",
  }),
  "non-positive": () => ({
    sentence: "Some values are zero or negative, so that their ratio means nothing.",
    remedy: "Watch this metric with an absolute `limit` instead of a threshold.",
  }),
  "below-floor": ({ floor }, ink, subject) => {
    const scale = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [floor]);
    const suffix = scale.own && scale.suffix !== "" ? ` ${ink.name(scale.suffix)}` : scale.suffix;
    return {
      sentence: `The change is beyond the threshold, but not more than ${significant(floor / scale.factor)}${suffix}, which never matters.`,
      remedy: "Lower the budget's `floor` if it does matter.",
    };
  },
  "closed-loop": () => ({
    sentence:
      "The load generator waits for each answer before it sends the next request, so stalls are hidden from this percentile.",
    remedy: "Send requests at a constant rate to judge the tail.",
  }),
  "no-baseline": ({ stored, differs }, ink) => ({
    sentence:
      stored === 0
        ? "No baseline is stored yet."
        : `${plural(stored, "stored run comes", "stored runs come")} from another environment${
            differs.length === 0
              ? ""
              : ` (${differs
                  .slice(0, 5)
                  .map((fact) => ink.name(fact))
                  .join(", ")})`
          }, so that nothing is comparable.`,
    remedy:
      "The next push to the base branch records one, and pull requests after it are compared; `compare: side-by-side` does not need it.",
  }),
  "unreadable-baseline": ({ entry, reason }, ink) => ({
    sentence: `The stored entry ${ink.name(entry)} was left out: ${ink.name(reason, 200)}.`,
    remedy: "Update Benchgate if a newer version wrote it, or remove it with `benchgate baseline prune`.",
  }),
  "budgets-from-base": ({ file }, ink) => ({
    sentence: `${ink.name(file)} changes its own budgets here; those of the base revision are in force.`,
    remedy: "The new ones apply once they are merged.",
  }),
  "acceptance-expired": ({ match, until }, ink) => ({
    sentence: `The acceptance of ${ink.name(match)} ended on ${ink.name(until)}.`,
    remedy: "Extend its `until` in a reviewed change, or remove it.",
  }),
  "acceptance-exceeded": ({ match, upTo }, ink) => ({
    sentence: `The change is larger than the ${percent(upTo)} that were accepted for ${ink.name(match)}.`,
    remedy: "Win some of it back, or agree on a larger `up-to`.",
  }),
  "time-budget": ({ rounds, planned }) => ({
    sentence: `The time budget ended the measurement after ${rounds} of ${plural(planned, "round", "rounds")}.`,
    remedy: "Raise `time-budget`, or measure fewer or shorter benchmarks.",
  }),
  forbidden: ({ action, permission }, ink) => ({
    sentence: `GitHub did not allow this workflow to ${ink.name(action)}.`,
    remedy: `Add ${ink.name(permission)} to the job's \`permissions\`.`,
  }),
  "github-failed": ({ action, reason }, ink) => ({
    sentence: `GitHub could not ${ink.name(action)}: ${ink.name(reason, 200)}.`,
    remedy: "The verdict stands; run the job again to repeat the call.",
  }),
  "not-stored": ({ reason }, ink) => ({
    sentence: `The recording was not stored: ${ink.name(reason, 200)}.`,
    remedy: "Run the job again, or give it `contents: write` if that is missing.",
  }),
};

/** A warning in words, with everything from outside written in `ink`. */
export function message(warning: Warning, ink: Ink, subject: Subject | null = null): Message {
  const write = MESSAGES[warning.code] as (warning: Warning, ink: Ink, subject: Subject | null) => Message;
  return write(warning, ink, subject);
}

/** What each exit code of the command line says, in words. */
export const EXIT_WORDS = {
  0: "passed",
  1: "a regression or a broken limit",
  2: "something to mend: usage, configuration or input",
  3: "could not measure",
} as const;
