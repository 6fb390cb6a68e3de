import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentBody, summaryMarkdown } from "../../src/report/markdown.ts";
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

/** Every tag and comment, in order, with its attributes; but the empty comments that the escaper itself writes. */
function elements(html: string): readonly string[] {
  return html.replaceAll("<!-- -->", "").match(/<!--[\s\S]*?-->|<\/?[A-Za-z][^>]*>/g) ?? [];
}

/** What can mention, link or shape: everything outside `code` and `pre`. */
function outside(html: string): string {
  return html.replace(/<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, "<$1></$1>");
}

/** The same report with harmless names of the same number, so that any difference in structure is the names' doing. */
function harmless(names: readonly string[]): readonly string[] {
  return names.map((_, index) => `name ${index}`);
}

describe.skipIf(!hasTool("cmark-gfm"))("rendered by cmark-gfm", () => {
  const options = { marker, limit: Number.POSITIVE_INFINITY };

  it("shows twelve hostile names as text, and nothing else of them", () => {
    const rendered = (names: readonly string[]) =>
      render(commentBody(hostileOutcome(names), options), "autolink", "strikethrough");
    const html = rendered(HOSTILE);
    const calm = rendered(harmless(HOSTILE));
    expect(elements(html)).toEqual(elements(calm));
    expect(html).toContain("<code>&lt;/code&gt;&lt;/td&gt;&lt;/table&gt;");
    expect(outside(html)).not.toMatch(/octocat|evil|forged|alert|tada|#123/);
  });

  it("gives 2,000 arbitrary names no element, row, cell, mention or link", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom(
        ...HOSTILE,
        "|",
        "`",
        "``",
        "\n",
        "\n\n",
        "</code>",
        "</details>",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "@a",
        "\\",
        "[a](b)",
        "*",
        "_",
        "~~",
        "$$",
        "    ",
        "\t- x",
      ),
    );
    const name = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));
    const names = [...new Set(fc.sample(name, { numRuns: 3000, seed: 20261122 }))].slice(0, 2000);
    expect(names).toHaveLength(2000);
    const rendered = (texts: readonly string[]) =>
      render(commentBody(hostileOutcome(texts), options), "autolink", "strikethrough");
    const html = rendered(names);
    const calm = rendered(harmless(names));
    expect(elements(html).length).toBe(elements(calm).length);
    expect(elements(html)).toEqual(elements(calm));
    expect(outside(html)).not.toMatch(/@|<a |<img|<h1|<del|<em/);
  });

  it("shows a table with its eight cells a row, also behind a comment that is nearly full", () => {
    const html = render(commentBody(OUTCOMES["many-changes"]!, { marker }));
    const [first] = html.match(/<table>[\s\S]*?<\/table>/) ?? [];
    const rows = first?.split("<tr>").slice(1) ?? [];
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row.match(/<t[dh]\b/g)).toHaveLength(8);
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
