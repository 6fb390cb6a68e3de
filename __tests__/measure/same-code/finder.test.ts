import { describe, expect, it } from "vitest";
import type { SlotResult } from "../../../src/measure/execution.ts";
import type { MeasuredSide } from "../../../src/measure/recorder.ts";
import { SameCodeFinder } from "../../../src/measure/same-code/same-code.ts";
import type { Suite } from "../../../src/model/plan.ts";
import type { Host, TreeEntry, Trees } from "../../../src/ports/index.ts";
import { memoryFiles } from "../../fakes/files.ts";

const revision = { sha: "", ref: "", committedAt: "" };
const SIDES: readonly [MeasuredSide, MeasuredSide] = [
  { name: "baseline", cwd: "/one", revision },
  { name: "candidate", cwd: "/two", revision },
];
const BENCH: Suite = { name: "s", timeLimit: 60, workload: { kind: "bench", patterns: ["*.mjs"] } };
const RUN: Suite = {
  name: "r",
  timeLimit: 60,
  workload: { kind: "run", command: { kind: "argv", argv: ["x"] }, tool: "auto", output: null },
  inputs: ["src/**"],
};

const FILE: TreeEntry = { kind: "file", size: 1, runs: false, to: "", links: 1, written: 0, inode: 1 };

/** Two trees in memory. */
function world(one: Readonly<Record<string, string>>, two: Readonly<Record<string, string>>) {
  const texts = new Map<string, string>([
    ...Object.entries(one).map(([path, text]) => [`/one/${path}`, text] as const),
    ...Object.entries(two).map(([path, text]) => [`/two/${path}`, text] as const),
  ]);
  const trees: Trees = {
    real: async (folder) => folder,
    walk: async (folder) =>
      new Map(
        [...texts]
          .filter(([path]) => path.startsWith(`${folder}/`))
          .map(([path, { length }]) => [path.slice(folder.length + 1), { ...FILE, size: length }]),
      ),
    look: async () => new Map(),
    unequal: async (a, b, paths) => paths.filter((path) => texts.get(`${a}/${path}`) !== texts.get(`${b}/${path}`)),
    age: async () => null,
    ways: async (paths) => paths.map((path) => ({ places: [path], end: path })),
  };
  return { files: memoryFiles(texts), host: {} as Host, trees };
}

const begin = (
  ports: ReturnType<typeof world>,
  seed: number,
  needed = false,
  suites: readonly Suite[] = [BENCH, RUN],
) => SameCodeFinder.begin(ports, SIDES, ["/one", "/two"], { suites, seed, needed: () => needed, onFound: () => {} });

/** What a side's warm-up gave: the benchmarks of each module, and why it must be measured. */
function slot(modules: Readonly<Record<string, { names: readonly string[]; why: string | null }>>): SlotResult {
  return {
    measurements: Object.values(modules).flatMap(({ names }) =>
      names.map((benchmark) => ({
        suite: "s",
        benchmark,
        metric: "latency",
        unit: "s",
        better: "lower" as const,
        distribution: { kind: "value" as const, value: 1, exact: false },
      })),
    ),
    failures: [],
    modules: Object.entries(modules).map(([file, { names, why }]) => ({ file, benchmarks: names, why })),
  };
}
const results = (one: SlotResult, two = one) => new Map([["baseline", one] as const, ["candidate", two] as const]);

/** The first seed, from 1, by whose first draw something is, or is not, measured as a check. */
const LEAVES_OUT = 1;
const AUDITS = 18;

describe("what need not be measured", () => {
  it("is a module whose code is the same on both sides, as a whole; the suite is over where nothing else is in it", async () => {
    const finder = (await begin(world({}, {}), LEAVES_OUT, false, [BENCH]))!;

    finder.note("s", results(slot({ "a.mjs": { names: ["x", "y"], why: null } })));

    expect(await finder.settle()).toEqual(["s"]);
    expect(finder.modulesLeft("s")).toEqual(new Set(["a.mjs"]));
    expect(finder.compared.same.map(({ benchmark }) => benchmark)).toEqual(["x", "y"]);
  });

  it("leaves the suite's other modules to be measured", async () => {
    const finder = (await begin(world({}, {}), LEAVES_OUT, false, [BENCH]))!;
    const modules = { "a.mjs": { names: ["x"], why: null }, "b.mjs": { names: ["y"], why: "touches z" } };

    finder.note("s", results(slot(modules)));
    expect(await finder.settle()).toEqual([]);
    expect(finder.modulesLeft("s")).toEqual(new Set(["a.mjs"]));
  });

  it("is nothing that only one side has, nothing that has a limit, nothing of an empty module", async () => {
    const one = slot({ "a.mjs": { names: ["x"], why: null } });
    const two = slot({ "a.mjs": { names: ["x", "y"], why: null } });
    const none = slot({ "a.mjs": { names: [], why: null } });
    const limited = (await begin(world({}, {}), LEAVES_OUT, true, [BENCH]))!;
    const free = (await begin(world({}, {}), LEAVES_OUT, false, [BENCH]))!;

    free.note("s", results(one, two));
    expect(await free.settle()).toEqual([]);
    free.note("s", results(none));
    expect(await free.settle()).toEqual([]);
    limited.note("s", results(one));
    expect(await limited.settle()).toEqual([]);
    expect([...free.compared.same, ...limited.compared.same]).toEqual([]);
  });

  it("is a suite whose inputs are the same files on both sides", async () => {
    const finder = await begin(
      world({ "src/a": "1", "README.md": "1" }, { "src/a": "1", "README.md": "2" }),
      LEAVES_OUT,
    );

    expect(finder!.leavesOut("r")).toBe(true);
    expect(finder!.compared.same).toEqual([{ suite: "r", benchmark: "*", by: "inputs" }]);
  });

  it.each([
    ["an input that changed", { "src/a": "1" }, { "src/a": "2" }],
    ["an input that is new", { "src/a": "1" }, { "src/a": "1", "src/b": "" }],
    ["an input that has gone", { "src/a": "1", "src/b": "" }, { "src/a": "1" }],
    ["a dependency that changed", { "src/a": "1", "yarn.lock": "1" }, { "src/a": "1", "yarn.lock": "2" }],
    ["a command that changed", { "src/a": "1", x: "1" }, { "src/a": "1", x: "2" }],
    ["inputs that fit nothing", { "lib/a": "1" }, { "lib/a": "1" }],
  ])("is no suite with %s", async (_, one, two) => {
    const finder = await begin(world(one, two), LEAVES_OUT);

    expect(finder!.leavesOut("r")).toBe(false);
  });

  it("is no suite that something has to be measured of, whatever its inputs", async () => {
    const finder = await begin(world({ "src/a": "1" }, { "src/a": "1" }), LEAVES_OUT, true);

    expect(finder!.leavesOut("r")).toBe(false);
  });

  it("is measured all the same in one of twenty modules, whichever the seed draws", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `x${index}`);
    const modules = names.map((name) => [`${name}.mjs`, { names: [name], why: null }]);
    const audited = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const finder = (await begin(world({}, {}), seed, false, [BENCH]))!;
      finder.note("s", results(slot(Object.fromEntries(modules))));
      expect([await finder.settle(), finder.compared.audited.length, finder.compared.same.length]).toEqual([[], 1, 19]);
      for (const { benchmark } of finder.compared.audited) audited.add(benchmark);
    }
    expect(audited).toEqual(new Set(names));
  });

  it("cannot be told where trees cannot be compared, or one is a part of the other", async () => {
    const { trees: _, ...blind } = world({}, {});
    const options = { suites: [BENCH], seed: 1, needed: () => false, onFound: () => {} };

    expect(await SameCodeFinder.begin(blind, SIDES, ["/one", "/two"], options)).toBeNull();
    expect(await SameCodeFinder.begin(world({}, {}), SIDES, ["/one", "/one/two"], options)).toBeNull();
  });

  it("is watched from before any other module that Node is told to load first", async () => {
    const { trees, files } = world({}, {});
    const host = {
      recorder: "/r.cjs",
      preload: { url: "", options: "--require ./theirs.cjs" },
    } as Partial<Host> as Host;
    const ports = { files, host, trees: { ...trees, age: async () => async () => [] } };
    const watch = await (await begin(ports, 1, false, [BENCH]))!.watch("s", "a.mjs");

    expect(watch!.env("baseline", {}).NODE_OPTIONS).toBe('--require "/r.cjs" --require ./theirs.cjs');
    expect(watch!.env("baseline", { NODE_OPTIONS: "--require ./own.cjs" }).NODE_OPTIONS).toBe(
      '--require "/r.cjs" --require ./own.cjs',
    );
  });

  it.each([
    [
      "is no module that reads a file outside both trees on one side alone",
      ["cache/one", "cache/two"],
      "reads /cache/one, which the other side does not",
    ],
    ["is a module that looks for a file outside both trees that is not there", [], null],
    ["is a module that reads one file outside both trees on both sides", ["cache/one"], null],
  ])("%s", async (_, there, why) => {
    const { trees, files } = world({ "a.mjs": "" }, { "a.mjs": "" });
    const host = { recorder: "/r.cjs", preload: { url: "", options: "" } } as Partial<Host> as Host;
    const look: Trees["look"] = async (folder, paths) =>
      new Map(paths.filter((path) => folder === "" && there.includes(path)).map((path) => [path, FILE]));
    const ports = { files, host, trees: { ...trees, look, age: async () => async () => [] } };
    const watch = await (await begin(ports, LEAVES_OUT, false, [BENCH]))!.watch("s", "a.mjs");
    for (const [side, tree] of [
      ["baseline", "one"],
      ["candidate", "two"],
    ] as const) {
      const outside = there.length === 1 ? there[0] : `cache/${tree}`;
      const notes = [
        ["load", `/${tree}/a.mjs`],
        ["touch", `/${outside}`],
      ];
      await files.write(
        watch!.env(side, {}).BENCHGATE_TOUCHED!,
        notes.map((note) => `${JSON.stringify(note)}\n`).join(""),
      );
    }

    expect(await watch!.end()).toBe(why);
  });

  /** A module of which both sides looked for a file that is not there, and whatever is written later. */
  const lookedFor = async (seed = LEAVES_OUT) => {
    const { trees, files } = world({ "a.mjs": "" }, { "a.mjs": "" });
    const host = { recorder: "/r.cjs", preload: { url: "", options: "" } } as Partial<Host> as Host;
    const later = new Set<string>();
    const look: Trees["look"] = async (folder, paths) =>
      new Map(paths.filter((path) => later.has(`${folder}/${path}`)).map((path) => [path, FILE]));
    const ports = { files, host, trees: { ...trees, look, age: async () => async () => [] } };
    const finder = (await begin(ports, seed, false, [BENCH]))!;
    const watch = await finder.watch("s", "a.mjs");
    for (const [side, tree] of [
      ["baseline", "one"],
      ["candidate", "two"],
    ] as const) {
      const notes = `["load","/${tree}/a.mjs"]\n["touch","/${tree}/gen/n"]\n`;
      await files.write(watch!.env(side, {}).BENCHGATE_TOUCHED!, notes);
    }
    const why = await watch!.end();
    finder.note("s", results(slot({ "a.mjs": { names: ["x"], why } })));
    return { finder, why, later };
  };

  it("is no module that looked for what a later one has written since, be it on both sides", async () => {
    for (const written of [["/two/gen/n"], ["/one/gen/n", "/two/gen/n"]]) {
      const { finder, why, later } = await lookedFor();
      for (const path of written) later.add(path);

      expect([why, await finder.settle(), finder.compared.same]).toEqual([null, [], []]);
    }
  });

  it("is measured after all where a round of another has written what it looked for", async () => {
    const { finder, later } = await lookedFor();
    expect(await finder.settle()).toEqual(["s"]);
    expect(await finder.takeBack()).toEqual(new Map());
    later.add("/two/gen/n");

    expect(await finder.doubts({})).toEqual([{ code: "same-code-late", suite: "s", file: "a.mjs", path: "gen/n" }]);
    expect(await finder.takeBack()).toEqual(new Map([["s", ["x"]]]));
    expect(finder.modulesLeft("s")).toEqual(new Set());
    expect(finder.compared.same).toEqual([]);
    const { measurements } = slot({ "a.mjs": { names: ["x"], why: null } });
    const environment = { os: "linux", arch: "x64", cpu: "c", cores: 2, runtime: "node" };
    const round = { session: "", pair: 0, startedAt: "", measurements, failures: [] };
    expect(await finder.doubts({ candidate: { revision, environment, rounds: [round] } })).toEqual([]);
  });

  it("goes on as a check, and no longer as the same code, where a round has written what it looked for, in time or at the end", async () => {
    for (const inTime of [true, false]) {
      const { finder, later } = await lookedFor(AUDITS);
      expect([await finder.settle(), finder.modulesLeft("s"), await finder.lateAudits()]).toEqual([[], new Set(), []]);
      expect(finder.settling).toEqual([{ suite: "s", benchmark: "x", by: "closure" }]);
      later.add("/two/gen/n");

      if (inTime) expect(await finder.lateAudits()).toMatchObject([{ suite: "s", benchmarks: ["x"] }]);
      else expect(await finder.doubts({})).toEqual([]);
      expect([await finder.lateAudits(), await finder.takeBack()]).toEqual([[], new Map()]);
      expect(finder.compared).toEqual({
        same: [],
        audited: [{ suite: "s", benchmark: "x", by: "closure", late: true }],
      });
    }
  });

  /** A suite whose declared inputs are the same on both sides until one of them is written. */
  const declaring = async (seed: number) => {
    const { files, host, trees } = world({ "src/a": "1" }, { "src/a": "1" });
    let size = 1;
    const look: Trees["look"] = async (folder, paths) =>
      new Map(paths.map((path) => [path, { ...FILE, size: folder === "/two" ? size : 1 }]));
    const finder = (await begin({ files, host, trees: { ...trees, look } }, seed))!;
    const write = () => {
      size = 2;
    };
    return { finder, write };
  };

  it("is measured until it is decided where its inputs were declared, and no longer the same where they differ in the end", async () => {
    const { finder, write } = await declaring(AUDITS);

    expect(await finder.doubts({})).toEqual([]);
    expect([finder.settling, finder.compared.audited]).toEqual([[], [{ suite: "r", benchmark: "*", by: "inputs" }]]);
    write();
    expect(await finder.doubts({})).toEqual([]);
    expect(finder.compared.audited).toMatchObject([{ late: true }]);
  });

  it("is told of where the inputs of a suite that was not measured differ in the end", async () => {
    const { finder, write } = await declaring(LEAVES_OUT);

    expect(await finder.doubts({})).toEqual([]);
    write();
    expect(await finder.doubts({})).toEqual([{ code: "same-code-late", suite: "r", file: null, path: "src/a" }]);
  });

  it("is no suite whose submodule differs, though that is none of its inputs", async () => {
    const modules = { ".gitmodules": '[submodule "dep"]\n\tpath = dep\n', "src/a": "1" };
    const finder = await begin(world({ ...modules, "dep/x.c": "1" }, { ...modules, "dep/x.c": "2" }), LEAVES_OUT);

    expect(finder!.leavesOut("r")).toBe(false);
  });

  it("is not watched where the system does not note who reads", async () => {
    const ports = world({}, {});
    const host = { recorder: "/r.cjs", preload: { url: "", options: "" } } as Partial<Host> as Host;
    const finder = await begin({ ...ports, host }, 1, false, [BENCH]);

    expect(await finder!.watch("s", "a.mjs")).toBeNull();
  });
});
