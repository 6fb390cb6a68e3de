import { describe, expect, it } from "vitest";
import { costsOf, storedCosts } from "../../src/baseline/costs.ts";
import { entryPath, parseEntry, type StoredEntry, shardGate } from "../../src/baseline/entry.ts";
import type { BaselineStore } from "../../src/baseline/store.ts";
import type { Recording } from "../../src/model/recording.ts";
import { aRecording, withRounds } from "../synthetic.ts";

const sha = (digit: number): string => `${digit}`.repeat(40);

/** An hour of one day. */
const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

/** A recording, begun at an hour, whose benchmarks take these times, of which the suite took so many seconds a round. */
function took(benchmarks: Readonly<Record<string, number>>, seconds: number | null, commit = 1, begun = 0): Recording {
  const recording = aRecording({
    seed: 1,
    rounds: 3,
    benchmarks,
    between: 0,
    within: 0,
    samples: 100,
    sha: sha(commit),
  });
  const suite = seconds !== null && { seconds: [{ suite: "s", seconds }] };
  return withRounds(recording, (round) => ({ ...round, startedAt: at(begun), ...suite }));
}

describe("what benchmarks take", () => {
  it("is their part of what their suite took, by the time of their own samples", () => {
    const costs = costsOf([took({ quick: 0.001, slow: 0.003 }, 8)]);
    expect(costs.get("s/quick")).toBeCloseTo(2, 9);
    expect(costs.get("s/slow")).toBeCloseTo(6, 9);
  });

  it("is the time of their samples where nobody has timed the suite", () => {
    expect(costsOf([took({ quick: 0.001 }, null)]).get("s/quick")).toBeCloseTo(0.1, 9);
  });

  it("is what is usual in the suite for one whose samples are no times", () => {
    const [round] = took({ quick: 0.001, slow: 0.003 }, 9).rounds;
    const bytes = { ...round!.measurements[0]!, benchmark: "bytes", metric: "memory", unit: "B" };
    const recording = { ...took({}, 9), rounds: [{ ...round!, measurements: [...round!.measurements, bytes] }] };
    expect(costsOf([recording]).get("s/bytes")).toBeCloseTo(3, 9);
  });

  const entry = (commit: number, gate: string, fingerprint: string) =>
    parseEntry(entryPath({ sha: sha(commit), run: "1", attempt: "1", gate, fingerprint }))!;
  const storeOf = (held: ReadonlyMap<StoredEntry, Recording>): Pick<BaselineStore, "list" | "load"> => ({
    list: async () => [...held.keys()],
    load: async (entries) => ({
      recordings: entries.map((each) => ({ entry: each, recording: held.get(each)! })),
      warnings: [],
    }),
  });
  /** A line of commits, the newest first, with the hours at which they were made. */
  const line = (...hours: readonly number[]) => {
    const commits = hours.map((hour, index) => ({ sha: sha(hours.length - index), ref: "", committedAt: at(hour) }));
    return {
      git: {
        ancestors: async () => commits.map((each) => each.sha),
        revision: async (wanted: string) => commits.find((each) => each.sha === wanted) ?? null,
      },
    };
  };

  it("is looked up in the newest runs of all shards, on whatever machine, but not in those of the commit itself", async () => {
    const store = storeOf(
      new Map([
        [entry(2, shardGate("ci", { index: 1, of: 2 }), "aaaaaaaaaaaa"), took({ one: 0.001 }, 1, 2)],
        [entry(2, shardGate("ci", { index: 2, of: 2 }), "bbbbbbbbbbbb"), took({ two: 0.001 }, 5, 2)],
        [entry(3, "ci", "aaaaaaaaaaaa"), took({ newest: 0.001 }, 7, 3)],
        [entry(2, "other", "aaaaaaaaaaaa"), took({ other: 0.001 }, 7, 2)],
      ]),
    );
    const costs = await storedCosts(line(20, 10, 0), store, { gate: "ci", sha: sha(3) });
    expect(costs.get("s/one")).toBeCloseTo(1, 9);
    expect(costs.get("s/two")).toBeCloseTo(5, 9);
    expect(costs.size).toBe(2);
  });

  it("is the same for a shard that starts later, whatever has been stored of the last six hours since", async () => {
    const settled = [entry(1, "ci", "aaaaaaaaaaaa"), took({ one: 0.001 }, 1, 1)] as const;
    const between = [entry(2, "ci", "aaaaaaaaaaaa"), took({ one: 0.001 }, 9, 2)] as const;
    const asked = { gate: "ci", sha: sha(3) };
    const [first, later] = [
      await storedCosts(line(20, 15, 14), storeOf(new Map([settled])), asked),
      await storedCosts(line(20, 15, 14), storeOf(new Map([settled, between])), asked),
    ];
    expect([...first]).toEqual([["s/one", expect.closeTo(1, 9)]]);
    expect([...later]).toEqual([...first]);
    const older = await storedCosts(line(20, 14, 13), storeOf(new Map([settled, between])), asked);
    expect(older.get("s/one")).toBeCloseTo(5, 9);
  });

  it("is the same though an old commit was pushed, or measured again, while the shards start", async () => {
    const settled = [entry(1, "ci", "aaaaaaaaaaaa"), took({ one: 0.001 }, 1, 1)] as const;
    const since = [entry(2, "ci", "aaaaaaaaaaaa"), took({ one: 0.001 }, 9, 2, 19)] as const;
    const commits = line(20, 10, 0);
    const [first, later] = [
      await storedCosts(commits, storeOf(new Map([settled])), { gate: "ci", sha: sha(3) }),
      await storedCosts(commits, storeOf(new Map([settled, since])), { gate: "ci", sha: sha(3) }),
    ];
    expect([...first]).toEqual([["s/one", expect.closeTo(1, 9)]]);
    expect([...later]).toEqual([...first]);
  });
});
