import type { UsageName } from "../model/explanation.ts";

/** Whose code a frame is: a file that has a place, the runtime's own (builtins, its library, the collector), or the tool's that runs the benchmark. */
export type Owner = "code" | "runtime" | "tool";

/** A function in a profile. `line` is where it begins, from 1; null where that is not known. */
export interface Frame {
  readonly name: string;
  /** As the profiler wrote it, without a scheme; null where it has none. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column?: number;
  readonly owner: Owner;
}

/** A node of a call tree. */
interface ProfileNode {
  /** The place of its frame in `frames`. */
  readonly frame: number;
  /** The place of its caller in `nodes`, before its own; -1 where it has none. */
  readonly parent: number;
  /** What was seen in it itself, its callees left out, in the profile's unit. */
  readonly weight: number;
  /** How much of the weight was seen on which line; absent where that is not known. */
  readonly lines?: ReadonlyMap<number, number>;
}

/** Weighted call trees, whoever wrote them. */
export interface Profile {
  /** Seconds, bytes, or a count of something else. */
  readonly unit: "s" | "B" | "1";
  readonly frames: readonly Frame[];
  readonly nodes: readonly ProfileNode[];
  /** How many operations it covers; absent where nobody counted them. */
  readonly runs?: number;
  /** What the system counted meanwhile, as far as it does; absent where nobody asked it. */
  readonly usage?: Readonly<Partial<Record<UsageName, number>>>;
}

/** Builds a profile from whole stacks. */
export class ProfileBuilder {
  readonly #frames: Frame[] = [];
  readonly #frameAt = new Map<string, number>();
  readonly #nodes: { frame: number; parent: number; weight: number; lines?: Map<number, number> }[] = [];
  readonly #children = new Map<string, number>();

  /** The place of a frame. */
  frame(frame: Frame): number {
    const key = `${frame.name}\n${frame.file}\n${frame.line}\n${frame.column}`;
    let at = this.#frameAt.get(key);
    if (at === undefined) {
      at = this.#frames.push(frame) - 1;
      this.#frameAt.set(key, at);
    }
    return at;
  }

  /** The node of `frame` below `parent`, made where there is none. */
  child(parent: number, frame: number): number {
    const key = `${parent},${frame}`;
    let at = this.#children.get(key);
    if (at === undefined) {
      at = this.#nodes.push({ frame, parent, weight: 0 }) - 1;
      this.#children.set(key, at);
    }
    return at;
  }

  /** Adds weight to a node. */
  add(node: number, weight: number): void {
    this.#nodes[node]!.weight += weight;
  }

  /** Notes on which of its lines some of a node's weight was seen. */
  addLine(node: number, line: number, weight: number): void {
    const found = this.#nodes[node]!;
    found.lines ??= new Map();
    found.lines.set(line, (found.lines.get(line) ?? 0) + weight);
  }

  /** Adds a stack, root first. */
  stack(frames: readonly Frame[], weight: number, line?: number | null): void {
    if (frames.length === 0) return;
    let at = -1;
    for (const frame of frames) at = this.child(at, this.frame(frame));
    this.add(at, weight);
    if (line !== undefined && line !== null && line > 0) this.addLine(at, line, weight);
  }

  /** Adds another profile, whose unit must be the same. */
  merge({ frames, nodes }: Profile): void {
    const places: number[] = [];
    for (const { frame, parent, weight, lines } of nodes) {
      const at = this.child(parent < 0 ? -1 : places[parent]!, this.frame(frames[frame]!));
      places.push(at);
      this.add(at, weight);
      for (const [line, seen] of lines ?? []) this.addLine(at, line, seen);
    }
  }

  /** All that was added. */
  profile(unit: Profile["unit"], runs?: number, usage?: Profile["usage"]): Profile {
    const noted = { ...(runs !== undefined && { runs }), ...(usage !== undefined && { usage }) };
    return { unit, frames: this.#frames, nodes: this.#nodes, ...noted };
  }
}

/** Profiles of several processes as one. */
export function together(profiles: readonly Profile[]): Profile | null {
  const [first, ...others] = profiles;
  if (first === undefined || others.length === 0) return first ?? null;
  const builder = new ProfileBuilder();
  for (const each of profiles) if (each.unit === first.unit) builder.merge(each);
  const usage: Partial<Record<UsageName, number>> = {};
  for (const [name, count] of profiles.flatMap((each) => Object.entries(each.usage ?? {})) as [UsageName, number][])
    usage[name] = (usage[name] ?? 0) + count;
  return builder.profile(first.unit, first.runs, Object.keys(usage).length > 0 ? usage : undefined);
}
