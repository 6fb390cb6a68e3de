import type { Evidence } from "../model/evidence.ts";
import type { PageProgram } from "../model/report-program.ts";
import type { Outcome } from "../model/verdict.ts";
import { LAID_OUT, resultJson, resultPieces } from "./formats/json.ts";
import { junitXml } from "./formats/junit.ts";
import { commentBody, type SummaryOptions, summaryMarkdown } from "./formats/markdown.ts";
import { htmlReport } from "./html/report.ts";

/** What a report may be made of. What takes time, or may be missing, is a function. */
export interface ReportContext extends SummaryOptions {
  readonly outcome: Outcome;
  /** The present, ISO 8601. */
  readonly now: string;
  /** The first line of a comment, by which it is found again. Without it Markdown is a job summary, which has room for every comparison. */
  readonly marker?: string;
  /** What the verdicts rest on. */
  readonly evidence: () => readonly Evidence[];
  /** The browser's part of the HTML report. A `GateError` where it is missing. */
  readonly program: () => Promise<PageProgram>;
}

/** A form in which an outcome is written to a file: `--name FILE` on the command line, `file` in the folder of a workflow step. */
export interface Report<Name extends string = string> {
  readonly name: Name;
  readonly file: string;
  /** What it is, in Markdown and inside a sentence: "the HTML report". */
  readonly noun: string;
  /** The output of the workflow step that names its file, and what that is in whole sentences; others are found in the folder. */
  readonly output?: { readonly name: string; readonly about: string };
  /** Resolves once what it needs beside the outcome is known to be there; a `GateError` where it is not. Then a step goes without it. */
  readonly ready?: (context: Pick<ReportContext, "program">) => Promise<unknown>;
  readonly render: (context: ReportContext) => string | Promise<string>;
  /** The same text in pieces, where it may be more than one text can hold; null where it is not. */
  readonly pieces?: (context: ReportContext) => Iterable<string> | null;
}

const TABLE = [
  {
    name: "json",
    file: "result.json",
    noun: "the verdicts as JSON (`benchgate.result/1`)",
    output: { name: "verdicts", about: "Path of the verdicts as JSON (`benchgate.result/1`)." },
    render: ({ outcome }) => resultJson(outcome),
    pieces: ({ outcome }) => (outcome.judgements.length > LAID_OUT ? resultPieces(outcome) : null),
  },
  {
    name: "html",
    file: "report.html",
    noun: "the HTML report, one page that needs no network",
    output: {
      name: "report",
      about: "Path of the HTML report, one file that needs no network. Empty where a baseline is stored.",
    },
    ready: ({ program }) => program(),
    render: async ({ outcome, evidence, program, ...options }) =>
      htmlReport(outcome, evidence(), { program: await program(), ...options }),
  },
  {
    name: "markdown",
    file: "summary.md",
    noun: "the comment that a pull request would get",
    output: { name: "summary", about: "Path of the summary as markdown." },
    render: ({ outcome, marker, ...options }) =>
      marker === undefined ? summaryMarkdown(outcome, options) : commentBody(outcome, { marker, ...options }),
  },
  {
    name: "junit",
    file: "junit.xml",
    noun: "JUnit XML",
    render: ({ outcome }) => junitXml(outcome),
  },
] as const satisfies readonly Report[];

/** The name of a report. */
export type ReportName = (typeof TABLE)[number]["name"];

/** Every report. A new one is a file in formats/ and a row. */
export const REPORTS: readonly Report<ReportName>[] = TABLE;
