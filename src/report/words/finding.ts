import type { Judgement } from "../../model/verdict.ts";
import { type ColumnName, columnsFor } from "../parts/columns.ts";
import { clean, outputLines } from "../parts/escape.ts";
import { PLAIN } from "../parts/ink.ts";
import { message } from "./messages.ts";

/** A judgement in plain lines, as a machine shows it to people: one title, and what led to it. */
export interface Finding {
  /** "regression: parser / json p50", one printable line of at most 200 code points. */
  readonly title: string;
  /** The numbers, or why there are none; then every warning with its remedy, and the end of a failure's output. */
  readonly lines: readonly string[];
}

const COLUMNS = ["verdict", "benchmark", "statistic", "baseline", "candidate", "change", "limit"] as const;

/** A judgement as a finding. Nothing in it is markup or a control character. */
export function findingOf(judgement: Judgement): Finding {
  const { verdict, failure, warnings, accepted } = judgement;
  const columns = columnsFor(COLUMNS, [judgement], PLAIN, { baseline: "baseline", candidate: "candidate" });
  const said = (name: ColumnName) => columns.find((column) => column.name === name)?.cell(judgement) ?? "–";
  const numbers =
    ONE_SIDED[verdict] ?? `${said("baseline")} → ${said("candidate")}, ${said("change")}; limit ${said("limit")}.`;
  return {
    title: clean(`${said("verdict")}: ${said("benchmark")} ${failure === null ? said("statistic") : ""}`, 200),
    lines: [
      failure === null ? numbers : clean(failure.reason, 500),
      ...(accepted === null ? [] : [`Accepted: ${clean(accepted.reason, 300)}`]),
      ...warnings.map((warning) => {
        const { sentence, remedy } = message(warning, PLAIN, judgement);
        return `${sentence} ${remedy}`;
      }),
      ...(failure === null ? [] : outputLines(failure.output, 2_000)),
    ],
  };
}

const ONE_SIDED: Readonly<Partial<Record<Judgement["verdict"], string>>> = {
  removed: "Only the baseline has this benchmark.",
  added: "Only the candidate has this benchmark.",
};
