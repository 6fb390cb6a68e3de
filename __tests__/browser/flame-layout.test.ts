import { describe, expect, it } from "vitest";
import { cellsOf, changeOf, layoutOf, matching, rowsOf } from "../../src/browser/flame-layout.ts";
import type { FlameTree } from "../../src/model/explanation.ts";
import { flameTree } from "./flame-example.ts";

const place = (name: string) => ({ name, file: `src/${name}.js`, line: 1 });

/** all → parse (2 → 6), which calls trim (1 → 1); all → gone (3 → 0). */
const TREE: FlameTree = {
  frames: [{ name: "all", file: null, line: null }, place("parse"), place("trim"), place("gone")],
  nodes: [
    [0, -1, 0, 0],
    [1, 0, 2, 6],
    [2, 1, 1, 1],
    [3, 0, 3, 0],
  ],
};

describe("a flame graph's frames", () => {
  const layout = layoutOf(TREE);

  it("are as wide as what they and their callees take on the side that is looked at", () => {
    expect([...layout.baseline]).toEqual([6, 3, 1, 3]);
    expect([...layout.candidate]).toEqual([7, 7, 1, 0]);
    const width = (view: "baseline" | "candidate", node: number) =>
      cellsOf(layout, view, 0, 0.001).find((cell) => cell.node === node)?.width;
    expect(width("baseline", 1)).toBeCloseTo(0.5, 9);
    expect(width("candidate", 1)).toBeCloseTo(1, 9);
    expect(width("candidate", 3)).toBeUndefined();
  });

  it("of the difference show what is gone, and never leave their caller", () => {
    const cells = cellsOf(layout, "difference", 0, 0.001);
    const of = (node: number) => cells.find((cell) => cell.node === node)!;
    expect(of(3).width).toBeCloseTo(0.3, 9);
    expect(of(3).from + of(3).width).toBeCloseTo(1, 9);
    expect([1, 2, 3].map((node) => changeOf(layout, node))).toEqual([0.4, 0, -1]);
  });

  it("below the one that is zoomed into fill the width, with the way down to it", () => {
    const cells = cellsOf(layout, "candidate", 1, 0.001);
    expect(cells.map(({ node, width, row }) => [node, width, row])).toEqual([
      [0, 1, 0],
      [1, 1, 1],
      [2, 1 / 7, 2],
    ]);
  });

  it("are found by name or file, and are no more than can be seen", () => {
    expect([...matching(layout, "trim.js")]).toEqual([2]);
    const large = layoutOf(flameTree(50_000));
    expect(cellsOf(large, "difference", 0, 1 / 1200).length).toBeLessThan(6_000);
  });

  it("are one row a function in the table, the largest difference first", () => {
    expect(rowsOf(TREE).map(({ frame }) => frame)).toEqual([1, 3, 0, 2]);
  });
});
