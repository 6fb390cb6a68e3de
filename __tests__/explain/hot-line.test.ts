import { describe, expect, it } from "vitest";
import { callLine, hotLine } from "../../src/explain/hot-line.ts";
import { Sources } from "../../src/explain/sources.ts";
import type { Tally } from "../../src/explain/tally.ts";
import { sourceFiles } from "./fixtures.ts";

const seen = (text: string, lines: readonly (readonly [line: number, weight: number])[], begins = 1) => {
  const path = `/repo/${text.length}.js`;
  const total = lines.reduce((sum, [, weight]) => sum + weight, 0);
  const tally: Tally = {
    self: new Map([["f", total]]),
    lines: new Map([["f", new Map(lines)]]),
    by: new Map(),
    total,
  };
  return { tallies: [tally], sources: new Sources(sourceFiles({ [path]: text })), path, begins };
};

const BEFORE = "function f(xs) {\n  return xs;\n}\n";
const AFTER = "function f(xs) {\n  const all = xs.map(twice);\n\n  bus.emit(all);\n  return all;\n}\nf.emit();\n";

describe("the line of a function", () => {
  it("is the one that takes most more, wherever the same line was before", async () => {
    expect(
      await hotLine(
        "f",
        seen(BEFORE, [[2, 9]]),
        seen(AFTER, [
          [5, 8],
          [4, 6],
        ]),
      ),
    ).toBe(5);
    expect(
      await hotLine(
        "f",
        seen(`${BEFORE}return all;`, [[4, 9]], 1),
        seen(AFTER, [
          [5, 10],
          [4, 6],
        ]),
      ),
    ).toBe(4);
  });

  it("is none where it begins: what has no line of its own is counted there", async () => {
    expect(
      await hotLine(
        "f",
        seen(BEFORE, [[1, 1]]),
        seen(AFTER, [
          [1, 90],
          [2, 5],
        ]),
      ),
    ).toBeNull();
    expect(
      await hotLine(
        "f",
        seen(BEFORE, [[1, 1]]),
        seen(AFTER, [
          [1, 70],
          [2, 30],
        ]),
      ),
    ).toBe(2);
  });

  it("is the only one that calls what of the runtime takes more", async () => {
    const after = seen(AFTER, []);
    expect(await callLine(after, ["emit (node:events)"])).toBe(4);
    expect(await callLine(after, ["other (node:a.b)", "Array.map"])).toBe(2);
    expect(await callLine(after, ["RegExp: x.emit"])).toBeNull();
    expect(await callLine(seen(AFTER.replace("return all", "// emit(all)"), []), ["emit"])).toBe(4);
    expect(await callLine(seen(AFTER.replace("bus.emit", "// emit"), []), ["emit"])).toBeNull();
    expect(await callLine(after, ["RegExp: emit", "(anonymous)", "em", "readFileUtf8"])).toBeNull();
    expect(await callLine(seen(AFTER.replace("return all", "return emit(all)"), []), ["emit"])).toBeNull();
    expect(await callLine({ ...after, begins: null }, ["emit"])).toBeNull();
    expect(await callLine({ ...after, path: null }, ["emit"])).toBeNull();
  });
});
