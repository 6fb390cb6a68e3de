import type { Evidence } from "../../model/evidence.ts";
import type { PageProgram } from "../../model/report-program.ts";
import type { Outcome } from "../../model/verdict.ts";
import { PLAIN } from "../parts/ink.ts";
import { mostTelling, restWords } from "../parts/most-telling.ts";
import { gateNotes } from "../parts/sections.ts";
import { nextSteps, type Step } from "../words/advice.ts";
import { commitPages } from "../words/commits.ts";
import { methodLines } from "../words/method.ts";
import { headlineOf, sideNames, subtitleOf, titleOf } from "../words/title.ts";
import { encodePage } from "./encode.ts";
import { encodeGrowth } from "./encode-growth.ts";
import { encodeWhy } from "./encode-why.ts";
import { environmentTable } from "./environment.ts";
import { fallbackTable } from "./fallback.ts";
import { PAGE } from "./ink.ts";
import { embedded, linked, prose, text } from "./markup.ts";
import { contentPolicy } from "./policy.ts";
import { BLOCKS } from "./wire.ts";

/** What the page says beyond the outcome. */
export interface PageOptions {
  readonly program: PageProgram;
  /** The present, ISO 8601: for the age of the baseline. */
  readonly now?: string;
  /** A command that repeats the comparison. */
  readonly reproduce?: string;
  /** The repository by a remote's address, and the pull request that is judged: what the page links to. */
  readonly origin?: { readonly remote: string; readonly pull?: number | undefined };
}

/** The check's answer in words. */
const ANSWERS = {
  fail: { word: "Check fails", sign: "✕" },
  warn: { word: "Check passes with a warning", sign: "!" },
  pass: { word: "Check passes", sign: "✓" },
} as const;

/**
 * The report as one HTML file that needs nothing else: every comparison in a table with filters and a forest plot, and for each
 * benchmark its rounds, both distributions, its history and its warnings.
 *
 * @param evidence what the verdicts rest on; where two hold the same metric, the later one. With none the page has the table only.
 */
export function htmlReport(outcome: Outcome, evidence: readonly Evidence[], options: PageOptions): string {
  const { script, style } = options.program;
  const policy = contentPolicy({
    "script-src": `'${script.hash}'`,
    "style-src": `'${style.hash}'`,
    "img-src": "data:",
  });
  const title = titleOf(outcome).text;
  const { word, sign } = ANSWERS[outcome.outcome];
  const remote = options.origin?.remote;
  const shown = mostTelling(outcome.judgements);
  const told = { ...outcome, judgements: shown };
  const data = encodePage(told, evidence, sideNames(outcome, PLAIN, "candidate"), remote);
  const headline = headlineOf(outcome, PAGE);
  const steps = nextSteps(outcome, options.reproduce ?? null, options.now ?? null);
  const repeated = steps.some(({ block }) => block?.language === "sh");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(`${title} · Benchgate`)}</title>
<link rel="icon" href="data:,">
<style>${style.text}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the comparisons</a>
<header class="top">
<div class="brand"><span>Benchgate</span><button type="button" id="theme" hidden></button></div>
<p class="answer answer-${outcome.outcome}"><span class="sign" aria-hidden="true">${sign}</span>${word}</p>
<h1>${text(title)}</h1>
${headline === null ? "" : `<p class="headline">${prose(headline)}</p>\n`}<p class="subtitle">${prose(subtitleOf(outcome, PAGE, options.now ?? null))}</p>
${whereabouts(outcome, options.origin)}${remarks(outcome, restWords(outcome.judgements, shown))}
${whatNow(steps)}
</header>
<main id="main" tabindex="-1">
<noscript>${fallbackTable(outcome)}</noscript>
<section id="overview" aria-label="Comparisons" hidden></section>
<article id="detail" aria-labelledby="detail-name" hidden></article>
</main>
<footer>
${environmentTable(outcome)}
${section("How it was measured and judged", paragraphs(methodLines(outcome, PAGE)))}
${repeated ? "" : section("Reproduce it", command(options.reproduce))}
</footer>
<script type="application/json" id="${BLOCKS.overview}">${embedded(data.overview)}</script>
<script type="application/json" id="${BLOCKS.evidence}">${embedded(data.evidence)}</script>
<script type="application/json" id="${BLOCKS.why}">${embedded(encodeWhy(told))}</script>
<script type="application/json" id="${BLOCKS.growth}">${embedded(encodeGrowth(outcome))}</script>
<script>${script.text}</script>
</body>
</html>
`;
}

/** Links to what was compared: both commits, what lies between them, and the pull request. */
function whereabouts({ baseline, candidate }: Outcome, origin: PageOptions["origin"]): string {
  const pages = commitPages(origin?.remote ?? "");
  const { sha } = candidate.revision;
  const before = baseline.kind === "none" ? "" : baseline.revision.sha;
  const found: readonly (readonly [address: string | null, words: string])[] = [
    [origin?.pull === undefined ? null : pages.pull(origin.pull), `Pull request ${origin?.pull}`],
    [pages.commit(before), `Baseline ${before.slice(0, 7)}`],
    [pages.commit(sha), `Candidate ${sha.slice(0, 7)}`],
    [before === sha ? null : pages.between(before, sha), "Commits between them"],
  ];
  const links = found.flatMap(([address, words]) => (address === null ? [] : [linked(address, text(words))]));
  return links.length === 0 ? "" : `<p class="subtitle">${links.join(" · ")}</p>\n`;
}

/** What a reader can do, open where it is short. */
function whatNow(steps: readonly Step[]): string {
  if (steps.length === 0) return "";
  const items = steps.map(({ text: words, block }) => {
    const pasted = block === undefined ? "" : `<pre tabindex="0">${text(block.text)}</pre>`;
    return `<li>${prose(words)}${pasted}</li>`;
  });
  return `<details class="now"><summary>What now</summary><ul>${items.join("")}</ul></details>`;
}

/** The most remarks that are open at once. */
const OPEN_REMARKS = 4;

function remarks(outcome: Outcome, rest: readonly string[]): string {
  const items = [...rest, ...gateNotes(outcome, PAGE)].map((note) => `<li>${prose(note)}</li>`);
  if (items.length === 0) return "";
  const [open, folded] = [items.slice(0, OPEN_REMARKS), items.slice(OPEN_REMARKS)];
  const more =
    folded.length === 0
      ? ""
      : `<details><summary>${folded.length} more</summary><ul class="remarks">${folded.join("")}</ul></details>`;
  return `<ul class="remarks">${open.join("")}</ul>${more}`;
}

function section(title: string, content: string): string {
  return content === "" ? "" : `<section><h2>${title}</h2>${content}</section>`;
}

function paragraphs(lines: readonly string[]): string {
  return lines.map((line) => `<p>${prose(line)}</p>`).join("");
}

function command(line: string | undefined): string {
  return line === undefined ? "" : `<pre tabindex="0">${text(PLAIN.name(line, 2_000))}</pre>`;
}
