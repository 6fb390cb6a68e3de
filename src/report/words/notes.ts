import type { Judgement } from "../../model/verdict.ts";
import type { Warning } from "../../model/warning.ts";
import type { Ink } from "../parts/ink.ts";
import type { Message } from "./messages/row.ts";
import { message } from "./messages.ts";
import { isReason } from "./needs.ts";

/** What a warning says of all judgements that hold it. `sentence` is empty where it stands elsewhere. */
export interface Note extends Message {
  /** In the order in which they were given. */
  readonly holders: readonly [Judgement, ...Judgement[]];
}

/**
 * What the warnings on judgements say, each text once. Why something is undecided stands in its own row, so that only the remedy is left
 * to say; noise has nothing left.
 *
 * @param wanted which warnings are told.
 */
export function notesOf(
  judgements: readonly Judgement[],
  ink: Ink,
  wanted: (warning: Warning, judgement: Judgement) => boolean = () => true,
): readonly Note[] {
  const notes = new Map<string, Message & { readonly holders: [Judgement, ...Judgement[]] }>();
  for (const judgement of judgements) {
    for (const warning of judgement.warnings.filter((each) => wanted(each, judgement))) {
      const reason = isReason(warning, judgement);
      if ((reason && warning.code === "noisy") || isSaid(warning, judgement)) continue;
      const { sentence, remedy } = message(warning, ink, judgement);
      const said = { sentence: reason ? "" : sentence, remedy };
      const text = `${said.sentence} ${remedy}`;
      const known = notes.get(text);
      if (known === undefined) notes.set(text, { ...said, holders: [judgement] });
      else known.holders.push(judgement);
    }
  }
  return [...notes.values()];
}

/** Whether another warning on the same judgement says it better: a clock that is why nothing was decided. */
function isSaid({ code }: Warning, { warnings }: Judgement): boolean {
  return code === "coarse-clock" && warnings.some((each) => each.code === "too-coarse");
}
