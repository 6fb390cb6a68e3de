import type { PlacedFrame, PlacedProfile } from "./place.ts";

/** What a round saw of each function, by its key, in the profile's unit: for one operation where operations were counted, else for the round. */
export interface Tally {
  /** In the function itself, and in what of the runtime it called. */
  readonly self: ReadonlyMap<string, number>;
  /** The same by the line where it was, as far as lines are known. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** How much of it was in functions of the runtime, by their names. */
  readonly by: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly total: number;
}

/** Names under which runtimes collect garbage, where no function of the program's has called them. */
export const COLLECTORS: ReadonlySet<string> = new Set(["(garbage collector)", "runtime.gcBgMarkWorker"]);

/** Roots that V8 puts beside the program: nobody's function. */
export const IDLE = "(idle)";
export const PROGRAM = "(program)";

/** The function that a node counts for: the nearest one up the stack that is somebody's code, and the path of such functions down to it. */
interface Owned {
  readonly frame: PlacedFrame | null;
  /** The runtime's function just below it, by way of which the node was reached; null where it is itself. */
  readonly by: string | null;
}

/** For each node, whose time it is. Functions of the runtime are their caller's; what nobody's code called is the outermost one's, such as the collector's. */
export function ownersOf({ frames, nodes }: PlacedProfile): readonly Owned[] {
  const owned: Owned[] = [];
  for (const { frame, parent } of nodes) {
    const placed = frames[frame]!;
    const above = parent < 0 ? null : owned[parent]!;
    if (placed.owner !== "runtime" || above === null) {
      owned.push({ frame: placed, by: null });
    } else {
      owned.push({ frame: above.frame, by: above.by ?? placed.place.name });
    }
  }
  return owned;
}

/** The tally of a round. */
export function tallyOf(profile: PlacedProfile): Tally {
  const { nodes, runs } = profile;
  const owners = ownersOf(profile);
  const self = new Map<string, number>();
  const lines = new Map<string, Map<number, number>>();
  const by = new Map<string, Map<string, number>>();
  const scale = runs === undefined || runs === 0 ? 1 : 1 / runs;
  let total = 0;
  for (const [index, node] of nodes.entries()) {
    if (node.weight === 0) continue;
    const { frame, by: way } = owners[index]!;
    const key = frame!.key;
    const weight = node.weight * scale;
    total += weight;
    self.set(key, (self.get(key) ?? 0) + weight);
    if (way !== null) addTo(by, key, way, weight);
    else for (const [line, seen] of node.lines ?? []) addTo(lines, key, line, seen * scale);
  }
  return { self, lines, by, total };
}

function addTo<Name>(table: Map<string, Map<Name, number>>, key: string, name: Name, weight: number): void {
  const row = table.get(key) ?? new Map<Name, number>();
  row.set(name, (row.get(name) ?? 0) + weight);
  table.set(key, row);
}
