import { worse } from "../../model/measurement.ts";
import { comparesNothing, type Judgement, type Outcome } from "../../model/verdict.ts";
import { acceptanceLabel, type BucketName, byBucket } from "../parts/buckets.ts";
import { fenced, yamlString } from "../parts/escape.ts";
import { isBeyondRounds, pairsToDecide } from "./needs.ts";
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

/** A thing to do, and a block to paste for it. */
interface Step {
  readonly text: string;
  readonly block?: string;
}

/** What a reader can do now, as Markdown; empty where nothing is red or undecided. */
export function whatNow(outcome: Outcome, reproduce: string | null, now: string | null): string {
  const buckets = byBucket(outcome.judgements);
  const regressions = buckets.get("regression")!;
  const some = (name: BucketName) => buckets.get(name)!.length > 0;
  const steps: readonly (Step | null)[] = [
    some("regression")
      ? {
          text: `Fix ${regressions.length === 1 ? "it" : "them"}; or accept with a reason, where reviewers see it, in \`benchgate.yml\`:`,
          block: fenced("yaml", acceptances(regressions, now)),
        }
      : null,
    some("limit") ? { text: LIMIT } : null,
    some("missed-goal") ? { text: GOAL } : null,
    comparesNothing(outcome) ? { text: APART } : null,
    some("failed") ? { text: "Mend what failed: the reason is above." } : null,
    some("failed-before") ? { text: BEFORE } : null,
    undecided(outcome) ? { text: decision(outcome) } : null,
  ];
  const asked = steps.filter((step) => step !== null);
  if (asked.length === 0) return "";
  // A command of several lines would be another one on one line; what shows nothing could hide a part of it.
  const hidden = reproduce !== null && /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(reproduce.trim());
  const command = reproduce === null || hidden ? "" : reproduce.trim();
  const all: readonly Step[] = [
    ...asked,
    ...(command === "" || command.length > COMMAND_LIMIT
      ? []
      : [{ text: "Reproduce it, on your machine:", block: fenced("sh", command) }]),
  ];
  return `**What now**\n\n${all.map(item).join("\n")}`;
}

function item({ text, block }: Step): string {
  return block === undefined ? `- ${text}` : `- ${text}\n\n${block.replace(/^/gm, "  ")}\n`;
}

const LIMIT = "A broken limit cannot be accepted: get below it, or raise `limit` in its budget on the base branch.";
const APART =
  "Nothing could be compared, which is not a pass: give the benchmarks the names that they have on the base, or see why they were not measured.";
const GOAL = "A missed goal fails the check: reach it, or lower `goal` in its budget on the base branch.";
const BEFORE =
  "What failed on the base has nothing to be compared with; that alone keeps no change out. Once this is merged, the next one is compared.";

/** What would decide the undecided: a number of rounds where one is known and helps. */
function decision(outcome: Outcome): string {
  const beyond = isBeyondRounds(outcome);
  if (beyond.all) return BEYOND_ROUNDS;
  const found = pairsToDecide(outcome);
  const more =
    found === null
      ? "more rounds (`rounds`, `time-budget`)"
      : `\`rounds: ${found.rounds}\`, ${found.words}, if \`time-budget\` allows`;
  const rest = beyond.some ? " Some of it no number of rounds decides: its row says why." : "";
  return `What is undecided needs ${more}; a longer benchmark or a quieter machine helps too. If so small a change does not matter, raise \`threshold\`.${rest}`;
}

const BEYOND_ROUNDS =
  "What is undecided is so for a reason that no number of rounds takes away: its row says which, and the notes what to do about it.";

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
      `    up-to: ${Math.max(1, Math.ceil(worsening(judgement) * 100))}%`,
      "    reason: why this is worth it",
      ...(until === null ? [] : [`    until: ${until}`]),
    ]),
    ...(rest > 0 ? [`  # and ${rest.toLocaleString("en-US")} more; \`match\` takes * for any characters`] : []),
  ].join("\n");
}

/** The relative change in the worse direction, as acceptances count it. */
function worsening({ better, comparison }: Judgement): number {
  return worse(better) * ((comparison?.ratio ?? 1) - 1);
}
