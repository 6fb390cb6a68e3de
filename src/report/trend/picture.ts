import { fnv1a } from "../../model/hash.ts";
import { keyOf } from "../../model/key.ts";
import type { TrendChange, TrendSeries } from "../../model/trend.ts";
import { linked, text } from "../html/markup.ts";
import { clean } from "../parts/escape.ts";
import { PLAIN } from "../parts/ink.ts";
import type { CommitPages } from "../words/commits.ts";
import { change, plural, probability, wordsFor } from "../words/format.ts";
import { statisticWords } from "../words/statistic.ts";
import { chart } from "./chart.ts";
import { commitLink, dayOf, name, quantityOf } from "./words.ts";

/** What a picture needs beyond its series. */
export interface PictureContext {
  readonly pages: CommitPages;
  /** The first lines of commits' messages, by full hash. */
  readonly subjects: ReadonlyMap<string, string>;
  readonly index: RunIndex;
}

/** What is said of each run where the pointer is, once for all pictures: by full hash and day, in the order of the page's data. */
export type RunIndex = ReadonlyMap<
  string,
  { readonly at: number; readonly about: readonly [sha: string, day: string, subject: string] }
>;

/** All runs of these series, each once. */
export function runIndex(series: readonly TrendSeries[], subjects: ReadonlyMap<string, string>): RunIndex {
  const index = new Map<string, { at: number; about: [string, string, string] }>();
  for (const { points } of series) {
    for (const { sha, committedAt } of points) {
      if (index.has(sha)) continue;
      const about: [string, string, string] = [
        clean(sha, 64).slice(0, 7),
        dayOf(committedAt),
        clean(subjects.get(sha) ?? "", SUBJECT),
      ];
      index.set(sha, { at: index.size, about });
    }
  }
  return index;
}

/** The longest subject of a commit that is shown, in code points. */
const SUBJECT = 120;

/** A series with its picture, what it drifts by, and a row for each change of its level. */
export function picture(series: TrendSeries, { pages, subjects, index: known }: PictureContext): string {
  const { changes, drift, unit, points } = series;
  const words = (ratio: number) => text(change(ratio, wordsFor(unit)));
  const link = (sha: string) => commitLink(sha, pages);
  const listed = changes.map((each, index) => changeRow(each, index, series, { words, link, pages, subjects }));
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
<figure ${runData(series, known)}>${chart(series)}<figcaption>${plural(points.length, "run", "runs")}, newest ${link(newest.sha)}${dayOf(newest.committedAt) === "" ? "" : ` of ${dayOf(newest.committedAt)}`}. Shaded: one standard deviation of a run's rounds.</figcaption></figure>
${drifted}${table}
</article>`;
}

/** The values of all runs in words, and which runs they are: what the page's program reads out. */
function runData(series: TrendSeries, known: RunIndex): string {
  const quantity = quantityOf(series);
  const values = series.points.map(({ value }) => quantity(value).replaceAll("|", "¦"));
  const places = series.points.map(({ sha }) => known.get(sha)!.at);
  return `data-values="${text(values.join("|"))}" data-runs="${places.join(" ")}"`;
}

interface Writers {
  readonly words: (ratio: number) => string;
  readonly link: (sha: string) => string;
  readonly pages: CommitPages;
  readonly subjects: ReadonlyMap<string, string>;
}

function changeRow(
  found: TrendChange,
  index: number,
  { points }: TrendSeries,
  { words, link, pages, subjects }: Writers,
): string {
  const { at, before, after, ratio, worse, accepted, p } = found;
  const range = `${link(before)} … ${link(after)}`;
  const subject = subjects.get(after) ?? "";
  const all = pages.between(before, after);
  const cells = [
    `${index + 1}`,
    `<span class="state ${accepted !== null ? "accepted" : worse ? "worse" : "better"}">${worse ? "worse" : "better"}: ${words(ratio)}</span>`,
    `${range}${all === null ? "" : `, ${linked(all, "commits")}`}, ${dayOf(points[at]!.committedAt)}${subject === "" ? "" : `<br>${name(subject, SUBJECT)}`}`,
    text(probability(p)),
    accepted === null ? "–" : name(accepted, 300),
  ];
  return `<tr>${cells.map((cell, column) => `<td${column === 2 ? ' class="between"' : ""}>${cell}</td>`).join("")}</tr>`;
}

/** A name for links inside the page, of its own for each series: a hash of what sets it apart, since names may be anything. */
export function idOf({ gate, fingerprint, suite, benchmark, metric, statistic, unit, better }: TrendSeries): string {
  const key = keyOf(gate, fingerprint, suite, benchmark, metric, statistic, unit, better);
  return `s${fnv1a(key, 64).toString(36)}`;
}
