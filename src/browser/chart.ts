import uPlot from "uplot";
import { el } from "./dom.ts";

/** The colours of a chart as the theme has them now: canvas knows no style sheets. */
export interface Palette {
  readonly text: string;
  readonly grid: string;
  readonly ground: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly accent: string;
  readonly band: string;
}

/** How a side, or a mark, is drawn: by shape and by colour. */
export type Mark = "baseline" | "candidate" | "change" | "accepted" | "band" | "outlier";

/** A chart, and all that it says in words: its title, a sentence for those who do not see it, and its numbers as a table. */
export interface ChartSpec {
  readonly title: string;
  readonly sentence: string;
  readonly note: string;
  readonly keys: readonly { readonly mark: Mark; readonly words: string }[];
  readonly data: uPlot.AlignedData;
  readonly options: (palette: Palette) => Pick<uPlot.Options, "series" | "scales" | "axes" | "hooks">;
  /** What stands below the chart while the pointer is at that place of the data. */
  readonly readout: (index: number) => string;
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly (string | Node)[])[] };
}

/** A chart on the page. */
export interface Chart {
  readonly element: HTMLElement;
  /** Draws it anew, in the colours and the size of now. */
  draw(): void;
  remove(): void;
}

const HEIGHT = 230;
/** Narrower than this no axis can be read. */
const NARROWEST = 240;

export function chart(spec: ChartSpec): Chart {
  const canvas = el("div", { class: "canvas", role: "img", "aria-label": `${spec.title}. ${spec.sentence}` });
  const readout = el("p", { class: "readout", "aria-hidden": "true" });
  const element = el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, el("h4", {}, spec.title), spec.note === "" ? null : el("p", { class: "note" }, spec.note)),
    el("ul", { class: "keys" }, ...spec.keys.map(({ mark, words }) => el("li", { class: `key ${mark}` }, words))),
    canvas,
    readout,
    numbers(spec),
  );
  let plot: uPlot | null = null;
  let width = 0;

  const draw = (): void => {
    width = Math.max(NARROWEST, Math.floor(canvas.clientWidth));
    plot?.destroy();
    const { hooks, ...options } = spec.options(paletteOf(element));
    plot = new uPlot(
      {
        width,
        height: HEIGHT,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
        padding: [12, 28, 0, 0],
        ...options,
        hooks: {
          ...hooks,
          setCursor: [
            ({ cursor: { idx } }) => {
              readout.textContent = idx === null || idx === undefined ? "" : spec.readout(idx);
            },
          ],
        },
      },
      spec.data,
      canvas,
    );
  };
  const observer = new ResizeObserver(() => {
    if (plot === null || Math.abs(canvas.clientWidth - width) < 2) return;
    width = Math.max(NARROWEST, Math.floor(canvas.clientWidth));
    plot.setSize({ width, height: HEIGHT });
  });
  observer.observe(canvas);
  return {
    element,
    draw,
    remove() {
      observer.disconnect();
      plot?.destroy();
      plot = null;
    },
  };
}

/** An axis as all charts have it. */
export function axis(palette: Palette, more: Partial<uPlot.Axis>): uPlot.Axis {
  return {
    stroke: palette.text,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 4 },
    font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif",
    size: 26,
    gap: 4,
    labelSize: 18,
    labelGap: 0,
    ...more,
  };
}

/** A dot of a side at a place of the canvas: a ring for the baseline, a filled square for the candidate. */
export function dot(
  context: CanvasRenderingContext2D,
  side: "baseline" | "candidate",
  x: number,
  y: number,
  palette: Palette,
): void {
  const size = 4 * devicePixelRatio;
  context.beginPath();
  context.lineWidth = 1.75 * devicePixelRatio;
  if (side === "baseline") {
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fillStyle = palette.ground;
    context.strokeStyle = palette.baseline;
    context.fill();
    context.stroke();
  } else {
    context.fillStyle = palette.candidate;
    context.fillRect(x - size, y - size, 2 * size, 2 * size);
  }
}

/** Draws inside the plot area, whatever the canvas was set to before. */
export function inPlot(plot: uPlot, paint: (context: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 8, bbox.top - 8, bbox.width + 16, bbox.height + 16);
  ctx.clip();
  paint(ctx);
  ctx.restore();
}

/** A scale with some room beyond the data at both ends. */
export function roomy(_: uPlot, least: number | null, most: number | null): [number, number] {
  const [from, to] = [least ?? 0, most ?? 1];
  const room = to > from ? 0.08 * (to - from) : Math.abs(to) * 0.05 || 1;
  return [from >= 0 ? Math.max(0, from - room) : from - room, to + room];
}

function numbers({ table: { head, rows } }: ChartSpec): HTMLElement {
  const table = el(
    "table",
    { class: "facts" },
    el("thead", {}, el("tr", {}, ...head.map((words) => el("th", { scope: "col" }, words)))),
    el(
      "tbody",
      {},
      rows.map(([first = "", ...cells]) =>
        el("tr", {}, el("th", { scope: "row" }, first), ...cells.map((words) => el("td", {}, words))),
      ),
    ),
  );
  return el(
    "details",
    {},
    el("summary", {}, "The numbers"),
    el("div", { class: "wide", tabindex: 0, role: "group", "aria-label": "Numbers of the chart" }, table),
  );
}

/** Reads colours off elements that the style sheet gives them: a custom property alone is not computed. */
function paletteOf(near: HTMLElement): Palette {
  const probe = el("span", { class: "probe", hidden: true });
  near.append(probe);
  const colour = (name: keyof Palette) => {
    probe.className = `probe probe-${name}`;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    text: colour("text"),
    grid: colour("grid"),
    ground: colour("ground"),
    baseline: colour("baseline"),
    candidate: colour("candidate"),
    accent: colour("accent"),
    band: colour("band"),
  };
  probe.remove();
  return palette;
}
