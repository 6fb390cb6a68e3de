import type { Interval } from "../model/interval.ts";
import type { Comparison, Judgement } from "../model/verdict.ts";
import { PAGE } from "../report/html/ink.ts";
import { bucketOf } from "../report/parts/buckets.ts";
import { type Column, type ColumnName, columnsFor, type SideNames } from "../report/parts/columns.ts";
import type { ForestScale } from "../report/parts/forest.ts";
import { forestScale } from "../report/parts/forest.ts";
import { changeInterval, percent, small } from "../report/words/format.ts";
import { badge } from "./badge.ts";
import { el } from "./dom.ts";
import { forestAxis, forestRow } from "./forest-plot.ts";
import { prose } from "./prose.ts";

/** A row of the table: what is told of each judgement, under which name. */
interface Fact {
  readonly name: string;
  /** Null where there is nothing to tell. */
  readonly of: (judgement: Judgement) => string | null;
}

const DESIGNS: Readonly<Record<Comparison["design"], string>> = {
  pairs: "in pairs, side by side",
  stored: "against stored runs (prediction interval)",
  unpaired: "two independent sets of rounds (Welch)",
  exact: "exactly: the values do not vary",
};

/** What columns of the other reports say, one row each. */
const COLUMNS: readonly ColumnName[] = ["baseline", "candidate", "change", "limit", "needs", "reason"];
const NAMES: Partial<Record<ColumnName, string>> = { limit: "threshold and limit" };

/** What the reports with narrower pages leave out. */
const MORE: readonly Fact[] = [
  { name: "compared", of: ({ comparison }) => comparison && DESIGNS[comparison.design] },
  { name: "pairs, rounds or runs", of: ({ comparison }) => comparison && String(comparison.rounds) },
  { name: "noise (sd of one)", of: ({ comparison }) => (tested(comparison) ? percent(comparison!.noise) : null) },
  {
    name: "detectable change",
    of: ({ comparison }) => (comparison?.detectable == null ? null : percent(comparison.detectable)),
  },
  {
    name: "p (adjusted)",
    of: ({ comparison }) => {
      if (comparison === null || comparison.p === null) return null;
      return `${small(comparison.p)}${comparison.adjustedP === null ? "" : ` (${small(comparison.adjustedP)})`}`;
    },
  },
  {
    name: "interval without assumptions",
    of: ({ comparison }) => (comparison?.check == null ? null : checkWords(comparison.check, comparison.ratio)),
  },
  {
    name: "chance of a false alarm",
    of: ({ comparison }) => (tested(comparison) ? small(comparison!.falseAlarm) : null),
  },
  { name: "goal", of: ({ goal }) => goal && `${percent(goal.value)} better: ${GOALS[goal.state]}` },
  { name: "gates", of: ({ severity }) => (severity === "gate" ? "yes" : "no: shown only") },
];

const GOALS = { proven: "proven", open: "not yet proven", missed: "missed" } as const;
const PLOT = { width: 300, height: 30 };

/** All that is known of the judgements on one metric, a column each. */
export function factsTable(
  judgements: readonly Judgement[],
  sides: SideNames,
  secondsPerPair: number | null,
): HTMLElement {
  const columns = columnsFor(COLUMNS, judgements, PAGE, sides, secondsPerPair);
  const scale = forestScale(judgements);
  const rows = [
    row("verdict", judgements, (judgement) => [badge(bucketOf(judgement))]),
    ...columns.flatMap((column) => [
      told(column, judgements),
      ...(column.name === "change" && scale !== null ? [plots(judgements, scale)] : []),
    ]),
    ...MORE.flatMap(({ name, of }) =>
      judgements.some((judgement) => of(judgement)) ? [row(name, judgements, (each) => [of(each) || "–"])] : [],
    ),
  ];
  const heads = judgements.map(({ statistic, failure }) =>
    el("th", { scope: "col", class: "statistic" }, failure === null ? statistic : "failed"),
  );
  return el(
    "div",
    { class: "wide", tabindex: 0, role: "group", "aria-label": "Numbers of this benchmark" },
    el("table", { class: "facts detail" }, el("thead", {}, el("tr", {}, el("td"), ...heads)), el("tbody", {}, ...rows)),
  );
}

function told({ name, header, cell }: Column, judgements: readonly Judgement[]): HTMLElement {
  return row(NAMES[name] ?? header, judgements, (judgement) => prose(cell(judgement)));
}

function plots(judgements: readonly Judgement[], scale: ForestScale): HTMLElement {
  const axis = () => forestAxis(scale, { ...PLOT, height: 22 });
  const cell = (judgement: Judgement) =>
    judgement.comparison === null ? ["–"] : [el("div", { class: "plot" }, axis(), forestRow(judgement, scale, PLOT))];
  return row("against the threshold", judgements, cell);
}

function row(
  name: string,
  judgements: readonly Judgement[],
  cell: (judgement: Judgement) => readonly (Node | string)[],
): HTMLElement {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, name),
    ...judgements.map((judgement) => el("td", {}, ...cell(judgement))),
  );
}

function tested(comparison: Comparison | null): boolean {
  return comparison !== null && comparison.design !== "exact";
}

/** The interval that assumes nothing of the noise. */
function checkWords(check: Interval, ratio: number): string {
  return `${changeInterval(check, ratio)} at ${percent(check.level)}`;
}
