import type { Judgement, Outcome } from "../../model/verdict.ts";
import { bucketOf, byBucket, countedWords } from "../parts/buckets.ts";
import { type ColumnName, columnsFor, type SideNames } from "../parts/columns.ts";
import { entriesOf } from "../parts/entries.ts";
import { link, preformatted } from "../parts/escape.ts";
import { type Block, fitBlocks } from "../parts/fit.ts";
import { benchmarkName, MARKDOWN } from "../parts/ink.ts";
import { fullTable, rowTable } from "../parts/rows.ts";
import { gateNotes, noteLines, type Section, sectionsOf } from "../parts/sections.ts";
import { whatNow } from "../words/advice.ts";
import { plural } from "../words/format.ts";
import { methodLines } from "../words/method.ts";
import { suiteLines } from "../words/suites.ts";
import { headlineOf, sideNames, subtitleOf, titleOf } from "../words/title.ts";
import { placeText, whyWords } from "../words/why.ts";

/** What a summary says beyond the outcome. */
export interface SummaryOptions {
  /** A command that repeats the comparison. */
  readonly reproduce?: string;
  /** `source`: what stands before the path of a file of the candidate. */
  readonly links?: { readonly report?: string; readonly run?: string; readonly source?: string };
  /** The repository by a remote's address, and the pull request in it: pages whose readers are elsewhere link to both. */
  readonly origin?: { readonly remote: string; readonly pull?: number | undefined };
  /** The cell of a matrix that this is about. */
  readonly cell?: string;
  /** Which attempt of its run this is, from 1. */
  readonly attempt?: number;
  /** The most UTF-16 code units that the comment may have; GitHub refuses more than 65,536 characters. */
  readonly limit?: number;
  /** The present, ISO 8601: for the age of the baseline and the end of offered acceptances. */
  readonly now?: string;
}

/** What a comment says beyond the outcome. */
export interface CommentOptions extends SummaryOptions {
  /** The first line, by which the comment is found again. */
  readonly marker: string;
}

const COMMENT_LIMIT = 60_000;
/** GitHub drops a job summary of more than 1 MiB as a whole; other steps may have written to it. */
const SUMMARY_LIMIT = 1_048_576 - 65_536;
/** The most items of a list of remarks. */
const LIST_LIMIT = 20;
/** How much of one failure's output is shown. */
const OUTPUT_LIMIT = 2_000;

/** The comment on a pull request: verdict and counts in the title, changed rows in a table, everything else folded, next steps named. */
export function commentBody(outcome: Outcome, options: CommentOptions): string {
  const { limit = COMMENT_LIMIT, marker } = options;
  const page = { outcome, where: pointer(options, "the job summary"), limit };
  const head = { rows: 0, rank: 0, render: () => `${marker}\n${heading(outcome, options)}` };
  return fitBlocks([head, ...blocksOf(page, options)], limit, (text) => text.length);
}

/** The job summary: what the comment says, and every comparison with all its numbers; at most 1 MiB in UTF-8. */
export function summaryMarkdown(outcome: Outcome, options: SummaryOptions = {}): string {
  const encoder = new TextEncoder();
  const limit = Math.min(options.limit ?? SUMMARY_LIMIT, SUMMARY_LIMIT);
  const page = { outcome, where: pointer(options, "the JSON result"), limit };
  const blocks = [
    { rows: 0, rank: 0, render: () => heading(outcome, options) },
    ...blocksOf(page, options),
    ...(outcome.judgements.length === 0 ? [] : [everythingBlock(page)]),
  ];
  return fitBlocks(blocks, limit, (text) => encoder.encode(text).length);
}

/** The title alone, for a summary that has no room for more. */
export function shortSummary(outcome: Outcome): string {
  const { symbol, text } = titleOf(outcome);
  return `## ${symbol} ${text}\n\nNo room for the rest.\n`;
}

/** What the blocks of one text share. */
interface Page {
  readonly outcome: Outcome;
  /** Where a reader finds what did not fit. */
  readonly where: string;
  readonly limit: number;
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

function heading(outcome: Outcome, { now, cell }: Pick<SummaryOptions, "now" | "cell">): string {
  const { symbol, text } = titleOf(outcome);
  const headline = headlineOf(outcome, MARKDOWN);
  const head = headline === null ? `## ${symbol} ${text}` : `## ${symbol} ${headline}\n**${text}**\n`;
  const where = cell === undefined ? "" : `${MARKDOWN.name(cell)} · `;
  return `${head}\n${where}${subtitleOf(outcome, MARKDOWN, now ?? null)}`;
}

function sides(outcome: Outcome): SideNames {
  return sideNames(outcome, MARKDOWN, "this PR");
}

function blocksOf(page: Page, options: SummaryOptions): readonly Block[] {
  const { outcome, where } = page;
  const sections = sectionsOf(outcome);
  const open = sections.filter(({ folded }) => !folded);
  const folded = sections.filter(({ folded }) => folded);
  const failed = outcome.judgements.filter(({ failure }) => failure !== null);
  const isUndecided = ({ verdict }: Judgement) => verdict === "inconclusive";
  const noted = [...outcome.judgements].sort((a, b) => Number(isUndecided(a)) - Number(isUndecided(b)));
  const { run, report } = options.links ?? {};
  const { attempt = 1 } = options;
  const links = [
    ...(report ? [link("full report", report)] : []),
    ...(run ? [link("this run", run)] : []),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
  ].join(" · ");
  // One legend explains the plots of all tables.
  const explains = [...open, ...folded].find(hasPlot);
  const tableOf = (section: Section) => tableBlock(page, section, section === explains);
  const tables = open.map(tableOf);
  const unstable = outcome.warnings.some(({ code }) => code === "machine-unstable");
  const remarks = listBlock(gateNotes(outcome, MARKDOWN), "remark", "remarks", 0, where);
  return [
    ...(outcome.baseline.kind === "none" || unstable
      ? [remarks, ...tables]
      : [...tables, ...whyBlocks(page, options), remarks]),
    ...folded.map(tableOf),
    suiteBlock(page),
    failureBlock(failed, where),
    foldedBlock("Notes", listBlock(noteLines(noted, MARKDOWN), "note", "notes", 5, where)),
    methodBlock(outcome),
    { rows: 0, rank: 0, render: () => whatNow(outcome, options.reproduce ?? null, options.now ?? null) },
    { rows: 0, rank: 0, render: () => links },
  ];
}

/** Why it got slower: a line a benchmark, and what else is proven in a fold. */
function whyBlocks({ outcome, where }: Page, { links }: SummaryOptions): readonly Block[] {
  const words = whyWords(outcome, MARKDOWN, (place) => {
    const { file, line, dependency } = place;
    const text = MARKDOWN.name(placeText(place), 200);
    if (file === null || links?.source === undefined || dependency !== undefined || file.startsWith("/")) return text;
    return link(
      text,
      `${links.source}/${file.split("/").map(encodeURIComponent).join("/")}${line === null ? "" : `#L${line}`}`,
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

function pointer({ links }: SummaryOptions, elsewhere: string): string {
  return links?.report ? link("the full report", links.report) : elsewhere;
}

function hasPlot({ rows }: Section): boolean {
  return rows.some(({ comparison }) => comparison !== null);
}

/** No row of a table is shorter: more of them than this allows are counted without being written. */
const SHORTEST_ROW = 40;

/** The most rows that stand open. */
const OPEN_ROWS = 10;

function tableBlock({ outcome, where, limit }: Page, section: Section, explains = false): Block {
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
function everythingBlock({ outcome, where, limit }: Page): Block {
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
function listBlock(items: readonly string[], one: string, many: string, rank: number, where: string): Block {
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
function suiteBlock({ outcome, where }: Page): Block {
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
function methodBlock(outcome: Outcome): Block {
  const lines = methodLines(outcome, MARKDOWN);
  const render = (shown: number) =>
    shown < lines.length ? "" : details("How this was measured", lines.map((line) => `- ${line}`).join("\n"));
  return { rows: lines.length, rank: 0, render };
}

function failureBlock(failed: readonly Judgement[], where: string): Block {
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

function foldedBlock(summary: string, block: Block): Block {
  const folded = (shown: number) => details(summary, block.render(shown));
  return { ...block, render: (shown) => (shown === 0 ? block.render(0) : folded(shown)) };
}

function details(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}
