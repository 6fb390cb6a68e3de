// The entry of dist/trend.js: the program inside the trend page. Without it the page has all its rows, folds and pictures; with it there is a search, and
// every picture tells the value of the run under the pointer, or under the arrow keys.
import { choice, searchField } from "./controls.ts";
import { byId, el, svg } from "./dom.ts";
import { hashParts, queryWords } from "./hash.ts";
import { remember } from "./remember.ts";
import { matcher, type Searched } from "./search.ts";

/** A run, as the page's data have it: short hash, day, subject of its commit. */
type Run = readonly [sha: string, day: string, subject: string];

/** A benchmark's row and, where it has one, its picture. */
interface Entry extends Searched {
  readonly parts: readonly HTMLElement[];
  readonly state: string;
}

const runs = JSON.parse(byId("runs").textContent) as readonly Run[];
search(byId("find"));
for (const figure of document.querySelectorAll<HTMLElement>("figure[data-values]")) readout(figure);
addEventListener("hashchange", reveal);
reveal();

/** A field that leaves the rows and pictures whose names, statistics or states fit, folded ones as well. */
function search(place: HTMLElement): void {
  const entries = [...document.querySelectorAll<HTMLElement>("tr[data-id]")].map((row): Entry => {
    const picture = document.getElementById(row.dataset.id!);
    const [name, statistic, state] = ["name", "statistic", "state"].map(
      (part) => row.querySelector(`.${part}`)?.textContent?.toLowerCase().trim() ?? "",
    ) as [string, string, string];
    const words = state.replace(/^\P{L}+/u, "");
    return {
      parts: picture === null ? [row] : [row, picture],
      names: [name, statistic, words, ...name.split(" / ")],
      haystack: `${name} ${statistic} ${words}`,
      state: row.dataset.state!,
    };
  });
  const field = searchField();
  const states = [...new Set(entries.map(({ state }) => state))];
  const chosen = choice("State", "all", states, () => ask());
  const status = el("p", { class: "quiet", role: "status" });
  const folds = [...document.querySelectorAll<HTMLDetailsElement>("details.fold")];
  const closed = new Set(folds.filter(({ open }) => !open));
  const show = (): void => {
    const fits = matcher(field.value, entries);
    const state = chosen?.value() ?? "";
    const kept = new Set(entries.filter((entry) => (state === "" || entry.state === state) && fits(entry)));
    for (const entry of entries) for (const part of entry.parts) part.hidden = !kept.has(entry);
    const asked = field.value.trim() !== "" || state !== "";
    for (const fold of folds) {
      const some = fold.querySelector("tr[data-id]:not([hidden])") !== null;
      fold.hidden = asked && !some;
      fold.open = asked ? some : !closed.has(fold);
    }
    for (const table of document.querySelectorAll<HTMLElement>(".rows")) {
      table.hidden = asked && table.querySelector("tr[data-id]:not([hidden])") === null;
    }
    const all = entries.length.toLocaleString("en-US");
    status.textContent =
      kept.size === entries.length ? `${all} in all` : `${kept.size.toLocaleString("en-US")} of ${all}`;
  };
  const ask = (): void => {
    show();
    remember(queryWords({ q: field.value.trim(), state: chosen?.value() ?? "" }));
  };
  field.addEventListener("input", ask);
  const { subject, query } = hashParts(location.hash);
  const asked = new URLSearchParams(subject === "" ? query : "");
  field.value = asked.get("q") ?? "";
  if (states.includes(asked.get("state") ?? "")) chosen?.set(asked.get("state")!);
  place.append(el("label", {}, el("span", {}, "Search"), field), chosen?.element ?? "", status);
  place.hidden = false;
  show();
}

/** The value of one run at a time, with its commit, in words below the picture. */
function readout(figure: HTMLElement): void {
  const picture = figure.querySelector<SVGSVGElement>("svg")!;
  const values = figure.dataset.values!.split("|");
  const places = figure.dataset.runs!.split(" ").map((at) => runs[Number(at)]);
  const xs = figure
    .querySelector(".run")!
    .getAttribute("points")!
    .split(" ")
    .map((point) => Number(point.split(",")[0]));
  const words = el("p", { class: "readout", role: "status" });
  const { height } = picture.viewBox.baseVal;
  const cursor = svg("line", { class: "cursor", y1: 20, y2: height - 26, visibility: "hidden" });
  picture.append(cursor);
  picture.after(words);
  let at = values.length;
  const tell = (run: number): void => {
    at = Math.max(0, Math.min(values.length - 1, run));
    const [sha = "", day = "", subject = ""] = places[at] ?? [];
    words.textContent = [values[at], [sha, day].filter(Boolean).join(", "), subject].filter(Boolean).join(" · ");
    for (const end of ["x1", "x2"]) cursor.setAttribute(end, String(xs[at]));
    cursor.setAttribute("visibility", "visible");
  };
  figure.tabIndex = 0;
  picture.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = picture.getBoundingClientRect();
    const x = ((clientX - left) / width) * picture.viewBox.baseVal.width;
    tell(xs.reduce((best, each, run) => (Math.abs(each - x) < Math.abs(xs[best]! - x) ? run : best), 0));
  });
  figure.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.target !== figure || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    tell(step(at, values.length));
  });
}

const STEPS: Readonly<Record<string, (at: number, runs: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, runs) => runs - 1,
};

/** Opens the fold that holds what the address names. */
function reveal(): void {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target!.scrollIntoView();
}
