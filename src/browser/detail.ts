import type { Judgement } from "../model/verdict.ts";
import { PAGE } from "../report/html/ink.ts";
import type { WireOverview } from "../report/html/wire.ts";
import type { SideNames } from "../report/parts/columns.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { plural } from "../report/words/format.ts";
import { notesOf } from "../report/words/notes.ts";
import type { Exhibit } from "./archive.ts";
import { type Chart, type ChartSpec, chart } from "./chart.ts";
import { distributionCharts } from "./distribution-chart.ts";
import { el } from "./dom.ts";
import { factsTable } from "./facts.ts";
import { growthCharts } from "./growth-chart.ts";
import { historyChart } from "./history-chart.ts";
import { prose } from "./prose.ts";
import { roundsChart } from "./rounds-chart.ts";
import type { Row } from "./row.ts";
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
  readonly previous: string | null;
  readonly next: string | null;
  /** Other metrics of the same benchmark. */
  readonly siblings: readonly { readonly address: string; readonly metric: string }[];
}

export function detailView(
  place: HTMLElement,
  { sides, secondsPerPair }: Pick<WireOverview, "sides" | "secondsPerPair">,
): Detail {
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
      charts = [...specsOf(exhibit, sides), ...growthCharts(judgements[0]!, sides)].map(chart);
      reasons = whySections(judgements[0]!);
      const name = el("h2", { id: "detail-name", tabindex: -1 }, el("bdi", {}, rows[0]!.name));
      place.append(
        ways(around),
        el("header", {}, name, subtitle(judgements[0]!)),
        factsTable(judgements, sides, secondsPerPair),
        ...notes(judgements),
        ...failures(judgements),
        ...reasons.map(({ element }) => element),
        ...(charts.length === 0
          ? [el("p", { class: "empty" }, noCharts(judgements))]
          : [
              el("h3", {}, "What it rests on"),
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

function specsOf({ rounds, history }: Exhibit, sides: SideNames): readonly ChartSpec[] {
  const of = (found: Exhibit["rounds"], make: typeof roundsChart) =>
    found === null
      ? []
      : found.subject.statistics.flatMap((_, index) => make(found.evidence, found.subject, index, sides) ?? []);
  return [
    ...of(rounds, roundsChart),
    ...(rounds === null ? [] : distributionCharts(rounds.subject, sides)),
    ...of(history, historyChart),
  ];
}

function ways({ previous, next, siblings }: Around): HTMLElement {
  const to = (address: string | null, words: string) =>
    address === null ? null : el("a", { class: "way", href: address }, words);
  return el(
    "nav",
    { class: "ways", "aria-label": "Benchmarks" },
    el("a", { class: "way back", href: "#" }, "← All comparisons"),
    ...siblings.map(({ address, metric }) => to(address, `Its ${metric}`)),
    el("span", { class: "gap" }),
    to(previous, "Previous"),
    to(next, "Next"),
  );
}

function subtitle({ metric, unit, better, source }: Judgement): HTMLElement {
  const place =
    source === null
      ? []
      : [` · defined in ${PAGE.name(source.file, 200)}${source.line ? `, line ${source.line}` : ""}`];
  const words = unit === "1" || unit === "" ? "" : ` in ${PAGE.name(unit)}`;
  return el("p", { class: "subtitle" }, ...prose(`${PAGE.name(metric)}${words}, ${better} is better${place.join("")}`));
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
