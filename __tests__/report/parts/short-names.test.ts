import { describe, expect, it } from "vitest";
import { shortNames } from "../../../src/report/parts/short-names.ts";
import { displayWidth } from "../../../src/report/parts/width.ts";

describe("names in too little room", () => {
  it("are left as they are where all of them fit", () => {
    const names = ["bench / a", "bench / b"];
    expect(shortNames(names, 9)).toBe(names);
  });

  it("lose the beginning that all have in common, up to a boundary", () => {
    const before = "bench / github.com/example-org/router/benchmarks/";
    const names = ["PathClean", "PathCleanLong", "Global"].map((name) => before + name);
    expect(shortNames(names, 16)).toEqual(["…PathClean", "…PathCleanLong", "…Global"]);
  });

  it("keep the suite where there is room for it", () => {
    const names = ["PathClean", "Global"].map((name) => `bench / github.com/example-org/router/${name}`);
    expect(shortNames(names, 20)).toEqual(["bench / …PathClean", "bench / …Global"]);
    expect(shortNames(names, 16)).toEqual(["…PathClean", "…Global"]);
  });

  it("lose their middles where what is different is still too long, or where they begin in different ways", () => {
    expect(
      shortNames(["bench / parse a document of 1,000 lines", "bench / print a document of 1,000 lines"], 20),
    ).toEqual(["…parse…f 1,000 lines", "…print…f 1,000 lines"]);
    const names = ["api / the first of many", "cli / the second of many"];
    expect(shortNames(names, 16)).toEqual(["api /…st of many", "cli /…nd of many"]);
  });

  it("stay the same name where they are the same", () => {
    const twice = [
      "suite / a long name that is here twice",
      "suite / a long name that is here twice",
      "suite / another",
    ];
    const short = shortNames(twice, 16)!;
    expect(short[0]).toBe(short[1]);
    expect(short[2]).not.toBe(short[0]);
  });

  it("are given up where nothing tells them apart in so little room", () => {
    const names = Array.from(
      { length: 30 },
      (_, i) => `bench / ${"x".repeat(30)}${String.fromCharCode(97 + (i % 26))}${i}${"y".repeat(30)}`,
    );
    expect(shortNames(names, 16)).toBeNull();
  });

  it("never look alike where they differ, and never need more room than there is", () => {
    const groups = [
      ["encoder", "decoder"].flatMap((kind) =>
        [1, 2, 3].map((size) => `bench / fast-uri ${kind} benchmark of ${size} parts`),
      ),
      ["漢字の解析一", "漢字の解析二", "漢字の印刷"].map((name) => `bench / 長い名前の始まり ${name}`),
      ["a", "b"].map((part) => `bench / packages/${part}/bench/main.bench.js / json`),
    ];
    for (const names of groups) {
      for (let room = 4; room < 60; room++) {
        const short = shortNames(names, room);
        if (short === null) continue;
        expect(new Set(short).size).toBe(new Set(names).size);
        expect(Math.max(...short.map(displayWidth))).toBeLessThanOrEqual(room);
      }
      expect(shortNames(names, 30)).not.toBeNull();
    }
  });
});
