import type { FlameTree, FunctionPlace } from "../model/explanation.ts";
import { largest } from "../model/extremes.ts";
import type { PlacedProfile } from "./place.ts";

/** Subtrees of less than this share of the whole, on either side, count for their caller. */
const LEAST = 0.0005;
/** The most nodes that are kept, the largest first. */
const MOST = 20_000;

interface Branch {
  readonly place: FunctionPlace;
  readonly children: Map<string, Branch>;
  readonly self: [baseline: number, candidate: number];
}

/** The call trees of both sides as one, averaged over rounds, for an operation where operations were counted. */
export function flameTree(baseline: readonly PlacedProfile[], candidate: readonly PlacedProfile[]): FlameTree {
  const root: Branch = branch({ name: "all", file: null, line: null });
  for (const [side, profiles] of [baseline, candidate].entries())
    for (const each of profiles) graft(root, each, side, profiles.length);
  const sums = new Map<Branch, number>();
  const sum = (at: Branch): number => {
    let total = largest(at.self);
    for (const child of at.children.values()) total += sum(child);
    sums.set(at, total);
    return total;
  };
  const all = sum(root);
  const sizes = [...sums.values()].sort((a, b) => b - a);
  const least = Math.max(LEAST * all, sizes[MOST] ?? 0);
  const frames: FunctionPlace[] = [];
  const places = new Map<string, number>();
  const nodes: [number, number, number, number][] = [];
  const write = (at: Branch, parent: number): void => {
    const name = JSON.stringify(at.place);
    const frame = places.get(name) ?? frames.push(at.place) - 1;
    places.set(name, frame);
    const own: [number, number, number, number] = [frame, parent, at.self[0], at.self[1]];
    const here = nodes.push(own) - 1;
    for (const child of at.children.values()) {
      if (sums.get(child)! >= least) write(child, here);
      else for (const each of [2, 3] as const) own[each] += total(child, each - 2);
    }
  };
  write(root, -1);
  return { frames, nodes: nodes.map(([frame, parent, a, b]) => [frame, parent, round(a), round(b)]) };
}

function branch(place: FunctionPlace): Branch {
  return { place, children: new Map(), self: [0, 0] };
}

function graft(root: Branch, { frames, nodes, runs }: PlacedProfile, side: number, rounds: number): void {
  const scale = 1 / rounds / (runs || 1);
  const places: Branch[] = [];
  for (const { frame, parent, weight } of nodes) {
    const above = parent < 0 ? root : places[parent]!;
    const { key, place, owner } = frames[frame]!;
    // The tool that runs the benchmark is one frame, however it is built.
    const here =
      owner === "tool" && above.place.name === place.name ? above : (above.children.get(key) ?? branch(place));
    if (here !== above) above.children.set(key, here);
    here.self[side]! += weight * scale;
    places.push(here);
  }
}

function total({ self, children }: Branch, side: number): number {
  let sum = self[side]!;
  for (const child of children.values()) sum += total(child, side);
  return sum;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
