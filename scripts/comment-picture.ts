/**
 * Draws the README's pictures: a comment as GitHub shows it, light and dark.
 * `node scripts/comment-picture.ts [OUTCOME] [FOLDER] [comment | summary] [open]` needs cmark-gfm and Chromium (set CHROMIUM where it has
 * another name). Any outcome of the golden files, the job summary, and everything unfolded are for looking at, not for the README.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { NOW } from "../__tests__/builders.ts";
import { OUTCOMES } from "../__tests__/report/outcomes.ts";
import { commentBody, summaryMarkdown } from "../src/report/formats/markdown.ts";
import { marker } from "../src/report/parts/sticky.ts";

const [name = "one-regression", folder = "docs/images", kind = "comment", fold = ""] = process.argv.slice(2);
const WIDTH = kind === "summary" ? 1200 : 900;

const THEMES = {
  [kind]: { ground: "#ffffff", text: "#1f2328", line: "#d1d9e0", soft: "#f6f8fa", code: "#818b981f", link: "#0969da" },
  [`${kind}-dark`]: {
    ground: "#0d1117",
    text: "#f0f6fc",
    line: "#3d444d",
    soft: "#151b23",
    code: "#656c7633",
    link: "#4493f8",
  },
};

function run(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", input, timeout: 60_000 });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}

function page(body: string, theme: Record<"ground" | "text" | "line" | "soft" | "code" | "link", string>): string {
  return `<!doctype html><meta charset="utf-8"><style>
    * { box-sizing: border-box }
    body { margin: 0; padding: 16px; background: ${theme.ground}; color: ${theme.text}; width: ${WIDTH}px;
      font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, "Liberation Sans", Arial, "Noto Color Emoji", sans-serif }
    .frame { border: 1px solid ${theme.line}; border-radius: 6px }
    .by { padding: 8px 16px; background: ${theme.soft}; border-bottom: 1px solid ${theme.line}; border-radius: 6px 6px 0 0 }
    .by span { border: 1px solid ${theme.line}; border-radius: 2em; padding: 0 7px; font-size: 12px; margin-left: 4px }
    .body { padding: 16px }
    .body > :last-child { margin-bottom: 0 }
    h2 { font-size: 1.5em; line-height: 1.25; margin: 0 0 16px; padding-bottom: .3em; border-bottom: 1px solid ${theme.line}b3 }
    p, ul, pre, table, details { margin: 0 0 16px }
    ul { padding-left: 2em }
    table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; font-variant: tabular-nums }
    th, td { padding: 6px 13px; border: 1px solid ${theme.line} }
    tr:nth-child(2n) { background: ${theme.soft} }
    code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace }
    code { padding: .2em .4em; font-size: 85%; white-space: break-spaces; background: ${theme.code}; border-radius: 6px }
    pre { padding: 16px; background: ${theme.soft}; border-radius: 6px; font-size: 85%; line-height: 1.45; overflow: auto }
    pre code { padding: 0; font-size: 100%; background: none; white-space: pre }
    summary { cursor: pointer }
    a { color: ${theme.link} }
  </style><div class="frame"><div class="by"><b>github-actions</b> <span>bot</span> commented</div><div class="body">${body}</div></div>
  <script>document.title = String(document.documentElement.getBoundingClientRect().height)</script>`;
}

const outcome = OUTCOMES[name];
if (outcome === undefined) throw new Error(`There is no outcome ${name}. Known: ${Object.keys(OUTCOMES).join(", ")}.`);
const options = { reproduce: "npx benchgate run --base abc1234 --only 'parser/json'", now: NOW };
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
    writeFileSync(source, page(html, theme));
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
