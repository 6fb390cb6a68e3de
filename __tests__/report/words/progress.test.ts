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
    [{ open: 0, of: 3 }, "after 12 pairs: nothing more to decide"],
    [{ open: 2, of: 3 }, "after 12 pairs: 2 of 3 benchmarks undecided"],
    [{ open: 0, givenUp: 1, of: 3 }, "after 12 pairs: 1 cannot be decided in 24 pairs"],
    [{ open: 2, givenUp: 1, of: 3 }, "after 12 pairs: 2 of 3 benchmarks undecided, 1 cannot be decided in 24 pairs"],
  ])("says what is left, and what is given up: %o", (undecided, line) => {
    expect(after(undecided)).toEqual([line]);
  });
});
