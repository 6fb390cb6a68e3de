import { describe, expect, it } from "vitest";
import { terminalReport } from "../../../src/report/formats/terminal.ts";
import { displayWidth, pad, wrap } from "../../../src/report/parts/width.ts";
import { aJudgement, anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "../outcomes.ts";

const ESCAPE = String.fromCharCode(27);

describe("terminalReport", () => {
  it("aligns columns also behind wide characters", () => {
    const judgements = [
      aRegression(1.2, { benchmark: "漢字" }),
      aRegression(1.2, { benchmark: "🚀 go" }),
      aRegression(1.2),
    ];
    const lines = terminalReport(anOutcome({ outcome: "fail", judgements }), { width: 140 }).split("\n");
    const rows = lines.filter((line) => line.startsWith("regression"));
    const places = rows.map((line) => displayWidth(line.slice(0, line.indexOf("p50"))));
    expect(rows).toHaveLength(3);
    expect(new Set(places).size).toBe(1);
  });

  it.each([80, 100, 140])("keeps every line of an ordinary report within %i cells", (width) => {
    for (const [name, outcome] of Object.entries(OUTCOMES)) {
      if (name === "hostile-names") continue;
      const widest = Math.max(...terminalReport(outcome, { width }).split("\n").map(displayWidth));
      expect(widest, name).toBeLessThanOrEqual(width);
    }
  });

  it("puts a row on two lines where one has no room, with all its numbers", () => {
    const outcome = OUTCOMES["one-regression"]!;
    const lines = (width: number) => terminalReport(outcome, { width }).split("\n");
    const at = (width: number) => {
      const all = lines(width);
      const row = all.findIndex((line) => line.startsWith("regression"));
      return all.slice(row, row + 2);
    };
    expect(at(140)[0]).toBe(
      "regression  parser / json  p50        +12.5 % (+10.9 … +14.2)  1.20 → 1.35 ms        ┆  │  ┆   ►  +5 %",
    );
    expect(at(80)).toEqual([
      "regression  parser / json  p50",
      "    1.20 → 1.35 ms  +12.5 % (+10.9 … +14.2)  threshold +5 %",
    ]);
  });

  it("leaves the plot out before it cuts a name", () => {
    const row = (width: number) =>
      terminalReport(OUTCOMES["fan-in"]!, { width })
        .split("\n")
        .find((line) => line.startsWith("regression"));
    const figures = "linux: parser / json         p50        +12.5 % (+10.9 … +14.2)  1.20 → 1.35 ms  ";
    expect(row(140)).toBe(`regression           ${figures}      ┆  │  ┆   ►  +5 %`);
    expect(row(120)).toBe(`regression           ${figures}  +5 %`);
  });

  it.each([80, 100])("says on one line of %i cells what did not change, however long its name is", (width) => {
    const judgements = ["every second", "every third"].map((which) =>
      aJudgement({ benchmark: `parse small documents with unicode escapes in ${which} string` }),
    );
    const lines = terminalReport(anOutcome({ judgements }), { width }).split("\n");
    const head = lines.indexOf("2 unchanged");
    expect(lines[head + 1]).toMatch(/^benchmark +statistic +change \(95 % interval\)/);
    const rows = lines.slice(head + 2, lines.indexOf("", head));
    expect(rows.map((row) => row.replace(/ {2,}/g, "|").split("|").slice(1, 3))).toEqual([
      ["p50", "+0.20 % (−1.30 … +1.70)"],
      ["p50", "+0.20 % (−1.30 … +1.70)"],
    ]);
    expect(new Set(rows).size).toBe(2);
  });

  it("says the verdict first and last", () => {
    const lines = terminalReport(OUTCOMES["many-changes"]!, { width: 140 }).trimEnd().split("\n");
    expect(lines[0]).toMatch(/^FAIL {2}This change makes 3 of 46 benchmarks worse: parser \/ json, deep p99 1\.62/);
    expect(lines.at(-1)).toBe("FAIL  3 regressions · 1 inconclusive · 1 improvement · 41 unchanged");
  });

  it("counts what can fail nothing and is undecided on one line, and lists what can", () => {
    const judgements = Array.from({ length: 6 }, (_, index) =>
      aJudgement({ benchmark: `x${index}`, metric: "gc-time", verdict: "inconclusive", severity: "advisory" }),
    );
    expect(terminalReport(anOutcome({ judgements }))).toContain("\n6 advisory undecided: parser / x0, ");
    const gating = judgements.map((each) => ({ ...each, severity: "gate" as const }));
    expect(terminalReport(anOutcome({ judgements: gating }))).not.toContain("undecided: ");
  });

  it("counts what did not change on one line", () => {
    const text = terminalReport(OUTCOMES["many-changes"]!, { width: 80 });
    expect(text.split("\n").filter((line) => line.includes("41 unchanged:"))).toEqual([
      "41 unchanged: parser / ini/11k, parser / ini/17k, … 39 more",
    ]);
    expect(terminalReport(OUTCOMES["many-changes"]!, { width: 80, unchanged: true })).toContain("parser / xml/2k  ");
  });

  it("says why something failed in its row", () => {
    const text = terminalReport(OUTCOMES["fan-in"]!, { width: 140 });
    expect(text).toMatch(/failed +windows: parser \(all of it\).*\n {4}No result of this cell has arrived\n/);
  });

  describe("names that begin alike", () => {
    const BEFORE = "github.com/example-org/router-benchmarks/internal/";
    const table = (names: readonly string[], width: number) => {
      const judgements = names.map((benchmark, i) => aRegression(1.2 + i / 10, { benchmark }));
      return terminalReport(anOutcome({ outcome: "fail", judgements }), { width }).split("\n- ")[0]!;
    };

    it.each([70, 80, 100, 120, 200])("are told apart in a table of %i cells", (width) => {
      const own = ["PathClean", "PathCleanLong", "Global", "Specific"];
      const words = table(
        own.map((name) => BEFORE + name),
        width,
      ).split(/\s+/);
      for (const name of own) expect(words.filter((word) => word.endsWith(name))).not.toEqual([]);
      const rows = table(
        own.map((name) => BEFORE + name),
        width,
      )
        .split("\n")
        .filter((line) => line.startsWith("regression"));
      const named = rows.map((row) => row.slice(0, row.indexOf("p50")));
      expect(new Set(named).size).toBe(rows.length);
    });

    it("get lines of their own where nothing tells them apart in the room", () => {
      const names = Array.from({ length: 30 }, (_, i) => `${"x".repeat(70)}${i}${"y".repeat(70)}`);
      const lines = table(names, 80).split("\n");
      // The report's first lines name the worst as well, indented.
      const rows = lines.filter((line) => !line.startsWith(" "));
      for (const name of names) expect(rows.filter((line) => line.endsWith(name))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith("regression"))).toHaveLength(30);
    });

    it("are longer than usual where only their middles differ", () => {
      const names = ["one", "two"].map((middle) => `${"x".repeat(80)} ${middle} ${"y".repeat(80)}`);
      const text = table(names, 100);
      for (const middle of ["one", "two"]) expect(text).toContain(middle);
    });
  });

  it("colours only when asked to, and says the same in either case", () => {
    const outcome = OUTCOMES["many-changes"]!;
    const plain = terminalReport(outcome);
    const coloured = terminalReport(outcome, { colour: true });
    expect(plain).not.toContain(ESCAPE);
    expect(coloured).toContain(`${ESCAPE}[31mregression`);
    const codes = new RegExp(`${ESCAPE}\\[\\d+m`, "g");
    const bare = (text: string) => text.split("\n").map((line) => line.replace(codes, "").trimEnd());
    expect(bare(coloured)).toEqual(bare(plain));
  });

  it("lists as many rows as asked and counts the others", () => {
    const judgements = Array.from({ length: 30 }, (_, index) => aJudgement({ benchmark: `b${index}` }));
    const text = terminalReport(anOutcome({ judgements }), { rows: 10, unchanged: true });
    expect(text.split("\n").filter((line) => line.startsWith("parser / b"))).toHaveLength(10);
    expect(text).toContain("… and 20 unchanged more");
  });

  it("lets no control character from outside reach the terminal", () => {
    const text = terminalReport(hostileOutcome(HOSTILE));
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it("tells the order and the looks, so that the order can be drawn again", () => {
    expect(terminalReport(OUTCOMES["one-regression"]!, { width: 140 })).toContain(
      "- Order of the sides drawn with seed 20261122; looks planned after 6, 12 and 24 pairs.",
    );
  });

  it("says what to do about the undecided, not only why they are", () => {
    const text = terminalReport(OUTCOMES["inconclusive-only"]!, { width: 140 });
    expect(text).toContain("About 14 more pairs (~2 min) would decide it.");
    expect(text).toContain("Run the benchmark longer, or gate on p90 or p95");
  });

  it("names the command that repeats the comparison where something is wrong", () => {
    const reproduce = "npx benchgate run --base abc1234";
    expect(terminalReport(OUTCOMES["one-regression"]!, { reproduce })).toContain(`Reproduce it:\n  ${reproduce}`);
    expect(terminalReport(OUTCOMES["all-pass"]!, { reproduce })).not.toContain(reproduce);
  });
});

describe("width", () => {
  it("counts cells, not characters", () => {
    expect(["abc", "漢字", "🚀", "e\u0301", "│░●×µ…"].map(displayWidth)).toEqual([3, 4, 2, 1, 6]);
  });

  it("pads and wraps to cells", () => {
    expect([pad("漢", 4, "left"), pad("漢", 4, "right")]).toEqual(["漢  ", "  漢"]);
    expect(wrap("aa bb ccc dddddddd e", 5)).toEqual(["aa bb", "ccc", "dddddddd", "e"]);
  });
});
