import { describe, expect, it } from "vitest";
import { PLAIN } from "../../../src/report/parts/ink.ts";
import { experimentWords, methodLines } from "../../../src/report/words/method.ts";
import { aComparison, aJudgement, anAddition, anOutcome, MACHINE } from "../../builders.ts";

const lines = (...judgements: ReturnType<typeof aJudgement>[]) =>
  methodLines(anOutcome({ judgements }), PLAIN).join("\n");

describe("experimentWords", () => {
  it("names the seed and the looks", () => {
    expect(experimentWords({ session: "1/2", seed: 42, looks: [6, 12, 24] }, PLAIN)).toBe(
      "Order of the sides drawn with seed 42; looks planned after 6, 12 and 24 pairs. Session 1/2.",
    );
    expect(experimentWords({ session: "1/2", seed: 42, looks: [4] }, PLAIN)).toContain("one look, after 4 pairs.");
  });
});

describe("methodLines", () => {
  it("sums the false alarms over what gates", () => {
    const risky = aJudgement({ comparison: aComparison({ falseAlarm: 0.02 }) });
    expect(lines(risky, risky, { ...risky, severity: "advisory" })).toContain(
      "False alarms expected, had nothing changed: 0.04 over 2 gating comparisons.",
    );
  });

  it("tells what would have been found, and nothing where noise hid everything", () => {
    const seen = (detectable: number) => aJudgement({ comparison: aComparison({ detectable }) });
    expect(lines(seen(0.02), seen(0.03), seen(0.3))).toContain(
      "A worsening of 3 % would have been found four times in five (median; 30 % where the noise was worst).",
    );
    expect(lines(seen(0.02), seen(0.02))).toContain("A worsening of 2 % would have been found four times in five.");
    expect(lines(seen(0.02), seen(0.03), seen(Number.POSITIVE_INFINITY))).toContain("none of any size where");
    expect(lines(seen(Number.POSITIVE_INFINITY))).not.toContain("would have been found");
  });

  it("explains no test where nothing was tested", () => {
    expect(lines(anAddition())).toBe(
      "Machine: os linux, arch x64, cpu AMD EPYC 7763 64-Core Processor, cores 4, runtime node 24.19.0.",
    );
    const exact = aJudgement({ comparison: aComparison({ design: "exact", detectable: 0, falseAlarm: 0 }) });
    expect(lines(exact)).not.toContain("interval");
  });

  it("lists no more facts than anybody reads", () => {
    const facts = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`fact ${index}`, index]));
    const { candidate } = anOutcome();
    const outcome = anOutcome({ candidate: { ...candidate, environment: { ...MACHINE, ...facts } } });
    expect(methodLines(outcome, PLAIN).at(-1)).toMatch(/, 29 more facts\.$/);
  });
});
