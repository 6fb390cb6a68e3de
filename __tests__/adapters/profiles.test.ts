import { describe, expect, it } from "vitest";
import { profileKind } from "../../src/adapters/profiles.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { selectAdapter } from "../../src/adapters/select.ts";
import { corpus, hasCorpus, recognisedBy } from "./outputs.ts";

const PROFILES: readonly (readonly [what: string, text: string])[] = [
  ["a CPU profile of V8 (.cpuprofile)", '{"nodes":[],"startTime":1,"endTime":2,"samples":[],"timeDeltas":[]}'],
  ["a CPU profile of V8 (.cpuprofile)", '{"head":{"functionName":"(root)"},"startTime":1,"endTime":2}'],
  ["a profile for speedscope", '{"profiles":[{"type":"sampled"}],"shared":{"frames":[]}}'],
  ["a profile of stackprof", '{"version":1.2,"mode":"cpu","interval":1000,"frames":{}}'],
  ["a gzip file, which is how profiles for pprof are stored", "\u001f\ufffd\b\0"],
  ["a profile for pprof", "H\ufffd\u0003\n\u0004\b\u0001\u0010\u0002\n\u0004\b\u0003\u0010\u0004"],
  ["a report of pprof", "Type: cpu\n      flat  flat%   sum%        cum   cum%\n     1.20s  9.1%\n"],
  ["a report of Python's cProfile", "   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n"],
  ["a dump of Python's cProfile (pstats)", "\ufffd\ufffd<method 'get' of 'dict' objects>"],
  ["a file of folded stacks", "java;read;check 1\r\njava;start thread;run 42\r\n"],
];

describe("a profile", () => {
  it.each(PROFILES)("is named: %s", (what, text) => {
    expect(profileKind(outputOf(text))).toBe(what);
    expect(() => selectAdapter("auto", outputOf(text))).toThrow(
      `This is ${what}: a profile is evidence, not a measurement. Give the output of the benchmark itself`,
    );
  });

  it.each(["", "{", "{}", "[1]", "a;b", "a;b 1\nresult: 3\n", "x".repeat(100_000), '{"nodes":1}'])(
    "is not %j",
    (text) => {
      expect(profileKind(outputOf(text))).toBe(null);
    },
  );
});

describe.skipIf(!hasCorpus)("the profiles in the corpus", () => {
  const folders = ["cprofile", "folded-stacks", "pprof", "speedscope", "stackprof", "v8-cpuprofile"];

  it.each(folders.flatMap((folder) => corpus(folder)))("$file is refused by name", ({ text }) => {
    expect(recognisedBy(text)).toEqual([]);
    expect(() => selectAdapter("auto", outputOf(text))).toThrow(
      /^1: This is an? .*: a profile is evidence, not a measurement/,
    );
  });

  it.each(["ab", "go-bench", "k6", "lighthouse", "oha", "custom-json", "time"])("are not in %s", (folder) => {
    for (const { file, text } of corpus(folder)) expect(profileKind(outputOf(text)), file).toBe(null);
  });
});
