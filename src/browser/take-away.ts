import { el } from "./dom.ts";

/** A file that a reader may take away; its text is made when it is asked for. */
export interface Takeaway {
  readonly words: string;
  readonly file: string;
  readonly type: "text/csv" | "application/json";
  readonly text: () => string;
}

/** Buttons that save files, without a server: they work from a page that was opened from disk. */
export function takeAway(label: string, files: readonly Takeaway[]): HTMLElement {
  return el("div", { class: "take", role: "group", "aria-label": label }, ...files.map(button));
}

function button({ words, file, type, text }: Takeaway): HTMLElement {
  const element = el("button", { type: "button" }, words);
  element.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([text()], { type: `${type};charset=utf-8` }));
    el("a", { href: address, download: file }).click();
    // The browser has begun to save it by then; kept, it would take memory for as long as the page is open.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
  return element;
}
