import { describe, expect, it } from "vitest";
import { type FoundChange, recordedMarkdown } from "../../../src/report/words/recorded.ts";
import { aRecording, withRounds } from "../../synthetic.ts";

const recording = aRecording({ seed: 1, rounds: 6, samples: 5, benchmarks: { json: 1, yaml: 2 } });

describe("the summary of a run that stores a baseline", () => {
  it("says what was recorded, and where it went", () => {
    const text = recordedMarkdown(recording, "branch benchgate-baseline", []);
    expect(text).toMatch(/^## ✅ Baseline recorded · 2 benchmarks\n/);
    expect(text).toContain("6 rounds");
    expect(text).toContain("branch benchgate&#45;baseline");
  });

  it("says why it was not stored, with the remedy", () => {
    const text = recordedMarkdown(recording, "branch b", [{ code: "not-stored", reason: "the branch is protected" }]);
    expect(text).toMatch(/^## ⚠️ Measured, not stored/);
    expect(text).toContain("the branch is protected");
    expect(text).toContain("The next push to the default branch stores one again");
  });

  it("names each failure once, however many rounds it spoiled, and lets no name shape the page", () => {
    const failing = withRounds(recording, (round) => ({
      ...round,
      failures: [{ suite: "s", benchmark: "</details>|x", reason: "exit code 1", output: "" }],
    }));
    const text = recordedMarkdown(failing, "branch b", []);
    expect(text).toMatch(/^## ❌ Not recorded · 2 benchmarks · 1 failed\n/);
    expect(text.match(/exit code 1/g)).toHaveLength(1);
    expect(text).not.toContain("</details>");
  });

  describe("and brings to light that levels changed", () => {
    const change = {
      at: 30,
      before: "a".repeat(40),
      after: "b".repeat(40),
      ratio: 1.21,
      worse: true,
      p: 0.001,
      accepted: null,
    };
    const series = { suite: "parser", benchmark: "json", metric: "latency", statistic: "p50", unit: "s" } as const;
    const commits = "https://github.com/octo-org/octo-repo/compare/a...b";
    const text = (...found: readonly FoundChange[]) => recordedMarkdown(recording, "branch b", [], found);

    it("names each benchmark with the commits between, the worse first", () => {
      const better = { ...change, ratio: 0.8, worse: false };
      const page = text(
        { series: { ...series, benchmark: "yaml" }, change: better, commits: null },
        { series, change, commits },
      );
      expect(page).toContain("### Changed level on this branch: 1 worse, 1 better");
      const [worse, other] = page.split("\n").filter((line) => line.includes("parser"));
      expect(worse).toContain("⚠️ worse");
      expect(worse).toContain("+21.0");
      expect(worse).toContain(`<code>aaaaaaa</code> … <code>bbbbbbb</code> [commits](${commits})`);
      expect(other).toContain("✅ better");
      expect(page).toMatch(/^## ✅ Baseline recorded/);
    });

    it("says nothing where nothing did, and lists twenty at most", () => {
      expect(text()).not.toContain("Changed level");
      const many = text(...Array.from({ length: 30 }, () => ({ series, change, commits })));
      expect(many.match(/⚠️ worse/g)).toHaveLength(20);
      expect(many).toContain("… and 10 more");
    });

    it("lets no name shape the page", () => {
      const page = text({ series: { ...series, benchmark: "a|b</td>\n# c", metric: "x|y" }, change, commits });
      const rows = page.split("\n").filter((line) => line.startsWith("|"));
      expect(rows.map((row) => row.split("|").length)).toEqual([8, 8, 8]);
      expect(page).not.toContain("</td>");
    });
  });
});
