import { largest } from "../../model/extremes.ts";
import type { Judgement, Outcome } from "../../model/verdict.ts";
import { bucketOf } from "../parts/buckets.ts";
import { type Column, type ColumnName, columnsFor, NOTHING } from "../parts/columns.ts";
import { countWords, entriesOf } from "../parts/entries.ts";
import { quotedOutput } from "../parts/escape.ts";
import { benchmarkName, PLAIN, telling } from "../parts/ink.ts";
import { gateNotes, noteLines, type Section, sectionsOf } from "../parts/sections.ts";
import { shortNames } from "../parts/short-names.ts";
import { displayWidth, pad, wrap } from "../parts/width.ts";
import { experimentWords } from "../words/method.ts";
import { headlineOf, sideNames, subtitleOf, titleOf } from "../words/title.ts";
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
  /** Whether what asks for nothing has rows as well, however many they are. */
  readonly unchanged?: boolean;
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
/** What a row says on one line, where there is room for all of it. */
const CELLS: readonly ColumnName[] = ["verdict", "benchmark", "statistic", "change", "sides", "plot", "limit"];
/** What is on a row's first line where it takes two; the rest is below it. */
const FIRST: readonly ColumnName[] = ["verdict", "benchmark", "statistic"];
const SECOND: readonly ColumnName[] = ["sides", "change", "limit"];
/** What is said of a benchmark that did not change, where there is no room for more: it has one line. */
const BRIEF: readonly ColumnName[] = ["verdict", "benchmark", "statistic", "change"];
/** Columns of sentences: they get lines of their own below the row. */
const PROSE: readonly ColumnName[] = ["needs", "reason"];
/** Sections that ask for nothing: more than a few benchmarks in one of them are counted on one line. */
const CALM: readonly Section["name"][] = ["unchanged", "same-code", "undecided"];
const FEW = 5;

/** The report for a terminal: the verdict, the rows of the comment on a line each or on two where that is too narrow, and the verdict again. */
export function terminalReport(outcome: Outcome, options: TerminalOptions = {}): string {
  const { width = 100, colour = false, reproduce, rows = ROWS, now = null, unchanged = false } = options;
  const paint: Paint = (text, style) =>
    colour && style !== "none" ? `${ESCAPE}[${CODES[style]}m${text}${ESCAPE}[0m` : text;
  const [word, style] = LABELS[outcome.outcome];
  const labelled = (text: string) =>
    wrap(text, width - word.length - 2).map((line, index) =>
      index === 0 ? `${paint(word, style)}  ${paint(line, "bold")}` : " ".repeat(word.length + 2) + paint(line, "bold"),
    );
  const headline = headlineOf(outcome, PLAIN);
  const { text: title } = titleOf(outcome);
  const head = [
    ...labelled(headline ?? title),
    ...(headline === null ? [] : wrap(title, width)),
    ...wrap(subtitleOf(outcome, PLAIN, now), width).map((line) => paint(line, "dim")),
  ];
  const { experiment } = outcome;
  const notes = [
    ...gateNotes(outcome, PLAIN),
    ...noteLines(outcome.judgements, PLAIN),
    ...(experiment === undefined ? [] : [experimentWords(experiment, PLAIN)]),
  ];
  const failures = outcome.judgements.filter(({ failure }) => failure !== null && failure.output.trim() !== "");
  const parts = [
    head,
    ...sectionsOf(outcome).map((section) =>
      CALM.includes(section.name) && !unchanged && entriesOf(section.rows).length > FEW
        ? calmLine(section, width)
        : sectionLines(section, outcome, { width, rows, paint }),
    ),
    whyLines(outcome, width),
    ...failures.map((judgement) => failureLines(judgement, width)),
    notes.flatMap((note) => bullet(note, width)),
    reproduce === undefined || outcome.outcome === "pass" ? [] : ["Reproduce it:", `  ${PLAIN.name(reproduce, 2_000)}`],
    // What scrolled away is said again where the reader is.
    labelled(title),
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
  const rows = entriesOf(section.rows).flat();
  const shown = rows.slice(0, most);
  const rest = rows.slice(most);
  const sides = sideNames(outcome, PLAIN, "candidate");
  const all = columnsFor([...CELLS, ...PROSE], shown, PLAIN, sides, outcome.experiment?.secondsPerPair);
  const prose = all.filter(({ name }) => PROSE.includes(name));
  const cells = all.filter(({ name }) => !PROSE.includes(name) && (name !== "verdict" || section.mixed));
  const limit = telling(shown);
  const full = shown.map((judgement) => benchmarkName(judgement, PLAIN, limit));
  const fits = (some: readonly Column[], name = NARROWEST_NAME) => widthOf(some, shown, name) <= width;
  const brief = cells.filter(({ name }) => BRIEF.includes(name));
  const plain = cells.filter(({ name }) => name !== "plot");
  const whole = largest(full.map(displayWidth), NARROWEST_NAME);
  // A name that is read is worth more than a picture.
  const preferred = !fits(cells, whole) && fits(plain, whole) ? plain : cells;
  const enough = section.name === "unchanged" && !fits(preferred) && fits(brief) ? brief : preferred;
  const narrow = !fits(enough);
  const columns = narrow ? cells.filter(({ name }) => FIRST.includes(name)) : enough;
  const below = narrow ? SECOND.flatMap((name) => cells.filter((cell) => cell.name === name)) : [];
  const room = Math.max(NARROWEST_NAME, width - widthOf(columns, shown, 0));
  // Names that nothing tells apart in so little room get lines of their own.
  const short = shortNames(full, room);
  const line = (kept: readonly Column[], texts: readonly string[], style: (column: Column) => Style) =>
    kept
      .map((column, index) => {
        const cells = column.name === "benchmark" ? shown.map((_, row) => short?.[row] ?? "") : shown.map(column.cell);
        const wide = largest([...cells, ...(narrow ? [] : [column.header])].map(displayWidth));
        return paint(pad(texts[index]!, wide, column.align), style(column));
      })
      .join(GAP)
      .trimEnd();
  const first = short === null ? columns.filter(({ name }) => name !== "benchmark") : columns;
  const indent = INDENT;
  return [
    ...(section.folded || narrow || !section.mixed ? [paint(section.summary, section.folded ? "none" : "dim")] : []),
    ...(narrow
      ? []
      : [
          line(
            first,
            first.map(({ header }) => header),
            () => "dim",
          ),
        ]),
    ...shown.flatMap((judgement, row) => [
      ...(short === null ? wrap(full[row]!, width) : []),
      line(
        first,
        first.map(({ name, cell }) => (name === "benchmark" ? short![row]! : cell(judgement))),
        ({ name }) => styleOf(name, judgement),
      ),
      ...(below.length === 0
        ? []
        : belowLines(below, judgement, shown, width - indent.length, paint).map((text) => indent + text)),
      ...prose
        .map(({ cell }) => cell(judgement))
        .filter((text) => text !== NOTHING)
        .flatMap((text) => wrap(text, width - indent.length).map((words) => indent + words)),
    ]),
    ...(rest.length === 0 ? [] : [`… and ${countWords(rest).join(", ")} more`]),
  ];
}

const INDENT = "    ";

/** What got slower and where, under the heading that the documentation names; nothing of a machine whose verdicts cannot be trusted. */
function whyLines(outcome: Outcome, width: number): readonly string[] {
  if (outcome.warnings.some(({ code }) => code === "machine-unstable")) return [];
  const why = whyWords(outcome, PLAIN).flatMap(({ first, more }) => [
    ...bullet(first, width),
    ...more.flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`)),
  ]);
  return why.length === 0 ? [] : ["Why it got slower", ...why];
}

/** The rest of a row that takes two lines, on as few lines as hold it: change, values, threshold. */
function belowLines(
  columns: readonly Column[],
  judgement: Judgement,
  rows: readonly Judgement[],
  width: number,
  paint: Paint,
): readonly string[] {
  const align = rows.length <= ALIGNED;
  const lines: { readonly plain: string; readonly painted: string }[] = [];
  for (const { name, cell } of columns) {
    const text = cell(judgement);
    if (text === NOTHING) continue;
    const bound = name === "limit" && !text.startsWith("limit") ? `threshold ${text}` : text;
    const said =
      name === "limit" || !align ? bound : pad(text, largest(rows.map((row) => displayWidth(cell(row)))), "left");
    const painted = paint(said, styleOf(name, judgement));
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last.plain) + GAP.length + displayWidth(said) <= width) {
      lines[lines.length - 1] = { plain: last.plain + GAP + said, painted: last.painted + GAP + painted };
    } else lines.push({ plain: said, painted });
  }
  return lines.map(({ painted }) => painted.trimEnd());
}

/** So many rows are worth columns of one width on their second lines as well. */
const ALIGNED = 50;

/** How wide a table of these columns is whose names have so many cells. */
function widthOf(columns: readonly Column[], rows: readonly Judgement[], nameWidth: number): number {
  const widths = columns.map(({ name, header, cell }) =>
    name === "benchmark" ? nameWidth : largest([header, ...rows.map(cell)].map(displayWidth)),
  );
  return widths.reduce((sum, each) => sum + each, 0) + GAP.length * Math.max(0, columns.length - 1);
}

/** What asks for nothing, on one line: how many there are, and the first by name as far as they fit. */
function calmLine({ rows, summary }: Section, width: number): readonly string[] {
  const names = [...new Set(rows.map((judgement) => benchmarkName(judgement, PLAIN)))];
  let text = `${summary}: `;
  let shown = 0;
  for (const name of names) {
    const more = `${shown === 0 ? "" : ", "}${name}`;
    if (displayWidth(text + more) > width - MORE_ROOM) break;
    text += more;
    shown++;
  }
  return [shown === 0 ? summary : `${text}${shown < names.length ? `, … ${names.length - shown} more` : ""}`];
}

/** Room for ", … 41 more" at the end of a line. */
const MORE_ROOM = 16;

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
