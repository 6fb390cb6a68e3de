import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commentBody, summaryMarkdown } from "../../src/report/formats/markdown.ts";
import { anOutcome, aRegression, NOW } from "../builders.ts";
import { hasTool } from "../tool.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "./outcomes.ts";

const marker = "<!-- benchgate:test -->";

/** A real renderer of GitHub's Markdown; raw HTML passes, so that what leaks is seen. */
function render(markdown: string, ...extensions: readonly string[]): string {
  const args = ["-e", "table", ...extensions.flatMap((name) => ["-e", name]), "--unsafe"];
  const { status, stdout, stderr, error } = spawnSync("cmark-gfm", args, {
    input: markdown,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`cmark-gfm ended with ${status}: ${stderr}`);
  return stdout;
}

/** Every tag and comment, in order, with its attributes; but the empty comments and line breaks that the escaper itself writes. */
function elements(html: string): readonly string[] {
  return html.replace(/<!-- -->|<wbr>/g, "").match(/<!--[\s\S]*?-->|<\/?[A-Za-z][^>]*>/g) ?? [];
}

/** What can mention, link or shape: everything outside `code` and `pre`. */
function outside(html: string): string {
  return html.replace(/<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, "<$1></$1>");
}

/** The same report with harmless names of the same number, so that any difference in structure is the names' doing. */
function harmless(names: readonly string[]): readonly string[] {
  return names.map((_, index) => `name ${index}`);
}

/** Each batch is one document: what is not a benchmark (branch, commit, machine, remarks) is hostile in another way in each. */
const BATCHES = 20;

/** What ends, opens or shapes something in Markdown or HTML. */
const PIECES: readonly string[] = [
  ...HOSTILE,
  ...[
    "|",
    "`",
    "``",
    "```",
    "\n",
    "\n\n",
    "\r",
    "\t- x",
    "    ",
    "\\",
    "\\|",
    "[a](b)",
    "[a]: https://b.example",
    "*",
    "_",
    "~~",
  ],
  ...[
    "$$",
    "</code>",
    "</details>",
    "</summary>",
    "</td></tr>",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "<![CDATA[",
    "<?x",
    "&#96;",
    "&",
  ],
  ...[
    "@a",
    "#1",
    "a@b.example",
    "https://b.example",
    "www.b.example",
    ":x:",
    "\u2028",
    "\u0085",
    "\u0000",
    "\u202E",
    "\uD800",
  ],
];

/** Distinct names of one to four pieces, some arbitrary characters of all planes between them. A seed draws the same ones again. */
function arbitraryNames(seed: number, count: number): readonly string[] {
  let state = (seed + 1) * 0x9e3779b9;
  // Mulberry32, public domain (github.com/bryc/code).
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const noise = () =>
    Array.from({ length: below(12) }, () => String.fromCodePoint(below(3) === 0 ? below(0x110000) : below(0x80))).join(
      "",
    );
  const names = new Set<string>();
  while (names.size < count) {
    names.add(Array.from({ length: 1 + below(4) }, () => noise() + PIECES[below(PIECES.length)]! + noise()).join(""));
  }
  return [...names];
}

/** Where two lists part, in words; null where they are equal. A diff of a hundred thousand tags would tell nobody anything. */
function firstDifference(actual: readonly string[], expected: readonly string[]): string | null {
  const at = actual.findIndex((each, index) => each !== expected[index]);
  if (at < 0 && actual.length === expected.length) return null;
  return `${actual.slice(Math.max(0, at - 3), at + 3).join(" ")}, expected ${expected.slice(Math.max(0, at - 3), at + 3).join(" ")}`;
}

describe.skipIf(!hasTool("cmark-gfm"))("rendered by cmark-gfm", () => {
  const options = { marker, limit: Number.POSITIVE_INFINITY };

  it("shows twelve hostile names as text, and nothing else of them", () => {
    const rendered = (names: readonly string[]) =>
      render(commentBody(hostileOutcome(names), options), "autolink", "strikethrough");
    const html = rendered(HOSTILE);
    const calm = rendered(harmless(HOSTILE));
    expect(elements(html)).toEqual(elements(calm));
    expect(html.replaceAll("<wbr>", "")).toContain("&lt;/code&gt;&lt;/td&gt;&lt;/table&gt;");
    expect(outside(html)).not.toMatch(/octocat|evil|forged|alert|tada|#123/);
  });

  it("gives 10,000 arbitrary names no element, row, cell, mention or link", () => {
    for (const batch of Array.from({ length: BATCHES }, (_, index) => arbitraryNames(index, 10_000 / BATCHES))) {
      const rendered = (texts: readonly string[]) =>
        render(commentBody(hostileOutcome(texts), options), "autolink", "strikethrough");
      const html = rendered(batch);
      expect(firstDifference(elements(html), elements(rendered(harmless(batch))))).toBeNull();
      expect(outside(html)).not.toMatch(/@|<a |<img|<h1|<del|<em/);
    }
  });

  it("shows 3,000 regressions in 60,000 characters of valid Markdown whose counts add up", () => {
    const judgements = Array.from({ length: 3000 }, (_, index) => ({
      ...aRegression(1.1 + index / 3000),
      benchmark: `${HOSTILE[index % HOSTILE.length]} ${index}`,
    }));
    const body = commentBody(anOutcome({ outcome: "fail", judgements }), {
      marker,
      now: NOW,
      reproduce: "npx benchgate run",
    });
    expect(body.length).toBeLessThanOrEqual(60_000);
    const html = render(body, "autolink", "strikethrough");
    expect(html).toContain("<h2>❌ This change makes 3,000 of 3,000 benchmarks slower: ");
    const [open, more] = [...html.matchAll(/<tbody>[\s\S]*?<\/tbody>/g)].map(([table]) => table.split("<tr>").slice(1));
    expect(open).toHaveLength(10);
    const shown = [...open!, ...more!];
    for (const cells of shown) expect(cells.match(/<td/g)).toHaveLength(4);
    const [, rest] = /<p>… and ([\d,]+) regressions more: in the job summary.<\/p>/.exec(html)!;
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.length + Number(rest!.replace(",", ""))).toBe(3000);
    expect(outside(html)).not.toMatch(/@|<a |<img|<h1|<del|<em/);
  });

  it("shows a table with its four cells a row, also behind a comment that is nearly full", () => {
    const html = render(commentBody(OUTCOMES["many-changes"]!, { marker }));
    const [first] = html.match(/<table>[\s\S]*?<\/table>/) ?? [];
    const rows = first?.split("<tr>").slice(1) ?? [];
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row.match(/<t[dh]\b/g)).toHaveLength(4);
  });

  it.each(Object.entries(OUTCOMES))("closes every element that it opens: %s", (_name, outcome) => {
    for (const markdown of [commentBody(outcome, { marker }), summaryMarkdown(outcome)]) {
      const open: string[] = [];
      for (const element of elements(render(markdown))) {
        const tag = /^<(\/?)([a-z0-9]+)/.exec(element);
        if (tag === null || tag[2] === "br" || tag[2] === "input") continue;
        if (tag[1] === "/") expect(open.pop()).toBe(tag[2]);
        else open.push(tag[2]!);
      }
      expect(open).toEqual([]);
    }
  });
});
