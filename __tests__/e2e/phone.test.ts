import { spawnSync } from "node:child_process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../src/model/verdict.ts";
import { commentBody } from "../../src/report/formats/markdown.ts";
import { anOutcome, aRegression, NOW } from "../builders.ts";
import { DARK, githubPage, LIGHT } from "../report/github-page.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "../report/outcomes.ts";
import { hasTool } from "../tool.ts";
import { hasBrowser, launchBrowser } from "./browser.ts";

const LONG = anOutcome({
  outcome: "fail",
  judgements: [
    aRegression(1.7, {
      suite: "github.com/example-org/router",
      benchmark: "BenchmarkPathCleanLong/internal/v2/Case=1000-8",
    }),
    aRegression(1.2, { benchmark: "x".repeat(80), statistic: "p99" }),
    aRegression(1.3, { benchmark: "x".repeat(80) }),
  ],
});

/** The outcomes that have a changed row at their top, and names that are long or hostile. */
const RED: Readonly<Record<string, Outcome>> = { ...OUTCOMES, long: LONG, hostile: hostileOutcome(HOSTILE) };
const SHOWN = Object.keys(RED).filter((name) => /^(many-changes|fan-in|long|hostile)$/.test(name));

describe.skipIf(!hasBrowser() || !hasTool("cmark-gfm"))("a comment on GitHub", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  async function shown(name: string, width: number, theme: typeof LIGHT) {
    const markdown = commentBody(RED[name]!, { marker: "<!-- x -->", now: NOW });
    const { stdout } = spawnSync("cmark-gfm", ["-e", "table", "-e", "autolink", "--unsafe"], {
      input: markdown,
      encoding: "utf8",
    });
    await page.setViewportSize({ width, height: 800 });
    await page.setContent(githubPage(stdout, theme, width));
  }

  it.each(SHOWN)("shows the change of the worst row at 380 pixels, without a swipe: %s", async (name) => {
    await shown(name, 380, LIGHT);
    const { change, verdict, right, scroll } = await page.evaluate(() => {
      const [table] = document.querySelectorAll("table");
      const row = table!.querySelector("tbody tr")!;
      return {
        change: row.querySelector("strong")!.getBoundingClientRect().right,
        verdict: row.querySelector("td")!.getBoundingClientRect().left,
        right: table!.getBoundingClientRect().right,
        scroll: document.documentElement.scrollWidth,
      };
    });
    expect(verdict).toBeGreaterThanOrEqual(0);
    expect(change).toBeLessThanOrEqual(right);
    expect(scroll).toBeLessThanOrEqual(380);
  });

  it.each(["many-changes"])("fits the width of a comment, 834 pixels: %s", async (name) => {
    await shown(name, 834 + 66, DARK);
    const [inside, needed] = await page.$eval("table", (table) => [table.clientWidth, table.scrollWidth]);
    expect(needed).toBeLessThanOrEqual(inside!);
  });
});
