import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFiles } from "../../src/io/files.ts";
import { createGit } from "../../src/io/git/git.ts";
import { definitionFolders, takeOverDefinitions } from "../../src/measure/definitions.ts";
import type { Suite } from "../../src/model/plan.ts";
import { GIT_ENV, git, project, temporaryFolder } from "../baseline/repositories.ts";

describe("the folders of benchmarks", () => {
  it.each([
    [["bench/a.bench.ts", "bench/deep/er/b.bench.ts"], ["bench"]],
    [
      ["packages/a/benchmarks/x.ts", "packages/b/benchmarks/x.ts"],
      ["packages/a/benchmarks", "packages/b/benchmarks"],
    ],
    // A product may be called "benchmark": the nearest folder counts, not the outermost.
    [["packages/benchmark/bench/x.ts"], ["packages/benchmark/bench"]],
    [["bench/x.ts", "bench/more/bench/y.ts"], ["bench"]],
    [["src/parse.bench.ts", "a.bench.ts", "test/perf/x.ts"], []],
    [["src/bench/run.bench.ts", "lib/benchmark/x.ts"], []],
    [["src/parse/__bench__/x.ts"], ["src/parse/__bench__"]],
    [["bench/src/x.ts"], ["bench"]],
    [["workbench/x.ts", "Benchmarks/x.ts"], ["Benchmarks"]],
  ])("of %j are %j", (files, folders) => {
    expect(definitionFolders(files)).toEqual(folders);
  });
});

const suites = (...patterns: string[]): Suite[] => [
  { name: "s", timeLimit: 60, workload: { kind: "bench", patterns } },
  {
    name: "other",
    timeLimit: 60,
    workload: { kind: "run", command: { kind: "argv", argv: ["true"] }, tool: "auto", output: null },
  },
];

function write(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** A repository with `base` committed, a worktree of that, and `head` written on top, uncommitted. */
async function sides(base: Record<string, string | Uint8Array>, head: Record<string, string | Uint8Array>) {
  const { path } = project(1);
  write(path, base);
  git(path, "add", "-A");
  git(path, "commit", "-q", "-m", "base");
  const port = createGit({ cwd: path, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() });
  const other = join(temporaryFolder(), "tree");
  await port.worktree("HEAD", other);
  write(path, head);
  const take = (patterns: string[], below = "") =>
    takeOverDefinitions(
      { files: createFiles(), git: port },
      suites(...patterns),
      join(path, below),
      join(other, below),
    );
  return { path, other, take, text: (file: string) => readFileSync(join(other, file), "utf8") };
}

describe("taking definitions over", () => {
  it("gives the other side files that match, their helpers and data, byte for byte, and leaves its code alone", async () => {
    const binary = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const { path, other, take, text } = await sides(
      { "bench/a.bench.mjs": "old", "bench/helper.mjs": "old", "bench/stale.json": "{}", "src/code.mjs": "old" },
      { "bench/a.bench.mjs": "new", "bench/helper.mjs": "new", "bench/data/x.bin": binary, "src/code.mjs": "new" },
    );
    git(path, "rm", "-q", "bench/stale.json");
    writeFileSync(join(path, "bench/run.sh"), "#!/bin/sh\n");
    chmodSync(join(path, "bench/run.sh"), 0o755);
    symlinkSync("data/x.bin", join(path, "bench/link"));
    expect(await take(["bench/**/*.bench.mjs"])).toEqual([]);
    expect(["bench/a.bench.mjs", "bench/helper.mjs", "src/code.mjs"].map(text)).toEqual(["new", "new", "old"]);
    expect(Uint8Array.from(readFileSync(join(other, "bench/data/x.bin")))).toEqual(binary);
    expect(existsSync(join(other, "bench/stale.json"))).toBe(false);
    expect(statSync(join(other, "bench/run.sh")).mode & 0o111).not.toBe(0);
    expect(lstatSync(join(other, "bench/link")).isSymbolicLink()).toBe(true);
  });

  it("does not take what git ignores: what was built or installed on one side is that side's own", async () => {
    const { other, take } = await sides(
      { ".gitignore": "node_modules\n", "bench/a.bench.mjs": "old" },
      { "bench/a.bench.mjs": "new", "bench/node_modules/dep/index.js": "x" },
    );
    await take(["bench/*.bench.mjs"]);
    expect(existsSync(join(other, "bench/node_modules"))).toBe(false);
  });

  it("takes only the files that match where they lie among the code under test", async () => {
    const { take, text } = await sides(
      { "src/a.bench.mjs": "old", "src/code.mjs": "old", "b.bench.mjs": "old", "code.mjs": "old" },
      { "src/a.bench.mjs": "new", "src/code.mjs": "new", "b.bench.mjs": "new", "code.mjs": "new" },
    );
    await take(["**/*.bench.mjs"]);
    expect(["src/a.bench.mjs", "src/code.mjs", "b.bench.mjs", "code.mjs"].map(text)).toEqual([
      "new",
      "old",
      "new",
      "old",
    ]);
  });

  it.each([
    ["a product of that name", '{ "name": "benchmark", "exports": "./index.mjs" }', "old"],
    ["a manifest that cannot be read", "{", "old"],
    ["a private package of benchmarks", '{ "private": true, "dependencies": {} }', "new"],
  ])("knows %s by its manifest", async (_, manifest, index) => {
    const { take, text } = await sides(
      { "benchmark/package.json": manifest, "benchmark/index.mjs": "old", "benchmark/test/x.bench.mjs": "old" },
      { "benchmark/index.mjs": "new", "benchmark/test/x.bench.mjs": "new" },
    );
    await take(["benchmark/**/*.bench.mjs"]);
    expect(["benchmark/index.mjs", "benchmark/test/x.bench.mjs"].map(text)).toEqual([index, "new"]);
  });

  it("tells of definitions that are gone, and removes them, in the subfolder where both sides run", async () => {
    const { path, other, take, text } = await sides(
      { "sub/bench/a.bench.mjs": "old", "bench/a.bench.mjs": "root" },
      { "sub/bench/b.bench.mjs": "new" },
    );
    git(path, "rm", "-q", "sub/bench/a.bench.mjs");
    expect(await take(["bench/*.bench.mjs"], "sub")).toEqual(["bench/a.bench.mjs"]);
    expect(existsSync(join(other, "sub/bench/a.bench.mjs"))).toBe(false);
    expect([text("sub/bench/b.bench.mjs"), text("bench/a.bench.mjs")]).toEqual(["new", "root"]);
  });
});
