import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Judgement } from "../../../src/model/verdict.ts";
import { commentBody, summaryMarkdown } from "../../../src/report/formats/markdown.ts";
import { aJudgement, anAddition, anOutcome, aRegression, NOW } from "../../builders.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "../outcomes.ts";

const marker = "<!-- benchgate:test -->";
const comment = (judgements: readonly Judgement[], parts: Partial<Parameters<typeof commentBody>[1]> = {}) =>
  commentBody(anOutcome({ outcome: "fail", judgements }), { marker, ...parts });

/** 3,000 judgements in five classes. */
const many: readonly Judgement[] = Array.from({ length: 3000 }, (_, index) => {
  const benchmark = `case ${String(index).padStart(4, "0")} | with a name of ordinary length`;
  if (index < 1500) return aRegression(1.1 + index / 3000, { benchmark });
  if (index < 1800) return aJudgement({ benchmark, verdict: "inconclusive" });
  if (index < 2000) return aJudgement({ benchmark, verdict: "improvement" });
  return index < 2100 ? anAddition({ benchmark }) : aJudgement({ benchmark });
});

function tableRows(markdown: string): readonly string[] {
  return markdown.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| :"));
}

/** All numbers that stand before one of `words` in a line that counts what is not shown. */
function counted(markdown: string, words: RegExp): number {
  const lines = markdown.split("\n").filter((line) => line.startsWith("… and ") || /: in .*\.$/.test(line));
  const found = lines.flatMap((line) =>
    [...line.matchAll(words)].map(([, number]) => Number(number?.replace(",", ""))),
  );
  return found.reduce((sum, number) => sum + number, 0);
}

describe("commentBody", () => {
  it("begins with the marker on a line of its own, then what merging does, then the counts", () => {
    expect(
      comment([aRegression(1.2)])
        .split("\n")
        .slice(0, 3)
        .map((line) => line.replaceAll("\u00A0", " ")),
    ).toEqual([
      marker,
      "## ❌ This change makes the only benchmark slower: <code>parser &#47; json</code> +20.0 %",
      "**1 regression**",
    ]);
  });

  it("lists what needs attention in the open and folds the rest", () => {
    const body = commentBody(OUTCOMES["many-changes"]!, { marker });
    const [open, folded] = [body.slice(0, body.indexOf("<details>")), body.slice(body.indexOf("<details>"))];
    expect(tableRows(open)).toHaveLength(1 + 3);
    expect(folded).toContain("<details><summary>1 improvement</summary>");
    expect(folded).toContain("<details><summary>1 inconclusive: what it would take</summary>");
    expect(folded).toContain("<details><summary>41 unchanged</summary>");
    expect(folded).toContain("About 14 more pairs would decide it.");
  });

  it("offers an acceptance that configuration reads back and that covers the change", () => {
    const judgements = [
      aRegression(1.125, { benchmark: 'odd "name": #1\n' }),
      aRegression(0.883, { metric: "throughput", better: "higher", statistic: "mean" }),
    ];
    const body = comment(judgements, { now: NOW });
    const { accept } = parse(/^ {2}```yaml\n([\s\S]*?)\n {2}```/m.exec(body)![1]!.replace(/^ {2}/gm, ""));
    expect(accept.map(({ match }: { match: string }) => match).sort()).toEqual([
      "parser/json throughput mean",
      'parser/odd "name": #1\n latency p50',
    ]);
    for (const entry of accept) {
      // The end of the interval: a repeated measurement may come out there.
      const worsening = entry.match.includes("throughput") ? 1 - 0.883 * 0.986 : 1.125 * 1.015 - 1;
      const upTo = Number.parseFloat(entry["up-to"]) / 100;
      expect(upTo).toBeGreaterThanOrEqual(worsening);
      expect(upTo).toBeLessThan(worsening + 0.011);
      expect(entry.until).toBe("2027-05-21");
    }
  });

  it("offers no next steps where nothing is wrong, and no acceptance for a broken limit", () => {
    expect(commentBody(anOutcome(), { marker, reproduce: "npx benchgate run" })).not.toContain("What now");
    const body = comment([aRegression(1.2, { limit: { value: 0.001, broken: true } })]);
    expect(body).toContain("What now");
    expect(body).not.toContain("accept:");
  });

  it("repeats the command to reproduce in a block that nothing inside can close", () => {
    expect(comment([aRegression(1.2)], { reproduce: "npx x ``` @octocat" })).toContain(
      "  ````sh\n  npx x ``` @octocat\n  ````",
    );
  });

  it("repeats no command that would be another one on one line, or that hides a part of itself", () => {
    for (const reproduce of ["npx x --run 'npm run build\nnode bench.js'", "npx x --run 'a\u202eb'"]) {
      expect(comment([aRegression(1.2)], { reproduce })).not.toContain("npx x");
    }
  });

  it("says what happens next where there is no baseline", () => {
    const body = commentBody(OUTCOMES["no-baseline"]!, { marker });
    expect(body).toContain("## ⚪ No baseline yet · 3 measured");
    expect(body).toContain("The next push to the default branch records one");
    expect(body).not.toContain("<details><summary>3 measured");
    expect(tableRows(body.split("<details>")[0]!)).toHaveLength(1 + 3);
    expect(body).toContain(
      "error-rate p50 0.250 %<br>throughput p50 18.4 k/s".replaceAll(/(?<=\d) (?=[%k])/g, "\u00A0"),
    );
  });

  it("says what would decide the undecided: pairs, minutes, and the setting for them", () => {
    const body = commentBody(OUTCOMES["inconclusive-only"]!, { marker });
    expect(body).toContain("About 14 more pairs (~2 min) would decide it.");
    expect(body).toContain(
      "To decide the inconclusive rows, set `rounds: 26`, about 14 more pairs (~2 min), and allow enough `time-budget`.",
    );
    const { experiment: _, ...unknown } = OUTCOMES["inconclusive-only"]!;
    expect(commentBody(unknown, { marker })).toContain("About 14 more pairs would decide it.");
  });

  it("explains the plots once, below the first table that has any", () => {
    const legends = commentBody(OUTCOMES["many-changes"]!, { marker }).split("than it allows</sub>");
    expect(legends).toHaveLength(2);
    expect(legends[0]).not.toContain("<details>");
  });

  it("says why a row is undecided in the row, and what to do about it among the notes", () => {
    const body = commentBody(OUTCOMES["inconclusive-only"]!, { marker });
    expect(body.match(/p99 rests on 240 samples/g)).toHaveLength(1);
    expect(body).toContain("POST &#47;orders latency p99</code>: Run the benchmark longer");
  });

  it("gives an overview of three suites or more, the worst first", () => {
    const body = commentBody(OUTCOMES["fan-in"]!, { marker });
    const [, overview] = /<summary>3 suites, 2 failing<\/summary>([\s\S]*?)<\/details>/.exec(body)!;
    expect(tableRows(overview!).map((line) => line.replace(/<\/?code>/g, ""))).toEqual([
      "| suite | verdicts |",
      "| linux&#58; parser | ❌ 1 regression · 1 advisory regression · 6 unchanged |",
      "| windows&#58; parser | ❌ 1 failed |",
      "| macos&#58; parser | ✅ 1 improvement · 6 unchanged |",
    ]);
    expect(comment([aRegression(1.2), aJudgement({ suite: "api" })])).not.toContain("2 suites");
  });

  it("says how it was measured: the order, the looks, the rule and its price", () => {
    const body = commentBody(OUTCOMES["one-regression"]!, { marker });
    const method = body.slice(body.indexOf("How this was measured"));
    expect(method).toContain("Order of the sides drawn with seed 20261122; looks planned after 6, 12 and 24 pairs.");
    expect(method).toContain("False alarms expected, had nothing changed: 0.018 over 44 gating comparisons.");
    expect(method).toContain("A worsening of 6.8 % would have been found four times in five (median; 29 % where");
  });

  it("tells the attempt of a run that was repeated", () => {
    const links = { run: "https://example.org/run" };
    expect(comment([aJudgement()], { links, attempt: 2 })).toContain("(https://example.org/run) · attempt 2");
    expect(comment([aJudgement()], { links, attempt: 1 })).not.toContain("attempt");
  });

  it("links to the full report where there is one", () => {
    const links = { report: "https://example.org/report", run: "https://example.org/run" };
    expect(comment([aJudgement()], { links })).toContain(
      "[full report](https://example.org/report) · [this run](https://example.org/run)",
    );
  });

  it.each([60_000, 20_000, 5_000])("fits 3,000 judgements into %i characters, and its counts add up", (limit) => {
    const body = comment(many, { limit });
    expect(body.length).toBeLessThanOrEqual(limit);
    expect(body).toContain("**1,500 regressions · 300 inconclusive · 200 improvements · 100 new · 900 unchanged**");
    const rows = tableRows(body);
    for (const row of rows) expect(row.endsWith(" |")).toBe(true);
    const columns = /([\d,]+) (?:regressions?|inconclusive|improvements?|new|unchanged)\b/g;
    const shown = rows.filter((row) => row.includes("case&#32;") || row.includes("case ")).length;
    expect(shown + counted(body, columns)).toBe(3000);
  });

  it("uses the room that it has, and gives it to the worst regressions first", () => {
    const body = comment(many);
    expect(body.length).toBeGreaterThan(59_000);
    const rows = tableRows(body).filter((row) => row.includes("case "));
    const regressions = rows.filter((row) => row.startsWith("| ❌\u00A0regression<br>"));
    expect(regressions.length).toBeGreaterThan(150);
    expect(regressions.length).toBeGreaterThan(rows.length - 5);
    expect(rows[0]).toContain("case 1499");
    expect(rows[1]).toContain("case 1498");
  });

  it("drops unchanged rows before it drops anything else", () => {
    const unchanged = Array.from({ length: 500 }, (_, index) => aJudgement({ benchmark: `calm ${index}` }));
    const body = comment([...many.slice(0, 20), ...many.slice(1500, 1520), ...unchanged]);
    const rows = tableRows(body);
    expect(rows.filter((row) => row.includes("case "))).toHaveLength(40);
    expect(rows.filter((row) => row.includes("calm ")).length).toBeLessThan(500);
  });

  it("keeps remarks on the gate in sight when regressions fill the comment", () => {
    const warnings = [{ code: "budgets-from-base", file: "benchgate.yml" }] as const;
    expect(commentBody(anOutcome({ outcome: "fail", judgements: many, warnings }), { marker })).toContain(
      "those of the base revision are in force",
    );
  });

  it("stays within its limit when everything in it is as long as it may be", () => {
    const long = HOSTILE.map((name) => `${name}${"|".repeat(5000)}`);
    const names = Array.from({ length: 600 }, (_, index) => `${long[index % long.length]}${index}`);
    expect(commentBody(hostileOutcome(names), { marker, reproduce: "x".repeat(1999) }).length).toBeLessThanOrEqual(
      60_000,
    );
  });
});

describe("summaryMarkdown", () => {
  it("says what the comment says, and lists every judgement with its numbers", () => {
    const outcome = OUTCOMES["many-changes"]!;
    const summary = summaryMarkdown(outcome);
    expect(summary).toMatch(/^## ❌ This change makes 3 of 46 benchmarks worse: .*\n\*\*3 regressions · /);
    const full = summary.slice(summary.indexOf("judgements with all numbers"));
    expect(tableRows(full).filter((row) => row.includes("<code>"))).toHaveLength(outcome.judgements.length);
    expect(full).toContain("p < 0.001".replaceAll(" ", "\u00A0"));
  });

  it("is never larger than 1 MiB in UTF-8", () => {
    const twelve = [many, many, many, many].flat();
    const summary = summaryMarkdown(anOutcome({ outcome: "fail", judgements: twelve }));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(900_000);
  });
});
