import { type Frame, type Profile, ProfileBuilder } from "../profile.ts";
import { fileOf, jsonOf, type ProfileReader } from "./reader.ts";

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame; lines and columns count from 0. */
interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** What Benchgate's own profiler adds. */
interface Noted {
  /** Operations in the window. */
  readonly runs?: number;
  /** What the system counted of the process meanwhile. */
  readonly usage?: Profile["usage"];
  /** The window in µs on the profile's clock: samples outside of it do not count. */
  readonly from?: number;
  readonly to?: number;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile; times are in µs. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: CallFrame;
    readonly children?: readonly number[];
    readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
  }[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly benchgate?: Noted;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfileNode; sizes are in bytes. */
interface HeapNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
}

/** CPU profiles of V8 (`node --cpu-prof`, the inspector, Chromium): every sample weighs the same share of the window's time. */
export const v8Cpu: ProfileReader = {
  name: "cpuprofile",
  fits: (bytes) => isCpuProfile(jsonOf(bytes)),
  read: (bytes) => readCpu(jsonOf(bytes) as unknown as CpuProfile),
};

/** Sampled allocation profiles of V8 (`node --heap-prof`, the inspector). */
export const v8Heap: ProfileReader = {
  name: "heapprofile",
  fits: (bytes) => {
    const head = jsonOf(bytes)?.head;
    return typeof head === "object" && head !== null && "selfSize" in head;
  },
  read: (bytes) => {
    const { head, benchgate } = jsonOf(bytes) as unknown as { readonly head: HeapNode; readonly benchgate?: Noted };
    const builder = new ProfileBuilder();
    const walk = (node: HeapNode, parent: number): void => {
      const at =
        node.callFrame.functionName === "(root)" ? -1 : builder.child(parent, builder.frame(frameOf(node.callFrame)));
      if (at >= 0) builder.add(at, node.selfSize);
      for (const child of node.children) walk(child, at);
    };
    walk(head, -1);
    return builder.profile("B", benchgate?.runs, benchgate?.usage);
  },
};

function isCpuProfile(value: Readonly<Record<string, unknown>> | null): boolean {
  return (
    value !== null && Array.isArray(value.nodes) && Array.isArray(value.samples) && Array.isArray(value.timeDeltas)
  );
}

function readCpu({ nodes, startTime, endTime, samples, timeDeltas, benchgate = {} }: CpuProfile): Profile {
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const counts = new Map<number, number>();
  const { from = startTime, to = endTime } = benchgate;
  let time = startTime;
  let counted = 0;
  for (const [index, id] of samples.entries()) {
    // Deltas may be negative: the sum is the clock all the same, one of them alone is no weight.
    time += timeDeltas[index] ?? 0;
    if (time < from || time > to) continue;
    counted++;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const weight = counted === 0 ? 0 : (to - from) / 1e6 / counted;
  const builder = new ProfileBuilder();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map<number, number>();
  const placeOf = (id: number): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    const parent = parents.get(id);
    // The root itself is no function.
    const at =
      parent === undefined ? -1 : builder.child(placeOf(parent), builder.frame(frameOf(byId.get(id)!.callFrame)));
    places.set(id, at);
    return at;
  };
  for (const [id, count] of counts) {
    const at = placeOf(id);
    if (at < 0) continue;
    builder.add(at, count * weight);
    const ticks = byId.get(id)!.positionTicks ?? [];
    const all = ticks.reduce((sum, each) => sum + each.ticks, 0);
    for (const { line, ticks: seen } of ticks) {
      // A window cuts samples, not ticks: they keep their proportions.
      builder.addLine(at, line, (count * weight * seen) / all);
    }
  }
  return builder.profile("s", benchgate.runs, benchgate.usage);
}

function frameOf({ functionName, url, lineNumber, columnNumber }: CallFrame): Frame {
  const name = functionName === "" ? "(anonymous)" : functionName;
  const foreign = url === "" || url.startsWith("node:") || url.startsWith("wasm:") || url.startsWith("native ");
  return {
    name,
    file: foreign ? url || null : fileOf(url),
    line: lineNumber < 0 ? null : lineNumber + 1,
    ...(columnNumber !== undefined && columnNumber >= 0 && { column: columnNumber }),
    owner: foreign ? "runtime" : "code",
  };
}
