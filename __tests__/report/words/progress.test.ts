import { describe, expect, it } from "vitest";
import { progressOn } from "../../../src/report/words/progress.ts";

describe("progress at a look", () => {
  const after = (undecided: { open: number; slower: number; fine: number; givenUp?: number; of: number }) => {
    const lines: string[] = [];
    const log = { progress: () => {}, err: (line: string) => lines.push(line) };
    progressOn(log)({ suite: "api", round: 12, rounds: 24, undecided });
    return lines;
  };

  it.each([
    [{ open: 0, slower: 0, fine: 3, of: 3 }, "after 12 pairs, of 3 benchmarks: 3 fine"],
    [{ open: 3, slower: 3, fine: 0, of: 3 }, "after 12 pairs, of 3 benchmarks: 3 slower, 0 fine"],
    [{ open: 5, slower: 3, fine: 0, of: 5 }, "after 12 pairs, of 5 benchmarks: 3 slower, 0 fine, 2 open"],
    [{ open: 4, slower: 1, fine: 6, of: 11 }, "after 12 pairs, of 11 benchmarks: 1 slower, 6 fine, 4 open"],
    [
      { open: 0, slower: 0, fine: 2, givenUp: 1, of: 3 },
      "after 12 pairs, of 3 benchmarks: 2 fine, 1 given up (24 pairs would not decide it)",
    ],
    [
      { open: 2, slower: 0, fine: 0, givenUp: 1, of: 3 },
      "after 12 pairs, of 3 benchmarks: 0 fine, 2 open, 1 given up (24 pairs would not decide it)",
    ],
  ])("says what is left, and what is given up: %o", (undecided, line) => {
    expect(after(undecided)).toEqual([line]);
  });
});

describe("progress within a round", () => {
  const step = { suite: "api", round: 3, rounds: 24, benchmark: { name: "json", at: 5, of: 50 } };
  const lines = (live: boolean) => {
    const said: string[] = [];
    const tell = progressOn({ progress: (line) => said.push(line), err: () => {}, live });
    tell({ suite: "api", round: 3, rounds: 24 });
    tell(step);
    tell({ ...step, benchmark: { name: "yaml", at: 6, of: 50 } });
    return said;
  };

  it("says what is left before the name, which may be cut off", () => {
    const said: string[] = [];
    const tell = progressOn({ progress: (line) => said.push(line), err: () => {}, live: true });
    tell({ ...step, secondsLeft: 16 });
    expect(said).toEqual(["api: round 3 of 24, at most 16 s more · 5 of 50, json"]);
  });

  it("names each benchmark where the line is replaced, and none where it would be one more line", () => {
    expect(lines(true)).toEqual([
      "api: round 3 of 24",
      "api: round 3 of 24 · 5 of 50, json",
      "api: round 3 of 24 · 6 of 50, yaml",
    ]);
    expect(lines(false)).toEqual(["api: round 3 of 24"]);
  });
});

describe("progress within a measurement", () => {
  it("says how far it is, what is left at most, and what the last look has decided", () => {
    const lines: string[] = [];
    const tell = progressOn({ progress: (line) => lines.push(line), err: () => {} });
    tell({ suite: "api", round: 1, rounds: 24, secondsLeft: 480 });
    tell({ suite: "api", round: 6, rounds: 24, undecided: { open: 4, slower: 1, fine: 6, of: 11 } });
    tell({ suite: "api", round: 7, rounds: 24, secondsLeft: 75, elapsed: 34.2 });
    expect(lines).toEqual([
      "api: round 1 of 24, at most 8 min more",
      "api: round 7 of 24, 35 s so far, at most 75 s more; 1 slower, 6 fine, 4 open",
    ]);
  });
});
