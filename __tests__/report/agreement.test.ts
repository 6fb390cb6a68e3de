import { spawnSync } from "node:child_process";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { annotations } from "../../src/report/formats/annotations.ts";
import { resultJson } from "../../src/report/formats/json.ts";
import { junitXml } from "../../src/report/formats/junit.ts";
import { commentBody, summaryMarkdown } from "../../src/report/formats/markdown.ts";
import { terminalReport } from "../../src/report/formats/terminal.ts";
import { blockOf, decodeJudgements } from "../../src/report/html/decode.ts";
import { htmlReport } from "../../src/report/html/report.ts";
import { BLOCKS } from "../../src/report/html/wire.ts";
import { bucketOf, READING_ORDER } from "../../src/report/parts/buckets.ts";
import { aJudgement, anOutcome } from "../builders.ts";
import { hasTool } from "../tool.ts";
import { OUTCOMES } from "./outcomes.ts";

/** A report's rows as "suite / benchmark | statistic | verdict", sorted. The verdict is a word: signs and colours are stripped first. */
type Rows = readonly string[];

/** Every class of verdict in one outcome, under names that no report has to shorten. */
const EVERYTHING: Outcome = anOutcome({
  outcome: "fail",
  judgements: Object.entries(OUTCOMES)
    .filter(([name]) => name !== "hostile-names" && name !== "three-thousand-rows")
    .flatMap(([, { judgements }]) => judgements)
    .concat(aJudgement({ suite: "a|b", benchmark: "<i>x</i> & `y`" })),
});

function row(name: string, statistic: string, verdict: string): string {
  return [name, statistic, verdict].map((cell) => cell.replace(/\s+/g, " ").trim()).join(" | ");
}

/** What every report must say. */
function expected({ judgements }: Outcome): Rows {
  return judgements.map((judgement) => row(nameOf(judgement), statisticOf(judgement), bucketOf(judgement).word)).sort();
}

function nameOf({ suite, benchmark }: Pick<Judgement, "suite" | "benchmark">): string {
  return benchmark === "*" ? `${suite} (all of it)` : `${suite} / ${benchmark}`;
}

function statisticOf({
  benchmark,
  metric,
  statistic,
  verdict,
}: Pick<Judgement, "benchmark" | "metric" | "statistic" | "verdict">): string {
  if (verdict === "failed" || (verdict === "same-code" && benchmark === "*")) return "–";
  return metric === "latency" ? statistic : `${metric} ${statistic}`;
}

const WORDS = new Map(
  READING_ORDER.flatMap((name) => {
    const { word, many } = bucketOf(exampleOf(name));
    return [[word, word] as const, [many, word] as const];
  }),
);

function exampleOf(name: string): Judgement {
  return EVERYTHING.judgements.find((judgement) => bucketOf(judgement).name === name)!;
}

/** The verdict that a heading such as "41 unchanged" or "2 inconclusive: what it would take" gives to all rows below it. */
function headed(summary: string): string {
  const said = /^[\d,]+ (.*?)(?: more)?$/.exec(summary)?.[1] ?? "";
  // "unchanged, same code" begins with another verdict's word.
  const longest = [...WORDS.keys()].sort((a, b) => b.length - a.length);
  return (
    WORDS.get(
      longest.find((word) => said === word || (/^[:,]/.test(said.slice(word.length)) && said.startsWith(word))) ?? "",
    ) ?? ""
  );
}

function render(markdown: string): string {
  const { stdout, status } = spawnSync("cmark-gfm", ["-e", "table", "--unsafe"], {
    input: markdown,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(status).toBe(0);
  return stdout;
}

/** What a screen reader reads of a piece of HTML, without signs. */
function words(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->|<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\p{Extended_Pictographic}|\uFE0F/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The tables of rendered Markdown that have a row for each benchmark, by what stands above them. */
function tables(html: string): readonly { readonly summary: string; readonly rows: Rows }[] {
  const found = html.matchAll(/<summary>(?<summary>.*?)<\/summary>|<\/details>|<table>(?<table>[\s\S]*?)<\/table>/g);
  let summary = "";
  return [...found].flatMap(({ groups }) => {
    if (groups?.table === undefined) {
      summary = words(groups?.summary ?? "");
      return [];
    }
    const [head = [], ...body] = groups.table
      .split("<tr>")
      .slice(1)
      .map((line) => [...line.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => cell ?? ""));
    if (!head.includes("benchmark")) return [];
    const said = (cells: readonly string[], column: string) => words(cells[head.indexOf(column)]!);
    const rows = head.includes("statistic")
      ? body.map((cells) => row(said(cells, "benchmark"), said(cells, "statistic"), said(cells, "verdict")))
      : body.flatMap((cells) => entryRows(cells[head.indexOf("benchmark")]!, headed(summary)));
    return [{ summary, rows }];
  });
}

/** The rows of a cell that says the verdict, unless all below a heading have one, then the benchmark, then its statistics. */
function entryRows(cell: string, heading: string): Rows {
  const lines = cell.split(/<br ?\/?>/);
  const verdict = lines.length > 1 ? words(lines[0]!) : heading;
  const [, name = "", rest = ""] = /^(<code>.*?<\/code>(?: \(all of it\))?)(.*)$/s.exec(lines.at(-1)!) ?? [];
  return words(rest)
    .split(", ")
    .map((statistic) => row(words(name), statistic || "–", verdict));
}

function commentRows(outcome: Outcome): Rows {
  const html = render(commentBody(outcome, { marker: "<!-- x -->", limit: Number.POSITIVE_INFINITY }));
  return tables(html)
    .flatMap(({ rows }) => rows)
    .sort();
}

function summaryRows(outcome: Outcome): Rows {
  const all = tables(render(summaryMarkdown(outcome))).filter(({ summary }) => /judgements? with all/.test(summary));
  return all.flatMap(({ rows }) => rows).sort();
}

function terminalRows(outcome: Outcome): Rows {
  let columns: readonly string[] = [];
  let summary = "";
  const rows: string[] = [];
  for (const line of terminalReport(outcome, { width: 400, rows: Number.POSITIVE_INFINITY, unchanged: true }).split(
    "\n",
  )) {
    const cells = line.split(/ {2,}/);
    if (line === "") columns = [];
    else if (cells.includes("benchmark")) columns = cells;
    else if (columns.length === 0) summary = line;
    else if (!line.startsWith("    ")) {
      const said = (column: string) => cells[columns.indexOf(column)];
      rows.push(row(said("benchmark")!, said("statistic") ?? "–", said("verdict") ?? headed(summary)));
    }
  }
  return rows.sort();
}

function jsonRows(outcome: Outcome): Rows {
  const { verdicts } = JSON.parse(resultJson(outcome)) as { verdicts: readonly Judgement[] };
  return verdicts
    .map((each) => ({ ...each, accepted: each.accepted ?? null }))
    .map((each) => row(nameOf(each), statisticOf(each), bucketOf(each).word))
    .sort();
}

function pageRows(outcome: Outcome): Rows {
  const nothing = { text: "", hash: "" };
  const html = htmlReport(outcome, [], {
    program: { script: nothing, style: nothing, trend: { script: nothing, style: nothing } },
  });
  const judgements = decodeJudgements(JSON.parse(blockOf(html, BLOCKS.overview)));
  return judgements.map((each) => row(nameOf(each), statisticOf(each), bucketOf(each).word)).sort();
}

/** JUnit names a case "benchmark metric statistic", and begins what it says with the verdict. */
function junitRows(outcome: Outcome): Rows {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", parseAttributeValue: false });
  const suites = [parser.parse(junitXml(outcome)).testsuites.testsuite].flat() as Record<string, unknown>[];
  return suites
    .flatMap(({ testcase }) => [testcase].flat() as Record<string, unknown>[])
    .map((each) => {
      const said = ["failure", "error", "skipped"].map((kind) => (each[kind] as { message?: string })?.message);
      const text = said.find((message) => message !== undefined) ?? String(each["system-out"]);
      const [, benchmark, metric, statistic] = /^([\s\S]*) (\S+) (\S+)$/.exec(String(each.name))!;
      const verdict = /^([^:]*):/.exec(text)?.[1] ?? "";
      const failed = verdict.startsWith("failed")
        ? "failed"
        : verdict.endsWith("same code")
          ? "same-code"
          : "unchanged";
      const named = { suite: String(each.classname), benchmark: benchmark! };
      return row(
        nameOf(named),
        statisticOf({
          benchmark: benchmark!,
          metric: metric!,
          statistic: statistic as Judgement["statistic"],
          verdict: failed,
        }),
        verdict,
      );
    })
    .sort();
}

const REPORTS: Readonly<Record<string, (outcome: Outcome) => Rows>> = {
  comment: commentRows,
  summary: summaryRows,
  terminal: terminalRows,
  json: jsonRows,
  junit: junitRows,
  html: pageRows,
};

describe.skipIf(!hasTool("cmark-gfm"))("the reports of one run", () => {
  it("are compared over every class of verdict", () => {
    const classes = new Set(EVERYTHING.judgements.map((judgement) => bucketOf(judgement).name));
    expect([...classes].sort()).toEqual([...READING_ORDER].sort());
  });

  it("give the same verdict rows, each verdict in words that need neither colour nor sign", () => {
    const rows = Object.fromEntries(Object.entries(REPORTS).map(([name, of]) => [name, of(EVERYTHING)]));
    for (const [name, found] of Object.entries(rows)) expect(found, name).toEqual(expected(EVERYTHING));
  });

  it("name every annotated verdict in words as well", () => {
    const known = new Set(WORDS.values());
    for (const outcome of Object.values(OUTCOMES)) {
      for (const { title } of annotations(outcome)) {
        if (!/^[\d,]+ more /.test(title)) expect(known).toContain(/^([^:]*):/.exec(title)?.[1]);
      }
    }
  });

  it("head no column with nothing", () => {
    for (const outcome of Object.values(OUTCOMES)) {
      const html = render(commentBody(outcome, { marker: "<!-- x -->" }));
      for (const [, head] of html.matchAll(/<th[^>]*>([\s\S]*?)<\/th>/g)) expect(words(head ?? "")).not.toBe("");
    }
  });
});
