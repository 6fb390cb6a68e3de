import { describe, expect, it } from "vitest";
import { annotations } from "../../../src/report/formats/annotations.ts";
import { aJudgement, anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE, hostileOutcome } from "../outcomes.ts";

const of = (...judgements: ReturnType<typeof aJudgement>[]) => annotations(anOutcome({ judgements }));

describe("annotations", () => {
  it("puts a regression on the line of its benchmark", () => {
    expect(of(aRegression(1.125, { source: { file: "bench/json.bench.ts", line: 12 } }), aJudgement())).toEqual([
      {
        level: "error",
        file: "bench/json.bench.ts",
        line: 12,
        title: "regression: parser / json p50",
        message: "1.20 ms → 1.35 ms, +12.5 % (+10.9 … +14.2); limit +5 %.",
      },
    ]);
  });

  it("only warns of what does not gate, and is silent about what is accepted", () => {
    const accepted = { reason: "worth it", upTo: 0.2, until: null };
    expect(of(aRegression(1.1, { severity: "advisory" }))[0]?.level).toBe("warning");
    expect(of(aRegression(1.1, { accepted }))).toEqual([]);
    const failure = { side: "baseline", reason: "exit code 1", output: "" } as const;
    expect(of(aJudgement({ verdict: "failed", severity: "advisory", failure }))[0]?.level).toBe("warning");
  });

  it("says of a removed benchmark only that it is gone", () => {
    const [annotation] = of(aJudgement({ verdict: "removed", candidate: null, comparison: null, threshold: null }));
    expect(annotation).toMatchObject({ level: "warning", title: "removed: parser / json p50" });
    expect(annotation?.message).toBe("Only the baseline has this benchmark.");
  });

  it("shows ten at most, errors first, and counts the rest", () => {
    const advisory = aRegression(3, { severity: "advisory" });
    const found = of(advisory, ...Array.from({ length: 12 }, () => aRegression(1.2)));
    expect(found).toHaveLength(10);
    expect(found.slice(0, 9).every(({ title }) => title.startsWith("regression:"))).toBe(true);
    expect(found[9]).toMatchObject({ level: "error", title: "4 more findings" });
    expect(of(...Array.from({ length: 10 }, () => aRegression(1.2)))).toHaveLength(10);
  });

  it.each(["../../etc/passwd", "/etc/passwd", "C:\\x", "a\nb.ts", "a/../../b", ""])("names no file for %j", (file) => {
    const [annotation] = of(aRegression(1.2, { source: { file, line: 3 } }));
    expect(annotation).not.toHaveProperty("file");
    expect(annotation).not.toHaveProperty("line");
  });

  it("keeps titles on one printable line and messages within GitHub's limit", () => {
    const failure = { side: "candidate", reason: "r".repeat(9000), output: "line\n".repeat(9000) } as const;
    const found = [...of(aJudgement({ verdict: "failed", failure })), ...annotations(hostileOutcome(HOSTILE))];
    for (const { title, message } of found) {
      expect(title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(title.length).toBeLessThanOrEqual(255);
      expect(message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(message.length).toBeLessThanOrEqual(4096);
    }
  });
});
