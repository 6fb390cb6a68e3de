/**
 * Draws the README's pictures: a comment as GitHub shows it, light and dark.
 * `node scripts/comment-picture.ts [OUTCOME] [FOLDER] [comment | summary] [open] [WIDTH]` needs cmark-gfm and Chromium (set CHROMIUM where it has
 * another name). Any outcome of the golden files, the job summary, and everything unfolded are for looking at, not for the README.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { NOW } from "../__tests__/builders.ts";
import { DARK, githubPage, LIGHT } from "../__tests__/report/github-page.ts";
import { OUTCOMES } from "../__tests__/report/outcomes.ts";
import { commentBody, summaryMarkdown } from "../src/report/formats/markdown.ts";
import { marker } from "../src/report/parts/sticky.ts";

const [name = "one-regression", folder = "docs/images", kind = "comment", fold = "", width = ""] =
  process.argv.slice(2);
// 834 pixels of a comment's own, and its frame.
const WIDTH = width !== "" ? Number(width) : kind === "summary" ? 1200 : 900;

const THEMES = { [kind]: LIGHT, [`${kind}-dark`]: DARK };

function run(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", input, timeout: 60_000 });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}

const outcome = OUTCOMES[name];
if (outcome === undefined) throw new Error(`There is no outcome ${name}. Known: ${Object.keys(OUTCOMES).join(", ")}.`);
const options = { reproduce: "npx benchgate run --base abc1234 --suite parser", now: NOW };
const comment =
  kind === "summary"
    ? summaryMarkdown(outcome, options)
    : commentBody(outcome, { marker: marker("readme"), ...options });
const rendered = run("cmark-gfm", ["-e", "table", "-e", "autolink", "-e", "strikethrough", "--unsafe"], comment);
const html = fold === "open" ? rendered.replaceAll("<details>", "<details open>") : rendered;
const work = mkdtempSync(join(tmpdir(), "benchgate-picture-"));
mkdirSync(folder, { recursive: true });
try {
  for (const [file, theme] of Object.entries(THEMES)) {
    const source = join(work, `${file}.html`);
    writeFileSync(source, githubPage(html, theme, WIDTH));
    const chromium = (...more: readonly string[]) =>
      run(process.env.CHROMIUM ?? "chromium", [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        `--user-data-dir=${mkdtempSync(join(work, "profile-"))}`,
        ...more,
        pathToFileURL(source).href,
      ]);
    const height = Math.ceil(
      Number(/<title>([\d.]+)<\/title>/.exec(chromium(`--window-size=${WIDTH},800`, "--dump-dom"))?.[1]),
    );
    const picture = join(folder, `${file}.png`);
    chromium(`--window-size=${WIDTH},${height}`, "--force-device-scale-factor=2", `--screenshot=${picture}`);
    console.error(`${picture}: ${WIDTH} × ${height}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
