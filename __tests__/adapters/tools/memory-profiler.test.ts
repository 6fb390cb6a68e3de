import { describe, expect, it } from "vitest";
import { memoryProfiler } from "../../../src/adapters/tools/memory-profiler.ts";
import { corpus, fixture, hasCorpus, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const MIB = 1024 * 1024;
const DATA = fixture("memory-profiler/mprof.dat");
const REPORT = fixture("memory-profiler/report.txt");
const common = { metric: "memory", unit: "B", better: "lower" };

function samples(...values: number[]) {
  return { kind: "samples", samples: Float64Array.from(values) };
}

describe("memory_profiler's data file", () => {
  it("gives the peak of the process, under its command", () => {
    const peak = Math.max(...[...DATA.matchAll(/^MEM (\S+)/gm)].map(([, mebibytes]) => Number(mebibytes)));
    expect(onlyRound(memoryProfiler, DATA)).toEqual({
      measurements: [
        { benchmark: "python3 mem.py", ...common, resolution: MIB / 1e6, distribution: samples(peak * MIB) },
      ],
      failures: [],
    });
  });

  it("gives the peak of a process with its children", () => {
    const text = fixture("memory-profiler/children.dat");
    const peak = Math.max(...[...text.matchAll(/^MEM (\S+)/gm)].map(([, mebibytes]) => Number(mebibytes)));
    expect(onlyRound(memoryProfiler, text).measurements.map(({ distribution }) => distribution)).toEqual([
      samples(peak * MIB),
    ]);
  });

  it("keeps folders out of the name, and reads past marks of functions and children", () => {
    const text = `${DATA.replace("python3 mem.py", "/usr/bin/python3 /srv/app/mem.py")}FUNC __main__.work 4.0000 1.0 20.0000 2.0\nCHLD 1 900.000000 1795408092.4147\n`;
    expect(onlyRound(memoryProfiler, text)).toEqual(onlyRound(memoryProfiler, DATA));
  });

  it.each([
    [/^2: memory_profiler does not print this line: MEM x/, DATA.replace(/MEM \S+/, "MEM x")],
    [/^1: There is no MEM line/, "CMDLINE python3 mem.py\n"],
    [/: Two processes are in one file/, DATA + DATA],
    [/^1: memory_profiler does not print this line: hello/, "hello"],
  ])("refuses with %s", (message, text) => {
    expect(refusal(memoryProfiler, text).message).toMatch(message);
  });
});

describe("memory_profiler's report", () => {
  it("gives the peak of every call of a function, as samples of one round", () => {
    const resolution = MIB / 10;
    const calls = REPORT.split("Filename: ")
      .slice(1)
      .map((text) => ({
        name: /def (\w+)/.exec(text)![1]!,
        peak: Math.max(...[...text.matchAll(/^ +\d+ +([\d.]+) MiB/gm)].map(([, mebibytes]) => Number(mebibytes))),
      }));
    const peaks = (name: string) => calls.filter((call) => call.name === name).map(({ peak }) => peak * MIB);
    expect([peaks("other").length, peaks("work").length]).toEqual([2, 2]);
    expect(onlyRound(memoryProfiler, REPORT).measurements).toEqual(
      ["other", "work"].map((name) => ({
        benchmark: `mem2.py:${name}`,
        ...common,
        resolution,
        distribution: samples(...peaks(name)),
      })),
    );
  });

  it("refuses a report that is cut short, with its line", () => {
    expect(refusal(memoryProfiler, REPORT.split("     6 ")[0]!).message).toMatch(
      /^1: The report of a function is cut short/,
    );
    expect(refusal(memoryProfiler, "").message).toMatch(/It holds no benchmarks/);
  });
});

describe.skipIf(!hasCorpus)("memory_profiler's outputs in the corpus", () => {
  it.each(corpus("memory-profiler"))("$file: the peak stands in the text", ({ file, text }) => {
    expect(recognisedBy(text)).toEqual(["memory-profiler"]);
    const pattern = file.endsWith(".dat") ? /^MEM (\S+)/gm : /^ +\d+ +(\S+) MiB/gm;
    const peak = Math.max(...[...text.matchAll(pattern)].map(([, mebibytes]) => Number(mebibytes)));
    expect(
      onlyRound(memoryProfiler, text).measurements.map(({ benchmark, distribution }) => [benchmark, distribution]),
    ).toEqual([[file.endsWith(".dat") ? "python3 mem.py" : "mem2.py:work", samples(peak * MIB)]]);
  });
});
