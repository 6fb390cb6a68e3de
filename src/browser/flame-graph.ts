import type { FlameTree, FunctionPlace } from "../model/explanation.ts";
import { percent, plural, scaleFor, significant } from "../report/words/format.ts";
import { placeText } from "../report/words/why.ts";
import type { Chart } from "./chart.ts";
import { el } from "./dom.ts";
import { type Cell, cellsOf, changeOf, type FlameView, layoutOf, matching, rowsOf } from "./flame-layout.ts";

const ROW = 20;
/** Narrower frames are not drawn, in pixels; narrower ones have no name. */
const LEAST = 1;
const NAMED = 34;
/** The most rows that are seen without scrolling, and of the table. */
const ROWS = 26;
const TABLE = 40;

const VIEWS: readonly (readonly [FlameView, string])[] = [
  ["difference", "Difference"],
  ["baseline", "Baseline"],
  ["candidate", "Candidate"],
];

/** The call trees of both sides as a flame graph: by pointer, by keyboard, and as a table. `unit`: of what the tree holds. */
export function flameGraph(tree: FlameTree, unit: string): Chart {
  const layout = layoutOf(tree);
  let view: FlameView = "difference";
  let root = 0;
  let current = 0;
  let found: ReadonlySet<number> = new Set();
  let cells: readonly Cell[] = [];

  const canvas = el("canvas", { "aria-hidden": "true" });
  const graph = el(
    "div",
    {
      class: "flame",
      role: "application",
      tabindex: 0,
      "aria-label": "Flame graph of both sides",
      "aria-roledescription": "flame graph",
      "aria-describedby": "flame-help",
    },
    canvas,
  );
  const said = el("p", { class: "flame-said", role: "status" });
  const help = el(
    "p",
    { class: "note", id: "flame-help" },
    `A frame is as wide as it takes ${unit === "B" ? "memory" : "time"}, its callees below it; red takes more than it did, blue less. Click a frame or press Enter to zoom in, Escape to zoom out; arrow keys go to callers, callees and neighbours.`,
  );
  const search = el("input", {
    type: "search",
    placeholder: "Search functions",
    autocomplete: "off",
    spellcheck: "false",
  });
  const switches = VIEWS.map(([name, words]) => {
    const button = el("button", { type: "button", class: "chip none", "aria-pressed": String(name === view) }, words);
    button.addEventListener("click", () => {
      view = name;
      for (const [index, each] of switches.entries())
        each.setAttribute("aria-pressed", String(VIEWS[index]![0] === view));
      draw();
    });
    return button;
  });
  const whole = el("button", { type: "button", class: "chip none" }, "Whole tree");
  whole.addEventListener("click", () => zoom(0));

  const placeOf = (node: number): FunctionPlace => tree.frames[tree.nodes[node]![0]]!;
  const amount = (value: number, of: readonly number[]) => {
    const { factor, suffix } = scaleFor(unit, "", of);
    return `${significant(value / factor)}${suffix}`;
  };
  const wordsOf = (node: number): string => {
    const place = placeOf(node);
    const [before, after] = [layout.baseline[node]!, layout.candidate[node]!];
    const at = placeText(place);
    const share = percent(after / Math.max(layout.candidate[0]!, Number.MIN_VALUE));
    const both = [before, after];
    return `${place.name}${at === "" ? "" : ` ${at}`}: ${amount(before, both)} → ${amount(after, both)} with its callees, ${share} of the candidate`;
  };
  const say = (node: number): void => {
    current = node;
    said.textContent = wordsOf(node);
  };
  const aim = (node: number): void => {
    root = node;
    say(node);
  };
  const zoom = (node: number): void => {
    aim(node);
    draw();
  };

  const draw = (): void => {
    const width = Math.max(240, graph.clientWidth);
    cells = cellsOf(layout, view, root, LEAST / width);
    const rows = cells.reduce((most, { row }) => Math.max(most, row + 1), 1);
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(rows * ROW * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${rows * ROW}px`;
    graph.style.maxHeight = `${ROWS * ROW}px`;
    const pen = canvas.getContext("2d")!;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, rows * ROW);
    pen.font = "12px system-ui, sans-serif";
    pen.textBaseline = "middle";
    const dark = isDark();
    for (const { node, from, width: share, row } of cells) {
      const [x, w] = [from * width, share * width];
      pen.globalAlpha = found.size > 0 && !found.has(node) ? 0.3 : 1;
      pen.fillStyle = colourOf(view === "difference" ? changeOf(layout, node) : null, dark);
      pen.fillRect(x, row * ROW, Math.max(LEAST, w - 1), ROW - 1);
      if (w < NAMED) continue;
      pen.fillStyle = dark ? "#f2f5f8" : "#14181d";
      pen.fillText(fitting(pen, placeOf(node).name, w - 8), x + 4, row * ROW + ROW / 2);
    }
    pen.globalAlpha = 1;
    const own = cells.find(({ node }) => node === current);
    if (own === undefined || document.activeElement !== graph) return;
    pen.lineWidth = 2;
    pen.strokeStyle = dark ? "#ffffff" : "#000000";
    pen.strokeRect(own.from * width + 1, own.row * ROW + 1, Math.max(2, own.width * width - 3), ROW - 3);
  };

  const at = (event: MouseEvent): number | null => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const [x, row] = [(event.clientX - left) / width, Math.floor((event.clientY - top) / ROW)];
    return cells.find((cell) => cell.row === row && x >= cell.from && x < cell.from + cell.width)?.node ?? null;
  };
  canvas.addEventListener("mousemove", (event) => {
    const node = at(event);
    if (node !== null && node !== current) say(node);
  });
  canvas.addEventListener("click", (event) => {
    const node = at(event);
    if (node !== null) zoom(node);
  });
  const beside = (step: number): number => {
    const above = layout.parent[current]!;
    if (above < 0) return current;
    const siblings = layout.children[above]!;
    return siblings[siblings.indexOf(current) + step] ?? current;
  };
  const KEYS: Readonly<Record<string, () => void>> = {
    ArrowUp: () => say(Math.max(0, layout.parent[current]!)),
    ArrowDown: () => say(layout.children[current]![0] ?? current),
    ArrowLeft: () => say(beside(-1)),
    ArrowRight: () => say(beside(1)),
    Home: () => say(root),
    Enter: () => aim(current),
    Escape: () => aim(Math.max(0, layout.parent[root]!)),
  };
  graph.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    // Where nothing is left to zoom out of, Escape leaves the benchmark, as everywhere on the page.
    if (act === undefined || (event.key === "Escape" && root === 0)) return;
    event.preventDefault();
    act();
    draw();
  });
  graph.addEventListener("focus", () => {
    say(current);
    draw();
  });
  graph.addEventListener("blur", draw);
  search.addEventListener("input", () => {
    const text = search.value.trim().toLowerCase();
    found = text === "" ? new Set() : matching(layout, text);
    const share =
      [...found].reduce((sum, node) => sum + tree.nodes[node]![3], 0) /
      Math.max(layout.candidate[0]!, Number.MIN_VALUE);
    said.textContent =
      text === "" ? "" : `${plural(found.size, "frame", "frames")} found, ${percent(share)} of the candidate`;
    draw();
  });
  const resized = new ResizeObserver(() => draw());
  resized.observe(graph);

  const element = el(
    "figure",
    { class: "chart flame-figure" },
    el("figcaption", {}, el("h4", {}, unit === "B" ? "Where memory is allocated" : "Where the time goes"), help),
    el(
      "div",
      { class: "filters", role: "group", "aria-label": "Flame graph" },
      el("label", { class: "search" }, el("span", {}, "Search"), search),
      ...switches,
      whole,
    ),
    graph,
    said,
    tableOf(tree, amount),
  );
  return { element, draw, remove: () => resized.disconnect() };
}

function tableOf(tree: FlameTree, amount: (value: number, of: readonly number[]) => string): HTMLElement {
  const rows = rowsOf(tree).filter(({ frame, baseline, candidate }) => frame > 0 && baseline + candidate > 0);
  const head = ["Function", "Place", "Baseline, itself", "Candidate, itself", "Difference"];
  const body = rows.slice(0, TABLE).map(({ frame, baseline, candidate }) => {
    const place = tree.frames[frame]!;
    const both = [baseline, candidate];
    const more = candidate - baseline;
    const difference = `${more < 0 ? "−" : "+"}${amount(Math.abs(more), both)}`;
    const texts = [place.name, placeText(place), amount(baseline, both), amount(candidate, both), difference];
    return el("tr", {}, ...texts.map((text) => el("td", {}, el("bdi", {}, text))));
  });
  return el(
    "details",
    {},
    el("summary", {}, "Its functions as a table"),
    el(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": "Functions" },
      el(
        "table",
        { class: "numbers" },
        el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", {}, ...body),
      ),
    ),
  );
}

/** Red for more, blue for less, by how much; null: neither. */
function colourOf(change: number | null, dark: boolean): string {
  const lightness = dark ? 34 : 76;
  if (change === null) return `hsl(35 55% ${lightness}%)`;
  const strength = Math.min(1, Math.abs(change) * 2.5);
  const hue = change > 0 ? 4 : 212;
  return `hsl(${hue} ${Math.round(8 + 72 * strength)}% ${lightness + 6 * (1 - strength)}%)`;
}

function isDark(): boolean {
  const { colorScheme } = document.documentElement.style;
  return colorScheme === "" ? matchMedia("(prefers-color-scheme: dark)").matches : colorScheme === "dark";
}

/** As much of a name as fits, its end left out. */
function fitting(pen: CanvasRenderingContext2D, name: string, room: number): string {
  if (pen.measureText(name).width <= room) return name;
  // Letters are no narrower than this.
  let text = name.slice(0, Math.floor(room / 3));
  while (text.length > 1 && pen.measureText(`${text}…`).width > room) text = text.slice(0, -1);
  return text.length > 1 ? `${text}…` : "";
}
