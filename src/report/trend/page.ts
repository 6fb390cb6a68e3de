import type { Program } from "../../model/report-program.ts";
import type { Trend, TrendMachine, TrendSeries } from "../../model/trend.ts";
import { embedded, text } from "../html/markup.ts";
import { contentPolicy } from "../html/policy.ts";
import { PLAIN } from "../parts/ink.ts";
import type { CommitPages } from "../words/commits.ts";
import { change, plural, signedPercent, wordsFor } from "../words/format.ts";
import { statisticWords } from "../words/statistic.ts";
import { sparkline } from "./chart.ts";
import { ledgerSection } from "./ledger.ts";
import { idOf, type PictureContext, picture, runIndex } from "./picture.ts";
import { dayOf, name, quantityOf, type State, sinceFirst, stateOf, titleOf } from "./words.ts";

/** What the page needs beyond the history. */
export interface TrendPageOptions {
  readonly pages: CommitPages;
  /** The first lines of commits' messages, by full hash. */
  readonly subjects: ReadonlyMap<string, string>;
  /** The page's style, and its program: search, and values under the pointer. */
  readonly program: Program;
  /** The present, ISO 8601. */
  readonly now: string;
}

/** The most series that get a picture of their own: what changed comes first. */
const PICTURES = 500;

/** Up to this many benchmarks that nothing happened to are not worth a fold. */
const FEW = 5;

/**
 * The history of a branch as one HTML file that needs nothing else: every benchmark's runs with what changed their level, and the commits between which
 * it did. Served as it is by any web server, or opened from disk; where no script may run, all of it is there but the search and the values of single runs.
 */
export function trendPage(trend: Trend, options: TrendPageOptions): string {
  // Each picture says in its own style how it moves where axes begin at zero.
  const policy = contentPolicy({ "script-src": `'${options.program.script.hash}'`, "style-src": "'unsafe-inline'" });
  const ordered = [...trend.series].sort(byUrgency);
  const title = headline(ordered);
  const drawn = new Set(ordered.slice(0, PICTURES));
  const index = runIndex(ordered, options.subjects);
  const machines = trend.machines.filter((machine) => ordered.some((series) => isOf(series, machine)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(`${title} · Benchgate`)}</title>
<style>${options.program.style.text}</style>
</head>
<body>
<main>
<p class="quiet">Benchgate · ${name(trend.place)} · ${dayOf(options.now)}</p>
<h1>${text(title)}</h1>
<p>Each point is the mean of a run's rounds. A numbered line marks a change of level: before and after it differ by 2 % or more, and by more than chance
explains (E-divisive, p ≤ 0.005). The machine may have had a part in it: look at the commits.</p>
${remarks(trend)}
<div class="tools"><div id="find" role="search" hidden></div><label><input type="checkbox" id="from-zero"> y axis from zero</label></div>
${ledgerSection(trend.ledger, options)}
${machines.map((machine) => machineSection(machine, ordered, drawn, { ...options, index })).join("\n")}
</main>
<script type="application/json" id="runs">${embedded([...index.values()].map(({ about }) => about))}</script>
<script>${options.program.script.text}</script>
</body>
</html>
`;
}

/** "3 worse · 1 better · 40 steady". */
function headline(series: readonly TrendSeries[]): string {
  if (series.length === 0) return "Nothing is stored yet";
  const count = (wanted: string) => series.filter((each) => stateOf(each).css === wanted).length;
  const words = [
    ["worse", count("worse")],
    ["accepted", count("accepted")],
    ["better", count("better")],
    ["steady", count("steady")],
    ["with few runs", count("short")],
  ] as const;
  return words
    .filter(([, found]) => found > 0)
    .map(([word, found]) => `${found.toLocaleString("en-US")} ${word}`)
    .join(" · ");
}

function remarks({ unreadable, unrelated }: Trend): string {
  const items = [
    ...(unrelated === 0 ? [] : [`${plural(unrelated, "run", "runs")} of other branches left out.`]),
    ...unreadable.slice(0, 10).map(({ entry, reason }) => `${name(entry, 200)} was left out: ${name(reason, 300)}`),
    ...(unreadable.length > 10 ? [`${unreadable.length - 10} more entries could not be read.`] : []),
  ];
  return items.length === 0 ? "" : `<ul class="quiet">${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}

function machineSection(
  machine: TrendMachine,
  ordered: readonly TrendSeries[],
  drawn: ReadonlySet<TrendSeries>,
  context: PictureContext,
): string {
  const own = ordered.filter((series) => isOf(series, machine));
  const { gate, os, cpu, cores, runtime, runs } = machine;
  const about = [
    plural(runs, "run", "runs"),
    `${cores > 0 ? `${cores} × ` : ""}${name(cpu, 60)}`,
    name(os, 20),
    name(runtime, 40),
  ];
  const isCalm = (series: TrendSeries) => CALM.includes(stateOf(series).css);
  const [calm, moved] = [own.filter(isCalm), own.filter((series) => !isCalm(series))];
  const listed = (series: readonly TrendSeries[], what: string) =>
    series.length === 0 ? "" : benchmarks(series, drawn, text(`${what} of ${gate} on ${cpu}`), context);
  const steady = listed(calm, "Steady benchmarks");
  return `<section>
<h2>${name(gate)}</h2>
<p class="quiet">${about.join(" · ")}</p>
${listed(moved, "Benchmarks that changed")}
${calm.length <= FEW ? steady : `<details class="fold"><summary>${text(headline(calm))}</summary>\n${steady}\n</details>`}
</section>`;
}

/** States of which nobody has to know more than how many there are. */
const CALM: readonly State["css"][] = ["steady", "short"];

/** The table of some benchmarks, and their pictures below it. */
function benchmarks(
  series: readonly TrendSeries[],
  drawn: ReadonlySet<TrendSeries>,
  label: string,
  context: PictureContext,
): string {
  const head = ["state", "benchmark", "statistic", "since the first runs", "now", "last change", "history"];
  const numbers = ["now", "last change", "since the first runs"];
  const cells = head.map((each) => `<th scope="col"${numbers.includes(each) ? ' class="number"' : ""}>${each}</th>`);
  return `<div class="scroll rows" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${cells.join("")}</tr></thead>
<tbody>
${series.map((each) => row(each, drawn.has(each))).join("\n")}
</tbody>
</table></div>
${series
  .filter((each) => drawn.has(each))
  .map((each) => picture(each, context))
  .join("\n")}`;
}

function row(series: TrendSeries, linked: boolean): string {
  const { word, sign, css } = stateOf(series);
  const { points, changes, levels, unit } = series;
  const last = changes.at(-1);
  const title = name(`${series.suite} / ${series.benchmark}`, 160);
  const since = sinceFirst(series);
  const cells = [
    `<td class="state ${css}"><span aria-hidden="true">${sign}</span> ${word}</td>`,
    `<td class="name">${linked ? `<a href="#${idOf(series)}">${title}</a>` : title}</td>`,
    `<td class="statistic">${text(statisticWords(series, PLAIN))}</td>`,
    `<td class="number">${since === null ? "–" : text(signedPercent(since))}</td>`,
    `<td class="number">${text(quantityOf(series)(levels.at(-1)?.value ?? points.at(-1)!.value))}</td>`,
    `<td class="number">${last === undefined ? "–" : `${text(change(last.ratio, wordsFor(unit)))} ${dayOf(points[last.at]!.committedAt)}`}</td>`,
    `<td class="spark">${sparkline(series)}</td>`,
  ];
  return `<tr data-id="${idOf(series)}" data-state="${word}">${cells.join("")}</tr>`;
}

function isOf(series: TrendSeries, { gate, fingerprint }: TrendMachine): boolean {
  return series.gate === gate && series.fingerprint === fingerprint;
}

function byUrgency(a: TrendSeries, b: TrendSeries): number {
  const ages = [a, b].map(({ points, changes }) => points.length - (changes.at(-1)?.at ?? 0)) as [number, number];
  const [first, second] = [titleOf(a), titleOf(b)];
  return stateOf(a).rank - stateOf(b).rank || ages[0] - ages[1] || (first < second ? -1 : first > second ? 1 : 0);
}
