import { describe, expect, it } from "vitest";
import { versionChanges } from "../../src/measure/ingredients/lockfiles.ts";

const npm = (a: string, inner: string) =>
  JSON.stringify({
    packages: {
      "": { version: "1.0.0" },
      "libs/own": { version: a },
      "node_modules/a": { version: a },
      "node_modules/@s/b": { version: "2.0.0" },
      "node_modules/@s/b/node_modules/a": { version: inner },
      "node_modules/own": { link: true },
    },
  });
const toml = (version: string) =>
  `version = 4\n\n[[package]]\nname = "a"\nversion = "${version}"\nsource = "registry"\n\n[[package]]\nname = "b"\nversion = "2.0.0"\n`;

/** Each changes `a` from 1.0.0 to 1.1.0, and nothing else. */
const ONE: readonly (readonly [path: string, text: (version: string) => string])[] = [
  ["package-lock.json", (version) => npm(version, version)],
  [
    "yarn.lock",
    (version) => `# yarn\n\na@^1.0.0, a@^1.0.1:\n  version "${version}"\n\n"@s/b@^2.0.0":\n  version "2.0.0"\n`,
  ],
  [
    "sub/yarn.lock",
    (version) =>
      `__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: ${version}\n  resolution: "a@npm:${version}"\n`,
  ],
  [
    "pnpm-lock.yaml",
    (version) =>
      `packages:\n\n  a@${version}:\n    resolution: {integrity: x}\n\n  '@s/b@2.0.0':\n    resolution: {}\n`,
  ],
  ["Cargo.lock", toml],
  ["uv.lock", toml],
  ["poetry.lock", (version) => toml(version).replaceAll("\n", "\r\n")],
  [
    "requirements-dev.txt",
    (version) => `# pinned\na[x] == ${version} ; python_version > "3"\nb==2.0.0 --hash=sha256:1\nc>=1\n`,
  ],
  ["Gemfile.lock", (version) => `GEM\n  specs:\n    a (${version})\n      b (>= 1)\n    b (2.0.0)\n`],
];

describe("what lockfiles say of a change", () => {
  it.each(ONE)("%s names the package and its versions", (path, text) => {
    expect(versionChanges(path, text("1.0.0"), text("1.1.0"))).toEqual([{ name: "a", from: "1.0.0", to: "1.1.0" }]);
    expect(versionChanges(path, text("1.0.0"), text("1.0.0"))).toEqual([]);
  });

  it("go.mod names modules, alone or in a block", () => {
    const text = (version: string) =>
      `module example.com/x\n\ngo 1.21\n\nrequire (\n\tgolang.org/x/text ${version}\n)\nrequire a.b/c ${version} // indirect\n`;
    expect(versionChanges("go.mod", text("v0.3.0"), text("v0.4.0")).map(({ name }) => name)).toEqual([
      "a.b/c",
      "golang.org/x/text",
    ]);
  });

  it("is new, gone, or one of several versions", () => {
    expect(versionChanges("package-lock.json", npm("1.0.0", "1.0.0"), npm("1.0.0", "0.9.0"))).toEqual([
      { name: "a", from: "1.0.0", to: "0.9.0, 1.0.0" },
    ]);
    expect(versionChanges("package-lock.json", null, npm("1.0.0", "1.0.0"))).toEqual([
      { name: "@s/b", from: null, to: "2.0.0" },
      { name: "a", from: null, to: "1.0.0" },
    ]);
  });

  it.each([
    ["pnpm-lock.yaml", `  a@1${"x".repeat(200_000)}\n`],
    ["go.mod", "\n".repeat(200_000)],
    ["go.mod", `\t${"a.".repeat(100_000)} x\n`],
    ["requirements.txt", "a[\n".repeat(100_000)],
    ["Gemfile.lock", "    a (\n".repeat(100_000)],
    ["yarn.lock", `"a@1:\n${"\n".repeat(200_000)}`],
    ["Cargo.lock", '[[package]]\nname = "\n'.repeat(100_000)],
  ])("is read in one go, whatever is written into %s", (path, text) => {
    expect(versionChanges(path, null, text)).toEqual([]);
  });

  it("of pnpm names no folder of the workspace", () => {
    const text = (folder: string) => `importers:\n\n  packages/@s/${folder}:\n    x: y\n`;
    expect(versionChanges("pnpm-lock.yaml", text("a"), text("b"))).toEqual([]);
    const peers = "packages:\n\n  '@s/b@2.0.0(c@1.0.0)':\n    x: y\n  /d@3.0.0:\n";
    expect(versionChanges("pnpm-lock.yaml", null, peers).map(({ name, to }) => `${name} ${to}`)).toEqual([
      "@s/b 2.0.0",
      "d 3.0.0",
    ]);
  });

  it("is nothing where nobody can read them", () => {
    expect(versionChanges("package-lock.json", "{", "[null]")).toEqual([]);
    expect(versionChanges("src/lock.ts", toml("1"), toml("2"))).toEqual([]);
  });
});
