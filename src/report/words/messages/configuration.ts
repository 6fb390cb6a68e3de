import { listed, percent, plural } from "../format.ts";
import { counted, REASON, some, unstopped } from "./pieces.ts";
import type { Table } from "./row.ts";

/** What a configuration asks for and a revision does not have, in words. */
export const CONFIGURATION = {
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
  "definitions-removed": ({ files }, ink) => ({
    sentence: `${plural(files.length, "benchmark file of the base is", "benchmark files of the base are")} gone, and no longer measured: ${some(files, ink)}.`,
    remedy: "If that was not meant, bring it back.",
  }),
  "incomplete-baseline": ({ paths }, ink) => ({
    sentence: `The working tree of the base revision lacks ${plural(paths.length, "submodule or LFS file", "submodules or LFS files")} that this one has: ${some(paths, ink)}.`,
    remedy: "Fetch them in `setup`, or see that the job's credentials reach where they come from.",
  }),
  "suites-removed": ({ suites }, ink) => ({
    sentence: `${plural(suites.length, "suite of the base is", "suites of the base are")} gone from the configuration, and no longer measured: ${some(suites, ink)}.`,
    remedy: "If that was not meant, bring it back.",
  }),
  "budgets-from-base": ({ file }, ink) => ({
    sentence: `This change edits the budgets in ${ink.name(file)}; those of the base revision are in force.`,
    remedy: "The new ones apply once they are merged.",
  }),
  "base-unsound": ({ file, reason }, ink) => ({
    sentence: `${ink.name(file)} of the base revision cannot be read, so its budgets are not in force: ${ink.name(unstopped(reason), REASON)}.`,
    remedy: "Correct the file on the base branch; until then, check which budgets this change was judged by.",
  }),
  "acceptance-expired": ({ match, until }, ink) => ({
    sentence: `The acceptance of ${ink.name(match)} ended on ${ink.name(until)}.`,
    remedy: "Extend its `until` in a reviewed change, or remove it.",
  }),
  "acceptance-exceeded": ({ match, upTo }, ink) => ({
    sentence: `The change is larger than the ${percent(upTo)} that were accepted for ${ink.name(match)}.`,
    remedy: "Win some of it back, or agree on a larger `up-to`.",
  }),
  "time-budget": ({ suite, rounds, planned }, ink) => ({
    sentence: `The time budget ended the measurement of ${ink.name(suite)} after ${rounds} of ${plural(planned, "round", "rounds")}.`,
    remedy: "Raise `time-budget`, or measure fewer or shorter benchmarks.",
  }),
} satisfies Partial<Table>;
