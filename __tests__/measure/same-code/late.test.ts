import { describe, expect, it } from "vitest";
import { measure } from "../../../src/measure/measure.ts";
import type { MeasuredSide } from "../../../src/measure/recorder.ts";
import { SameCodeFinder } from "../../../src/measure/same-code/same-code.ts";
import type { Suite } from "../../../src/model/plan.ts";
import type { Recording } from "../../../src/model/recording.ts";
import type { ProcessSpec, TreeEntry, Trees } from "../../../src/ports/index.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { memoryFiles } from "../../fakes/files.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { fakeProcesses } from "../../fakes/processes.ts";

const revision = { sha: "", ref: "", committedAt: "" };
const SIDES: readonly [MeasuredSide, MeasuredSide] = [
  { name: "baseline", cwd: "/base", revision },
  { name: "candidate", cwd: "/head", revision },
];
const READS: Suite = { name: "reads", timeLimit: 60, workload: { kind: "bench", patterns: ["*.mjs"] } };
const tool = (name: string): Suite => ({
  name,
  timeLimit: 60,
  workload: { kind: "run", command: { kind: "argv", argv: [name] }, tool: "auto", output: null },
});
const FILE: TreeEntry = { kind: "file", size: 1, runs: false, to: "", links: 1, written: 0, inode: 1 };
const RESULT = JSON.stringify({
  schema: "benchgate.recording/1",
  rounds: [{ measurements: [{ benchmark: "x", metric: "latency", unit: "s", better: "lower", samples: [1] }] }],
});

/**
 * Measures a module that looks for `gen/n` and is the same code, followed by two suites of which one (`writes`) writes that in its round `written` and from then on.
 * A look goes on with whatever was measured. The pairs of which the module's benchmark was recorded, and what is said in the end.
 */
async function late(written: number, { rounds = 6, looks = [] as readonly number[] } = {}) {
  const texts = new Map(SIDES.map(({ cwd }) => [`${cwd}/a.mjs`, ""]));
  const files = memoryFiles(texts);
  const processes = fakeProcesses(({ argv, cwd, env }: ProcessSpec) => {
    if (argv[0] === "writes" && Number(env.BENCHGATE_ROUND) >= written) texts.set(`${cwd}/gen/n`, "");
    if (argv[0] === "writes" || argv[0] === "other")
      return { stdout: `test ${argv[0]} ... bench: 1 ns/iter (+/- 0)\n` };
    texts.set(env.BENCHGATE_OUTPUT!, RESULT);
    if (env.BENCHGATE_TOUCHED !== undefined)
      texts.set(env.BENCHGATE_TOUCHED, `["load","${cwd}/a.mjs"]\n["touch","${cwd}/gen/n"]\n`);
    return {};
  });
  const trees: Trees = {
    real: async (folder) => folder,
    walk: async () => new Map(),
    look: async (folder, paths) =>
      new Map(paths.flatMap((path) => (texts.has(`${folder}/${path}`) ? [[path, FILE] as const] : []))),
    unequal: async () => [],
    age: async () => async () => [],
    ways: async (paths) => paths.map((path) => ({ places: [path], end: path })),
  };
  const environment = { os: "win32", arch: "x64", cpu: "c", cores: 2, runtime: "node 24.19.0" };
  const host = {
    cwd: "/head",
    harness: "/dist/harness.js",
    recorder: "/r.cjs",
    preload: { url: "", options: "" },
    random: () => 0.5,
    environment: async () => environment,
  };
  const ports = { files, processes, trees, host, clock: fakeClock(), network: fakeNetwork() };
  const suites = [READS, tool("writes"), tool("other")];
  // By this seed the module is not one of the twentieth that is measured all the same.
  const asked = { suites, seed: 1, needed: () => false, onFound: () => {} };
  const sameCode = (await SameCodeFinder.begin(ports, SIDES, ["/base", "/head"], asked))!;
  const namesIn = (recording: Recording | undefined) =>
    new Map(
      suites.flatMap(({ name }) => {
        const own = recording!.rounds.flatMap(({ measurements }) => measurements).filter((each) => each.suite === name);
        return own.length === 0 ? [] : [[name, [...new Set(own.map(({ benchmark }) => benchmark))]] as const];
      }),
    );
  const { recordings, warnings, code } = await measure(ports, {
    suites,
    sides: SIDES,
    rounds,
    timeBudget: null,
    seed: 1,
    session: "run/1",
    looks: { at: looks, open: ({ candidate }) => ({ open: namesIn(candidate), slower: 0, fine: 0, of: 3 }) },
    sameCode,
  });
  const pairs = ({ rounds: all }: Recording) =>
    all.flatMap(({ pair, measurements }) => (measurements.some(({ suite }) => suite === "reads") ? [pair] : []));
  return {
    pairs: pairs(recordings.candidate!),
    onBase: pairs(recordings.baseline!),
    warnings,
    same: code!.same.map(({ benchmark }) => benchmark),
  };
}

describe("a module whose files are written while others are measured", () => {
  it("is left out where nothing is written", async () => {
    expect(await late(99)).toEqual({ pairs: [], onBase: [], warnings: [], same: ["x"] });
  });

  it("is measured on both sides from the next pair on", async () => {
    expect(await late(3)).toEqual({ pairs: [3, 4, 5], onBase: [3, 4, 5], warnings: [], same: [] });
  });

  it("has a turn before a look that would end what it knows nothing of", async () => {
    for (const look of [2, 3, 4])
      expect(await late(3, { looks: [look] })).toEqual({ pairs: [3, 4, 5], onBase: [3, 4, 5], warnings: [], same: [] });
  });

  it("is told of where they are written in the last pair, and stays among what was not measured", async () => {
    const warning = { code: "same-code-late", suite: "reads", file: "a.mjs", path: "gen/n" };
    expect(await late(6)).toEqual({ pairs: [], onBase: [], warnings: [warning], same: ["x"] });
  });
});
