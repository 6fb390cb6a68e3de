import { describe, expect, it } from "vitest";
import { blockOf, decodeJudgements } from "../../../src/report/html/decode.ts";
import { htmlReport } from "../../../src/report/html/report.ts";
import { BLOCKS } from "../../../src/report/html/wire.ts";
import { countWords } from "../../../src/report/parts/entries.ts";
import { sideBySide } from "../../browser/example.ts";
import { NOW } from "../../builders.ts";
import { OUTCOMES } from "../outcomes.ts";

const program = {
  script: { text: "/*s*/", hash: "sha256-AAA" },
  style: { text: "b{}", hash: "sha256-BBB" },
  trend: { script: { text: "", hash: "" }, style: { text: "", hash: "" } },
};
const html = (name: string) => htmlReport(OUTCOMES[name]!, [], { program, now: NOW });

describe("the HTML report", () => {
  it.each(Object.keys(OUTCOMES))("%s says its answer and its counts without a script", (name) => {
    const text = html(name);
    const { outcome, judgements, baseline } = OUTCOMES[name]!;
    const words = { fail: "Check fails", warn: "Check passes with a warning", pass: "Check passes" }[outcome];
    expect(text).toContain(`</span>${words}</p>`);
    const title = /<h1>(.*?)<\/h1>/.exec(text)![1]!;
    for (const count of countWords(judgements)) {
      expect(title).toContain(baseline.kind === "none" ? count.replace(/ new$/, " measured") : count);
    }
  });

  it("says below its title what merging does, where that is bad, and nothing where no verdict can be trusted", () => {
    expect(html("many-changes")).toMatch(/<p class="headline">This change makes \d+ of \d+ benchmarks .*<bdi>parser/);
    expect(html("all-pass")).not.toContain('class="headline"');
    expect(html("machine-unstable")).not.toContain('class="headline"');
  });

  it("allows its own script and style, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html("all-pass"))![1]!;
    expect(policy.split("; ").sort()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "img-src data:",
      "require-trusted-types-for 'script'",
      "script-src 'sha256-AAA'",
      "style-src 'sha256-BBB'",
      "trusted-types 'none'",
    ]);
    expect(html("all-pass")).toContain("<style>b{}</style>");
    expect(html("all-pass")).toContain("<script>/*s*/</script>");
  });

  it("names no address that a browser could load", () => {
    expect(html("many-changes")).not.toMatch(/(?:src|href|action|data|poster)=["']?(?!#|data:,)[^"'#]/);
  });

  it("has no element from a hostile name", () => {
    const text = html("hostile-names");
    const markup = text.replace(/<script type="application\/json"[^>]*>[^<]*<\/script>/g, "");
    const elements = new Set([...markup.matchAll(/<([a-zA-Z!][^\s>]*)/g)].map(([, name]) => name));
    expect([...elements].filter((name) => ["img", "a|b", "x"].includes(name!))).toEqual([]);
    expect([...markup.matchAll(/<script/g)]).toHaveLength(1);
    expect([...markup.matchAll(/<h1/g)]).toHaveLength(1);
    expect([...markup.matchAll(/<!--/g)]).toHaveLength(0);
    expect(text).toContain("&#60;script&#62;alert(1)&#60;/script&#62;");
  });

  it("holds every judgement, in the order of the outcome", () => {
    const overview = JSON.parse(blockOf(html("many-changes"), BLOCKS.overview));
    const verdicts = decodeJudgements(overview).map(({ benchmark, statistic, verdict }) => [
      benchmark,
      statistic,
      verdict,
    ]);
    expect(verdicts).toEqual(
      OUTCOMES["many-changes"]!.judgements.map(({ benchmark, statistic, verdict }) => [benchmark, statistic, verdict]),
    );
  });

  it("shows a table where scripts are blocked, at most 200 rows, and counts the rest", () => {
    const inside = /<noscript>(.*?)<\/noscript>/s.exec(html("three-thousand-rows"))![1]!;
    expect(inside.match(/<tr>/g)).toHaveLength(201);
    expect(inside).toContain("… and 800 regressions");
  });

  it("says how both machines differ, and whether that counts", () => {
    const text = html("one-regression");
    expect(text).toMatch(/<bdi>runtime<\/bdi><\/th>.*<strong>differs<\/strong>, not gated/);
    expect(text).toContain("<td>same</td>");
  });

  it("tells seed and looks, and how to repeat it", () => {
    const { outcome, evidence } = sideBySide();
    const text = htmlReport(outcome, evidence, { program, now: NOW, reproduce: "npx benchgate run --base <x>" });
    expect(text).toContain("seed 42");
    expect(text).toContain("6, 12 and 24 pairs");
    expect(text).toContain("npx benchgate run --base &#60;x&#62;");
  });

  it("is the same for the same outcome", () => {
    expect(html("many-changes")).toBe(html("many-changes"));
  });
});
