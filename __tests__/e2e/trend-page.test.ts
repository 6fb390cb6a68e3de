import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trendPage } from "../../src/report/trend/page.ts";
import { commitPages } from "../../src/report/words/commits.ts";
import { NOW } from "../builders.ts";
import { HOSTILE } from "../report/outcomes.ts";
import { aTrend } from "../report/trend.ts";
import { hasTool } from "../tool.ts";

describe.skipIf(!hasTool("chromium"))("the trend page in a browser", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "benchgate-trend-"));
    const step = (run: number) => (run < 20 ? 1 : 1.3);
    const levels = { slower: step, flat: () => 1, ...Object.fromEntries(HOSTILE.map((name) => [name, step])) };
    const options = { pages: commitPages("https://github.com/octo-org/octo-repo"), now: NOW };
    writeFileSync(join(folder, "index.html"), trendPage(aTrend(levels, 40), options));
    const where = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
    browser = await chromium.launch({ executablePath: where, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["light", "dark"] as const)(
    "asks for nothing, complains of nothing and bars nobody: %s",
    async (colorScheme) => {
      const page = await browser.newPage({ viewport: { width: 1180, height: 900 }, colorScheme });
      const faults: string[] = [];
      const own = pathToFileURL(join(folder, "index.html")).href;
      page.on("console", (message) => faults.push(message.text()));
      page.on("request", (request) => {
        if (request.url() !== own) faults.push(request.url());
      });
      await page.goto(own);
      expect(faults).toEqual([]);
      // Evaluated by the debugger: the page's own policy lets no script in.
      await page.evaluate(axe.source);
      const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await page.close();
    },
  );

  it("shows a name as it is, whatever it says, and leads from the row to its picture", async () => {
    const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    const names = await page.$$eval("td.name", (cells) => cells.map((cell) => cell.textContent ?? ""));
    expect(names).toContain("s / </code></td></table></details><h1>big</h1>");
    expect(names).toHaveLength(HOSTILE.length + 2);
    await page.click("td.name a:has-text('slower')");
    expect(await page.textContent(":target h3")).toContain("s / slower");
    await page.setViewportSize({ width: 400, height: 800 });
    const overflow = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    expect(overflow).toBe(false);
    await page.close();
  });
});
