import { describe, expect, it } from "vitest";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { refusal } from "../../src/adapters/refused.ts";
import { GateError } from "../../src/model/error.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, recognisedBy } from "./outputs.ts";

describe("a format that holds no results of one run", () => {
  it.each([
    [
      "      \u2502 old.txt  \u2502   new.txt          \u2502\n      \u2502  sec/op  \u2502  sec/op  vs base   \u2502\n",
      /benchstat's comparison/,
    ],
    [",old.txt,,new.txt,,,\n,sec/op,CI,sec/op,CI,vs base,P\n", /benchstat's comparison/],
    ["      \u2502 old.txt  \u2502\n      \u2502  sec/op  \u2502\nA  1n \u00b1 1%\n", /benchstat's comparison/],
    ['window.BENCHMARK_DATA = {"entries":{}}', /the history of many commits/],
    ['[{"name":"a","version":"1","requests":"1.0","latency":"1.0","throughput":"1.0"}]', /fastify\/benchmarks/],
  ])("is told for %j", (text, message) => {
    expect(refusal(outputOf(text))?.message).toMatch(message);
    expect(refusal(outputOf(text))?.position).toEqual({ line: 1 });
  });

  it.each(["criterion/first.txt", "divan/allocations.txt", "bmf/measures.json", "go-bench/packages.txt"])(
    "is not told for results: %s",
    (file) => {
      expect(refusal(outputOf(fixture(file)))).toBeNull();
    },
  );
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  const files = ["benchstat", "github-action-benchmark", "custom-fastify"].flatMap(corpusFolder);

  it.each(files)("%s is no adapter's, and is told what it is", (file) => {
    const text = corpusFile(file);
    expect(recognisedBy(text)).toEqual([]);
    expect(refusal(outputOf(text))).toBeInstanceOf(GateError);
    expect(refusal(outputOf(text))?.remedy).toMatch(/^Give /);
  });
});
