import type { LeftOutFor } from "../../../model/warning.ts";
import { plural, scaleFor, significant } from "../format.ts";
import { quantity, REASON, unstopped } from "./pieces.ts";
import type { Subject, Table } from "./row.ts";

/** What rounds and samples suffer from, in words. */
export const ROUNDS = {
  "few-rounds": ({ rounds, needed }) => ({
    sentence: `${rounds === 0 ? "No round" : `Only ${plural(rounds, "round", "rounds")}`} per side; a verdict needs ${needed}.`,
    remedy: `Set \`rounds\` to at least ${needed}, or raise \`time-budget\` if it cut the measurement short.`,
  }),
  "two-modes": ({ baseline, candidate }) => ({
    sentence: `Rounds split into a fast and a slow group: ${baseline} baseline and ${plural(candidate, "candidate round", "candidate rounds")} were slow.`,
    remedy: "More rounds average it out; a fixed heap size or memory layout may remove it.",
  }),
  "first-round": () => ({
    sentence: "Its first round differs from the others.",
    remedy: "Warm up longer: caches, connections and files of the first round are not those of the others.",
  }),
  "coarse-clock": ({ distinct, tick }, ink, subject) => ({
    sentence: `It was measured too coarsely: ${plural(distinct, "value", "different values")}${tick === null || subject === null ? "" : `, ${quantity(tick, subject, ink)} apart`}.`,
    remedy: "Let one sample cover many operations.",
  }),
  "heavy-tail": ({ index }) => ({
    sentence: `Its tail is so heavy (Hill index ${significant(index)}) that a mean or a maximum never settles.`,
    remedy: "Gate on p50 and p99.",
  }),
  correlated: ({ statistic, beyond }) => ({
    sentence: `Its samples follow each other so closely that only about ${significant(beyond)} independent ones per round exceed ${statistic}.`,
    remedy:
      "Nothing to do: the rounds are independent, and they decide. More requests a round make its own value surer.",
  }),
  "slow-rounds": ({ slow, rounds }) => ({
    sentence: `${slow} of ${plural(rounds, "round", "rounds")} ${slow === 1 ? "carries" : "carry"} the difference; the others are within the threshold.`,
    remedy: "A few rounds can be slow by chance. Run the job again, or compare side by side.",
  }),
  "uneven-rounds": ({ baseline, candidate }) => {
    const sides = [
      ...(baseline === 0 ? [] : [`${plural(baseline, "round", "rounds")} without a partner in the baseline`]),
      ...(candidate === 0 ? [] : [`${plural(candidate, "round", "rounds")} without a partner in the candidate`]),
    ];
    return {
      sentence: `It has ${sides.join(" and ")}; only what can be paired counts.`,
      remedy:
        "Find out why a side lacks them: a tool that leaves it out of some rounds, or recordings that do not belong together.",
    };
  },
  "rounds-left-out": ({ why, baseline, candidate, of }) => {
    const count = new Set([...baseline, ...candidate]).size;
    const rounds = `${count} of ${plural(of, "pair", "pairs")} ${count === 1 ? "was" : "were"} left out`;
    const where = [...sideRounds("baseline", baseline), ...sideRounds("candidate", candidate)].join(" and ");
    const { what, remedy } = LEFT_OUT[why];
    return { sentence: `${rounds}: ${where} ${what}.`, remedy };
  },
  "failed-rounds": ({ suite, benchmark, side, failed, of, reason }, ink) => ({
    sentence: `${ink.name(`${suite}/${benchmark}`)} failed in ${failed} of ${plural(of, "round", "rounds")} of the ${side}: ${ink.name(unstopped(reason), REASON)}.`,
    remedy: "The other rounds are compared; find out why it fails now and then.",
  }),
  "too-coarse": ({ step, bound }, ink, subject) => ({
    sentence: `It is measured in steps of ${quantity(step, subject, ink)}: a change of less than ${quantity(bound, subject, ink)} may be rounding.`,
    remedy: `Let one sample cover more work, or use a tool that counts finer; \`floor: ${plainQuantity(bound, subject)}\` in its budget says that so little does not matter.`,
  }),
  "not-deterministic": ({ baseline, candidate }) => ({
    sentence: `It was declared deterministic, and is not deterministic: ${plural(baseline, "value", "different values")} in the baseline and ${plural(candidate, "value", "different values")} in the candidate. It is judged as a noisy one.`,
    remedy: "Take `exact` out of what the tool writes, or remove what varies: a hash seed, a clock, a thread.",
  }),
  "few-samples": ({ statistic, samples, needed }) => ({
    sentence: `${statistic} rests on ${plural(samples, "sample", "samples")} a round; it needs ${needed.toLocaleString("en-US")}.`,
    remedy: "Run the benchmark longer, or gate on p90 or p95, which need fewer.",
  }),
  "unequal-samples": ({ baseline, candidate }) => ({
    sentence: `The tool's percentiles rest on ${significant(baseline)} samples before and ${significant(candidate)} after, which alone can move them.`,
    remedy: "Fix the number of iterations or requests instead of the duration, or let the tool write its samples.",
  }),
  "estimator-differs": ({ baseline, candidate, mixed }, ink) => ({
    sentence: `The percentiles were computed in two ways: ${ink.name(baseline)} before, ${ink.name(candidate)} after.`,
    remedy: mixed
      ? "The tool changes its way of measuring from round to round: fix the number of operations that one sample covers."
      : "Measure both sides in the same way: with one version of the tool and one setting of it.",
  }),
  "non-positive": (_, _ink, subject) =>
    subject?.unit === "s"
      ? {
          sentence: "The clock is too coarse for it: it reads zero in too many rounds to form a ratio.",
          remedy: "Let one sample cover many operations, so that it takes many ticks of the clock.",
        }
      : {
          sentence: "Too many values are zero or negative: their ratio has no meaning.",
          remedy: "Watch this metric with an absolute `limit` instead of a threshold.",
        },
} satisfies Partial<Table>;

/** What is the matter with rounds that are left out, and what to do about it. */
const LEFT_OUT: Readonly<Record<LeftOutFor, { readonly what: string; readonly remedy: string }>> = {
  failed: { what: "failed", remedy: "The others decide; find out why it fails now and then." },
  estimator: {
    what: "measured in another way than the others (batches in place of single calls, or the reverse)",
    remedy:
      "The others decide; the tool chose again in that round. Fix the number of operations that one sample covers.",
  },
  "few-samples": { what: "took too few samples", remedy: "The others decide; give every round the same work." },
  zero: {
    what: "read zero or less",
    remedy: "The others decide; a time of zero says that the clock did not tick: let one sample cover more work.",
  },
  statistic: { what: "lack the statistic", remedy: "The others decide; have the tool write it every time." },
};

/** The rounds of a side by their pair numbers, as many as a line has room for. */
function sideRounds(side: string, pairs: readonly number[]): readonly string[] {
  if (pairs.length === 0) return [];
  const more = pairs.length > 5 ? ` and ${pairs.length - 5} more` : "";
  return [`round${pairs.length === 1 ? "" : "s"} ${pairs.slice(0, 5).join(", ")}${more} of the ${side}`];
}

/** The same as a budget writes it: "200us", "64KiB". */
function plainQuantity(value: number, subject: Subject | null): string {
  const { factor, suffix } = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [value]);
  return `${Number((value / factor).toPrecision(3))}${suffix.replace(/\s/g, "").replace("µ", "u")}`;
}
