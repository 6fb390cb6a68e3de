import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trendPage } from "../../src/report/trend/page.ts";
import { commitPages } from "../../src/report/words/commits.ts";
import { buildPage } from "../browser/program.ts";
import { NOW } from "../builders.ts";
import { HOSTILE } from "../report/outcomes.ts";
import { aTrend } from "../report/trend.ts";
import { hasBrowser, launchBrowser } from "./browser.ts";
import { COLOUR_RULES } from "./colour-rules.ts";

describe.skipIf(!hasBrowser())("the trend page in a browser", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "benchgate-trend-"));
    const step = (run: number) => (run < 20 ? 1 : 1.3);
    const steady = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 12].map((number) => [`flat ${number}`, () => 1]));
    const levels = { slower: step, ...steady, ...Object.fromEntries(HOSTILE.map((name) => [name, step])) };
    const { trend: program } = await buildPage();
    const subjects = new Map([[`${"0".repeat(38)}14`, "parser: read names twice"]]);
    const options = { pages: commitPages("https://github.com/octo-org/octo-repo"), subjects, program, now: NOW };
    writeFileSync(join(folder, "index.html"), trendPage(aTrend(levels, 40), options));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("asks for nothing, complains of nothing and bars nobody, light or dark", async () => {
    const page = await browser.newPage({ viewport: { width: 1180, height: 900 }, colorScheme: "light" });
    const faults: string[] = [];
    const own = pathToFileURL(join(folder, "index.html")).href;
    page.on("console", (message) => faults.push(message.text()));
    page.on("request", (request) => {
      if (request.url() !== own) faults.push(request.url());
    });
    await page.goto(own);
    expect(faults).toEqual([]);
    await page.click("details.fold summary");
    // Evaluated by the debugger: the page's own policy lets no script in.
    await page.evaluate(axe.source);
    const violations = async (options: axe.RunOptions) => {
      const run = (options: axe.RunOptions) => (globalThis as unknown as { axe: typeof axe }).axe.run(options);
      const { violations: found } = await page.evaluate(run, options);
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    };
    expect(await violations({})).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    // Only the colours differ.
    expect(await violations({ runOnly: [...COLOUR_RULES] })).toEqual([]);
    await page.reload();
    expect(faults).toEqual([]);
    await page.close();
  });

  it("shows a name as it is, whatever it says, and leads from the row to its picture", async () => {
    const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    const names = await page.$$eval("td.name", (cells) => cells.map((cell) => cell.textContent ?? ""));
    expect(names).toContain("s / </code></td></table></details><h1>big</h1>");
    expect(names).toHaveLength(HOSTILE.length + 9);
    await page.click("td.name a:has-text('slower')");
    expect(await page.textContent(":target h3")).toContain("s / slower");
    await page.setViewportSize({ width: 380, height: 800 });
    const seen = await page.$eval(".rows tbody td.number", (cell) => cell.getBoundingClientRect().right <= innerWidth);
    expect(seen).toBe(true);
    const overflow = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    expect(overflow).toBe(false);
    await page.close();
  });

  it("finds a benchmark in a fold, tells its values by pointer and by keyboard, and begins its axis at zero", async () => {
    const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
    const faults: string[] = [];
    page.on("console", (message) => faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    const shown = () =>
      page.$$eval("td.name", (cells) => cells.filter((cell) => cell.checkVisibility()).map((cell) => cell.textContent));
    expect(await shown()).toHaveLength(HOSTILE.length + 1);
    await page.fill("input[type=search]", '"flat 1"');
    expect(await shown()).toEqual(["s / flat 1"]);
    await page.reload();
    expect(await shown()).toEqual(["s / flat 1"]);
    expect(await page.textContent("#find [role=status]")).toBe(`1 of ${HOSTILE.length + 9}`);
    await page.fill("input[type=search]", "");
    await page.selectOption("#find select", "steady");
    expect(await shown()).toHaveLength(8);
    await page.selectOption("#find select", "worse");
    expect(await shown()).toHaveLength(HOSTILE.length + 1);
    await page.fill("input[type=search]", "slower");
    const figure = page.locator("article:visible figure");
    await figure.focus();
    await page.keyboard.press("Home");
    for (let press = 0; press < 20; press++) await page.keyboard.press("ArrowRight");
    expect(await page.textContent("article:not([hidden]) .readout")).toMatch(
      /^1\.\d+ ms · 0000000, 2026-09-21 · parser: read names twice$/,
    );
    const box = (await figure.locator("svg").boundingBox())!;
    await page.mouse.move(box.x + box.width - 20, box.y + 60);
    expect(await page.textContent("article:not([hidden]) .readout")).toMatch(/^1\.\d+ ms · 0000000, 2026-10-10$/);
    const lowest = () => figure.locator(".run").evaluate((run) => run.getBoundingClientRect().bottom);
    const before = await lowest();
    await page.check("#from-zero");
    expect(await lowest()).toBeLessThan(before - 50);
    expect(await figure.locator(".from-zero text").first().textContent()).toMatch(/^0(\.0*)? /);
    expect(faults).toEqual([]);
    await page.close();
  });
});
