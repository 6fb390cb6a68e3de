import { describe, expect, it } from "vitest";
import { checkOf } from "../../../src/report/formats/check.ts";
import { anOutcome, aRegression } from "../../builders.ts";

const regressions = (count: number, source: { file: string; line?: number } | null) =>
  Array.from({ length: count }, (_, index) => aRegression(2, { benchmark: `b${index}`, source }));
const of = (count: number, source: { file: string; line?: number } | null) =>
  checkOf(anOutcome({ outcome: "fail", judgements: regressions(count, source) }));

describe("a check run", () => {
  it.each([
    ["pass", "success"],
    ["warn", "neutral"],
    ["fail", "failure"],
  ] as const)("concludes of %s: %s", (outcome, conclusion) => {
    expect(checkOf(anOutcome({ outcome, judgements: [] })).conclusion).toBe(conclusion);
  });

  it("has an annotation for each finding whose file is known, more than a step shows", () => {
    const { annotations } = of(120, { file: "bench/a.ts", line: 3 });
    expect(annotations).toHaveLength(120);
    expect(annotations[0]).toMatchObject({ file: "bench/a.ts", line: 3, level: "failure" });
    expect(of(2000, { file: "bench/a.ts" }).annotations.length).toBeLessThanOrEqual(500);
    expect(of(1, { file: "bench/a.ts" }).annotations[0]?.line).toBe(1);
  });

  it("leaves out what GitHub would refuse: a finding without a file, or with one outside the repository", () => {
    expect(of(3, null).annotations).toEqual([]);
    expect(of(3, { file: "../../etc/passwd" }).annotations).toEqual([]);
  });
});
