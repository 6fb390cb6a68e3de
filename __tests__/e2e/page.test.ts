import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "../../src/model/evidence.ts";
import { htmlReport } from "../../src/report/html/report.ts";
import { bucketOf, byBucket } from "../../src/report/parts/buckets.ts";
import { sideBySide, stored } from "../browser/example.ts";
import { flameExample } from "../browser/flame-example.ts";
import { largeExample } from "../browser/large.ts";
import { buildPage } from "../browser/program.ts";
import { HEAD, NOW } from "../builders.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "../report/outcomes.ts";
import { hasBrowser, launchBrowser } from "./browser.ts";
import { COLOUR_RULES } from "./colour-rules.ts";

const STEPS = [
  { at: 6, kind: "change", ratio: 1.04, reason: "" },
  { at: 3, kind: "accepted", ratio: 1.01, reason: "unicode" },
] as const;

/** The same evidence in which the third pair of `json` took three times as long. */
function withOutlier(evidence: readonly Evidence[]): readonly Evidence[] {
  const slow = (rounds: readonly (number | null)[]) => rounds.map((value, at) => (at === 2 ? value! * 3 : value));
  return evidence.map((each) => ({
    ...each,
    subjects: each.subjects.map((subject) => {
      if (subject.benchmark !== "json" || subject.candidate === null) return subject;
      const { rounds } = subject.candidate;
      const [first, ...rest] = rounds;
      return { ...subject, candidate: { ...subject.candidate, rounds: [slow(first!), ...rest] } };
    }),
  }));
}

describe.skipIf(!hasBrowser())("the HTML report in a browser", () => {
  let folder: string;
  let browser: Browser;
  /** A page for those who only read: a page of its own costs as much as what is read. */
  let shared: Page;
  /** The same, without the page's own policy, which refuses axe as it refuses everything. */
  let examined: Page;
  const pages: Record<string, string> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "benchgate-page-"));
    const program = await buildPage();
    const options = { program, now: NOW, reproduce: "npx benchgate run --base abc1234" };
    const origin = { remote: "https://user:secret@github.com/octo-org/octo-repo.git", pull: 12 };
    const beside = sideBySide();
    const history = stored(STEPS);
    const large = largeExample(5_000, 24);
    pages.beside = htmlReport(beside.outcome, withOutlier(beside.evidence), { ...options, origin });
    pages.stored = htmlReport(history.outcome, history.evidence, { ...options, origin });
    pages.large = htmlReport(large.outcome, large.evidence, options);
    const explanations = [flameExample(50_000)];
    pages.flame = htmlReport({ ...beside.outcome, explanations }, beside.evidence, options);
    pages.hostile = htmlReport(hostileOutcome(HOSTILE), [], options);
    for (const [name, outcome] of Object.entries(OUTCOMES)) pages[name] = htmlReport(outcome, [], options);
    for (const [name, html] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), html);
    browser = await launchBrowser();
    const viewport = { width: 1280, height: 900 };
    shared = await browser.newPage({ viewport });
    examined = await browser.newPage({ viewport, bypassCSP: true });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const addressOf = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href;

  /** Opens a report from its file; `faults` fills with what a clean page has none of. */
  async function open(name: string, hash = "", context: BrowserContextOptions = {}) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context });
    const faults: string[] = [];
    const own = addressOf(name);
    page.on("console", (message) => faults.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== own && request.url() !== "data:,") faults.push(`request: ${request.url()}`);
    });
    await page.goto(own + hash);
    return { page, faults };
  }

  const texts = (page: Page, selector: string) =>
    page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ""));
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

  it.each<[name: string, hash: string, colorScheme?: "dark"]>([
    ["beside", ""],
    ["beside", "#/api/POST%20%2Forders/latency"],
    ["stored", "#/parser/json/latency", "dark"],
    ["hostile", ""],
    ["no-baseline", ""],
    ["large", "#/suite-0/group%200%20%2F%20a%20benchmark%20with%20an%20ordinary%20name%2C%20case%200/latency"],
  ])(
    "works from a file, asks for nothing and complains of nothing: %s %s",
    async (name, hash, colorScheme = undefined) => {
      const { page, faults } = await open(name, hash, colorScheme && { colorScheme });
      await page.waitForSelector(hash === "" ? ".comparisons tbody tr" : "#detail canvas");
      await page.click("#theme");
      await page.emulateMedia({ media: "print" });
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  it.each([
    ["beside", ""],
    ["beside", "#/parser/json/latency"],
    ["stored", "#/parser/json/latency"],
    ["many-changes", ""],
    ["added-removed-failed", "#/api/*/latency"],
    ["hostile", ""],
    ["large", ""],
    ["flame", "#/parser/json/latency"],
  ])("has no accessibility violation, light or dark: %s %s", async (name, hash) => {
    const page = examined;
    await page.emulateMedia({ colorScheme: "light" });
    // An address that differs in its hash alone is not loaded anew.
    await page.goto("about:blank");
    await page.goto(addressOf(name) + hash);
    await page.waitForSelector(hash === "" ? ".comparisons tbody tr" : "#detail h2");
    for (const summary of await page.$$("details > summary")) await summary.click();
    await page.addScriptTag({ content: axe.source });
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    // Only the colours differ.
    expect(await violations(page, COLOUR_RULES)).toEqual([]);
  });

  it("goes through a flame graph of 50,000 frames by keyboard, searches it, switches sides and lists its functions", async () => {
    const { page, faults } = await open("flame", "#/parser/json/latency");
    const said = () => page.textContent(".flame-said");
    await page.focus(".flame");
    expect(await said()).toMatch(/^all: .* with its callees, 100 % of the candidate$/);
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    const zoomed = await said();
    expect(zoomed).toMatch(/^function\d+ src\/f\d+\.js:\d+: /);
    await page.keyboard.press("Escape");
    expect(await said()).not.toBe(zoomed);
    await page.keyboard.press("Escape");
    expect(await page.isVisible(".flame")).toBe(true);
    await page.fill(".flame-figure input", "function17");
    expect(await said()).toMatch(/frames found, .* of the candidate$/);
    await page.click(".flame-figure button:has-text('Baseline')");
    expect(await page.getAttribute(".flame-figure button:has-text('Baseline')", "aria-pressed")).toBe("true");
    await page.click(".flame-figure details summary");
    expect((await texts(page, ".flame-figure tbody tr")).length).toBe(40);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("shows hostile names as text: no element, no link, no dialog comes of them", async () => {
    const plain = await open("beside");
    const tags = (page: Page) =>
      page.evaluate(() => [
        ...new Set([...document.querySelectorAll("*")].map(({ tagName }) => tagName.toLowerCase())),
      ]);
    const allowed = new Set([...(await tags(plain.page)), "ul", "li", "code", "select", "details", "summary"]);
    await plain.page.close();
    const { page, faults } = await open("hostile");
    page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
    await page.waitForSelector(".comparisons tbody tr");
    expect((await tags(page)).filter((tag) => !allowed.has(tag))).toEqual([]);
    expect(
      await page.$$eval("a", (links) =>
        links.map((each) => each.getAttribute("href")).filter((href) => !href?.startsWith("#")),
      ),
    ).toEqual([]);
    const shown = (await texts(page, ".comparisons tbody th")).join("\n");
    expect(shown).toContain("<script>alert(1)</script><img src=x onerror=alert(1)>");
    expect(shown).toContain("![x](https://evil.example/pixel.png)");
    expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
    for (const address of await page.$$eval(".comparisons tbody a", (links) =>
      links.map((each) => each.getAttribute("href")!),
    )) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, address);
      await page.waitForSelector("#detail h2");
      expect(
        (await tags(page)).filter((tag) => !allowed.has(tag) && !["nav", "h3", "pre", "strong"].includes(tag)),
      ).toEqual([]);
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  it("is used by keyboard alone: filter, row, benchmark, and back to the row", async () => {
    const { page } = await open("beside");
    await page.waitForSelector(".comparisons tbody tr");
    for (let press = 0; press < 20 && (await page.evaluate(() => document.activeElement?.id)) !== "search"; press++) {
      await page.keyboard.press("Tab");
    }
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
    await page.keyboard.type("parser");
    expect(await texts(page, "[role=status]")).toEqual(["8 of 16 comparisons"]);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toBe("parser / json");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    const row = await focused(page);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#detail h2");
    expect(await focused(page)).toBe(row);
    expect(page.url()).toContain("#/parser/");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".comparisons tbody tr");
    expect(await page.isVisible("#detail")).toBe(false);
    expect(await focused(page)).toBe(row);
    await page.close();
  });

  it("keeps search, filters and order in the address, through a benchmark, a reload and back, and gives the data away", async () => {
    const { page, faults } = await open("beside");
    await page.fill("#search", '"json"');
    await page.selectOption("select", "parser");
    await page.click("thead button >> text=change");
    expect(new URL(page.url()).hash).toBe("#?q=%22json%22&suite=parser&sort=change");
    expect(await texts(page, ".comparisons tbody th")).toEqual(["parser / json", "parser / json"]);
    await page.click(".comparisons tbody a");
    await page.waitForSelector("#detail h2");
    await page.reload();
    await page.waitForSelector("#detail h2");
    const own = "https://github.com/octo-org/octo-repo";
    expect(await page.getAttribute("#detail header a", "href")).toBe(
      `${own}/blob/${HEAD.sha}/bench/parser.bench.ts#L12`,
    );
    expect(await texts(page, "#detail figure:first-child tr:nth-child(3) td:last-child")).toEqual(["outlier"]);
    expect((await texts(page, "#detail figure:first-child .keys")).join("")).toContain("outlier");
    await page.click("text=← All comparisons");
    expect(await texts(page, "[role=status]")).toEqual(["2 of 16 comparisons"]);
    expect(await page.inputValue("#search")).toBe('"json"');
    expect(await page.getAttribute("th:has-text('change')", "aria-sort")).toBe("ascending");
    const saved = async (words: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(`button >> text=${words}`)]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    };
    const csv = await saved("Save as CSV");
    expect(csv.name).toBe("benchgate.csv");
    expect(csv.text.split("\r\n").map((line) => line.split(",").slice(0, 6).join(","))).toEqual([
      "suite,benchmark,metric,statistic,unit,verdict",
      "parser,json,latency,p99,s,inconclusive",
      "parser,json,latency,p50,s,regression",
      "",
    ]);
    const json = await saved("Save as JSON");
    expect(JSON.parse(json.text).verdicts).toHaveLength(2);
    expect(await texts(page, ".now summary")).toEqual(["What now"]);
    expect(await texts(page, "header .subtitle a")).toEqual([
      "Pull request 12",
      "Baseline abc1234",
      "Candidate def5678",
      "Commits between them",
    ]);
    expect(await page.content()).not.toContain("secret");
    expect(faults).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    const seen = await page.evaluate(() => {
      const cell = document.querySelector(".comparisons tbody td:nth-child(4)")!;
      const text = document.createRange();
      text.setStart(cell.firstChild!, 0);
      text.setEnd(cell.firstChild!, "+12.5 %".length);
      return text.getBoundingClientRect().right <= document.documentElement.clientWidth;
    });
    expect(seen).toBe(true);
    await page.goto(addressOf("no-baseline"));
    await page.waitForSelector(".comparisons tbody td:last-child");
    const edge = await page.$eval(".comparisons tbody td:last-child", (cell) => cell.getBoundingClientRect().right);
    expect(edge).toBeLessThanOrEqual(380);
    await page.close();
  });

  it("filters by verdict and sorts by column, and says so to those who do not see it", async () => {
    const { page } = await open("beside");
    await page.click(".chip.red");
    expect(await page.getAttribute(".chip.red", "aria-pressed")).toBe("true");
    expect(new Set(await texts(page, ".comparisons tbody .badge"))).toEqual(new Set(["✕regression"]));
    expect(await page.getAttribute(".comparisons", "aria-rowcount")).toBe("4");
    await page.click(".chip >> nth=0");
    await page.click("thead button >> text=benchmark");
    expect(await page.getAttribute("th:has-text('benchmark')", "aria-sort")).toBe("ascending");
    const names = await texts(page, ".comparisons tbody th");
    expect(names).toEqual([...names].sort());
    await page.click("thead button >> text=benchmark");
    expect(await texts(page, ".comparisons tbody th")).toEqual([...names].sort().reverse());
    await page.fill("#search", "no such thing");
    expect(await page.isVisible("text=Nothing fits these filters.")).toBe(true);
    await page.close();
  });

  it.each(Object.keys(OUTCOMES).filter((name) => name !== "three-thousand-rows"))(
    "says every verdict of %s in words, in the order of the other reports",
    async (name) => {
      const page = shared;
      await page.goto(addressOf(name));
      await page.waitForSelector(".comparisons tbody tr");
      const words = await page.$$eval(".comparisons tbody .badge", (badges) =>
        badges.map((badge) => badge.querySelector(".word")?.textContent ?? ""),
      );
      const expected = [...byBucket(OUTCOMES[name]!.judgements).values()].flat().map((each) => bucketOf(each).word);
      expect(words).toEqual(expected.slice(0, words.length));
      expect(words.length).toBeGreaterThanOrEqual(Math.min(expected.length, 30));
    },
  );

  it("shows a benchmark with its charts, their numbers, its warnings and its environment", async () => {
    const { page } = await open("beside", "#/api/GET%20%2Fsearch/latency");
    await page.waitForSelector("#detail canvas");
    expect(await texts(page, "#detail h4")).toEqual([
      "p50 of each round, in time order",
      "p99 of each round, in time order",
      "Distribution",
      "Histogram",
      "Percentiles (log tail)",
    ]);
    const labels = await page.$$eval("#detail [role=img]", (charts) =>
      charts.map((each) => each.getAttribute("aria-label")),
    );
    expect(labels[0]).toMatch(
      /^p50 of each round, in time order\. 12 pairs; the candidate is above the baseline in \d+ of them\.$/,
    );
    expect(labels[3]).toMatch(/^Histogram\. Most frequent: main [\d.]+ – [\d.]+ ms · candidate [\d.]+ – [\d.]+ ms\.$/);
    expect(labels[4]).toMatch(/99 % of samples are at or below: main [\d.]+ ms · candidate [\d.]+ ms/);
    const body = (await texts(page, "#detail")).join("");
    expect(body).toContain("what it would take");
    expect(body).toMatch(/The noise hides changes smaller than/);
    expect(body).toContain("interval without assumptions");
    expect(await texts(page, "#detail figure:first-child .keys li")).toEqual([
      "main",
      "candidate",
      "within the threshold",
    ]);
    const pairs = await texts(page, "#detail figure:first-child tbody th");
    expect(pairs).toEqual(Array.from({ length: 12 }, (_, index) => `pair ${index + 1}`));
    const painted = await page.$eval("#detail canvas", (canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height).data;
      return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
    });
    expect(painted).toBeGreaterThan(500);
    expect((await texts(page, "footer")).join("")).toMatch(/runtime.*node 24\.18\.0.*node 24\.19\.0.*differs/s);
    await page.close();
  });

  it("shows a history with its change points and accepted steps", async () => {
    const { page } = await open("stored", "#/parser/json/latency");
    await page.waitForSelector("#detail canvas");
    const last = page.locator("#detail figure").last();
    expect(await last.locator("h4").textContent()).toBe("p99 over the stored runs");
    const text = (await last.textContent())!;
    expect(text).toContain("Its level changed by +4.00 % with 6abc123");
    expect(text).toContain("A step by +1.00 % was accepted with 3abc123: unicode");
    expect(text).toContain("level changed");
    await page.close();
  });

  it("puts only the rows around what is seen into the document, and counts all of them", async () => {
    const { page } = await open("large");
    await page.waitForSelector(".comparisons tbody tr");
    expect(await page.getAttribute(".comparisons", "aria-rowcount")).toBe("10001");
    expect(await page.locator(".comparisons tbody tr").count()).toBeLessThan(90);
    await page.focus(".comparisons tbody a");
    await page.keyboard.press("End");
    const index = await page.evaluate(() => document.activeElement?.closest("tr")?.getAttribute("aria-rowindex"));
    expect(index).toBe("10001");
    expect(await page.locator(".comparisons tbody tr").count()).toBeLessThan(90);
    await page.close();
  });

  it("keeps 5,000 benchmarks with 24 rounds below 8 MB", () => {
    expect(Buffer.byteLength(pages.large!)).toBeLessThan(8e6);
  });

  it("prints all rows that pass the filter, on white", async () => {
    const { page } = await open("many-changes", "", { colorScheme: "dark" });
    await page.waitForSelector(".comparisons tbody tr");
    const printing = await page.evaluate(() => {
      dispatchEvent(new Event("beforeprint"));
      const rows = document.querySelectorAll(".comparisons tbody tr[data-index]").length;
      const scheme = document.documentElement.style.colorScheme;
      dispatchEvent(new Event("afterprint"));
      return { rows, scheme };
    });
    expect(printing).toEqual({ rows: 46, scheme: "light" });
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.close();
  });

  it("shows its numbers where scripts are blocked", async () => {
    const { page } = await open("many-changes", "", { javaScriptEnabled: false });
    const body = (await texts(page, "noscript p, noscript td")).join(" ");
    expect(body).toContain("Scripts are blocked here");
    expect(body).toContain("parser / json p50 1.20 ms 1.35 ms +12.5 %");
    await page.close();
  });
});

/** What axe, which the page has loaded, finds by these rules, or by all that it has by default. */
function violations(page: Page, rules: readonly string[] | null = null) {
  return page.evaluate(async (runOnly) => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    const { violations: found } = await (window as any).axe.run(document, runOnly === null ? {} : { runOnly });
    return found.map(({ id, impact, nodes }: { id: string; impact: string; nodes: { html: string }[] }) => ({
      id,
      impact,
      first: nodes[0]!.html.slice(0, 200),
    }));
  }, rules);
}
