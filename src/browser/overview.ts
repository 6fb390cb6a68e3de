import type { Judgement } from "../model/verdict.ts";
import { type BucketName, countedWords } from "../report/parts/buckets.ts";
import type { SideNames } from "../report/parts/columns.ts";
import { forestScale } from "../report/parts/forest.ts";
import { plural } from "../report/words/format.ts";
import { choice, searchField } from "./controls.ts";
import { el } from "./dom.ts";
import { type Filter, visibleRows } from "./filter.ts";
import { type Row, rowsOf } from "./row.ts";
import { comparisonTable } from "./table.ts";
import { comparisonsCsv, comparisonsJson } from "./tables.ts";
import { takeAway } from "./take-away.ts";
import { DEFAULT_VIEW, queryOf, type View } from "./view-address.ts";

/** The first view: filters above the table of all comparisons. */
export interface Overview {
  /** The rows that pass the filters, in the order of the table. */
  rows(): readonly Row[];
  /** What of the address says what the table shows. */
  query(): string;
  /** Shows what an address says. */
  restore(view: View): void;
  /** Gives the focus back to the row that was left. */
  focus(address: string | null): void;
  beforePrint(): void;
  afterPrint(): void;
}

/** More rows on paper are read by nobody. */
const PRINTED = 1_500;

/** @param onChange told when a reader has asked for something else to be shown. */
export function overview(
  place: HTMLElement,
  judgements: readonly Judgement[],
  sides: SideNames,
  onChange: () => void,
): Overview {
  const { rows, columns } = rowsOf(judgements, sides);
  let { filter, sorting } = DEFAULT_VIEW;
  let visible: readonly Row[] = rows;

  const status = el("p", { class: "status", role: "status" });
  const printed = el("p", { class: "printed" });
  const empty = el("p", { class: "empty" }, "Nothing fits these filters.");
  const scale = forestScale(judgements);
  // Without anything to compare with, rows are values.
  const [one, many] = scale === null ? ["value", "values"] : ["comparison", "comparisons"];
  const table = comparisonTable({
    columns,
    scale,
    onSort: (key) => {
      sorting = { key, descending: sorting.key === key && !sorting.descending };
      update();
      onChange();
    },
    hrefOf: (row) => row.address + queryOf({ filter, sorting }),
  });

  const update = (): void => {
    visible = visibleRows(rows, filter, sorting);
    table.show(visible, sorting);
    const all = plural(rows.length, one!, many!);
    status.textContent = visible.length === rows.length ? all : `${visible.length.toLocaleString("en-US")} of ${all}`;
    empty.hidden = visible.length > 0;
    table.element.hidden = visible.length === 0;
    for (const chip of chips.children) {
      chip.setAttribute("aria-pressed", String((chip as HTMLElement).dataset.bucket === filter.bucket));
    }
  };
  const change = (part: Partial<Filter>): void => {
    filter = { ...filter, ...part };
    update();
    onChange();
  };

  const chips = el(
    "div",
    { class: "chips", role: "group", "aria-label": "Verdict" },
    ...chipsOf(rows, plural(rows.length, one!, many!), change),
  );
  const search = searchField();
  search.addEventListener("input", () => change({ text: search.value }));
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || visible.length === 0) return;
    event.preventDefault();
    table.focus(visible[0]!.address);
  });
  const listed = (label: string, part: "suite" | "metric") => {
    const values = unique(judgements.map((judgement) => judgement[part]));
    return choice(label, `all ${values.length.toLocaleString("en-US")}`, values, (value) => change({ [part]: value }));
  };
  const suites = listed("Suite", "suite");
  const metrics = listed("Metric", "metric");
  const bar = el(
    "div",
    { class: "filters", role: "search" },
    el("label", { class: "search" }, el("span", {}, "Search"), search),
    suites?.element ?? null,
    metrics?.element ?? null,
    status,
  );
  const take = takeAway("Save these comparisons", [
    { words: "Save as CSV", file: "benchgate.csv", type: "text/csv", text: () => comparisonsCsv(visible) },
    { words: "Save as JSON", file: "benchgate.json", type: "application/json", text: () => comparisonsJson(visible) },
  ]);
  place.append(chips, bar, table.element, empty, take, scale === null ? "" : legend(), printed);
  place.hidden = false;
  update();
  return {
    rows: () => visible,
    query: () => queryOf({ filter, sorting }),
    restore(view) {
      // What was typed stays as it was typed: an address holds no space at its end.
      if (queryOf(view) === queryOf({ filter, sorting })) return;
      ({ filter, sorting } = view);
      search.value = filter.text;
      suites?.set(filter.suite);
      metrics?.set(filter.metric);
      update();
    },
    focus: (address) => table.focus(address),
    beforePrint() {
      const left = table.expand(PRINTED);
      printed.textContent = left === 0 ? "" : `… and ${plural(left, "more comparison", "more comparisons")}.`;
    },
    afterPrint() {
      printed.textContent = "";
      table.collapse();
    },
  };
}

/** One button for each verdict that occurs, with its count, and one for all. */
function chipsOf(rows: readonly Row[], all: string, change: (part: Partial<Filter>) => void): readonly HTMLElement[] {
  const buckets = new Map(rows.map(({ bucket }) => [bucket.name, bucket]));
  const counted = (wanted: BucketName) =>
    countedWords(rows.flatMap(({ bucket: { name } }) => (name === wanted ? [name] : []))).join("");
  const chip = (name: BucketName | "", words: string, colour: string) => {
    const button = el("button", { type: "button", class: `chip ${colour}`, "data-bucket": name }, words);
    button.addEventListener("click", () => change({ bucket: name }));
    return button;
  };
  return [
    chip("", `All ${all}`, "none"),
    ...[...buckets.values()].map(({ name, colour }) => chip(name, counted(name), colour)),
  ];
}

function legend(): HTMLElement {
  return el(
    "p",
    { class: "legend" },
    "In the plot, the dot is the estimate, the bar its interval, the upright line no change, and the shaded band the threshold; arrows point beyond the axis. Open a benchmark for its rounds, distributions and warnings.",
  );
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
