import { largest } from "../../model/extremes.ts";
import type { Judgement, Outcome } from "../../model/verdict.ts";
import { bucketOf, countWords } from "../parts/buckets.ts";
import { type Column, type ColumnName, columnsFor } from "../parts/columns.ts";
import { quotedOutput } from "../parts/escape.ts";
import { benchmarkName, PLAIN, telling } from "../parts/ink.ts";
import { gateNotes, noteLines, type Section, sectionsOf } from "../parts/sections.ts";
import { shortNames } from "../parts/short-names.ts";
import { displayWidth, pad, truncate, wrap } from "../parts/width.ts";
import { experimentWords } from "../words/method.ts";
import { sideNames, subtitleOf, titleOf } from "../words/title.ts";
import { whyWords } from "../words/why.ts";

/** How a terminal report looks. */
export interface TerminalOptions {
  /** Cells in a line; 100 where unknown. */
  readonly width?: number;
  readonly colour?: boolean;
  /** A command that repeats the comparison. */
  readonly reproduce?: string;
  /** The most rows of one table. */
  readonly rows?: number;
  /** The present, ISO 8601: for the age of the baseline. */
  readonly now?: string;
}

type Style = "red" | "yellow" | "green" | "bold" | "dim" | "none";
type Paint = (text: string, style: Style) => string;

/** SGR codes, ECMA-48 8.3.117. */
const CODES: Readonly<Record<Style, string>> = { red: "31", yellow: "33", green: "32", bold: "1", dim: "2", none: "" };
const ESCAPE = String.fromCharCode(27);
const LABELS = { fail: ["FAIL", "red"], warn: ["WARN", "yellow"], pass: ["PASS", "green"] } as const;
const GAP = "  ";
const ROWS = 50;
const NARROWEST_NAME = 16;
/** Columns that give way when the line is too short, first to last. */
const EXPENDABLE: readonly ColumnName[] = ["plot", "limit", "baseline", "candidate"];
/** Columns of sentences: they get lines of their own below the row. */
const PROSE: readonly ColumnName[] = ["needs", "reason"];

/** The report for a terminal: the rows of the comment in aligned columns, no wider than asked where names allow. */
export function terminalReport(outcome: Outcome, options: TerminalOptions = {}): string {
  const { width = 100, colour = false, reproduce, rows = ROWS, now = null } = options;
  const paint: Paint = (text, style) =>
    colour && style !== "none" ? `${ESCAPE}[${CODES[style]}m${text}${ESCAPE}[0m` : text;
  const [word, style] = LABELS[outcome.outcome];
  const head = [
    ...wrap(titleOf(outcome).text, width - word.length - 2).map((line, index) =>
      index === 0 ? `${paint(word, style)}  ${paint(line, "bold")}` : " ".repeat(word.length + 2) + paint(line, "bold"),
    ),
    ...wrap(subtitleOf(outcome, PLAIN, now), width).map((line) => paint(line, "dim")),
  ];
  const { experiment } = outcome;
  const notes = [
    ...gateNotes(outcome, PLAIN),
    ...noteLines(outcome.judgements, PLAIN),
    ...(experiment === undefined ? [] : [experimentWords(experiment, PLAIN)]),
  ];
  const failures = outcome.judgements.filter(({ failure }) => failure !== null);
  const parts = [
    head,
    ...sectionsOf(outcome).map((section) => sectionLines(section, outcome, { width, rows, paint })),
    whyWords(outcome, PLAIN).flatMap(({ first, more }) =>
      [first, ...more.map((each) => `  ${each}`)].flatMap((text) => bullet(text, width)),
    ),
    ...failures.map((judgement) => failureLines(judgement, width)),
    notes.flatMap((note) => bullet(note, width)),
    reproduce === undefined || outcome.outcome === "pass" ? [] : ["Reproduce it:", `  ${PLAIN.name(reproduce, 2_000)}`],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function sectionLines(
  section: Section,
  outcome: Outcome,
  { width, rows: most, paint }: { width: number; rows: number; paint: Paint },
): readonly string[] {
  const shown = section.rows.slice(0, most);
  const rest = section.rows.slice(most);
  const sides = sideNames(outcome, PLAIN, "candidate");
  const all = columnsFor(section.columns, section.rows, PLAIN, sides, outcome.experiment?.secondsPerPair);
  const prose = all.filter(({ name }) => PROSE.includes(name));
  const cells = all.filter(({ name }) => !PROSE.includes(name));
  const limit = telling(shown);
  const full = shown.map((judgement) => benchmarkName(judgement, PLAIN, limit));
  const fitting = layout(cells, shown, width);
  const short = shortNames(full, fitting.nameWidth);
  // Names that nothing tells apart in so little room get lines of their own.
  const { columns, widths } =
    short === null
      ? layout(
          cells.filter(({ name }) => name !== "benchmark"),
          shown,
          width,
        )
      : fitting;
  const nameWidth = Math.max(displayWidth("benchmark"), ...(short ?? []).map(displayWidth));
  const line = (texts: readonly string[], style: (column: Column) => Style) =>
    columns
      .map((column, index) => {
        const room = column.name === "benchmark" ? nameWidth : widths[index]!;
        return paint(pad(truncate(texts[index]!, room), room, column.align), style(column));
      })
      .join(GAP)
      .trimEnd();
  return [
    ...(section.folded ? [section.summary] : []),
    line(
      columns.map(({ header }) => header),
      () => "dim",
    ),
    ...shown.flatMap((judgement, row) => [
      ...(short === null ? wrap(full[row]!, width) : []),
      line(
        columns.map(({ name, cell }) => (name === "benchmark" ? short![row]! : cell(judgement))),
        ({ name }) => styleOf(name, judgement),
      ),
      ...prose.flatMap(({ cell }) => wrap(cell(judgement), width - 4).map((text) => `    ${text}`)),
    ]),
    ...(rest.length === 0 ? [] : [`… and ${countWords(rest).join(", ")} more`]),
  ];
}

/** The columns that fit into `width`, how wide each is, and the room that this leaves to names. */
function layout(columns: readonly Column[], rows: readonly Judgement[], width: number) {
  const measured = columns.map((column) => ({
    column,
    width: largest(
      rows.map((judgement) => displayWidth(column.cell(judgement))),
      displayWidth(column.header),
    ),
  }));
  const total = (kept: typeof measured) =>
    kept.reduce((sum, each) => sum + each.width, 0) + GAP.length * Math.max(0, kept.length - 1);
  const slack = (kept: typeof measured) =>
    Math.max(0, (kept.find(({ column }) => column.name === "benchmark")?.width ?? 0) - NARROWEST_NAME);
  let kept = measured;
  for (const name of EXPENDABLE) {
    if (total(kept) - slack(kept) <= width) break;
    kept = kept.filter(({ column }) => column.name !== name);
  }
  const over = Math.max(0, total(kept) - width);
  const cut = Math.min(over, slack(kept));
  const widths = kept.map((each) => (each.column.name === "benchmark" ? each.width - cut : each.width));
  return {
    columns: kept.map(({ column }) => column),
    widths,
    nameWidth: widths[kept.findIndex(({ column }) => column.name === "benchmark")] ?? Number.POSITIVE_INFINITY,
  };
}

function styleOf(name: ColumnName, judgement: Judgement): Style {
  return name === "verdict" || name === "change" ? bucketOf(judgement).colour : "none";
}

function failureLines(judgement: Judgement, width: number): readonly string[] {
  const name = benchmarkName(judgement, PLAIN);
  const { side, reason, output } = judgement.failure!;
  return [...wrap(`${name} failed on the ${side}: ${PLAIN.name(reason, 500)}`, width), ...quotedOutput(output, 2_000)];
}

function bullet(text: string, width: number): readonly string[] {
  return wrap(text, width - 2).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}
