import { beforeAll, describe, expect, it } from "vitest";
import { createDirectoryStore } from "../../../src/baseline/directory-store.ts";
import { shardGate } from "../../../src/baseline/entry.ts";
import { toolsOf } from "../../../src/cli/mcp/tools.ts";
import { memoryFiles } from "../../fakes/files.ts";
import { fakeGit } from "../../fakes/git.ts";
import { aRecording } from "../../synthetic.ts";
import { aPlace, aWorld, type Place } from "../command-line.ts";

let place: Place;

beforeAll(async () => {
  const git = fakeGit("/here");
  place = aPlace({}, git);
  const store = createDirectoryStore(memoryFiles(place.files), "store");
  let tip: string | null = null;
  for (const run of ["1", "2", "3"]) {
    tip = git.commit(tip, { "file.txt": run });
    for (const [index, benchmark] of [
      [1, "json"],
      [2, "yaml"],
    ] as const) {
      const recording = aRecording({
        seed: index,
        rounds: 4,
        samples: 9,
        sha: tip,
        benchmarks: { [benchmark]: 0.001 },
      });
      const gate = shardGate("bench", { index, of: 2 });
      expect(await store.save(recording, { run, attempt: "1", gate })).toBeNull();
    }
  }
  git.head = tip!;
});

async function history(given: object) {
  const tool = toolsOf(aWorld(place)).find(({ name }) => name === "history")!;
  const call = { signal: new AbortController().signal, progress: () => {} };
  const { text, data } = await tool.call({ "baseline-directory": "store", ...given }, call);
  const { series } = data as { series: readonly { gate: string; benchmark: string; points: readonly unknown[] }[] };
  return {
    ...data,
    text,
    series: series.map(({ gate, benchmark, points }) => [gate, benchmark, points.length]),
  };
}

describe("the history that an assistant asks for", () => {
  it("has the shards of a gate under its name, and counts what they stored together as one run", async () => {
    expect(await history({ gate: "bench" })).toMatchObject({
      stored: 3,
      series: [
        ["bench", "json", 3],
        ["bench", "yaml", 3],
      ],
      text: expect.stringContaining("3 of 3 stored runs"),
      warnings: [],
    });
  });

  it("is of as many runs as are asked for, whole ones", async () => {
    expect(await history({ runs: 2 })).toMatchObject({
      series: [
        ["bench", "json", 2],
        ["bench", "yaml", 2],
      ],
      text: expect.stringContaining("2 of 3 stored runs"),
    });
  });

  it("has nothing of another gate", async () => {
    expect(await history({ gate: "another" })).toMatchObject({ stored: 0, series: [] });
  });

  it("goes on without what cannot be read, and names it", async () => {
    const [path] = [...place.files.keys()].filter((file) => file.includes(".bench--1-2."));
    const files = new Map(place.files);
    files.set(path!, "{");
    place = { ...place, files };
    expect(await history({})).toMatchObject({
      warnings: [{ code: "unreadable-baseline", entry: expect.stringContaining("bench--1-2") }],
      text: expect.stringContaining("3 of 3 stored runs"),
    });
  });
});
