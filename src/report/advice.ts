import type { Judgement, Outcome } from "../model/verdict.ts";
import { byBucket, label } from "./buckets.ts";
import { fenced, yamlString } from "./escape.ts";
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

/** What a reader can do now, as Markdown; empty where nothing is red or undecided. */
export function whatNow(outcome: Outcome, reproduce: string | null, now: string | null): string {
  const buckets = byBucket(outcome.judgements);
  const regressions = buckets.get("regression")!;
  const some = (name: Parameters<typeof buckets.get>[0]) => buckets.get(name)!.length > 0;
  const steps = [
    ...(some("regression")
      ? ["Fix it, or accept it with a reason: add this to `benchgate.yml`, where reviewers see it."]
      : []),
    ...(some("limit")
      ? ["A broken limit cannot be accepted: get below it, or raise `limit` in its budget on the base branch."]
      : []),
    ...(some("failed") ? ["Mend what failed: the end of its output is above."] : []),
    ...(undecided(outcome) ? [UNDECIDED] : []),
  ];
  if (steps.length === 0) return "";
  const command = reproduce === null ? "" : reproduce.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return [
    "**What now**",
    ...steps.map((step) => `- ${step}`),
    ...(some("regression") ? ["", fenced("yaml", acceptances(regressions, now))] : []),
    ...(command === "" || command.length > COMMAND_LIMIT ? [] : ["", "Reproduce it:", "", fenced("sh", command)]),
  ]
    .join("\n")
    .replace("**What now**\n", "**What now**\n\n");
}

const UNDECIDED =
  "To decide what is inconclusive: more rounds (`rounds`, `time-budget`), a longer benchmark or a quieter machine; or a larger `threshold`, if so small a change does not matter.";

/** Entries for `accept:` that cover these regressions as they are now, ready to paste. */
function acceptances(regressions: readonly Judgement[], now: string | null): string {
  const until = now === null ? null : new Date(Date.parse(now) + ACCEPTED_DAYS * DAY).toISOString().slice(0, 10);
  const coverable = regressions.filter(({ comparison }) => comparison !== null);
  const offered = coverable.filter((judgement) => label(judgement).length <= LABEL_LIMIT).slice(0, OFFERED);
  const rest = coverable.length - offered.length;
  return [
    "accept:",
    ...offered.flatMap((judgement) => [
      `  - match: ${yamlString(label(judgement))}`,
      `    up-to: ${Math.max(1, Math.ceil(worsening(judgement) * 100))}%`,
      "    reason: why this is worth it",
      ...(until === null ? [] : [`    until: ${until}`]),
    ]),
    ...(rest > 0 ? [`  # and ${rest.toLocaleString("en-US")} more; \`match\` takes * for any characters`] : []),
  ].join("\n");
}

/** The relative change in the worse direction, as acceptances count it. */
function worsening({ better, comparison }: Judgement): number {
  const ratio = comparison?.ratio ?? 1;
  return (better === "lower" ? ratio : 1 / ratio) - 1;
}
