import { beforeEach, describe, expect, it } from "vitest";
import { changedLevels } from "../../src/action/levels.ts";
import type { Opened } from "../../src/action/step.ts";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import type { BaselineStore } from "../../src/baseline/store.ts";
import { GateError } from "../../src/model/error.ts";
import { memoryFiles } from "../fakes/files.ts";
import { aRecording } from "../synthetic.ts";

const sha = (run: number) => run.toString(16).padStart(40, "0");
const recording = (run: number, level: number) =>
  aRecording({
    seed: run,
    session: `${run}`,
    rounds: 3,
    samples: 9,
    between: 0.01,
    sha: sha(run),
    benchmarks: { json: level, yaml: 1 },
  });

let store: BaselineStore;
beforeEach(() => {
  store = createDirectoryStore(memoryFiles(new Map()), "/store");
});

/** A step of a workflow, as far as the history is asked for. */
function opened(runs: number, said: string[] = []): Opened {
  const ancestors = Array.from({ length: runs }, (_, index) => sha(runs - 1 - index));
  return {
    store,
    inputs: { cell: null },
    event: {
      workflow: "Benchmarks",
      job: "bench",
      step: "",
      serverUrl: "https://github.com",
      repository: { owner: "octo-org", repo: "octo-repo" },
    },
    ports: { git: { ancestors: async () => ancestors } },
    step: { log: { info: (line: string) => void said.push(line) } },
  } as unknown as Opened;
}

/** Stores runs whose `json` steps up by 20 % at `step`, and looks at the history after each from there on. */
async function push(runs: number, step: number) {
  const found: [run: number, name: string, commits: string | null][] = [];
  for (let run = 0; run < runs; run++) {
    const newest = recording(run, run < step ? 1 : 1.2);
    await store.save(newest, { run: `${run}`, attempt: "1", gate: "benchmarks-bench" });
    if (run < step) continue;
    for (const { series, commits } of (await changedLevels(opened(run + 1), newest))!.found) {
      found.push([run, `${series.benchmark} ${series.statistic}`, commits]);
    }
  }
  return found;
}

describe("levels of the base branch", () => {
  it("are told of once, with the commits between, when a change has become certain", async () => {
    const found = await push(26, 12);
    expect(found.map(([, name]) => name)).toEqual(["json p50"]);
    expect(found[0]![0]).toBeLessThan(20);
    expect(found[0]![2]).toBe(`https://github.com/octo-org/octo-repo/compare/${sha(11)}...${sha(12)}`);
  });

  it("are nobody's concern where the history cannot be read: a push is worth no less", async () => {
    const said: string[] = [];
    const broken = { ...store, list: () => Promise.reject(new GateError("the remote is away", "Run again")) };
    expect(await changedLevels({ ...opened(1, said), store: broken }, recording(0, 1))).toBeNull();
    expect(said).toEqual(["benchgate: the history was not looked at: the remote is away. Run again"]);
  });
});
