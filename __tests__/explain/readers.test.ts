import { describe, expect, it } from "vitest";
import { together } from "../../src/explain/profile.ts";
import { nativeFrame } from "../../src/explain/readers/collapsed.ts";
import { readProfile } from "../../src/explain/readers/index.ts";
import { unmarshal } from "../../src/explain/readers/marshal.ts";
import { profileIn, selfByName } from "./fixtures.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe("profiles that profilers wrote", () => {
  it("of V8's CPU profiler: seconds, with the operations that the harness counted, and lines", () => {
    const profile = profileIn("node/head-1.cpuprofile");
    expect(profile.unit).toBe("s");
    expect(profile.runs).toBe(3000);
    const self = selfByName(profile);
    expect(self.get("fold")).toBeCloseTo(0.105, 3);
    expect(self.get("index")).toBeCloseTo(0.311, 3);
    const fold = profile.nodes.filter(({ frame }) => profile.frames[frame]!.name === "fold");
    const lines = fold.flatMap(({ lines }) => [...(lines ?? [])]);
    expect(new Set(lines.map(([line]) => line))).toEqual(new Set([3]));
    expect(sum(lines.map(([, weight]) => weight))).toBeCloseTo(self.get("fold")!, 6);
    expect(profile.frames.find(({ name }) => name === "fold")).toMatchObject({
      file: "/repo/head/src/lex.mjs",
      line: 2,
      owner: "code",
    });
    expect(profile.frames.find(({ name }) => name === "(garbage collector)")).toMatchObject({ owner: "runtime" });
  });

  it("of V8's heap profiler: bytes, of what was collected too", () => {
    const profile = profileIn("alloc.heapprofile");
    expect(profile.unit).toBe("B");
    const self = selfByName(profile);
    expect(self.get("points")! / sum(self.values())).toBeGreaterThan(0.95);
  });

  it("of cProfile: the time of a builtin below the function that called it", () => {
    const profile = profileIn("lex.pstats");
    const self = selfByName(profile);
    expect(self.get("index")).toBeCloseTo(0.2093, 4);
    expect(self.get("fold")).toBeCloseTo(0.0507, 4);
    const lower = profile.nodes.find(({ frame }) => profile.frames[frame]!.name.includes("'lower'"))!;
    expect(profile.frames[profile.nodes[lower.parent]!.frame]!.name).toBe("fold");
    expect(profile.frames[lower.frame]!.owner).toBe("runtime");
    expect(profile.frames.find(({ name }) => name === "iterencode")?.owner).toBe("runtime");
  });

  it("of py-spy as speedscope and as collapsed stacks", () => {
    const speedscope = profileIn("pyspy.speedscope.json");
    expect(speedscope.unit).toBe("s");
    expect(selfByName(speedscope).get("index")).toBeCloseTo(0.19, 6);
    const collapsed = profileIn("pyspy.collapsed");
    expect(collapsed.unit).toBe("1");
    expect(Object.fromEntries(selfByName(collapsed))).toMatchObject({ index: 25, fold: 5 });
    const index = collapsed.nodes.find(({ frame }) => collapsed.frames[frame]!.name === "index")!;
    expect([...index.lines!.keys()].sort()).toEqual([7, 8]);
  });

  it("of Go's pprof: CPU seconds, where functions begin, the standard library as the runtime", () => {
    const profile = profileIn("go.pprof");
    expect(profile.unit).toBe("s");
    expect(sum(selfByName(profile).values())).toBeCloseTo(0.11, 6);
    expect(profile.frames.find(({ name }) => name === "lex.fold")).toMatchObject({ line: 3, owner: "code" });
    expect(profile.frames.find(({ name }) => name === "strings.ToLower")).toMatchObject({ owner: "runtime" });
  });
});

describe("a V8 profile", () => {
  const node = (id: number, functionName: string, children: readonly number[] = []) => ({
    id,
    callFrame: { functionName, url: functionName.startsWith("(") ? "" : "file:///repo/a.js", lineNumber: 0 },
    children,
  });

  it("weighs each sample alike, whatever its delta, negative ones too", () => {
    const text = JSON.stringify({
      nodes: [node(1, "(root)", [2, 3]), node(2, "a"), node(3, "b")],
      startTime: 1000,
      endTime: 2000,
      samples: [2, 3, 2, 2],
      timeDeltas: [100, 900, -300, 200],
    });
    const self = selfByName(readProfile(bytes(text), "x"));
    expect(self.get("a")).toBeCloseTo(0.00075, 9);
    expect(self.get("b")).toBeCloseTo(0.00025, 9);
  });

  it("counts only the samples of its window", () => {
    const text = JSON.stringify({
      nodes: [node(1, "(root)", [2, 3]), node(2, "start"), node(3, "work")],
      startTime: 0,
      endTime: 5000,
      samples: [2, 2, 3, 3, 2],
      timeDeltas: [1000, 1000, 1000, 1000, 1000],
      benchgate: { runs: 2, from: 2500, to: 4500 },
    });
    expect(Object.fromEntries(selfByName(readProfile(bytes(text), "x")))).toEqual({ work: 0.002 });
  });
});

describe("what is no profile", () => {
  it.each([
    ["nothing", ""],
    ["prose", "hello there\nnot a stack"],
    ["other JSON", '{"nodes": 3}'],
    ["binary", "\u0001\u0002\u0003"],
  ])("is refused with the forms that are read: %s", (_name, text) => {
    expect(() => readProfile(bytes(text), "out/p")).toThrow(/^out\/p: this is not a profile.*cpuprofile, .*pprof/);
  });

  it("is refused where Python's marshal holds something else, or ends in the middle", () => {
    expect(() => unmarshal(new Uint8Array([0x63, 0, 0]))).toThrow(/no profile of Python/);
    expect(() => unmarshal(new Uint8Array([0x7a, 5, 65]))).toThrow(/middle/);
  });
});

describe("frames of other languages", () => {
  const collapsed = (line: string) =>
    readProfile(bytes(`${line}\n`), "x").frames.map(({ name, file, owner }) => `${owner} ${name} ${file}`);

  it("have the place that their profiler writes", () => {
    expect(collapsed("main (src/a.py:3);parse (src/a.py:12) 4")).toEqual(["code main src/a.py", "code parse src/a.py"]);
    expect(collapsed("main;parse_[j];std::vec::push 4")).toEqual([
      "code main null",
      "code parse null",
      "runtime std::vec::push null",
    ]);
    expect(collapsed("A.__init__;__ieee754_pow_fma;pow@@GLIBC_2.29;operator@ 4")).toEqual([
      "code A.__init__ null",
      "runtime __ieee754_pow_fma null",
      "runtime pow@@GLIBC_2.29 null",
      "code operator@ null",
    ]);
    expect(collapsed("exp_inline (/usr/lib/x86_64-linux-gnu/libm.so.6);step (/repo/lib/libapp.so.1) 4")).toEqual([
      "runtime exp_inline /usr/lib/x86_64-linux-gnu/libm.so.6",
      "code step /repo/lib/libapp.so.1",
    ]);
  });
});

describe("what the standard libraries of Rust and C++ do", () => {
  const ownerOf = (name: string) => nativeFrame(name, null).owner;

  it.each([
    "<A as core::slice::cmp::SlicePartialEq<B>>::equal_same_length",
    "<alloc::vec::Vec<T> as core::clone::Clone>::clone",
    "core::slice::<impl [T]>::contains",
    "void std::__adjust_heap<__gnu_cxx::__normal_iterator<int*, std::vector<int> >, long>(int)",
    "std::ostream& std::operator<< <std::char_traits<char> >(std::ostream&, char const*)",
    "std::map<int, int>::find(int) const",
  ])("is the runtime's: %s", (name) => {
    expect(ownerOf(name)).toBe("runtime");
  });

  it.each([
    "<app::Key as core::cmp::PartialEq>::eq",
    "<alloc::vec::Vec<T> as app::Total>::total",
    "<&T as app::Show>::show",
    "std::string app::parse<int>(int)",
    "app::run(std::vector<int>)",
    "app::Stage<std::pair<int, int> >::run() [clone .isra.0]",
  ])("is not what is done with them: %s", (name) => {
    expect(ownerOf(name)).toBe("code");
  });
});

describe("profiles of several processes", () => {
  it("are one, with the weights and lines of all", () => {
    const one = profileIn("node/base-1.cpuprofile");
    const both = together([one, one])!;
    expect(both.nodes.length).toBe(one.nodes.length);
    expect(selfByName(both).get("index")).toBeCloseTo(2 * selfByName(one).get("index")!, 9);
    expect(together([])).toBeNull();
  });
});
