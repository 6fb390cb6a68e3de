import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { largeExample } from "../__tests__/browser/large.ts";
import { buildPage } from "../__tests__/browser/program.ts";
import { htmlReport } from "../src/report/html/report.ts";

// How large the HTML report of very many benchmarks is, how long it takes to write, and how fast it is in Chromium: until something is
// painted, from a key in the filter to the painted rows, from a row to its painted charts, and while scrolling.
//
//   node bench/page.ts [--benchmarks 5000] [--rounds 24] [--repeats 5]      CHROMIUM=/path/to/chromium where it is elsewhere

const { values: flags } = parseArgs({
  options: {
    benchmarks: { type: "string", default: "5000" },
    rounds: { type: "string", default: "24" },
    repeats: { type: "string", default: "5" },
  },
});
const repeats = Number(flags.repeats);

const { outcome, evidence } = largeExample(Number(flags.benchmarks), Number(flags.rounds));
const program = await buildPage();
const began = performance.now();
const html = htmlReport(outcome, evidence, { program });
const written = performance.now() - began;

const folder = mkdtempSync(join(tmpdir(), "benchgate-page-"));
const file = join(folder, "report.html");
writeFileSync(file, html);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const times: Record<string, number[]> = {};
  const note = (name: string, milliseconds: number) => {
    times[name] = [...(times[name] ?? []), milliseconds];
  };
  for (let repeat = 0; repeat < repeats; repeat++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    note(
      "first paint",
      await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]!.startTime),
    );
    await page.waitForSelector(".comparisons tbody a");
    note("table there", await page.evaluate(() => performance.now()));
    for (const text of ["case 1", "case 12", "case 123", ""]) note("filter", await filtered(page, text));
    note("scroll to the middle", await scrolled(page));
    note("first benchmark opened (reads all data)", await opened(page, "case 77"));
    note("next benchmark opened", await opened(page, "case 78"));
    await page.close();
  }
  console.log(`${flags.benchmarks} benchmarks × ${flags.rounds} rounds, ${outcome.judgements.length} comparisons`);
  console.log(`size                                       ${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB`);
  console.log(`written in                                 ${written.toFixed(0)} ms`);
  for (const [name, list] of Object.entries(times)) {
    const sorted = [...list].sort((a, b) => a - b);
    const [middle, worst] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
    console.log(`${name.padEnd(42)} ${middle.toFixed(0)} ms (median of ${list.length}; worst ${worst.toFixed(0)})`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** From the input event until the frame after it is painted. */
function filtered(page: Page, text: string): Promise<number> {
  return page.evaluate(async (value) => {
    const search = document.querySelector<HTMLInputElement>("#search")!;
    const start = performance.now();
    search.value = value;
    search.dispatchEvent(new Event("input"));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - start;
  }, text);
}

function scrolled(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const scroller = document.querySelector(".scroller")!;
    const start = performance.now();
    scroller.scrollTop = scroller.scrollHeight / 2;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - start;
  });
}

async function opened(page: Page, text: string): Promise<number> {
  await filtered(page, text);
  return page.evaluate(async () => {
    const start = performance.now();
    const shown = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    document.querySelector<HTMLElement>(".comparisons tbody a")!.click();
    await shown;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const time = performance.now() - start;
    if (document.querySelectorAll("#detail canvas").length < 4) throw new Error("The charts are not there");
    history.back();
    await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    return time;
  });
}
