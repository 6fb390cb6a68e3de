import { markdownTable } from "markdown-table";
import type { Judgement } from "../../model/verdict.ts";
import { needs } from "../words/needs.ts";
import { bucketOf } from "./buckets.ts";
import { type Column, type ColumnName, columnsFor, NOTHING, type SideNames } from "./columns.ts";
import type { Entry } from "./entries.ts";
import { breakable } from "./escape.ts";
import { benchmarkName, MARKDOWN, telling } from "./ink.ts";

/** The lines of a Markdown table, head first. Its columns are unpadded: GitHub limits characters, and nobody reads the source. */
function lines(head: readonly string[], rows: readonly (readonly string[])[], align: readonly Column["align"][] = []) {
  return markdownTable([head, ...rows], {
    align: head.map((_, i) => align[i] ?? "left"),
    alignDelimiters: false,
  }).split("\n");
}

const BREAK = "<br>";
const CELLS: readonly ColumnName[] = ["statistic", "change", "sides", "plot", "limit", "reason"];

/** What a table of entries rests on beside them. */
export interface RowContext {
  readonly sides: SideNames;
  /** How long one more pair takes; null where that is not known. */
  readonly secondsPerPair: number | null;
  /** Whether each row says its verdict. */
  readonly verdicts: boolean;
}

/**
 * The table that people read, as lines of Markdown: a row for each benchmark, its statistics together. What it is comes first, then the change, so that
 * both are seen on a phone; then the values, and the interval against the row's own threshold with the reason where it needs one.
 */
export function rowTable(entries: readonly Entry[], context: RowContext): readonly string[] {
  const all = entries.flat();
  const { sides, secondsPerPair, verdicts } = context;
  const columns = columnsFor(CELLS, all, MARKDOWN, sides, secondsPerPair);
  const said = (name: ColumnName, judgement: Judgement) =>
    columns.find((column) => column.name === name)?.cell(judgement) ?? NOTHING;
  const headed = (name: ColumnName) => columns.find((column) => column.name === name)?.header ?? name;
  const nameLimit = telling(all);
  const what = (entry: Entry) => {
    const [first] = entry;
    const statistics = entry.map((each) => said("statistic", each)).filter((text) => text !== NOTHING);
    const name = `${breakable(benchmarkName(first, MARKDOWN, nameLimit))} ${statistics.join(", ")}`.trim();
    return verdicts ? `${MARKDOWN.verdict(bucketOf(first))}${BREAK}${name}` : name;
  };
  // Of several statistics each says which it is.
  const labelled = (entry: Entry, text: (judgement: Judgement) => string) =>
    entry
      .map((each) => [text(each), entry.length > 1 ? `${said("statistic", each)} ` : ""] as const)
      .filter(([cell]) => cell !== NOTHING)
      .map(([cell, label]) => label + cell)
      .join(BREAK) || NOTHING;
  const change = (judgement: Judgement) => said(judgement.failure === null ? "change" : "reason", judgement);
  const against = (entry: Entry) => {
    const bounds = labelled(entry, (each) => {
      const parts = [said("plot", each), said("limit", each)].filter((text) => text !== NOTHING);
      return parts.join(" ") || NOTHING;
    });
    const reasons = new Set(
      entry.flatMap((each) => [
        each.failure === null ? said("reason", each) : NOTHING,
        needs(each, MARKDOWN, secondsPerPair) || NOTHING,
      ]),
    );
    const told = [bounds, ...reasons].filter((text) => text !== NOTHING);
    return told.join(BREAK) || NOTHING;
  };
  const cells = [
    { head: "benchmark", of: what },
    {
      head: headed("change"),
      of: (entry: Entry) => labelled(entry, change),
    },
    {
      head: headed("sides"),
      of: (entry: Entry) => labelled(entry, (each) => said("sides", each)),
    },
    { head: "against the threshold", of: against },
  ];
  const rows = entries.map((entry) => cells.map(({ of }) => of(entry)));
  const kept = cells.map((_, index) => index).filter((index) => rows.some((row) => row[index] !== NOTHING));
  return lines(
    kept.map((index) => cells[index]!.head),
    rows.map((row) => kept.map((index) => row[index]!)),
  );
}

/** The table of everything, as lines of Markdown: a row for each judgement. */
export function fullTable(columns: readonly Column[], judgements: readonly Judgement[]): readonly string[] {
  return lines(
    columns.map(({ header }) => header),
    judgements.map((judgement) => columns.map(({ cell }) => cell(judgement))),
    columns.map(({ align }) => align),
  );
}
