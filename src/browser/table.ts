import type { Column } from "../report/parts/columns.ts";
import type { ForestScale } from "../report/parts/forest.ts";
import { badge } from "./badge.ts";
import { el } from "./dom.ts";
import type { Sorting, SortKey } from "./filter.ts";
import { forestAxis, forestRow, type PlotSize } from "./forest-plot.ts";
import type { Row } from "./row.ts";
import { type Window, windowAt } from "./window.ts";

/** The table of all comparisons. Only the rows around what is seen are in the document; the others are counted for screen readers. */
export interface ComparisonTable {
  readonly element: HTMLElement;
  show(rows: readonly Row[], sorting: Sorting): void;
  /** Brings a row into view and gives it the focus; the first one where it is not shown. */
  focus(address: string | null): void;
  /** Puts all rows into the document, at most so many, as a printer needs them; returns how many are left out. */
  expand(most: number): number;
  /** Takes the rows out again that are out of sight. */
  collapse(): void;
}

/** The height of every row, as the style sheet has it. */
const ROW_HEIGHT = 38;
const PLOT: PlotSize = { width: 188, height: 24 };
const HEAD_PLOT: PlotSize = { width: 188, height: 26 };
/** Longer cells may be cut, and show all of it under the pointer. */
const TITLED = 12;
/** By how many rows the page keys move. */
const PAGE_ROWS = 12;

export interface TableOptions {
  readonly columns: readonly Column[];
  readonly scale: ForestScale | null;
  readonly onSort: (key: SortKey) => void;
  /** The address of a row's own view, from which one comes back to this table as it is. */
  readonly hrefOf: (row: Row) => string;
}

/** Columns in their order on the page; those that no row fills are left out. */
const LAYOUT = ["verdict", "benchmark", "statistic", "change", "baseline", "candidate", "plot", "limit"] as const;
type Place = (typeof LAYOUT)[number];
const SORTED: Partial<Record<Place, SortKey>> = {
  verdict: "verdict",
  benchmark: "benchmark",
  statistic: "statistic",
  change: "change",
};

export function comparisonTable({ columns, scale, onSort, hrefOf }: TableOptions): ComparisonTable {
  const known = new Map(columns.map((column) => [column.name as string, column]));
  const places = LAYOUT.filter(
    (place) => place === "verdict" || (place === "plot" ? scale !== null : known.has(place)),
  );
  const headers = new Map(places.map((place) => [place, headerCell(place, known.get(place), scale, onSort)]));
  const body = el("tbody");
  const table = el(
    "table",
    // Where nothing was compared, the few columns fit any screen.
    { class: `comparisons${known.has("change") ? "" : " few"}`, "aria-label": "Comparisons" },
    el("colgroup", {}, ...places.map((place) => el("col", { class: `at-${place}` }))),
    el("thead", {}, el("tr", { "aria-rowindex": 1 }, ...headers.values())),
    body,
  );
  const scroller = el(
    "div",
    { class: "scroller", role: "group", "aria-label": "Table of comparisons, scrollable", tabindex: 0 },
    table,
  );
  let rows: readonly Row[] = [];
  let drawn: Window = { first: 0, end: -1 };
  /** The row that Tab reaches. */
  let current = 0;

  const cell = (place: Place, row: Row, index: number): HTMLElement => {
    if (place === "verdict") return el("td", {}, badge(row.bucket));
    if (place === "plot") return el("td", { class: "plot" }, forestRow(row.judgement, scale, PLOT));
    const column = known.get(place)!;
    if (place === "benchmark") {
      const text = row.name;
      const link = el(
        "a",
        { href: hrefOf(row), tabindex: index === current ? 0 : -1, title: text },
        el("bdi", {}, text),
      );
      return el("th", { scope: "row" }, link);
    }
    const text = column.cell(row.judgement);
    return el("td", { class: column.align, title: text.length > TITLED ? text : null }, text);
  };

  const draw = (wanted: Window): void => {
    const focused = indexOf(document.activeElement);
    const shown = rows.slice(wanted.first, wanted.end).map((row, offset) => {
      const index = wanted.first + offset;
      return el(
        "tr",
        { "aria-rowindex": index + 2, "data-index": index, class: index % 2 === 1 ? "odd" : null },
        ...places.map((place) => cell(place, row, index)),
      );
    });
    body.replaceChildren(
      ...spacer(wanted.first, places.length),
      ...shown,
      ...spacer(rows.length - wanted.end, places.length),
    );
    drawn = wanted;
    if (focused === null) return;
    const link = linkAt(focused);
    if (link !== null) link.focus({ preventScroll: true });
    else scroller.focus({ preventScroll: true });
  };

  const update = (force = false): void => {
    const wanted = windowAt(scroller.scrollTop, scroller.clientHeight || 800, ROW_HEIGHT, rows.length);
    if (force || wanted.first !== drawn.first || wanted.end !== drawn.end) draw(wanted);
  };

  const indexOf = (element: Element | null): number | null => {
    const row = element !== null && body.contains(element) ? element.closest("tr") : null;
    return row?.dataset.index === undefined ? null : Number(row.dataset.index);
  };
  const linkAt = (index: number) => body.querySelector<HTMLElement>(`tr[data-index="${index}"] a`);

  const moveTo = (index: number): void => {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    linkAt(current)?.setAttribute("tabindex", "-1");
    current = target;
    const top = target * ROW_HEIGHT;
    const head = table.tHead?.offsetHeight ?? 0;
    const room = scroller.clientHeight - head;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW_HEIGHT > scroller.scrollTop + room) scroller.scrollTop = top + ROW_HEIGHT - room;
    update();
    const link = linkAt(target);
    link?.setAttribute("tabindex", "0");
    link?.focus({ preventScroll: true });
  };

  scroller.addEventListener("scroll", () => update(), { passive: true });
  new ResizeObserver(() => update()).observe(scroller);
  body.addEventListener("click", (event) => {
    const index = indexOf(event.target as Element);
    // A selection of text is no wish to leave.
    if (index === null || !getSelection()?.isCollapsed) return;
    current = index;
    if ((event.target as Element).closest("a") === null) location.hash = hrefOf(rows[index]!);
  });
  body.addEventListener("focusin", (event) => {
    current = indexOf(event.target as Element) ?? current;
  });
  scroller.addEventListener("keydown", (event) => {
    const from = indexOf(document.activeElement);
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
    if (from === null && event.key !== "ArrowDown") return;
    event.preventDefault();
    moveTo(from === null ? current : step(from, rows.length));
  });

  return {
    element: scroller,
    show(next, sorting) {
      rows = next;
      current = 0;
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      for (const [place, header] of headers) markSorted(header, SORTED[place], sorting);
      scroller.scrollTop = 0;
      update(true);
    },
    focus(address) {
      const index = rows.findIndex((row) => row.address === address);
      if (rows.length > 0) moveTo(Math.max(0, index));
    },
    expand(most) {
      draw({ first: 0, end: Math.min(rows.length, most) });
      return Math.max(0, rows.length - most);
    },
    collapse: () => update(true),
  };
}

const STEPS: Readonly<Record<string, (from: number, rows: number) => number>> = {
  ArrowDown: (from) => from + 1,
  ArrowUp: (from) => from - 1,
  PageDown: (from) => from + PAGE_ROWS,
  PageUp: (from) => from - PAGE_ROWS,
  Home: () => 0,
  End: (_, rows) => rows - 1,
};

/** The room that rows take which are not in the document. */
function spacer(rows: number, columns: number): readonly HTMLElement[] {
  if (rows <= 0) return [];
  const filler = el("td", { colspan: columns });
  filler.style.height = `${rows * ROW_HEIGHT}px`;
  return [el("tr", { class: "spacer", "aria-hidden": "true" }, filler)];
}

function headerCell(
  place: Place,
  column: Column | undefined,
  scale: ForestScale | null,
  onSort: (key: SortKey) => void,
): HTMLElement {
  const words =
    place === "verdict" ? "verdict" : place === "plot" ? "interval against the threshold" : (column?.header ?? place);
  const key = SORTED[place];
  if (place === "plot") {
    return el(
      "th",
      { scope: "col", class: "plot" },
      el("span", { class: "hidden" }, words),
      forestAxis(scale, HEAD_PLOT),
    );
  }
  if (key === undefined) return el("th", { scope: "col", class: column?.align ?? null }, words);
  const button = el("button", { type: "button" }, words, el("span", { class: "arrow", "aria-hidden": "true" }));
  button.addEventListener("click", () => onSort(key));
  return el("th", { scope: "col" }, button);
}

function markSorted(header: HTMLElement, key: SortKey | undefined, sorting: Sorting): void {
  if (key === undefined) return;
  const direction = key !== sorting.key ? "none" : sorting.descending ? "descending" : "ascending";
  header.setAttribute("aria-sort", direction);
  header.querySelector(".arrow")!.textContent = { none: "", ascending: "▲", descending: "▼" }[direction];
}
