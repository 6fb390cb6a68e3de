import { describe, expect, it } from "vitest";
import { PLAIN } from "../../../src/report/parts/ink.ts";
import { notesOf } from "../../../src/report/words/notes.ts";
import { aJudgement } from "../../builders.ts";
import { examples } from "../warnings.ts";

const all = examples("x");
const p50 = aJudgement({ verdict: "inconclusive" });
const p99 = aJudgement({ verdict: "inconclusive", statistic: "p99" });

describe("the notes on judgements", () => {
  it("say what several of them hold once, with all that hold it", () => {
    const warnings = [all["closed-loop"]];
    const notes = notesOf([{ ...p50, warnings }, aJudgement(), { ...p99, warnings }], PLAIN);
    expect(notes.map(({ holders }) => holders.map(({ statistic }) => statistic))).toEqual([["p50", "p99"]]);
    expect(notes[0]!.sentence).toMatch(/^The load generator waits/);
  });

  it("leave to its row why something is undecided, so that one remedy serves for several reasons", () => {
    const few = all["few-samples"];
    const notes = notesOf(
      [
        { ...p50, warnings: [{ ...few, statistic: "p50" }] },
        { ...p99, warnings: [few] },
      ],
      PLAIN,
    );
    expect(notes).toMatchObject([{ sentence: "", remedy: expect.stringMatching(/^Run the benchmark longer/) }]);
    expect(notes[0]!.holders).toHaveLength(2);
  });

  it("say nothing of noise, of which all is said in its row", () => {
    expect(notesOf([{ ...p50, warnings: [all.noisy] }], PLAIN)).toEqual([]);
  });

  it("leave out what is not wanted", () => {
    const warnings = [all["closed-loop"], all["first-round"]];
    const notes = notesOf([{ ...p50, warnings }], PLAIN, ({ code }) => code !== "closed-loop");
    expect(notes.map(({ sentence }) => sentence)).toEqual(["Its first round differs from the others."]);
  });
});
