import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { sideBySide } from "../__tests__/browser/example.ts";
import { flameExample } from "../__tests__/browser/flame-example.ts";
import { buildPage } from "../__tests__/browser/program.ts";
import { htmlReport } from "../src/report/html/report.ts";

/*
 * How fast the flame graph of many frames is in Chromium: from a key, a click or a letter until what it does is painted.
 * `node bench/flame.ts [--frames 50000] [--repeats 5] [--shots FOLDER]`; CHROMIUM=/path/to/chromium where it is elsewhere. `--shots` keeps screenshots.
 */

const { values: flags } = parseArgs({
  options: {
    frames: { type: "string", default: "50000" },
    repeats: { type: "string", default: "5" },
    shots: { type: "string", default: "" },
  },
});

/** What is done, in order: on an element, an event of its own. */
const STEPS: readonly (readonly [name: string, selector: string, event: string, value: string])[] = [
  ["keyboard: to a callee", ".flame", "keydown", "ArrowDown"],
  ["keyboard: to its neighbour", ".flame", "keydown", "ArrowRight"],
  ["keyboard: zoom in", ".flame", "keydown", "Enter"],
  ["keyboard: zoom out", ".flame", "keydown", "Escape"],
  ["search: first letter", ".flame-figure input", "input", "f"],
  ["search: a name", ".flame-figure input", "input", "function17"],
  ["search: nothing again", ".flame-figure input", "input", ""],
  ["switch: baseline", ".flame-figure button:nth-of-type(2)", "click", ""],
  ["switch: candidate", ".flame-figure button:nth-of-type(3)", "click", ""],
  ["switch: difference", ".flame-figure button:nth-of-type(1)", "click", ""],
  ["table of functions", ".flame-figure details summary", "click", ""],
];

const { outcome, evidence } = sideBySide();
const explanations = [flameExample(Number(flags.frames))];
const folder = mkdtempSync(join(tmpdir(), "benchgate-flame-"));
const file = join(folder, "report.html");
writeFileSync(file, htmlReport({ ...outcome, explanations }, evidence, { program: await buildPage() }));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const times = new Map<string, number[]>();
  for (let repeat = 0; repeat < Number(flags.repeats); repeat++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${pathToFileURL(file).href}#/parser/json/latency`);
    await page.waitForSelector(".flame");
    await page.focus(".flame");
    for (const step of STEPS) times.set(step[0], [...(times.get(step[0]) ?? []), await painted(page, step)]);
    if (flags.shots !== "" && repeat === 0) await shoot(page, flags.shots);
    await page.close();
  }
  for (const [name, list] of times) {
    const sorted = [...list].sort((a, b) => a - b);
    const [middle, worst] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
    console.log(`${name.padEnd(30)} ${middle.toFixed(0)} ms (median of ${list.length}; worst ${worst.toFixed(0)})`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** From the event until the frame after it is painted, in ms. */
function painted(page: Page, [, selector, event, value]: (typeof STEPS)[number]): Promise<number> {
  return page.evaluate(
    async ({ selector, event, value }) => {
      const element = document.querySelector<HTMLElement>(selector)!;
      const start = performance.now();
      if (event === "click") element.click();
      else if (event === "keydown")
        element.dispatchEvent(new KeyboardEvent("keydown", { key: value, bubbles: true, cancelable: true }));
      else {
        (element as HTMLInputElement).value = value;
        element.dispatchEvent(new Event("input"));
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - start;
    },
    { selector, event, value },
  );
}

async function shoot(page: Page, to: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(to, `flame-${colorScheme}.png`), fullPage: true });
  }
}
