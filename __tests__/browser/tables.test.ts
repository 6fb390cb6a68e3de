import { describe, expect, it } from "vitest";
import { outliers } from "../../src/browser/outliers.ts";
import { rowsOf } from "../../src/browser/row.ts";
import { comparisonsCsv, comparisonsJson, roundsCsv, subjectJson } from "../../src/browser/tables.ts";
import { OUTCOMES } from "../report/outcomes.ts";
import { sideBySide } from "./example.ts";

const { outcome, evidence } = sideBySide();
const { rows } = rowsOf(outcome.judgements, { baseline: "main", candidate: "candidate" });

describe("what readers take away", () => {
  it("has a line for each comparison, with numbers as they are", () => {
    const [head, ...lines] = comparisonsCsv(rows).trim().split("\r\n");
    expect(lines).toHaveLength(16);
    expect(head).toMatch(/^suite,benchmark,metric,statistic,unit,verdict,/);
    const csv10k = lines.find((line) => line.includes("10k"))!;
    expect(csv10k).toContain('parser,"csv, 10k rows",latency,p50,s,unchanged,gate,0.02');
  });

  it("begins no cell of a spreadsheet with what it takes for a formula, and keeps quotes and lines in one cell", () => {
    const [row] = rows;
    const named = (benchmark: string) => comparisonsCsv([{ ...row!, judgement: { ...row!.judgement, benchmark } }]);
    expect(named('=HYPERLINK("http://x")')).toContain(`,"'=HYPERLINK(""http://x"")",`);
    for (const sign of ["+", "-", "@", "\t"]) expect(named(`${sign}1`)).toContain(`,'${sign}1,`);
    expect(named("two\nlines")).toContain(',"two\nlines",');
  });

  it("writes verdicts as the result for machines does, and what cannot be seen as an escape", () => {
    const { verdicts } = JSON.parse(comparisonsJson(rows));
    expect(verdicts).toHaveLength(16);
    expect(verdicts[0]).toMatchObject({ suite: "api", verdict: "regression", paired: true, rounds: 12 });
    const hostile = rowsOf(OUTCOMES["hostile-names"]!.judgements, { baseline: "main", candidate: "candidate" });
    expect(comparisonsJson(hostile.rows)).not.toMatch(/[\u202A-\u202E\u200B]/);
  });

  it("gives every round of both sides of a benchmark", () => {
    const subject = evidence[0]!.subjects[0]!;
    const found = { evidence: evidence[0]!, subject };
    const lines = roundsCsv(found).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 2 * 2 * 12);
    expect(lines[1]).toMatch(/^parser,json,latency,p50,s,baseline,1234567890\/1,0,2026-11-22T15:40:00.000Z,0\.0011/);
    const json = JSON.parse(subjectJson(rows.slice(0, 2), found));
    expect(json.rounds.candidate).toHaveLength(12);
    expect(json.data.benchmark).toBe("json");
    expect(JSON.parse(subjectJson(rows.slice(0, 1), null))).toEqual({ verdicts: [expect.anything()], rounds: {} });
  });
});

describe("outliers", () => {
  it("are far from the rest by what the rest spread", () => {
    expect([...outliers([1, 1.01, 0.99, 1.02, 3, 0.98, 1])]).toEqual([4]);
    expect([...outliers([1, 1.1, 0.9, 1.2, 1.3, 0.8, 1])]).toEqual([]);
  });

  it("are none among few, among equals, and none of what has no logarithm", () => {
    expect(outliers([1, 1.01, 0.99, 3, 1]).size).toBe(0);
    expect(outliers([1, 1, 1, 1, 1, 1, 5]).size).toBe(0);
    expect([...outliers([1, 1.01, null, 0.99, 1.02, 0, 3, 0.98, 1])]).toEqual([6]);
  });
});
