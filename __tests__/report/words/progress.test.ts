import { describe, expect, it } from "vitest";
import { progressOn } from "../../../src/report/words/progress.ts";

describe("progress at a look", () => {
  const after = (undecided: { open: number; givenUp?: number; of: number }) => {
    const lines: string[] = [];
    const log = { progress: () => {}, err: (line: string) => lines.push(line) };
    progressOn(log)({ suite: "api", round: 12, rounds: 24, undecided });
    return lines;
  };

  it.each([
    [{ open: 0, of: 3 }, "after 12 pairs: 3 of 3 benchmarks decided"],
    [{ open: 2, of: 3 }, "after 12 pairs: 1 of 3 benchmarks decided, 2 open"],
    [
      { open: 0, givenUp: 1, of: 3 },
      "after 12 pairs: 2 of 3 benchmarks decided, 1 given up (24 pairs would not decide it)",
    ],
    [
      { open: 2, givenUp: 1, of: 3 },
      "after 12 pairs: 0 of 3 benchmarks decided, 2 open, 1 given up (24 pairs would not decide it)",
    ],
  ])("says what is left, and what is given up: %o", (undecided, line) => {
    expect(after(undecided)).toEqual([line]);
  });
});

describe("progress within a measurement", () => {
  it("says how far it is, what is left at most, and what the last look has decided", () => {
    const lines: string[] = [];
    const tell = progressOn({ progress: (line) => lines.push(line), err: () => {} });
    tell({ suite: "api", round: 1, rounds: 24, secondsLeft: 480 });
    tell({ suite: "api", round: 6, rounds: 24, undecided: { open: 4, of: 11 } });
    tell({ suite: "api", round: 7, rounds: 24, secondsLeft: 75 });
    expect(lines).toEqual([
      "api: round 1 of 24, at most 8 min more",
      "api: round 7 of 24, at most 75 s more; so far 7 of 11 benchmarks decided, 4 open",
    ]);
  });
});
