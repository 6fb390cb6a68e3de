import { describe, expect, it } from "vitest";
import { describeEntries } from "../../src/baseline/describe.ts";
import { entryPath, parseEntry, type StoredEntry, shardGate, wholeGate } from "../../src/baseline/entry.ts";
import { type StoredRun, select } from "../../src/baseline/select.ts";

const HERE = "aaaaaaaaaaaa";
const ELSEWHERE = "bbbbbbbbbbbb";
const sha = (digit: number): string => String(digit).repeat(40);

function entry(commit: number, run = "1", attempt = "1", gate = "ci", fingerprint = HERE): StoredEntry {
  return parseEntry(entryPath({ sha: sha(commit), run, attempt, gate, fingerprint }))!;
}

const names = (runs: readonly (StoredRun | Pick<StoredEntry, "sha" | "run" | "attempt">)[]): string[] =>
  runs.map((each) => {
    const { sha, run, attempt } = "sha" in each ? each : each[0];
    return `${sha[0]}:${run}.${attempt}`;
  });

describe("selection", () => {
  const ancestors = [5, 4, 3, 2, 1].map(sha);

  it("takes the newest ancestor first, and its newest run first", () => {
    const entries = [entry(1), entry(4, "9"), entry(4, "10", "1"), entry(4, "10", "2"), entry(2), entry(5)];
    const { chosen } = select({ entries, ancestors, gate: "ci", fingerprint: HERE });
    expect(names(chosen)).toEqual(["5:1.1", "4:10.2", "4:10.1", "4:9.1", "2:1.1", "1:1.1"]);
  });

  it("ignores commits of other lines and other gates", () => {
    const entries = [entry(9), entry(4, "1", "1", "other"), entry(3)];
    const selected = select({ entries, ancestors, gate: "ci", fingerprint: HERE });
    expect(names(selected.chosen)).toEqual(["3:1.1"]);
    expect(selected.others).toBe(0);
  });

  it("takes the shards of a run for one run, and what the runners of a pool stored for one each", () => {
    const shard = (index: number, copy = 1) =>
      parseEntry(
        entryPath(
          { sha: sha(3), run: "7", attempt: "1", gate: shardGate("ci", { index, of: 2 }), fingerprint: HERE },
          copy,
        ),
      )!;
    const entries = [shard(1), shard(2), shard(1, 2), shard(2, 2), entry(2), entry(3, "6")];
    const { chosen } = select({ entries, ancestors, gate: "ci", fingerprint: HERE, limit: 3 });
    expect(chosen.map((run) => run.map(({ gate, copy }) => `${gate}#${copy}`).sort())).toEqual([
      ["ci--1-2#2", "ci--2-2#2"],
      ["ci--1-2#1", "ci--2-2#1"],
      ["ci#1"],
    ]);
    expect(wholeGate(shard(2))).toBe("ci");
  });

  it("counts runs of other environments and names the nearest", () => {
    const away = (commit: number, gate = "ci"): StoredEntry => entry(commit, "1", "1", gate, ELSEWHERE);
    const selected = select({
      entries: [away(2), away(4), away(9), away(5, "other")],
      ancestors,
      gate: "ci",
      fingerprint: HERE,
    });
    expect(selected.chosen).toEqual([]);
    expect(selected.others).toBe(2);
    expect(selected.nearestOther).toEqual(away(4));
  });

  it("stops at the limit, which is 20 unless told", () => {
    const entries = Array.from({ length: 30 }, (_, index) => entry(3, String(index)));
    expect(select({ entries, ancestors, gate: "ci", fingerprint: HERE }).chosen).toHaveLength(20);
    const two = select({ entries, ancestors, gate: "ci", fingerprint: HERE, limit: 2 }).chosen;
    expect(names(two)).toEqual(["3:29.1", "3:28.1"]);
  });

  it("finds nothing in nothing", () => {
    const nothing = { chosen: [], others: 0, nearestOther: null };
    expect(select({ entries: [], ancestors, gate: "ci", fingerprint: HERE })).toEqual(nothing);
    expect(select({ entries: [entry(3)], ancestors: [], gate: "ci", fingerprint: HERE })).toEqual(nothing);
  });
});

describe("the description of entries", () => {
  it("puts the newest last by ancestry, strangers first", () => {
    const entries = [entry(5), entry(9), entry(3, "10"), entry(3, "9"), entry(8)];
    const rows = describeEntries(entries, [5, 4, 3].map(sha));
    expect(names(rows)).toEqual(["8:1.1", "9:1.1", "3:9.1", "3:10.1", "5:1.1"]);
    expect(rows.map((row) => row.behind)).toEqual([null, null, 2, 2, 0]);
  });

  it("goes by name where no ancestry is known", () => {
    expect(names(describeEntries([entry(5, "2"), entry(5, "1"), entry(3)]))).toEqual(["3:1.1", "5:1.1", "5:2.1"]);
  });
});
