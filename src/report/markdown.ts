import type { Judgement, Outcome } from "../model/verdict.ts";
import { whatNow } from "./advice.ts";
import { countWords } from "./buckets.ts";
import { type ColumnName, columnsFor, type SideNames, table } from "./columns.ts";
import { link, preformatted } from "./escape.ts";
import { type Block, fitBlocks } from "./fit.ts";
import { plural } from "./format.ts";
import { benchmarkName, MARKDOWN } from "./ink.ts";
import { gateNotes, notesOf, type Section, sectionsOf } from "./sections.ts";
import { sideNames, subtitleOf, titleOf } from "./title.ts";

/** What a comment says beyond the outcome. */
export interface CommentOptions {
  /** The first line, by which the comment is found again. */
  readonly marker: string;
  /** A command that repeats the comparison. */
  readonly reproduce?: string;
  readonly links?: { readonly report?: string; readonly run?: string };
  /** The most UTF-16 code units that the comment may have; GitHub refuses more than 65,536 characters. */
  readonly limit?: number;
  /** The present, ISO 8601: for the age of the baseline and the end of offered acceptances. */
  readonly now?: string;
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
  const blocks = blocksOf(outcome, options, "the job summary");
  const body = { rows: 0, rank: 0, render: () => `${options.marker}\n${heading(outcome, options)}` };
  return fitBlocks([body, ...blocks], options.limit ?? COMMENT_LIMIT, (text) => text.length);
}

/** The job summary: what the comment says, and every comparison with all its numbers; at most 1 MiB in UTF-8. */
export function summaryMarkdown(outcome: Outcome, options: Omit<CommentOptions, "marker"> = {}): string {
  const encoder = new TextEncoder();
  const elsewhere = "the JSON result";
  const everything: Section = {
    name: "unchanged",
    summary: `All ${plural(outcome.judgements.length, "judgement", "judgements")} with all numbers`,
    folded: true,
    rank: 9,
    columns: EVERYTHING,
    rows: outcome.judgements,
  };
  const blocks = [
    { rows: 0, rank: 0, render: () => heading(outcome, options) },
    ...blocksOf(outcome, options, elsewhere),
    ...(outcome.judgements.length === 0 ? [] : [tableBlock(everything, sides(outcome), pointer(options, elsewhere))]),
  ];
  return fitBlocks(
    blocks,
    Math.min(options.limit ?? SUMMARY_LIMIT, SUMMARY_LIMIT),
    (text) => encoder.encode(text).length,
  );
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

function heading(outcome: Outcome, { now }: Pick<CommentOptions, "now">): string {
  const { symbol, text } = titleOf(outcome);
  return `## ${symbol} ${text}\n${subtitleOf(outcome, MARKDOWN, now ?? null)}`;
}

function sides(outcome: Outcome): SideNames {
  return sideNames(outcome, MARKDOWN, "this PR");
}

function blocksOf(outcome: Outcome, options: Omit<CommentOptions, "marker">, elsewhere: string): readonly Block[] {
  const where = pointer(options, elsewhere);
  const sections = sectionsOf(outcome);
  const open = sections.filter(({ folded }) => !folded);
  const folded = sections.filter(({ folded }) => folded);
  const failed = outcome.judgements.filter(({ failure }) => failure !== null);
  const isUndecided = ({ verdict }: Judgement) => verdict === "inconclusive";
  const noted = [...outcome.judgements].sort((a, b) => Number(isUndecided(a)) - Number(isUndecided(b)));
  const { run, report } = options.links ?? {};
  const links = [...(report ? [link("full report", report)] : []), ...(run ? [link("this run", run)] : [])].join(" · ");
  const tables = open.map((section) => tableBlock(section, sides(outcome), where));
  const remarks = listBlock(gateNotes(outcome, MARKDOWN), "remark", "remarks", 0, where);
  return [
    ...(outcome.baseline.kind === "none" ? [remarks, ...tables] : [...tables, remarks]),
    ...folded.map((section) => tableBlock(section, sides(outcome), where)),
    failureBlock(failed, where),
    foldedBlock("Notes", listBlock(notesOf(noted, MARKDOWN), "note", "notes", 5, where)),
    { rows: 0, rank: 0, render: () => whatNow(outcome, options.reproduce ?? null, options.now ?? null) },
    { rows: 0, rank: 0, render: () => links },
  ];
}

/** Where a reader finds what did not fit. */
function pointer({ links }: Omit<CommentOptions, "marker">, elsewhere: string): string {
  return links?.report ? link("the full report", links.report) : elsewhere;
}

function tableBlock(section: Section, names: SideNames, where: string): Block {
  const { rows, columns, summary, rank } = section;
  const lines = table(columnsFor(columns, rows, MARKDOWN, names), rows).split("\n");
  const legend = columns.includes("plot") && rows.some(({ comparison }) => comparison !== null) ? LEGEND : "";
  const render = (shown: number) => {
    if (shown === 0) return `${countWords(rows).join(", ")}: in ${where}.`;
    const rest = shown === rows.length ? "" : `… and ${countWords(rows.slice(shown)).join(", ")} more: in ${where}.`;
    const text = [lines.slice(0, shown + 2).join("\n"), rest, legend].filter(Boolean).join("\n\n");
    return section.folded ? details(summary, text) : text;
  };
  return { rows: rows.length, rank, render };
}

const LEGEND = "<sub>│ no change · ░ within the threshold · ├─●─┤ interval and estimate, on one scale</sub>";

/** A list whose items count as `one` or `many` where they do not fit; at most `LIST_LIMIT` are shown. */
function listBlock(items: readonly string[], one: string, many: string, rank: number, where: string): Block {
  const render = (shown: number) => {
    if (items.length === 0) return "";
    const rest = items.length - shown;
    const more = rest === 0 ? [] : [`- ${plural(rest, `more ${one}`, `more ${many}`)}: in ${where}.`];
    return [...items.slice(0, shown).map((item) => `- ${item}`), ...more].join("\n");
  };
  return { rows: Math.min(items.length, LIST_LIMIT), rank, render };
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
  return { ...block, render: (shown) => (block.rows === 0 ? "" : details(summary, block.render(shown))) };
}

function details(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}
