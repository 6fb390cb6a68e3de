import type { Judgement } from "../model/verdict.ts";
import { type BucketName, countedWords } from "../report/parts/buckets.ts";
import type { SideNames } from "../report/parts/columns.ts";
import { forestScale } from "../report/parts/forest.ts";
import { plural } from "../report/words/format.ts";
import { el } from "./dom.ts";
import { type Filter, NO_FILTER, type Sorting, visibleRows } from "./filter.ts";
import { type Row, rowsOf } from "./row.ts";
import { comparisonTable } from "./table.ts";

/** The first view: filters above the table of all comparisons. */
export interface Overview {
  /** The rows that pass the filters, in the order of the table. */
  rows(): readonly Row[];
  /** Gives the focus back to the row that was left. */
  focus(address: string | null): void;
  beforePrint(): void;
  afterPrint(): void;
}

/** More rows on paper are read by nobody. */
const PRINTED = 1_500;

export function overview(place: HTMLElement, judgements: readonly Judgement[], sides: SideNames): Overview {
  const { rows, columns } = rowsOf(judgements, sides);
  let filter: Filter = NO_FILTER;
  let sorting: Sorting = { key: "verdict", descending: false };
  let visible: readonly Row[] = rows;

  const status = el("p", { class: "status", role: "status" });
  const printed = el("p", { class: "printed" });
  const empty = el("p", { class: "empty" }, "Nothing fits these filters.");
  const table = comparisonTable({
    columns,
    scale: forestScale(judgements),
    onSort: (key) => {
      sorting = { key, descending: sorting.key === key && !sorting.descending };
      update();
    },
  });

  const update = (): void => {
    visible = visibleRows(rows, filter, sorting);
    table.show(visible, sorting);
    const all = plural(rows.length, "comparison", "comparisons");
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
  };

  const chips = el("div", { class: "chips", role: "group", "aria-label": "Verdict" }, ...chipsOf(rows, change));
  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: "Search benchmarks",
    autocomplete: "off",
    spellcheck: "false",
  });
  search.addEventListener("input", () => change({ text: search.value }));
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || visible.length === 0) return;
    event.preventDefault();
    table.focus(visible[0]!.address);
  });
  const bar = el(
    "div",
    { class: "filters", role: "search" },
    el("label", { class: "search" }, el("span", {}, "Search"), search),
    choice("Suite", unique(judgements.map(({ suite }) => suite)), (suite) => change({ suite })),
    choice("Metric", unique(judgements.map(({ metric }) => metric)), (metric) => change({ metric })),
    status,
  );
  place.append(chips, bar, table.element, empty, legend(), printed);
  place.hidden = false;
  update();
  return {
    rows: () => visible,
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
function chipsOf(rows: readonly Row[], change: (part: Partial<Filter>) => void): readonly HTMLElement[] {
  const counts = new Map<BucketName, Row[]>();
  for (const row of rows) {
    const held = counts.get(row.bucket.name) ?? [];
    held.push(row);
    counts.set(row.bucket.name, held);
  }
  const chip = (name: BucketName | "", words: string, colour: string) => {
    const button = el("button", { type: "button", class: `chip ${colour}`, "data-bucket": name }, words);
    button.addEventListener("click", () => change({ bucket: name }));
    return button;
  };
  return [
    chip("", `All ${rows.length.toLocaleString("en-US")}`, "none"),
    ...[...counts].map(([name, held]) => {
      const words = countedWords(held.map((row) => row.bucket.name)).join("");
      return chip(name, words, held[0]!.bucket.colour);
    }),
  ];
}

/** A list of values to choose from; null where there is nothing to choose. */
function choice(label: string, values: readonly string[], onChange: (value: string) => void): HTMLElement | null {
  if (values.length < 2) return null;
  const select = el(
    "select",
    {},
    el("option", { value: "" }, `all ${values.length.toLocaleString("en-US")}`),
    ...values.map((value) => el("option", { value }, value)),
  );
  select.addEventListener("change", () => onChange(select.value));
  return el("label", {}, el("span", {}, label), select);
}

function legend(): HTMLElement {
  return el(
    "p",
    { class: "legend" },
    "Where it lies: the dot is the estimate, the bar its interval, the upright line no change, the shaded band the threshold; arrows point beyond the axis. Open a benchmark for its rounds, distributions and warnings.",
  );
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
