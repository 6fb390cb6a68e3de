import type { Judgement, Outcome } from "../../model/verdict.ts";
import { plural } from "../words/format.ts";
import { methodLines } from "../words/method.ts";
import { suiteLines } from "../words/suites.ts";
import { sideNames } from "../words/title.ts";
import { placeText, whyWords } from "../words/why.ts";
import { bucketOf, byBucket, countedWords } from "./buckets.ts";
import { type ColumnName, columnsFor, type SideNames } from "./columns.ts";
import { entriesOf } from "./entries.ts";
import { link, preformatted } from "./escape.ts";
import type { Block } from "./fit.ts";
import { benchmarkName, MARKDOWN } from "./ink.ts";
import { fullTable, rowTable } from "./rows.ts";
import type { Section } from "./sections.ts";

/** What the blocks of one text share. */
export interface Page {
  readonly outcome: Outcome;
  /** Where a reader finds what did not fit. */
  readonly where: string;
  readonly limit: number;
}

/** The most items of a list of remarks. */
const LIST_LIMIT = 20;
/** How much of one failure's output is shown. */
const OUTPUT_LIMIT = 2_000;

function sides(outcome: Outcome): SideNames {
  return sideNames(outcome, MARKDOWN, "this PR");
}

/** Why it got slower: a line a benchmark, and what else is proven in a fold. */
export function whyBlocks({ outcome, where }: Page, source: string | undefined): readonly Block[] {
  const words = whyWords(outcome, MARKDOWN, (place) => {
    const { file, line, dependency } = place;
    const text = MARKDOWN.name(placeText(place), 200);
    if (file === null || source === undefined || dependency !== undefined || file.startsWith("/")) return text;
    return link(
      text,
      `${source}/${file.split("/").map(encodeURIComponent).join("/")}${line === null ? "" : `#L${line}`}`,
    );
  });
  const first = words.map((each) => each.first);
  const more = words.flatMap((each) => each.more.map((text) => `${each.first.split(": ")[0]}: ${text}`));
  const lines = listBlock(first, "reason", "reasons", 1, where);
  return [
    { ...lines, render: (shown) => (first.length === 0 ? "" : `**Why it got slower**\n${lines.render(shown)}`) },
    ...(more.length === 0
      ? []
      : [foldedBlock("What else takes more", listBlock(more, "function", "functions", 5, where))]),
  ];
}

const EVERYTHING: readonly ColumnName[] = [
  "verdict",
  "benchmark",
  "statistic",
  "baseline",
  "candidate",
  "change",
  "limit",
  "rounds",
  "noise",
  "detectable",
  "p",
];

/** No row of a table is shorter: more of them than this allows are counted without being written. */
const SHORTEST_ROW = 40;

/** The most rows that stand open. */
const OPEN_ROWS = 10;

/** The rows of a section as a table, of which as many are shown as there is room for; what is left out is counted. */
export function tableBlock({ outcome, where, limit }: Page, section: Section, explains = false): Block {
  const { rows, summary, rank, mixed, folded } = section;
  const entries = entriesOf(rows);
  const written = entries.slice(0, Math.ceil(limit / SHORTEST_ROW));
  const secondsPerPair = outcome.experiment?.secondsPerPair ?? null;
  const lines = rowTable(written, { sides: sides(outcome), secondsPerPair, verdicts: mixed });
  const names = entries.map(([first]) => bucketOf(first).name);
  const legend = explains ? LEGEND : "";
  const render = (shown: number) => {
    if (shown === 0) return `${countedWords(names).join(", ")}: in ${where}.`;
    const open = folded ? shown : Math.min(shown, OPEN_ROWS);
    const unshown =
      shown === entries.length ? "" : `… and ${countedWords(names.slice(shown)).join(", ")} more: in ${where}.`;
    const table = (from: number, to: number) => [...lines.slice(0, 2), ...lines.slice(2 + from, 2 + to)].join("\n");
    const more =
      shown > open ? details(`${countedWords(names.slice(open, shown)).join(", ")} more`, table(open, shown)) : "";
    const text = [table(0, open), legend, more, unshown].filter(Boolean).join("\n\n");
    return folded ? details(summary, text) : text;
  };
  return { rows: written.length, rank, render };
}

/** Every judgement with all its numbers. */
export function everythingBlock({ outcome, where, limit }: Page): Block {
  const rows = [...byBucket(outcome.judgements).values()].flat();
  const written = rows.slice(0, Math.ceil(limit / SHORTEST_ROW));
  const lines = fullTable(columnsFor(EVERYTHING, rows, MARKDOWN, sides(outcome)), written);
  const count = plural(rows.length, "judgement", "judgements");
  const render = (shown: number) => {
    if (shown === 0) return `${count} with all numbers: in ${where}.`;
    const rest = rows.length - shown;
    const more = rest === 0 ? "" : `\n\n… and ${plural(rest, "more judgement", "more judgements")}: in ${where}.`;
    return details(`All ${count} with all numbers`, lines.slice(0, shown + 2).join("\n") + more);
  };
  return { rows: written.length, rank: 9, render };
}

const LEGEND =
  "<sub>├─●─┤ interval and estimate · │ no change · ┆ the threshold, on each row's own scale: right of the right ┆ is worse than it allows</sub>";

/** A list whose items count as `one` or `many` where they do not fit; at most `LIST_LIMIT` are shown. */
export function listBlock(items: readonly string[], one: string, many: string, rank: number, where: string): Block {
  const render = (shown: number) => {
    if (items.length === 0) return "";
    if (shown === 0) return `${plural(items.length, one, many)}: in ${where}.`;
    const rest = items.length - shown;
    const more = rest === 0 ? [] : [`- ${plural(rest, `more ${one}`, `more ${many}`)}: in ${where}.`];
    return [...items.slice(0, shown).map((item) => `- ${item}`), ...more].join("\n");
  };
  return { rows: Math.min(items.length, LIST_LIMIT), rank, render };
}

/** The suites of a gate that has several, each in one line. */
export function suiteBlock({ outcome, where }: Page): Block {
  const lines = suiteLines(outcome.judgements, MARKDOWN);
  const failing = lines.filter((line) => line.failing).length;
  const summary = `${plural(lines.length, "suite", "suites")}${failing === 0 ? "" : `, ${failing} failing`}`;
  const render = (shown: number) => {
    if (shown === 0) return "";
    const rest = lines.length - shown;
    const more = rest === 0 ? "" : `\n\n… and ${plural(rest, "more suite", "more suites")}: in ${where}.`;
    const rows = lines.slice(0, shown).map(({ text }) => text);
    return details(summary, `${["| suite | verdicts |", "| :- | :- |", ...rows].join("\n")}${more}`);
  };
  return { rows: lines.length, rank: 4, render };
}

/** How the verdicts came about. */
export function methodBlock(outcome: Outcome): Block {
  const lines = methodLines(outcome, MARKDOWN);
  const render = (shown: number) =>
    shown < lines.length ? "" : details("How this was measured", lines.map((line) => `- ${line}`).join("\n"));
  return { rows: lines.length, rank: 0, render };
}

/** What each failure left behind. */
export function failureBlock(failed: readonly Judgement[], where: string): Block {
  const items = failed.map((judgement) => {
    const name = benchmarkName(judgement, MARKDOWN);
    const { side, reason, output } = judgement.failure!;
    return [`${name} on the ${side}: ${MARKDOWN.name(reason, 500)}`, preformatted(output, OUTPUT_LIMIT)]
      .filter(Boolean)
      .join("\n\n");
  });
  const render = (shown: number) => {
    if (items.length === 0) return "";
    const rest = items.length - shown;
    const more = rest === 0 ? [] : [`${plural(rest, "more failure", "more failures")}: in ${where}.`];
    return details("Why it failed", [...items.slice(0, shown), ...more].join("\n\n"));
  };
  return { rows: items.length, rank: 3, render };
}

/** A block behind a summary. */
export function foldedBlock(summary: string, block: Block): Block {
  const folded = (shown: number) => details(summary, block.render(shown));
  return { ...block, render: (shown) => (shown === 0 ? block.render(0) : folded(shown)) };
}

function details(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}
