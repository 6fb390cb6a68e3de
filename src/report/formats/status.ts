import type { Outcome } from "../../model/verdict.ts";
import { titleOf } from "../words/title.ts";

/** A commit status: what a branch rule asks for, and one line for people. */
export interface CommitStatus {
  readonly state: "success" | "failure" | "error";
  /** At most 140 UTF-16 code units, which is GitHub's limit in the strictest reading. */
  readonly description: string;
}

const LIMIT = 140;
const SEPARATOR = " · ";

/**
 * An outcome as a commit status: the words of the comment's title. `error` where nothing could be measured; a warning is a success, as it
 * is for the step. Counts that do not fit are left out from the end, never cut in the middle.
 */
export function statusOf(outcome: Outcome): CommitStatus {
  const gating = outcome.judgements.filter(({ severity, accepted }) => severity === "gate" && accepted === null);
  const measured = gating.some(({ verdict }) => verdict !== "failed");
  const state = outcome.outcome !== "fail" ? "success" : measured ? "failure" : "error";
  return { state, description: fitted(titleOf(outcome).text.split(SEPARATOR)) };
}

function fitted(words: readonly string[]): string {
  const all = words.join(SEPARATOR);
  if (all.length <= LIMIT) return all;
  for (let kept = words.length - 1; kept > 0; kept--) {
    const text = [...words.slice(0, kept), "…"].join(SEPARATOR);
    if (text.length <= LIMIT) return text;
  }
  return `${all.slice(0, LIMIT - 1)}…`;
}
