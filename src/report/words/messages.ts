import type { Exponent } from "../../model/growth.ts";
import type { Design } from "../../model/verdict.ts";
import type { LeftOutFor, Names, Warning } from "../../model/warning.ts";
import type { Ink } from "../parts/ink.ts";
import { listed, percent, plural, scaleFor, signedPercent, significant } from "./format.ts";

/** A warning in words: what is the case, and what to do about it. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

/** What a warning is about, where that is one metric: needed to write its numbers in the right unit. */
export interface Subject {
  readonly unit: string;
  readonly metric: string;
  /** How its sides were brought together, which some remedies depend on. */
  readonly comparison?: { readonly design: Design } | null;
}

/** The longest reason that is shown, in code points: room for an error of git's with its remedy. */
const REASON = 400;

type Coded<Code extends Warning["code"]> = Extract<Warning, { readonly code: Code }>;
type ToolVerdict = Coded<"tool-verdict" | "tool-verdict-before">;
type Table = {
  readonly [Code in Warning["code"]]: (warning: Coded<Code>, ink: Ink, subject: Subject | null) => Message;
};

/** What is left out by each way of knowing it, and how it is known. */
const SAME_CODE = {
  closure: ["benchmark", "benchmarks", "everything that the modules load and read is the same on both sides"],
  inputs: ["suite", "suites", "inputs, dependencies and configuration are the same on both sides"],
} as const;

/** Every warning in words. A code without a row does not compile. */
const MESSAGES: Table = {
  "few-rounds": ({ rounds, needed }) => ({
    sentence: `${rounds === 0 ? "No round" : `Only ${plural(rounds, "round", "rounds")}`} per side; a verdict needs ${needed}.`,
    remedy: `Set \`rounds\` to at least ${needed}, or raise \`time-budget\` if it cut the measurement short.`,
  }),
  "common-shift": ({ suite, metric, statistic, ratio, lower, upper, benchmarks }, ink) => ({
    sentence: `All ${benchmarks} benchmarks of ${ink.name(suite)} moved together: ${ink.name(metric)} ${statistic} by ${signedPercent(ratio)} (${signedPercent(lower)} … ${signedPercent(upper)}).`,
    remedy: "Look for a cause that they share: the machine, the runtime, the build. Nothing was subtracted.",
  }),
  "suite-shift": ({ suite, ratio, lower, upper, benchmarks }, ink) => ({
    sentence: `Stored runs of ${ink.name(suite)} come from machines of different speed (all ${benchmarks} benchmarks together: ${signedPercent(lower)} … ${signedPercent(upper)}). This run was ${signedPercent(ratio)}, which was taken off: each benchmark is compared with the others. A change that slows all of them alike by that much is not told from the machine.`,
    remedy: "Use `compare: auto`, which measures some of them side by side to see, or one kind of machine.",
  }),
  "suite-shift-checked": ({ suite, ratio, sentinels }, ink) => ({
    sentence: `This machine and those of the stored runs of ${ink.name(suite)} differ in speed by ${signedPercent(ratio)}, which was taken off. Measured side by side, ${listed(sentinels.map((each) => ink.name(each)))} did not get slower.`,
    remedy: "Set `compare: side-by-side` to measure everything so.",
  }),
  "same-code": ({ by, benchmarks, audited }) => {
    const [one, many, why] = SAME_CODE[by];
    const skipped = `Not measured, because ${why}: ${plural(benchmarks, one, many)}.`;
    const checked = `Measured all the same, as a check: ${plural(audited, one, many)} of the same code.`;
    return {
      sentence: [...(benchmarks > 0 ? [skipped] : []), ...(audited > 0 ? [checked] : [])].join(" "),
      remedy: "Set `skip-same-code: false` to measure everything.",
    };
  },
  "same-code-differs": ({ benchmarks }, ink) => ({
    sentence: `${listed(benchmarks.slice(0, 3).map((each) => ink.name(each)))}${benchmarks.length > 3 ? ` and ${benchmarks.length - 3} more` : ""} changed although both sides were found to run the same code: measured as a check, which nothing else would have shown.`,
    remedy:
      "Set `skip-same-code: false` until it is known what it depends on, and report it. The rule that leaves out what is the same code missed something, or this machine did.",
  }),
  "same-code-late": ({ suite, file, path }, ink) => ({
    sentence: `${file === null ? "" : `${ink.name(file)} of `}${ink.name(suite)} was not measured, because it was the same code on both sides. It depends on ${ink.name(path)}, which something else has written since: whether it got slower is not known.`,
    remedy:
      "Have `setup` write that, or keep it apart from what others read. `skip-same-code: false` measures everything.",
  }),
  "steeper-growth": ({ suite, family, metric, baseline, candidate, change, largest }, ink) => ({
    sentence: `${ink.name(`${suite}/${family}`)} grows as ${exponentWords(candidate, ink)}, was ${exponentWords(baseline, ink)}: the exponent changed by ${signed(change.value)} ${ink.figure(`(${signed(change.interval.lower)} … ${signed(change.interval.upper)})`)}. At the largest size, ${ink.figure(largest.size.toLocaleString("en-US"))}, that makes ${signedPercent(largest.candidate / largest.baseline)} in ${ink.name(metric)}, and more beyond it.`,
    remedy:
      "Look for a loop within a loop, or for work on everything where a part would do; `complexity: { change: 0.2 }` in a budget makes such a change fail.",
  }),
  "odd-runner": ({ runner, suite, benchmark, metric, statistic, ratio, others, comparisons }, ink) => ({
    sentence: `Runner ${ink.name(runner)} saw ${ink.name(suite)} / ${ink.name(benchmark)} ${ink.name(metric)} ${statistic} change by ${signedPercent(ratio)}, and the others by ${signedPercent(others)}${comparisons > 1 ? ` (so in ${comparisons} comparisons)` : ""}.`,
    remedy: "The difference is part of the interval. Look at that machine, or run its job again.",
  }),
  "runners-missing": ({ pool, of, missing, runners }, ink) => ({
    sentence: `Of ${plural(runners, "runner", "runners")} of the pool ${ink.name(pool)}, ${missing.toLocaleString("en-US")} left nothing that counts${of === "" ? "" : ` of ${ink.name(of)}`}.`,
    remedy: "The others decide, with fewer pairs. See why in its job.",
  }),
  part: ({ shard, benchmarks, of, pool }, ink) => ({
    sentence: `This is a part of the gate: ${[
      ...(shard === ""
        ? []
        : [`shard ${ink.name(shard)}${of === 0 ? "" : `, ${benchmarks} of ${plural(of, "benchmark", "benchmarks")}`}`]),
      ...(pool === "" ? [] : [`one runner of the pool ${ink.name(pool)}`]),
    ].join(", on ")}.`,
    remedy: "The job with `fan-in` judges all of it.",
  }),
  "part-left-out": ({ part, reason }, ink) => ({
    sentence: `What ${ink.name(part)} left does not count: ${ink.name(reason, REASON)}.`,
    remedy: "Nothing to do if that is a job that ran again.",
  }),
  "two-modes": ({ baseline, candidate }) => ({
    sentence: `Rounds split into a fast and a slow group: ${baseline} baseline and ${plural(candidate, "candidate round", "candidate rounds")} were slow.`,
    remedy: "More rounds average it out; a fixed heap size or memory layout may remove it.",
  }),
  "first-round": () => ({
    sentence: "Its first round stands apart from the others.",
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
  "nothing-in-common": ({ suite, baseline, candidate, alike }, ink) => {
    const near = alike.map((each) => `${ink.name(each.candidate)} for ${ink.name(each.baseline)}`);
    const there = candidate.count === 0 ? "none" : counted(candidate, ink);
    return {
      sentence: `There is no benchmark in common in the suite ${ink.name(suite)}, so nothing of it could be compared. The base has ${counted(baseline, ink)}; this revision has ${there}.`,
      remedy:
        near.length === 0
          ? "Give benchmarks the names that they had, or let their history begin again with this change."
          : `If benchmarks were renamed, give them back the names that they had (${listed(near.slice(0, 5))}?), or rename them in a change of their own.`,
    };
  },
  "pattern-fits-nothing": ({ of, match, near }, ink) => ({
    sentence: `The ${of} of ${ink.name(match, 300)} fits nothing that was measured.`,
    remedy: `${near === null ? "" : `Did you mean ${ink.name(near, 300)}? `}${of === "budget" ? "Until its `match` is fixed, other budgets apply there, or the defaults." : "Fix its `match`, or remove it."}`,
  }),
  "metric-not-measured": ({ match, metric, near }, ink) => ({
    sentence: `No benchmark of ${ink.name(match, 300)} gives ${ink.name(metric)}, which its budget names.`,
    remedy: `${near === null ? "" : `Did you mean ${ink.name(near)}? `}Fix the name, or remove the rule: it has no effect.`,
  }),
  "budget-hidden": ({ match, metric, by }, ink) => ({
    sentence: `The ${ink.name(metric)} rule of ${ink.name(match, 300)} is never in force: ${ink.name(by, 300)} comes first for all that it fits.`,
    remedy: "Move it above.",
  }),
  "nothing-gates": ({ suite, benchmarks, metrics }, ink) => {
    const [first = "metric"] = metrics.names;
    return {
      sentence: `Nothing of ${counted(benchmarks, ink)} in ${ink.name(suite)} can fail the check: no budget names ${some(metrics.names, ink)}.`,
      remedy: `Write one into \`budgets\` (${ink.name(`${first}: 5%`, 60)}), or give one with \`threshold\` (${ink.name(`${first}.p50=5%`, 60)}).`,
    };
  },
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
  "baseline-moved": () => ({
    sentence:
      "The baseline itself has shifted: this run is worse than the stored average, but no worse than the newest stored run.",
    remedy: "Runs after this one settle it; `compare: side-by-side` (on the command line `run --base`) decides now.",
  }),
  "slow-rounds": ({ slow, rounds }) => ({
    sentence: `${slow} of ${plural(rounds, "round", "rounds")} ${slow === 1 ? "carries" : "carry"} the difference; the others are within the threshold.`,
    remedy: "A few rounds can be slow by chance. Run the job again, or compare side by side.",
  }),
  "different-sessions": () => ({
    sentence:
      "The two sides were measured at different times, so anything that differed between those times counts as change.",
    remedy: "Measure side by side to be sure: `benchgate run --base REF`.",
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
  "definitions-removed": ({ files }, ink) => ({
    sentence: `${plural(files.length, "benchmark file of the base is", "benchmark files of the base are")} gone, and no longer measured: ${some(files, ink)}.`,
    remedy: "If that was not meant, bring it back.",
  }),
  "incomplete-baseline": ({ paths }, ink) => ({
    sentence: `The working tree of the base revision lacks ${plural(paths.length, "submodule or LFS file", "submodules or LFS files")} that this one has: ${some(paths, ink)}.`,
    remedy: "Fetch them in `setup`, or see that the job's credentials reach where they come from.",
  }),
  canary: ({ suite, dropped, of }, ink) => ({
    sentence: `${dropped} of ${plural(of, "pair", "pairs")} of ${ink.name(suite)} ${dropped === 1 ? "was" : "were"} measured again, because the machine itself changed speed between the sides.`,
    remedy:
      "Pairs are repeated because of the machine's speed alone, never because of their results. A quieter machine repeats fewer.",
  }),
  "busy-machine": ({ steal, load, cores, throttled }) => ({
    sentence: `Other work was running on this machine: ${busyWith(steal, load, cores, throttled)}.`,
    remedy: "Expect to need more rounds; run one job at a time if you can.",
  }),
  "machine-unstable": ({ benchmarks }, ink) => ({
    sentence: `The machine is unstable: measured against itself, this revision appeared to change in ${some(benchmarks, ink)}.`,
    remedy: "Don't trust this run's verdicts; repeat it on a quieter machine.",
  }),
  "suites-removed": ({ suites }, ink) => ({
    sentence: `${plural(suites.length, "suite of the base is", "suites of the base are")} gone from the configuration, and no longer measured: ${some(suites, ink)}.`,
    remedy: "If that was not meant, bring it back.",
  }),
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
    sentence: `It is measured in steps of ${quantity(step, subject, ink)}: a change of less than ${quantity(bound, subject, ink)} cannot be told from rounding.`,
    remedy: `Let one sample cover more work, or use a tool that counts finer; \`floor: ${plainQuantity(bound, subject)}\` in its budget says that so little does not matter.`,
  }),
  "at-threshold": () => ({
    sentence: "Every round shows the same change, and it lies within a thousandth of the threshold.",
    remedy: "Set the threshold to one side of it.",
  }),
  "not-deterministic": ({ baseline, candidate }) => ({
    sentence: `It was declared deterministic, and is not deterministic: ${plural(baseline, "value", "different values")} in the baseline and ${plural(candidate, "value", "different values")} in the candidate. It is judged as a noisy one.`,
    remedy: "Take `exact` out of what the tool writes, or remove what varies: a hash seed, a clock, a thread.",
  }),
  "not-judged": ({ metric, statistic, fewest, most, benchmarks }, ink) => ({
    sentence: `${metric === "latency" ? "" : `${ink.name(metric)} `}${statistic} not judged: ${fewest === most ? "" : `${fewest.toLocaleString("en-US")} to `}${plural(most, "sample", "samples")} a round${benchmarks === 1 ? "" : `, ${plural(benchmarks, "benchmark", "benchmarks")}`}.`,
    remedy: "Nothing to do: a budget of your own would judge it.",
  }),
  "too-noisy": ({ metric, statistic, benchmarks, of }, ink) => ({
    sentence: `${metric === "latency" ? "" : `${ink.name(metric)} `}${statistic} of ${benchmarks} of ${plural(of, "benchmark", "benchmarks")} not judged: its noise hides even a doubling, however many of the planned rounds are run.`,
    remedy: "Nothing to do: a budget of your own would judge it.",
  }),
  "few-samples": ({ statistic, samples, needed }) => ({
    sentence: `${statistic} rests on ${plural(samples, "sample", "samples")} a round; it needs ${needed.toLocaleString("en-US")}.`,
    remedy: "Run the benchmark longer, or gate on p90 or p95, which need fewer.",
  }),
  "statistic-unavailable": ({ suite, metric, statistic }, ink) => ({
    sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}.`,
    remedy: "Let the tool write its samples or that percentile, or take the statistic out of the budget.",
  }),
  "stands-in": ({ suite, metric, statistic, instead }, ink) => ({
    sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}: its ${instead} is judged by that rule.`,
    remedy: "Let the tool write its samples or that percentile to have it judged itself.",
  }),
  "few-baseline-runs": ({ runs, needed }) => ({
    sentence: `The history holds ${plural(runs, "run", "runs")}; a verdict needs ${needed}.`,
    remedy:
      "It grows with every push to the default branch; `compare: side-by-side`, or `--base REF` on the command line, does not need it.",
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
  "below-floor": ({ floor }, ink, subject) => ({
    sentence: `The change is beyond the threshold, but within the floor of ${quantity(floor, subject, ink)}.`,
    remedy: "Lower `floor` in its budget if so little does matter.",
  }),
  "closed-loop": () => ({
    sentence:
      "The load generator waits for each answer before it sends the next request, so stalls are hidden from this percentile.",
    remedy: "Send requests at a constant rate to judge the tail.",
  }),
  noted: ({ benchmarks, side, sentence, remedy }, ink) => {
    const whose = benchmarks.filter((name) => name !== "*");
    const where = [...(whose.length === 0 ? [] : [some(whose, ink)]), ...(side === null ? [] : [`${side} alone`])];
    return {
      sentence: `${where.length === 0 ? "" : `${where.join(", ")}: `}${ink.name(unstopped(sentence), REASON)}.`,
      remedy: `To do: ${ink.name(unstopped(remedy), REASON)}.`,
    };
  },
  "no-baseline": ({ stored, differs }, ink) => ({
    sentence:
      stored === 0
        ? "No baseline is stored yet."
        : `${plural(stored, "stored run comes", "stored runs come")} from another environment${differs.length === 0 ? "" : ` (${some(differs, ink)})`}, so that nothing is comparable.`,
    remedy:
      "The next push to the default branch records one, and pull requests after it are compared. To compare at once, measure side by side: `compare: side-by-side`, or `benchgate run --base REF` on the command line.",
  }),
  "unreadable-baseline": ({ entry, reason }, ink) => ({
    sentence: `The stored entry ${ink.name(entry)} was left out: ${ink.name(unstopped(reason), REASON)}.`,
    remedy:
      "Update Benchgate if a newer version wrote it, or delete the file on the baseline branch (or in the baseline folder).",
  }),
  "baseline-out-of-reach": ({ place, reason }, ink) => ({
    sentence: `The stored runs (${ink.name(place)}) could not be reached: ${ink.name(unstopped(reason), REASON)}.`,
    remedy:
      "Everything was measured side by side with the base revision instead, which takes longer and decides as much.",
  }),
  "budgets-from-base": ({ file }, ink) => ({
    sentence: `This change edits the budgets in ${ink.name(file)}; those of the base revision are in force.`,
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
  "measured-again": ({ benchmarks, kept }) => ({
    sentence: `Stored runs left ${plural(benchmarks, "benchmark", "benchmarks")} in doubt; ${benchmarks === 1 ? "it was" : "they were"} measured again side by side with the base revision.${kept === 0 ? "" : ` Stored runs decided the other ${plural(kept, "comparison", "comparisons")}.`}`,
    remedy: "No action needed.",
  }),
  "time-budget": ({ suite, rounds, planned }, ink) => ({
    sentence: `The time budget ended the measurement of ${ink.name(suite)} after ${rounds} of ${plural(planned, "round", "rounds")}.`,
    remedy: "Raise `time-budget`, or measure fewer or shorter benchmarks.",
  }),
  "tool-verdict": (warning, ink) => ({
    sentence: toolVerdict(warning, ink),
    remedy:
      "Its results were compared all the same; what it found is in what it printed, and in the limits of its own script.",
  }),
  "tool-verdict-before": (warning, ink) => ({
    sentence: toolVerdict(warning, ink),
    remedy: "The baseline did so too, so that this change did not bring it.",
  }),
  "fewer-requests": ({ suite, baseline, candidate }, ink) => ({
    sentence: `A round of ${ink.name(suite)} holds ${requests(candidate)}, one of the baseline ${requests(baseline)}.`,
    remedy: "Find out what ended the load early, or slowed it down: what was not sent is not compared.",
  }),
  forbidden: ({ action, permission }, ink) => ({
    sentence: `GitHub did not allow this workflow to ${ink.name(action)}.`,
    remedy: `Add ${ink.name(permission)} to the job's \`permissions\`; a pull request from a fork cannot have it.`,
  }),
  "github-failed": ({ action, reason }, ink) => ({
    sentence: `GitHub could not ${ink.name(action)}: ${ink.name(unstopped(reason), REASON)}.`,
    remedy: "The verdict holds. Fix what the reason names, or run the job again to repeat the call.",
  }),
  "not-stored": ({ reason }, ink) => ({
    sentence: `The recording was not stored: ${ink.name(unstopped(reason), REASON)}.`,
    remedy: "The next push to the default branch stores one again, once what the reason names is fixed.",
  }),
};

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

/** What a tool said of its own run by its exit code, and in how many rounds. */
function toolVerdict({ suite, exitCode, means, baseline, candidate, requests: cut }: ToolVerdict, ink: Ink): string {
  const why = means === "" ? "" : ` (${ink.name(means)})`;
  const [after, before] = [candidate, baseline].map(
    ({ rounds, of }) => `${rounds} of ${plural(of, "round", "rounds")}`,
  );
  const short =
    cut === null
      ? ""
      : ` A round of the candidate held ${requests(cut.candidate)}, one of the baseline ${requests(cut.baseline)}.`;
  return `The command of ${ink.name(suite)} ended with exit code ${exitCode}${why} in ${after} of the candidate and ${before} of the baseline.${short}`;
}

function requests(count: number): string {
  return plural(Math.round(count), "request", "requests");
}

/** The first of several names, and how many more there are. */
function some(names: readonly string[], ink: Ink): string {
  const shown = names.slice(0, 5).map((name) => ink.name(name));
  return `${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`;
}

/** How many names there are, and the first of them. */
function counted({ names, count }: Names, ink: Ink): string {
  const shown = names.slice(0, 5).map((name) => ink.name(name));
  const more = count > shown.length ? [`${count - shown.length} more`] : [];
  return `${plural(count, "benchmark", "benchmarks")} (${[...shown, ...more].join(", ")})`;
}

/** What was remarkable about a machine, as a list. */
function busyWith(steal: number, load: number, cores: number, throttled: number): string {
  const parts = [
    steal > 0.02 ? `${percent(steal)} of its time went to others` : null,
    load > cores ? `a load of ${significant(load)} on ${plural(cores, "core", "cores")}` : null,
    throttled > 0 ? `heat slowed its cores ${plural(throttled, "time", "times")}` : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** A reason without the full stop that its sentence brings. */
function unstopped(reason: string): string {
  return reason.replace(/\.\s*$/, "");
}

/** A number of the metric that a warning is about, in a unit that suits it. */
function quantity(value: number, subject: Subject | null, ink: Ink): string {
  const scale = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [value]);
  const suffix = scale.own && scale.suffix !== "" ? ` ${ink.name(scale.suffix)}` : scale.suffix;
  return `${significant(value / scale.factor)}${suffix}`;
}

/** The same as a budget writes it: "200us", "64KiB". */
function plainQuantity(value: number, subject: Subject | null): string {
  const { factor, suffix } = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [value]);
  return `${Number((value / factor).toPrecision(3))}${suffix.replace(/\s/g, "").replace("µ", "u")}`;
}

/** A warning in words, with everything from outside written in `ink`. */
export function message(warning: Warning, ink: Ink, subject: Subject | null = null): Message {
  const write = MESSAGES[warning.code] as (warning: Warning, ink: Ink, subject: Subject | null) => Message;
  return write(warning, ink, subject);
}

/** A warning with its remedy, on one line. */
export function messageLine(warning: Warning, ink: Ink): string {
  const { sentence, remedy } = message(warning, ink);
  return `${sentence} ${remedy}`;
}

/** What each exit code of the command line says, in words. */
export const EXIT_WORDS = {
  0: "passed",
  1: "a regression, a broken limit, a missed goal, or no benchmark in common",
  2: "usage, configuration or input error",
  3: "could not measure",
} as const;

/** "n^1.98 (1.95 … 2.01)". */
function exponentWords({ value, interval: { lower, upper } }: Exponent, ink: Ink): string {
  return `n^${value.toFixed(2)} ${ink.figure(`(${lower.toFixed(2)} … ${upper.toFixed(2)})`)}`;
}

/** A change of an exponent with its sign, to two places; to three where it is small. */
function signed(value: number): string {
  const digits = Math.abs(value).toFixed(Math.abs(value) < 0.1 ? 3 : 2);
  return `${value < 0 ? "−" : "+"}${digits}`;
}
