import { worse } from "../../model/measurement.ts";
import { comparesNothing, type Judgement, type Outcome } from "../../model/verdict.ts";
import { type BucketName, byBucket } from "../parts/buckets.ts";
import { entriesOf } from "../parts/entries.ts";
import { fenced, yamlString } from "../parts/escape.ts";
import { acceptanceLabel } from "../parts/labels.ts";
import { percent, signedPercent } from "./format.ts";
import { isBeyondRounds, LONGEST_WAIT, pairsToDecide } from "./needs.ts";
import { undecided } from "./title.ts";

/** How many acceptances a report offers to paste. */
const OFFERED = 5;
/** A longer name would be pasted cut, and would not match. */
const LABEL_LIMIT = 300;
/** How long an offered acceptance holds, in days. */
const ACCEPTED_DAYS = 180;
const DAY = 86_400_000;
/** A longer command would be a page of its own, and half a command is worse than none. */
const COMMAND_LIMIT = 2_000;

/** A thing to do in our own words, with code in backticks, and a block to paste for it. */
export interface Step {
  readonly text: string;
  readonly block?: { readonly language: "yaml" | "sh"; readonly text: string };
}

/** What a reader can do now, as Markdown; empty where nothing is red or undecided. */
export function whatNow(outcome: Outcome, reproduce: string | null, now: string | null): string {
  const steps = nextSteps(outcome, reproduce, now);
  return steps.length === 0 ? "" : `**What now**\n\n${steps.map(item).join("\n")}`;
}

/** What a reader can do now; nothing where nothing is red or undecided. */
export function nextSteps(outcome: Outcome, reproduce: string | null, now: string | null): readonly Step[] {
  const buckets = byBucket(outcome.judgements);
  if (outcome.warnings.some(({ code }) => code === "machine-unstable")) return [{ text: UNSTABLE }];
  const regressions = buckets.get("regression")!;
  const some = (name: BucketName) => buckets.get(name)!.length > 0;
  const steps: readonly (Step | null)[] = [
    some("regression")
      ? {
          text: `Fix ${entriesOf(regressions).length === 1 ? "it" : "them"}, or accept the change with a reason in \`benchgate.yml\`, where reviewers see it:`,
          block: { language: "yaml", text: acceptances(regressions, now) },
        }
      : null,
    some("limit") ? { text: LIMIT } : null,
    some("missed-goal") ? { text: GOAL } : null,
    comparesNothing(outcome) ? { text: APART } : null,
    some("failed")
      ? { text: 'Fix what failed. The row shows the reason, and "Why it failed" shows the output.' }
      : null,
    some("failed-before") ? { text: BEFORE } : null,
    undecided(outcome) ? { text: decision(outcome) } : null,
  ];
  const asked = steps.filter((step) => step !== null);
  if (asked.length === 0) return [];
  // A command of several lines would be another one on one line; what shows nothing could hide a part of it.
  const hidden = reproduce !== null && /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(reproduce.trim());
  const command = reproduce === null || hidden ? "" : reproduce.trim();
  const repeatable = command !== "" && command.length <= COMMAND_LIMIT;
  return repeatable
    ? [...asked, { text: "Reproduce it on your machine:", block: { language: "sh", text: command } }]
    : asked;
}

function item({ text, block }: Step): string {
  if (block === undefined) return `- ${text}`;
  return `- ${text}\n\n${fenced(block.language, block.text).replace(/^/gm, "  ")}\n`;
}

const UNSTABLE =
  "Run this job again. If it happens again, use another runner: no verdict of this run is reliable, and there is nothing to fix in the code yet.";
const LIMIT = "A broken limit cannot be accepted. Get below it, or raise `limit` in its budget on the base branch.";
const APART =
  "Nothing could be compared, which is not a pass. Give the benchmarks the names that they have on the base, or find out why they were not measured.";
const GOAL = "A missed goal fails the check. Reach it, or lower `goal` in its budget on the base branch.";
const BEFORE =
  "Benchmarks that failed on the base have no baseline to compare with. This alone does not block the pull request; comparison resumes after it is merged.";

/** What would decide the undecided: a number of rounds where one is known and helps. */
function decision(outcome: Outcome): string {
  const beyond = isBeyondRounds(outcome);
  if (beyond.all) return BEYOND_ROUNDS;
  const found = pairsToDecide(outcome);
  if (found !== null && found.seconds > LONGEST_WAIT) return tooNoisy(outcome);
  const more =
    found === null
      ? "raise `rounds` and `time-budget`"
      : `set \`rounds: ${found.rounds}\`, ${found.words}, and allow enough \`time-budget\``;
  const rest = beyond.some ? " For some rows more rounds do not help; each says why." : "";
  return `To decide the inconclusive rows, ${more}. Longer benchmarks or a quieter machine also help. If changes this small don't matter to you, raise \`threshold\`.${rest}`;
}

/** Where more pairs would take too long: what the measurement can find as it is. */
function tooNoisy({ judgements }: Outcome): string {
  const open = judgements.filter(({ verdict, severity, comparison }) => {
    return verdict === "inconclusive" && severity === "gate" && comparison?.detectable != null;
  });
  const found = open.reduce((worst, { comparison }) => Math.max(worst, comparison!.detectable!), 0);
  const allowed = open.reduce((least, { threshold }) => Math.min(least, threshold ?? least), Number.POSITIVE_INFINITY);
  const can =
    found > 0 && Number.isFinite(allowed)
      ? ` for a threshold of ${percent(allowed)}: this measurement can find ${percent(found)}`
      : "";
  return `The inconclusive rows are too noisy${can}. Make the benchmarks steadier or longer, use a quieter machine, or raise their threshold.`;
}

const BEYOND_ROUNDS =
  "More rounds cannot decide the inconclusive rows. Each row says why, and the notes say what to do about it.";

/** Entries for `accept:` that cover these regressions as they are now, ready to paste. */
function acceptances(regressions: readonly Judgement[], now: string | null): string {
  const until = now === null ? null : new Date(Date.parse(now) + ACCEPTED_DAYS * DAY).toISOString().slice(0, 10);
  const coverable = regressions.filter(({ comparison }) => comparison !== null);
  const offered = coverable.filter((judgement) => acceptanceLabel(judgement).length <= LABEL_LIMIT).slice(0, OFFERED);
  const rest = coverable.length - offered.length;
  return [
    "accept:",
    ...offered.flatMap((judgement) => [
      `  - match: ${yamlString(acceptanceLabel(judgement))}`,
      `    up-to: ${Math.max(1, Math.ceil(worst(judgement) * 100))}%  # measured ${signedPercent(judgement.comparison!.ratio)}`,
      "    reason: why this is worth it",
      ...(until === null ? [] : [`    until: ${until}`]),
    ]),
    ...(rest > 0 ? [`  # and ${rest.toLocaleString("en-US")} more; \`match\` takes * for any characters`] : []),
  ].join("\n");
}

/** The end of the interval in the worse direction, as acceptances count it: a repeated measurement can come out there. */
function worst({ better, comparison }: Judgement): number {
  const { ratio = 1, interval } = comparison ?? {};
  const end = better === "lower" ? interval?.upper : interval?.lower;
  return worse(better) * ((end !== undefined && Number.isFinite(end) ? end : ratio) - 1);
}
