import { describe, expect, it } from "vitest";
import { ModuleNames } from "../../../src/measure/workloads/module-names.ts";

/** Modules with their benchmarks. */
function names(modules: Readonly<Record<string, readonly string[]>>): ModuleNames {
  const names = new ModuleNames();
  names.expect(Object.keys(modules));
  for (const [file, benchmarks] of Object.entries(modules)) names.note(file, benchmarks);
  return names;
}

describe("the names of a suite's modules", () => {
  it("are the benchmarks' own where no other module has them", () => {
    const known = names({ "a.js": ["json"], "b.js": ["xml"] });
    expect([known.nameOf("a.js", "json"), known.nameOf("b.js", "xml")]).toEqual(["json", "xml"]);
  });

  it("have as much of the path before them as tells them apart, where another has them", () => {
    const known = names({
      "packages/a/bench/main.js": ["json", "own"],
      "packages/b/bench/main.js": ["json"],
      "packages/b/bench/other.js": ["json"],
    });
    expect(known.nameOf("packages/a/bench/main.js", "json")).toBe("a/bench/main.js / json");
    expect(known.nameOf("packages/b/bench/main.js", "json")).toBe("b/bench/main.js / json");
    expect(known.nameOf("packages/b/bench/other.js", "json")).toBe("other.js / json");
    expect(known.nameOf("packages/a/bench/main.js", "own")).toBe("own");
  });

  it("stay as they are when the modules are seen again, and leave the failure of a whole module alone", () => {
    const known = names({ "a.js": ["json", "*"], "b.js": ["json", "*"] });
    known.expect(["a.js", "b.js"]);
    known.note("a.js", ["json"]);
    expect([known.nameOf("a.js", "json"), known.nameOf("a.js", "*")]).toEqual(["a.js / json", "*"]);
  });

  it("tell in which modules a benchmark of the suite may be", () => {
    const known = names({ "a.js": ["json"], "b.js": ["json", "xml"], "c.js": ["*"] });
    known.expect(["d.js"]);
    const holding = (name: string) => ["a.js", "b.js", "c.js", "d.js"].filter((file) => known.mayHold(file, [name]));
    expect(holding("b.js / json")).toEqual(["b.js", "c.js", "d.js"]);
    expect(holding("xml")).toEqual(["b.js", "c.js", "d.js"]);
  });
});
