import { describe, expect, it } from "vitest";
import { outlineOf, resolvesAlike } from "../../../src/measure/same-code/difference.ts";
import { submodulesIn, whyInputsDiffer } from "../../../src/measure/same-code/inputs.ts";
import { readNotes } from "../../../src/measure/same-code/notes.ts";
import { type Watched, whyMeasured } from "../../../src/measure/same-code/why-measured.ts";
import type { Tree, TreeEntry } from "../../../src/ports/index.ts";

const file = (size: number, more: Partial<TreeEntry> = {}): TreeEntry => ({
  kind: "file",
  size,
  runs: false,
  to: "",
  links: 1,
  written: 0,
  inode: 1,
  ...more,
});
const tree = (entries: Readonly<Record<string, TreeEntry>>): Tree => new Map(Object.entries(entries));

describe("the outline of two trees", () => {
  it("tells what only one of them has, what is something else there, and what has another size, without a file being read", () => {
    const one = tree({
      gone: file(1),
      run: file(1),
      link: file(0, { kind: "link", to: "a" }),
      big: file(1),
      same: file(7),
    });
    const other = tree({
      come: file(1),
      run: file(1, { runs: true }),
      link: file(0, { kind: "link", to: "b" }),
      big: file(2),
      same: file(7),
    });

    const outline = outlineOf(one, other);

    expect({ ...outline, shape: [...outline.shape].sort() }).toEqual({
      shape: ["come", "gone", "link", "run"],
      resized: ["big"],
      alike: ["same"],
    });
  });

  it("takes for different what has no contents of its own, or no name that can be told", () => {
    const both = tree({ pipe: file(0, { kind: "other" }), "a\uFFFD": file(1) });

    expect(outlineOf(both, both).shape).toEqual(["pipe", "a\uFFFD"]);
  });
});

describe("a package.json", () => {
  it("leads to the same modules whatever its version, its scripts and its dependencies are", () => {
    expect(resolvesAlike('{"name":"p","version":"1"}', '{"name":"p","version":"2","scripts":{"a":"b"}}')).toBe(true);
  });

  it("does not where its exports stand in another order, or it cannot be read", () => {
    const exports = (order: string) => `{"exports":{${order}}}`;

    expect(resolvesAlike(exports('"node":"a","require":"b"'), exports('"require":"b","node":"a"'))).toBe(false);
    expect(resolvesAlike("{", "{")).toBe(false);
    expect(resolvesAlike(null, null)).toBe(false);
  });
});

/** A side that loaded its module and touched some paths of its tree, none of them by a link. */
function side(
  root: string,
  given: { touch?: string[]; ask?: string[]; list?: string[]; refuse?: string[]; read?: string[] } = {},
): Watched {
  const absolute = (paths: readonly string[] = []) =>
    paths.map((path) => (path.startsWith("/") ? path : `${root}/${path}`));
  const notes = {
    loaded: [`${root}/bench.mjs`],
    touched: absolute(given.touch),
    asked: absolute(given.ask),
    listed: absolute(given.list),
    refusals: given.refuse ?? [],
  };
  const ways = new Map(
    [...notes.loaded, ...notes.touched, ...notes.asked, ...notes.listed].map((path) => {
      const names = path.split("/").slice(1);
      return [
        path,
        { places: names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`), end: path === "/" ? "" : path },
      ] as const;
    }),
  );
  return { root, module: "bench.mjs", notes, ways, read: given.read ?? [] };
}
const both = (given: Parameters<typeof side>[1]): [Watched, Watched] => [side("/one", given), side("/two", given)];

describe("a module that was watched on both sides", () => {
  const changed = new Map([["src/a.js", "changed"]] as const);

  it("runs the same code where neither side touched what differs", () => {
    expect(whyMeasured(changed, both({ touch: ["src/b.js", "/usr/lib/x"], list: ["data"] }))).toBeNull();
  });

  it.each([
    ["what differs", { touch: ["src/a.js"] }, "touches src/a.js, which differs"],
    ["a folder that has it, by its names", { list: ["src"] }, "lists src, where src/a.js differs"],
    ["the tree as a whole", { list: ["/one", "/two"] }, "lists the whole tree, where src/a.js differs"],
    ["a folder above the tree", { list: ["/"] }, "lists the whole tree, where src/a.js differs"],
    ["what only the system saw being read", { read: ["src/a.js"] }, "reads src/a.js, which differs"],
    ["what Git keeps", { touch: [".git/HEAD"] }, "looks at /one/.git"],
    ["its own folder under another name", { touch: ["/proc/self/cwd/x"] }, "looks at /proc/self/cwd"],
    ["what cannot be seen", { refuse: ["connects to 10.0.0.1:80"] }, "connects to 10.0.0.1:80"],
  ])("is measured where it touched %s", (_, given, why) => {
    expect(whyMeasured(changed, both(given))).toBe(why);
  });

  it("is measured where it asked for the state of a folder that has another name in it, not of one with another file", () => {
    const difference = new Map([
      ["lib/new", "shape"],
      ["lib/deep/file", "shape"],
      ["src/a.js", "changed"],
    ] as const);

    expect(whyMeasured(difference, both({ ask: ["lib"] }))).toBe("asks about lib, where lib/new differs");
    expect(whyMeasured(difference, both({ ask: ["lib/"] }))).toBe("asks about lib, where lib/new differs");
    expect(whyMeasured(difference, both({ ask: ["src"] }))).toBeNull();
    expect(whyMeasured(difference, both({ touch: ["lib"] }))).toBeNull();
    expect(whyMeasured(new Map([["new", "shape"]] as const), both({ ask: ["/one", "/two"] }))).toContain("the tree");
  });

  it("is measured where something that is in reach of a changed package.json was touched", () => {
    const difference = new Map([["lib/package.json", "changed"]] as const);

    expect(whyMeasured(difference, both({ touch: ["lib/x.js"] }))).toContain("in reach of lib/package.json");
    expect(whyMeasured(difference, both({ touch: ["library/x.js"] }))).toBeNull();
  });

  it("is measured where a version was read by the program, and is not where Node alone saw it", () => {
    const difference = new Map([["package.json", "manifest"]] as const);

    expect(whyMeasured(difference, both({ touch: ["package.json"] }))).not.toBeNull();
    expect(whyMeasured(difference, both({ touch: ["x.js"], read: ["package.json"] }))).toBeNull();
  });

  it("is measured where the sides did not do the same, or the module was not seen", () => {
    const [one, two] = both({ touch: ["x"] });

    expect(whyMeasured(changed, [one, side("/two")])).toContain("touches x");
    expect(whyMeasured(changed, [one, { ...two, module: "other.mjs" }])).toBe("was not seen being loaded");
  });
});

describe("the recorder's notes", () => {
  it("are read by their kind", () => {
    expect(readNotes('["load","/a"]\n["touch","/b"]\n["ask","/d"]\n["list","/c"]\n["refuse","why"]\n')).toEqual({
      loaded: ["/a"],
      touched: ["/b"],
      asked: ["/d"],
      listed: ["/c"],
      refusals: ["why"],
    });
  });

  it.each(['["load"]', '["load",1]', "[]", "load /a", '["read","/a"]', '["load","/a","/b"]'])(
    "refuse what is none of them: %s",
    (line) => {
      expect(readNotes(line).refusals).toHaveLength(1);
    },
  );
});

describe("declared inputs", () => {
  const submodules = submodulesIn('[submodule "third"]\n\tpath = third/party\n\turl = ../party\n');
  const why = (path: string, places: readonly string[] = ["src/a.c"], config = "perf/gate.yml") =>
    whyInputsDiffer(new Map([[path, "changed"]] as const), new Set(places), { config, submodules });

  it("are the same where what differs is none of them", () => {
    expect(why("README.md")).toBeNull();
    expect(why("third/party.md")).toBeNull();
  });

  it.each([
    "src/a.c",
    "package-lock.json",
    "tools/go.sum",
    "Cargo.toml",
    "node_modules/q/index.js",
    "perf/gate.yml",
    "benchgate.yml",
    ".env",
    ".cargo/config.toml",
    "gradle/wrapper/gradle-wrapper.properties",
    ".java-version",
    "tsconfig.build.json",
    "build.rs",
    "WORKSPACE",
    "third/party",
    "third/party/src/x.c",
  ])("differ, or what they depend on does, in %s", (path) => {
    expect(why(path)).toContain(path);
  });

  it("differ where a folder on the way leads elsewhere", () => {
    expect(why("src", ["src", "src/a.c"])).toContain("src");
  });
});
