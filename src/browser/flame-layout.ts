import type { FlameTree } from "../model/explanation.ts";

/** Which side gives the frames their width. */
export type FlameView = "difference" | "baseline" | "candidate";

/** A call tree ready to be drawn: one entry a node, a parent before its children. */
export interface FlameLayout {
  readonly tree: FlameTree;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** What each node and all below it took on each side. */
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  /** Children of each node, largest first. */
  readonly children: readonly (readonly number[])[];
  readonly deepest: number;
}

/** A frame that can be seen: its place as shares of the width, and its row. */
export interface Cell {
  readonly node: number;
  readonly from: number;
  readonly width: number;
  readonly row: number;
}

export function layoutOf(tree: FlameTree): FlameLayout {
  const count = tree.nodes.length;
  const [parent, depth] = [new Int32Array(count), new Int32Array(count)];
  const [baseline, candidate] = [new Float64Array(count), new Float64Array(count)];
  const children: number[][] = Array.from({ length: count }, () => []);
  let deepest = 0;
  for (const [index, [, above, before, after]] of tree.nodes.entries()) {
    parent[index] = above;
    baseline[index] = before;
    candidate[index] = after;
    if (above < 0) continue;
    depth[index] = depth[above]! + 1;
    deepest = Math.max(deepest, depth[index]!);
    children[above]!.push(index);
  }
  for (let index = count - 1; index > 0; index--) {
    const above = parent[index]!;
    if (above < 0) continue;
    baseline[above]! += baseline[index]!;
    candidate[above]! += candidate[index]!;
  }
  const size = (node: number) => Math.max(baseline[node]!, candidate[node]!);
  for (const each of children) each.sort((a, b) => size(b) - size(a));
  return { tree, parent, depth, baseline, candidate, children, deepest };
}

/** What gives a node its width. Of the difference that is the larger side, so that what is gone can be seen. */
function sizeOf({ baseline, candidate }: FlameLayout, view: FlameView, node: number): number {
  if (view !== "difference") return (view === "baseline" ? baseline : candidate)[node]!;
  return Math.max(baseline[node]!, candidate[node]!);
}

/** The frames of the tree below `root` that are at least `least` wide, as a share of the width; the way down to `root` fills it. */
export function cellsOf(layout: FlameLayout, view: FlameView, root: number, least: number): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = layout.parent[root]!; at >= 0; at = layout.parent[at]!) {
    cells.push({ node: at, from: 0, width: 1, row: layout.depth[at]! });
  }
  const stack: Cell[] = [{ node: root, from: 0, width: 1, row: layout.depth[root]! }];
  for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
    cells.push(cell);
    const { node, width, row } = cell;
    const sizes = layout.children[node]!.map((child) => sizeOf(layout, view, child));
    // Where both sides have what the other has not, the larger sides are more than their parent.
    const whole = Math.max(
      sizeOf(layout, view, node),
      sizes.reduce((sum, size) => sum + size, 0),
    );
    let from = cell.from;
    for (const [index, child] of layout.children[node]!.entries()) {
      const share = whole > 0 ? (width * sizes[index]!) / whole : 0;
      if (share < least) break;
      stack.push({ node: child, from, width: share, row: row + 1 });
      from += share;
    }
  }
  return cells;
}

/** By how much a node takes more than it did, from −1 (gone) to 1 (new), half where one side is three times the other. */
export function changeOf({ baseline, candidate }: FlameLayout, node: number): number {
  const [before, after] = [baseline[node]!, candidate[node]!];
  return before + after === 0 ? 0 : (after - before) / (after + before);
}

/** Nodes whose function's name or file holds a text, in lower case. */
export function matching({ tree }: FlameLayout, text: string): ReadonlySet<number> {
  const frames = new Set<number>();
  for (const [index, { name, file }] of tree.frames.entries()) {
    if (`${name} ${file ?? ""}`.toLowerCase().includes(text)) frames.add(index);
  }
  return new Set(tree.nodes.flatMap(([frame], index) => (frames.has(frame) ? [index] : [])));
}

/** A function, whatever its stacks, and what it takes itself on each side. */
export interface FlameRow {
  readonly frame: number;
  readonly baseline: number;
  readonly candidate: number;
}

/** What every function takes itself, the largest difference first. */
export function rowsOf({ nodes }: FlameTree): readonly FlameRow[] {
  const sums = new Map<number, { baseline: number; candidate: number }>();
  for (const [frame, , before, after] of nodes) {
    const sum = sums.get(frame) ?? { baseline: 0, candidate: 0 };
    sum.baseline += before;
    sum.candidate += after;
    sums.set(frame, sum);
  }
  return [...sums]
    .map(([frame, sum]) => ({ frame, ...sum }))
    .sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline));
}
