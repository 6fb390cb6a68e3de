import { describe, expect, it } from "vitest";
import type { StoredEntry } from "../../src/baseline/entry.ts";
import { type Keep, keepOf, pruning } from "../../src/baseline/prune.ts";

const NOW = new Date("2026-12-31T00:00:00Z");
const shaOf = (index: number) => index.toString(16).padStart(40, "0");
/** A hundred commits, newest first, a day apart. */
const ANCESTORS = Array.from({ length: 100 }, (_, index) => shaOf(index));
const git = {
  revision: async (sha: string) => ({
    sha,
    ref: "",
    committedAt: new Date(NOW.getTime() - 86_400_000 * Number.parseInt(sha, 16) - 1000).toISOString(),
  }),
};

function entry(sha: string, gate = "ci", fingerprint = "0123456789ab", run = "1"): StoredEntry {
  return {
    sha,
    gate,
    fingerprint,
    run,
    attempt: "1",
    copy: 1,
    path: `runs/${sha}/${run}.1.${gate}.${fingerprint}.json`,
  };
}

const prune = (entries: readonly StoredEntry[], keep: Keep) => pruning(git, entries, ANCESTORS, keep, NOW);
const ages = (entries: readonly StoredEntry[]) => entries.map(({ sha }) => Number.parseInt(sha, 16));

describe("what --keep says", () => {
  it.each([
    ["20", { runs: 20 }],
    ["500", { runs: 500 }],
    ["1d", { days: 1 }],
    ["180d", { days: 180 }],
  ])("%s", (word, keep) => expect(keepOf(word)).toEqual(keep));

  it.each(["", "0", "19", "-5", "1.5", "10w", "all", "1e9", "0d", "99999999"])("is refused: %j", (word) => {
    expect(() => keepOf(word)).toThrow(/Write how many runs|Keep 20 or more/);
  });
});

describe("pruning a history", () => {
  it("drops the oldest runs beyond a number, by gate and machine", async () => {
    const one = ANCESTORS.slice(0, 40).map((sha) => entry(sha));
    const other = ANCESTORS.slice(50, 75).map((sha) => entry(sha, "other"));
    const machine = ANCESTORS.slice(80, 85).map((sha) => entry(sha, "ci", "ba9876543210"));
    const found = await prune([...machine, ...one, ...other].reverse(), { runs: 30 });
    expect(ages(found.dropped)).toEqual(Array.from({ length: 10 }, (_, i) => 30 + i));
    expect(found).toMatchObject({ kept: 60, strays: 0 });
  });

  it("drops runs of commits that are older than so many days, but never the newest twenty", async () => {
    const found = await prune(
      ANCESTORS.map((sha) => entry(sha)),
      { days: 60 },
    );
    expect(ages(found.dropped)).toEqual(Array.from({ length: 40 }, (_, i) => 60 + i));
    expect(
      (
        await prune(
          ANCESTORS.slice(70).map((sha) => entry(sha)),
          { days: 1 },
        )
      ).dropped,
    ).toHaveLength(10);
  });

  it("counts several runs of one commit each, the newest first", async () => {
    const runs = Array.from({ length: 25 }, (_, run) => entry(shaOf(3), "ci", "0123456789ab", String(run + 1)));
    expect((await prune(runs, { runs: 20 })).dropped.map(({ run }) => run)).toEqual(["5", "4", "3", "2", "1"]);
  });

  it("leaves alone, and counts, what HEAD does not descend from", async () => {
    const strays = Array.from({ length: 50 }, (_, index) => entry(shaOf(1000 + index)));
    expect(await prune(strays, { runs: 20 })).toEqual({ dropped: [], kept: 50, strays: 50 });
    expect(await pruning(git, strays, [], { days: 1 }, NOW)).toEqual({ dropped: [], kept: 50, strays: 50 });
  });
});
