import { fnv1a } from "../../model/hash.ts";
import { keyOf } from "../../model/key.ts";
import type { Trend, TrendChange, TrendMachine, TrendSeries } from "../../model/trend.ts";
import { text } from "../html/markup.ts";
import { PLAIN } from "../parts/ink.ts";
import type { CommitPages } from "../words/commits.ts";
import { change, plural, probability, signedPercent, wordsFor } from "../words/format.ts";
import { statisticWords } from "../words/statistic.ts";
import { chart, sparkline } from "./chart.ts";
import { ledgerSection } from "./ledger.ts";
import { STYLE } from "./style.ts";
import { commitLink, dayOf, linked, name, quantityOf, stateOf, titleOf } from "./words.ts";

/** What the page needs beyond the history. */
export interface TrendPageOptions {
  readonly pages: CommitPages;
  /** The present, ISO 8601. */
  readonly now: string;
}

/** The most series that get a picture of their own: what changed comes first. */
const PICTURES = 500;

/** Nothing is loaded, and nothing runs: the page is text, tables and pictures. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The history of a branch as one HTML file that needs nothing else, not even a script: every benchmark's runs with what changed their level, and the
 * commits between which it did. Served as it is by any web server, or opened from disk.
 */
export function trendPage(trend: Trend, options: TrendPageOptions): string {
  const ordered = [...trend.series].sort(byUrgency);
  const title = headline(ordered);
  const drawn = new Set(ordered.slice(0, PICTURES));
  const machines = trend.machines.filter((machine) => ordered.some((series) => isOf(series, machine)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(`${title} · Benchgate`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="quiet">Benchgate · ${name(trend.place)} · ${dayOf(options.now)}</p>
<h1>${text(title)}</h1>
<p>Each point is the mean of a run's rounds. A change is where the level before and the level after differ beyond chance (E-divisive, p ≤ 0.005)
and by 2 % at least. It says nothing of the machine's part in it: look at the commits.</p>
${remarks(trend)}
${ledgerSection(trend.ledger, options)}
${machines.map((machine) => machineSection(machine, ordered, drawn, options)).join("\n")}
</main>
</body>
</html>
`;
}

/** "3 benchmarks worse · 1 better · 40 steady". */
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
  options: TrendPageOptions,
): string {
  const own = ordered.filter((series) => isOf(series, machine));
  const { gate, os, cpu, cores, runtime, runs } = machine;
  const about = [
    plural(runs, "run", "runs"),
    `${cores > 0 ? `${cores} × ` : ""}${name(cpu, 60)}`,
    name(os, 20),
    name(runtime, 40),
  ];
  const rows = own.map((series) => row(series, drawn.has(series)));
  const head = ["state", "benchmark", "statistic", "now", "last change", "since the first runs", "history"];
  const numbers = ["now", "last change", "since the first runs"];
  const cells = head.map((each) => `<th scope="col"${numbers.includes(each) ? ' class="number"' : ""}>${each}</th>`);
  return `<section>
<h2>${name(gate)}</h2>
<p class="quiet">${about.join(" · ")}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${text(`Benchmarks of ${gate} on ${cpu}`)}"><table>
<thead><tr>${cells.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
${own
  .filter((series) => drawn.has(series))
  .map((series) => picture(series, options))
  .join("\n")}
</section>`;
}

function row(series: TrendSeries, linked: boolean): string {
  const { word, sign, css } = stateOf(series);
  const { points, changes, levels, drift, unit } = series;
  const last = changes.at(-1);
  const title = name(`${series.suite} / ${series.benchmark}`, 160);
  const since =
    levels.length > 1 ? levels.at(-1)!.value / (levels[0]!.begin ?? levels[0]!.value) : (drift?.ratio ?? null);
  const cells = [
    `<td class="state ${css}"><span aria-hidden="true">${sign}</span> ${word}</td>`,
    `<td class="name">${linked ? `<a href="#${idOf(series)}">${title}</a>` : title}</td>`,
    `<td>${text(statisticWords(series, PLAIN))}</td>`,
    `<td class="number">${text(quantityOf(series)(levels.at(-1)?.value ?? points.at(-1)!.value))}</td>`,
    `<td class="number">${last === undefined ? "–" : `${text(change(last.ratio, wordsFor(unit)))} ${dayOf(points[last.at]!.committedAt)}`}</td>`,
    `<td class="number">${since === null ? "–" : text(signedPercent(since))}</td>`,
    `<td class="spark">${sparkline(series)}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}

function picture(series: TrendSeries, { pages }: TrendPageOptions): string {
  const { changes, drift, unit, points } = series;
  const words = (ratio: number) => text(change(ratio, wordsFor(unit)));
  const link = (sha: string) => commitLink(sha, pages);
  const listed = changes.map((each, index) => changeRow(each, index, series, { words, link, pages }));
  const drifted =
    drift === null
      ? ""
      : drift.kind === "steady"
        ? `<p>Drifts steadily, for the ${drift.worse ? "worse" : "better"}: ${words(drift.ratio)} since ${link(drift.since)}, and no single run stands out.</p>`
        : `<p>${drift.worse ? "Worse" : "Better"} than its first 20 runs: ${words(drift.ratio)}, perhaps since ${link(drift.since)}.</p>`;
  const table =
    listed.length === 0
      ? ""
      : `<div class="scroll"><table><caption>Changes of level</caption><thead><tr><th scope="col">no.</th><th scope="col">change</th><th scope="col">between</th><th scope="col">chance</th><th scope="col">accepted because</th></tr></thead><tbody>${listed.join("")}</tbody></table></div>`;
  const newest = points.at(-1)!;
  return `<article id="${idOf(series)}">
<h3>${name(`${series.suite} / ${series.benchmark}`, 160)} · ${text(statisticWords(series, PLAIN))}</h3>
<figure>${chart(series)}<figcaption>${plural(points.length, "run", "runs")}, newest ${link(newest.sha)}${dayOf(newest.committedAt) === "" ? "" : ` of ${dayOf(newest.committedAt)}`}. Shaded: one standard deviation of a run's rounds.</figcaption></figure>
${drifted}${table}
</article>`;
}

interface Writers {
  readonly words: (ratio: number) => string;
  readonly link: (sha: string) => string;
  readonly pages: CommitPages;
}

function changeRow(
  found: TrendChange,
  index: number,
  { points }: TrendSeries,
  { words, link, pages }: Writers,
): string {
  const { at, before, after, ratio, worse, accepted, p } = found;
  const range = `${link(before)} … ${link(after)}`;
  const all = pages.between(before, after);
  const cells = [
    `${index + 1}`,
    `<span class="state ${accepted !== null ? "accepted" : worse ? "worse" : "better"}">${worse ? "worse" : "better"}: ${words(ratio)}</span>`,
    `${range}${all === null ? "" : `, ${linked(all, "commits")}`}, ${dayOf(points[at]!.committedAt)}`,
    text(probability(p)),
    accepted === null ? "–" : name(accepted, 300),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function isOf(series: TrendSeries, { gate, fingerprint }: TrendMachine): boolean {
  return series.gate === gate && series.fingerprint === fingerprint;
}

function byUrgency(a: TrendSeries, b: TrendSeries): number {
  const ages = [a, b].map(({ points, changes }) => points.length - (changes.at(-1)?.at ?? 0)) as [number, number];
  const [first, second] = [titleOf(a), titleOf(b)];
  return stateOf(a).rank - stateOf(b).rank || ages[0] - ages[1] || (first < second ? -1 : first > second ? 1 : 0);
}

/** A name for links inside the page, of its own for each series: a hash of what sets it apart, since names may be anything. */
function idOf({ gate, fingerprint, suite, benchmark, metric, statistic, unit, better }: TrendSeries): string {
  const key = keyOf(gate, fingerprint, suite, benchmark, metric, statistic, unit, better);
  return `s${fnv1a(key, 64).toString(36)}`;
}
