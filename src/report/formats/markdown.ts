import type { Judgement, Outcome } from "../../model/verdict.ts";
import {
  everythingBlock,
  failureBlock,
  foldedBlock,
  listBlock,
  methodBlock,
  type Page,
  suiteBlock,
  tableBlock,
  whyBlocks,
} from "../parts/blocks.ts";
import { link } from "../parts/escape.ts";
import { type Block, fitBlocks } from "../parts/fit.ts";
import { MARKDOWN } from "../parts/ink.ts";
import { gateNotes, noteLines, type Section, sectionsOf } from "../parts/sections.ts";
import { whatNow } from "../words/advice.ts";
import { headlineOf, subtitleOf, titleOf } from "../words/title.ts";

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

function heading(outcome: Outcome, { now, cell }: Pick<SummaryOptions, "now" | "cell">): string {
  const { symbol, text } = titleOf(outcome);
  const headline = headlineOf(outcome, MARKDOWN);
  const head = headline === null ? `## ${symbol} ${text}` : `## ${symbol} ${headline}\n**${text}**\n`;
  const where = cell === undefined ? "" : `${MARKDOWN.name(cell)} · `;
  return `${head}\n${where}${subtitleOf(outcome, MARKDOWN, now ?? null)}`;
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
      : [...tables, ...whyBlocks(page, options.links?.source), remarks]),
    ...folded.map(tableOf),
    suiteBlock(page),
    failureBlock(failed, where),
    foldedBlock("Notes", listBlock(noteLines(noted, MARKDOWN), "note", "notes", 5, where)),
    methodBlock(outcome),
    { rows: 0, rank: 0, render: () => whatNow(outcome, options.reproduce ?? null, options.now ?? null) },
    { rows: 0, rank: 0, render: () => links },
  ];
}

function pointer({ links }: SummaryOptions, elsewhere: string): string {
  return links?.report ? link("the full report", links.report) : elsewhere;
}

function hasPlot({ rows }: Section): boolean {
  return rows.some(({ comparison }) => comparison !== null);
}
