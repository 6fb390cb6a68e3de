import { describe, expect, it } from "vitest";
import { differenceOf } from "../../src/measure/ingredients/difference.ts";
import { manifestDifference, withDependenciesOf } from "../../src/measure/ingredients/manifest.ts";
import { ingredientOf } from "../../src/measure/ingredients/which.ts";
import type { Git, Trees } from "../../src/ports/index.ts";
import { memoryFiles } from "../fakes/files.ts";
import { gated, good, isProfiled } from "./profiling/kit.ts";

const manifest = (version: string, main: string) =>
  JSON.stringify({ name: "x", main, dependencies: { slug: version } });
const lock = (version: string) => `{"packages":{"node_modules/slug":{"version":"${version}"}}}`;

/** A change of everything: the code, a dependency and the version of Node. */
const files = {
  base: { "lib.js": "1", "package.json": manifest("1", "a"), "package-lock.json": lock("1"), ".nvmrc": "22" },
  head: { "lib.js": "2", "package.json": manifest("2", "b"), "package-lock.json": lock("2"), ".nvmrc": "24" },
};
const code = { ...files, head: { ...files.base, "lib.js": "2" } };
const dependency = { ...files, head: { ...files.base, "a.js": "", "package-lock.json": lock("2") } };
const setup = { kind: "argv", argv: ["npm", "ci"] } as const;

type Read = (path: string) => string | undefined;

/** Slower by 15 % where the dependency is the newer one. */
const byDependency = (read: Read) => (read("package-lock.json") === lock("2") ? 1150 : 1000);

describe("what a slowdown comes with, where it is asked for", () => {
  it("is what makes the base slower when it stands in the place of its own", async () => {
    const seen = new Set<string>();
    const { outcome } = await gated("deep", good, 0.01, {
      files,
      plan: { setup },
      together: (read, { argv }) => {
        if (argv[0] === "npm") seen.add(["lib.js", "package.json", "package-lock.json", ".nvmrc"].map(read).join(" "));
        return byDependency(read);
      },
    });
    expect([...seen]).toEqual([
      `2 ${JSON.stringify({ name: "x", main: "b", dependencies: { slug: "1" } }, null, 2)}\n ${lock("1")} 22`,
      `1 ${JSON.stringify({ name: "x", main: "a", dependencies: { slug: "2" } }, null, 2)}\n ${lock("2")} 22`,
      `1 ${manifest("1", "a")} ${lock("1")} 24`,
    ]);
    expect(outcome.explanations![0]!.carriage).toMatchObject({
      benchmark: "BenchmarkParse",
      carriers: { kind: "by", ingredients: ["dependencies"] },
      ingredients: [
        { ingredient: "code", files: [], state: "measured" },
        {
          ingredient: "dependencies",
          files: ["package-lock.json", "package.json"],
          versions: [{ name: "slug", from: "1", to: "2" }],
          state: "measured",
          rounds: 8,
        },
        { ingredient: "runtime", files: [".nvmrc"], state: "measured" },
      ],
    });
  });

  it("lists the first files of what is kept in the repository, and counts the others", async () => {
    const vendored = (text: string) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`vendor/${index + 10}.js`, text]));
    const { outcome } = await gated("deep", good, 0.01, {
      files: { base: vendored("1"), head: { "a.js": "", ...vendored("2") } },
    });
    const { files: listed, more } = outcome.explanations![0]!.carriage!.ingredients[1]!;
    expect([listed.length, listed[0], more]).toEqual([50, "vendor/10.js", 10]);
  });

  it("enters no recording that is compared, and changes no verdict", async () => {
    const never = await gated("never", good, 0.01, { files });
    const deep = await gated("deep", good, 0.01, { files, together: byDependency });
    expect(deep.specs.some(({ cwd }) => cwd.endsWith("/tree"))).toBe(true);
    expect(deep.comparisons).toEqual(never.comparisons);
    const { explanations: _, ...outcome } = deep.outcome;
    expect(outcome).toEqual(never.outcome);
  });

  it.each([
    ["code", code],
    ["dependencies", dependency],
  ])("is all that differs, which nothing is measured for: %s", async (ingredient, files) => {
    const { outcome, specs } = await gated("deep", good, 0.01, { files });
    expect(outcome.explanations).toMatchObject([
      { kind: "profiled", carriage: { carriers: { kind: "alone", ingredient } } },
    ]);
    expect(specs.some(({ cwd }) => cwd.endsWith("/tree"))).toBe(false);
  });

  it.each([
    [
      "does not install",
      (argv: readonly string[]) => (argv[0] === "npm" ? { exitCode: 1 } : 1000),
      /setup.*exited with code 1/,
    ],
    ["does not run", (argv: readonly string[]) => (argv[0] === "npm" ? 1000 : { exitCode: 7 }), /code 7/],
    [
      "does not end",
      (argv: readonly string[]) => (argv[0] === "npm" ? 1000 : { exitCode: null, timedOut: true }),
      /limit/,
    ],
  ] as const)("says so where the head's code %s with the base's dependencies", async (_, ends, reason) => {
    const { outcome } = await gated("deep", good, 0.01, {
      files,
      plan: { setup },
      together: (read, { argv }) => (read("lib.js") === "2" ? ends(argv) : byDependency(read)),
    });
    expect(outcome.explanations![0]!.carriage).toMatchObject({
      carriers: { kind: "by", ingredients: ["dependencies"] },
      ingredients: [{ state: "not-measured", reason: expect.stringMatching(reason) }, {}, {}],
    });
  });

  it("keeps the verdict where the trees cannot be compared, and says why", async () => {
    const broken = { files, git: () => ({ list: async () => Promise.reject(new Error("gone")) }) };
    const never = await gated("never", good, 0.01, broken);
    const { outcome } = await gated("deep", good, 0.01, broken);
    const { explanations, ...rest } = outcome;
    expect(rest).toEqual(never.outcome);
    expect(explanations).toMatchObject([
      { kind: "profiled", carriage: { carriers: { kind: "open" }, ingredients: [{ reason: "gone" }, {}, {}] } },
    ]);
  });

  it("says that a submodule is not put together from both sides", async () => {
    // Git lists it as one path; what is in it is there.
    const list = async () => ["a.js", "libs/sub"];
    const head = { ...files.head, "libs/sub/x.c": "2" };
    const base = { ...files.base, "libs/sub": "a commit", "libs/sub/x.c": "1" };
    const { outcome, specs } = await gated("deep", good, 0.01, { files: { base, head }, git: () => ({ list }) });
    expect(outcome.explanations![0]!.carriage).toMatchObject({
      carriers: { kind: "open" },
      ingredients: [{ reason: expect.stringMatching(/submodule libs\/sub/) }, {}, {}],
    });
    expect(specs.some(({ cwd }) => cwd.endsWith("/tree"))).toBe(false);
  });

  it("measures the others where one tree cannot be made", async () => {
    let trees = 0;
    const made = {
      files,
      together: byDependency,
      git: ({ worktree }: Git) => ({
        worktree: (...given: Parameters<Git["worktree"]>) => {
          // The first one is the base's own.
          if (++trees === 2) throw new TypeError("the disk is full");
          return worktree(...given);
        },
      }),
    };
    const { outcome, comparisons } = await gated("deep", good, 0.01, made);
    const never = await gated("never", good, 0.01, { files });
    expect(comparisons).toEqual(never.comparisons);
    expect(outcome.outcome).toBe(never.outcome.outcome);
    expect(outcome.explanations![0]!.carriage!.ingredients).toMatchObject([
      { state: "not-measured", reason: expect.stringMatching(/disk is full/) },
      { state: "measured" },
      { state: "measured" },
    ]);
  });

  it("makes no more trees once it is interrupted", async () => {
    const controller = new AbortController();
    const { outcome, specs } = await gated("deep", good, 0.01, {
      files,
      plan: { setup },
      signal: controller.signal,
      together: () => {
        controller.abort();
        return { exitCode: null, signal: "SIGTERM" };
      },
    });
    expect(specs.filter(({ cwd }) => cwd.endsWith("/tree"))).toHaveLength(1);
    const reason = "it was interrupted";
    expect(outcome.explanations![0]!.carriage).toMatchObject({
      carriers: { kind: "open" },
      ingredients: [{ reason }, { reason }, { reason }],
    });
  });

  it("leaves profiles half of the time, so that some is left to measure", async () => {
    const { outcome, specs } = await gated("deep", good, 7, { files, together: byDependency });
    expect(outcome.explanations).toMatchObject([{ reason: expect.stringMatching(/longer than the 60 s/) }]);
    expect(specs.some(({ cwd }) => cwd.endsWith("/tree"))).toBe(true);
  });

  it.each([
    [undefined, 120],
    [30, 30],
  ])("takes no more than what explaining a gate may take: %s", async (explainBudget, most) => {
    const plan = { setup, ...(explainBudget !== undefined && { explainBudget }) };
    const made = { files, plan, together: byDependency };
    const never = await gated("never", good, 2, made);
    const deep = await gated("deep", good, 2, made);
    expect(deep.seconds - never.seconds).toBeLessThanOrEqual(most);
    expect(deep.outcome.explanations!.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThanOrEqual(most);
    expect(deep.specs.some(({ cwd }) => cwd.endsWith("/tree"))).toBe(true);
    expect(deep.specs.some(isProfiled)).toBe(true);
  });
});

describe("what differs in two trees", () => {
  /** By what git lists of each side, all of which differs; a path is a folder where others lie below it, listed or there. */
  async function found(base: readonly string[], head: readonly string[], there: readonly string[] = []) {
    const lists: Readonly<Record<string, readonly string[]>> = { base, head };
    const read: string[] = [];
    const isFolder = (side: string, path: string) =>
      [...lists[side]!, ...there].some((each) => each.startsWith(`${path}/`));
    const folder = { kind: "folder", size: 0, runs: false, to: "", links: 1, written: 0, inode: 0 } as const;
    const trees: Pick<Trees, "unequal" | "look"> = {
      unequal: async (_, __, paths) => paths,
      look: async (root, paths) =>
        new Map(paths.filter((path) => isFolder(root.slice(1), path)).map((path) => [path, folder])),
    };
    const readTextIfAny = async (path: string) => {
      read.push(path);
      return null;
    };
    const ports = {
      git: { list: async (sha: string) => lists[sha]! } as Git,
      trees: trees as Trees,
      files: { ...memoryFiles(new Map()), readTextIfAny },
    };
    const sides = { baseline: { root: "/base", sha: "base" }, candidate: { root: "/head", sha: "head" } };
    return { difference: await differenceOf(ports, sides), read };
  }

  it("names a submodule of either side, and no folder that has the place of a file", async () => {
    const submodule = "a tree with the submodule lib is not put together from both sides";
    expect((await found(["lib"], ["lib"], ["lib/x.c"])).difference).toBe(submodule);
    expect((await found(["lib"], ["a.js"], ["lib/x.c"])).difference).toBe(submodule);
    expect((await found(["lib"], ["lib/x.js"])).difference).toMatchObject({ code: true });
    expect((await found(["lib/x.js"], ["lib"])).difference).toMatchObject({ code: true });
  });

  it("is read of lockfiles, and not of all that is kept beside the code", async () => {
    const paths = ["vendor/big.bin", "go.sum", "go.mod"];
    const { difference, read } = await found(paths, paths);
    expect(difference).toMatchObject({ code: false, dependencies: ["go.mod", "go.sum", "vendor/big.bin"] });
    expect(read).toEqual(["/base/go.mod", "/head/go.mod"]);
  });
});

describe("the ingredients of a change", () => {
  it.each([
    ["src/package.ts", "code"],
    ["packages/a/package.json", "manifest"],
    ["package-lock.json", "dependencies"],
    ["sub/requirements-dev.txt", "dependencies"],
    ["go.sum", "dependencies"],
    ["vendor/a/b.go", "dependencies"],
    ["a/node_modules/x/package.json", "dependencies"],
    ["src/vendor.ts", "code"],
    ["sub/.nvmrc", "runtime"],
    ["rust-toolchain.toml", "runtime"],
  ])("%s is of the %s", (path, ingredient) => {
    expect(ingredientOf(path)).toBe(ingredient);
  });

  it("are told apart within a package.json", () => {
    const text = '{"name":"x","dependencies":{"a":"1"}}';
    expect(manifestDifference(text, '{"dependencies":{"a":"1"},"name":"x"}')).toEqual({
      dependencies: false,
      rest: false,
    });
    expect(manifestDifference(text, '{"name":"x","dependencies":{"a":"2"}}')).toEqual({
      dependencies: true,
      rest: false,
    });
    expect(manifestDifference(text, '{"name":"y"}')).toEqual({ dependencies: true, rest: true });
    expect(manifestDifference(text, null)).toEqual({ dependencies: false, rest: true });
    expect(manifestDifference("{", "{")).toEqual({ dependencies: false, rest: false });
    expect(withDependenciesOf(text, '{"name":"y","overrides":{"b":"3"}}')).toBe(
      `${JSON.stringify({ name: "x", overrides: { b: "3" } }, null, 2)}\n`,
    );
    expect(withDependenciesOf(text, "[]")).toBeNull();
  });
});
