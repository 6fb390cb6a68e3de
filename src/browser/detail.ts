import type { Judgement } from "../model/verdict.ts";
import { PAGE } from "../report/html/ink.ts";
import type { WireOverview } from "../report/html/wire.ts";
import type { SideNames } from "../report/parts/columns.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { type CommitPages, commitPages } from "../report/words/commits.ts";
import { plural } from "../report/words/format.ts";
import { notesOf } from "../report/words/notes.ts";
import type { Exhibit, Found } from "./archive.ts";
import { type Chart, type ChartSpec, chart } from "./chart.ts";
import { distributionCharts } from "./distribution-chart.ts";
import { el } from "./dom.ts";
import { factsTable } from "./facts.ts";
import { growthCharts } from "./growth-chart.ts";
import { historyChart } from "./history-chart.ts";
import { prose } from "./prose.ts";
import { roundsChart } from "./rounds-chart.ts";
import type { Row } from "./row.ts";
import { roundsCsv, subjectJson } from "./tables.ts";
import { takeAway } from "./take-away.ts";
import { whySections } from "./why.ts";

/** The second view: one metric of one benchmark with all that its verdicts rest on. */
export interface Detail {
  /** Shows the subject of these rows, between its neighbours in the table. */
  show(rows: readonly Row[], exhibit: Exhibit, around: Around): void;
  hide(): void;
  /** Draws the charts anew. */
  redraw(): void;
}

/** Where one can go from here; null where there is nothing. */
export interface Around {
  /** The table, as it was left. */
  readonly all: string;
  readonly previous: string | null;
  readonly next: string | null;
  /** Other metrics of the same benchmark. */
  readonly siblings: readonly { readonly address: string; readonly metric: string }[];
}

export function detailView(
  place: HTMLElement,
  {
    sides,
    secondsPerPair,
    repository,
    commits,
  }: Pick<WireOverview, "sides" | "secondsPerPair" | "repository" | "commits">,
): Detail {
  const pages = commitPages(repository);
  let charts: readonly Chart[] = [];
  let reasons: readonly Chart[] = [];
  const clear = (): void => {
    for (const each of [...charts, ...reasons]) each.remove();
    charts = [];
    reasons = [];
    place.replaceChildren();
  };
  return {
    show(rows, exhibit, around) {
      clear();
      const judgements = rows.map(({ judgement }) => judgement);
      charts = [...specsOf(exhibit, judgements, sides, pages), ...growthCharts(judgements[0]!, sides)].map(chart);
      reasons = whySections(judgements[0]!);
      const name = el("h2", { id: "detail-name", tabindex: -1 }, el("bdi", {}, rows[0]!.name));
      place.append(
        ways(around),
        el("header", {}, name, subtitle(judgements[0]!, pages, commits.candidate)),
        factsTable(judgements, sides, secondsPerPair),
        ...notes(judgements),
        ...failures(judgements),
        saving(rows, exhibit),
        ...reasons.map(({ element }) => element),
        ...(charts.length === 0
          ? [el("p", { class: "empty" }, noCharts(judgements))]
          : [
              el("h3", {}, "Data"),
              el("section", { class: "charts", "aria-label": "Charts" }, ...charts.map(({ element }) => element)),
            ]),
      );
      place.hidden = false;
      for (const each of [...charts, ...reasons]) each.draw();
      scrollTo({ top: 0 });
      name.focus({ preventScroll: true });
    },
    hide() {
      clear();
      place.hidden = true;
    },
    redraw() {
      for (const each of [...charts, ...reasons]) each.draw();
    },
  };
}

function specsOf(
  { rounds, history }: Exhibit,
  judgements: readonly Judgement[],
  sides: SideNames,
  pages: CommitPages,
): readonly ChartSpec[] {
  const of = (found: Found | null, make: (found: Found, index: number) => ChartSpec | null) =>
    found === null ? [] : found.subject.statistics.flatMap((_, index) => make(found, index) ?? []);
  return [
    ...of(rounds, ({ evidence, subject }, index) => {
      const judged = judgements.find(({ statistic }) => statistic === subject.statistics[index]);
      return roundsChart(evidence, subject, index, sides, judged?.judged?.bound ?? judged?.threshold ?? null);
    }),
    ...(rounds === null ? [] : distributionCharts(rounds.subject, sides)),
    ...of(history, ({ evidence, subject }, index) => historyChart(evidence, subject, index, sides, pages)),
  ];
}

/** What is known of this benchmark, to take away. */
function saving(rows: readonly Row[], { rounds }: Exhibit): HTMLElement {
  return takeAway("Save this benchmark", [
    ...(rounds === null
      ? []
      : [
          { words: "Save rounds as CSV", file: "rounds.csv", type: "text/csv", text: () => roundsCsv(rounds) } as const,
        ]),
    { words: "Save as JSON", file: "benchmark.json", type: "application/json", text: () => subjectJson(rows, rounds) },
  ]);
}

function ways({ all, previous, next, siblings }: Around): HTMLElement {
  const to = (address: string | null, words: string) =>
    address === null ? null : el("a", { class: "way", href: address }, words);
  return el(
    "nav",
    { class: "ways", "aria-label": "Benchmarks" },
    el("a", { class: "way back", href: all }, "← All comparisons"),
    ...siblings.map(({ address, metric }) => to(address, `Its ${metric}`)),
    el("span", { class: "gap" }),
    to(previous, "Previous"),
    to(next, "Next"),
  );
}

function subtitle({ metric, unit, better, source }: Judgement, pages: CommitPages, sha: string): HTMLElement {
  const words = unit === "1" || unit === "" ? "" : ` in ${PAGE.name(unit)}`;
  const about = prose(`${PAGE.name(metric)}${words}, ${better} is better`);
  if (source === null) return el("p", { class: "subtitle" }, ...about);
  const address = pages.source(sha, source);
  const place = prose(`${PAGE.name(source.file, 200)}${source.line ? `, line ${source.line}` : ""}`);
  const linked = address === null ? place : [el("a", { href: address, rel: "noopener noreferrer" }, ...place)];
  return el("p", { class: "subtitle" }, ...about, " · defined in ", ...linked);
}

/** What the warnings say, with what to do about each; the statistics that share one share a line. */
function notes(judgements: readonly Judgement[]): readonly HTMLElement[] {
  const found = notesOf(judgements, PAGE);
  if (found.length === 0) return [];
  const items = found.map(({ sentence, remedy, holders }) =>
    el(
      "li",
      {},
      el("strong", {}, `${holders.map(({ statistic }) => statistic).join(", ")}: `),
      ...prose(sentence === "" ? "" : `${sentence} `),
      el("span", { class: "remedy" }, ...prose(remedy)),
    ),
  );
  return [el("section", {}, el("h3", {}, "What to know, and what to do"), el("ul", { class: "notes" }, ...items))];
}

function failures(judgements: readonly Judgement[]): readonly HTMLElement[] {
  return judgements.flatMap(({ failure }) => {
    if (failure === null) return [];
    const output =
      failure.output === "" ? null : el("pre", { tabindex: 0, "aria-label": "The end of its output" }, failure.output);
    return [
      el(
        "section",
        {},
        el("h3", {}, `Why it failed on the ${failure.side}`),
        el("p", {}, el("bdi", {}, PLAIN.name(failure.reason, 500))),
        output,
      ),
    ];
  });
}

function noCharts(judgements: readonly Judgement[]): string {
  if (judgements.some(({ failure }) => failure !== null)) return "What fails has no rounds to draw.";
  return `Its rounds are not in this report: ${plural(judgements.length, "verdict", "verdicts")} only.`;
}
