import type { Environment } from "../../model/environment.ts";
import type { Experiment, Judgement, Outcome } from "../../model/verdict.ts";
import type { Ink } from "../parts/ink.ts";
import { listed, percent, plural, small } from "./format.ts";
import { expectedFalseAlarms } from "./title.ts";
import { profilingWords } from "./why.ts";

/** The most facts of an environment that are listed. */
const FACTS = 16;

/** How a verdict came about, in sentences: the order of the rounds, the rule, its price, what it could see, and the machine. */
export function methodLines(outcome: Outcome, ink: Ink): readonly string[] {
  const { experiment, judgements, candidate } = outcome;
  const gating = judgements.filter(({ severity, comparison }) => severity === "gate" && comparison !== null);
  const tested = gating.filter(({ comparison }) => comparison!.design !== "exact");
  const comparisons = plural(gating.length, "gating comparison", "gating comparisons");
  return [
    ...(experiment === undefined ? [] : [experimentWords(experiment, ink)]),
    ...(tested.length === 0 ? [] : [RULE]),
    ...(gating.length === 0
      ? []
      : [`False alarms expected, had nothing changed: ${small(expectedFalseAlarms(outcome))} over ${comparisons}.`]),
    ...sight(tested),
    ...[profilingWords(outcome) ?? []].flat(),
    environmentWords(candidate.environment, ink),
  ];
}

const RULE =
  'A regression is reported only if its whole 95 % interval is beyond the threshold; at most 5 % of such findings are expected to be slower by less than half of it, or, against stored runs, by less than it (Benjamini-Hochberg). "Unchanged" means that the whole 90 % interval is within the threshold (two one-sided tests at 5 %). "Not slower" means that the 95 % interval ends below it. Anything else is inconclusive. Interim looks are accounted for.';

/** The experiment in one sentence: "Order drawn with seed 42; looks after 6, 12 and 24 pairs." */
export function experimentWords({ seed, looks, session }: Experiment, ink: Ink): string {
  const last = looks.at(-1) ?? 0;
  const looked =
    looks.length > 1
      ? `looks planned after ${listed(looks)} pairs`
      : `one look, after ${plural(last, "pair", "pairs")}`;
  return `Order of the sides drawn with seed ${seed}; ${looked}. Session ${ink.name(session)}.`;
}

/** The smallest change that the typical comparison would have found, and the one that saw least; empty where noise hid everything. */
function sight(tested: readonly Judgement[]): readonly string[] {
  const found = tested
    .flatMap(({ comparison }) => (comparison!.detectable === null ? [] : [comparison!.detectable]))
    .sort((a, b) => a - b);
  const [middle, worst] = [found[Math.floor(found.length / 2)], found.at(-1)];
  if (middle === undefined || worst === undefined || !Number.isFinite(middle)) return [];
  const most = Number.isFinite(worst) ? percent(worst) : "none of any size";
  const spread = percent(middle) === most ? "" : ` (median; ${most} where the noise was worst)`;
  return [`A worsening of ${percent(middle)} would have been found four times in five${spread}.`];
}

function environmentWords(environment: Environment, ink: Ink): string {
  const facts = Object.entries(environment);
  const shown = facts.slice(0, FACTS).map(([fact, value]) => `${ink.name(fact, 40)} ${ink.name(String(value), 60)}`);
  const rest = facts.length > FACTS ? [`${facts.length - FACTS} more facts`] : [];
  return `Machine: ${[...shown, ...rest].join(", ")}.`;
}
