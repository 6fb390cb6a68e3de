import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { sightglass } from "../../../src/adapters/tools/sightglass.ts";
import { corpusFile, fixture, hasCorpus, numbersOf } from "../outputs.ts";

interface Row {
  readonly wasm: string;
  readonly process: number;
  readonly phase: string;
  readonly event: string;
  readonly count: number;
}

/** Name → counts of one process, straight from the JSON. */
function countsOf(rows: readonly Row[], process: number): Record<string, number[]> {
  const counts: Record<string, number[]> = {};
  for (const { wasm, phase, count } of rows.filter((each) => each.process === process)) {
    const name = `${wasm} > ${phase}`;
    counts[name] = [...(counts[name] ?? []), count];
  }
  return counts;
}

describe("sightglass", () => {
  it("makes a round of every process, and samples of its iterations", () => {
    const rows: Row[] = JSON.parse(fixture("sightglass/two-processes.json"));
    const rounds = sightglass.parse(outputOf(fixture("sightglass/two-processes.json")));
    expect(rounds.map((round) => numbersOf(round, "cycles"))).toEqual([countsOf(rows, 101), countsOf(rows, 102)]);
    expect(rounds[0]!.measurements[0]).toMatchObject({ unit: "cycles", better: "lower" });
  });

  it("reads CSV, and puts engines into names where there are several", () => {
    const [round] = sightglass.parse(outputOf(fixture("sightglass/two-engines.csv")));
    expect(round!.measurements.map(({ benchmark, metric, unit }) => [benchmark, metric, unit])).toEqual([
      ["liba.so > benchmarks/noop/benchmark.wasm > Execution", "latency", "s"],
      ["liba.so > benchmarks/noop/benchmark.wasm > Execution", "instructions-retired", "1"],
      ["libb.so -Wfoo=bar > benchmarks/noop/benchmark.wasm > Execution", "latency", "s"],
      ["libb.so -Wfoo=bar > benchmarks/noop/benchmark.wasm > Execution", "instructions-retired", "1"],
    ]);
    expect(numbersOf(round!)["liba.so > benchmarks/noop/benchmark.wasm > Execution"]).toEqual([900 * 1e-9]);
  });

  it("keeps the machine's folders out of names", () => {
    const row = {
      engine: "e",
      wasm: "/home/ci/x/benchmarks/noop/benchmark.wasm",
      process: 1,
      phase: "Execution",
      event: "cycles",
      count: 1,
    };
    const [round] = sightglass.parse(outputOf(JSON.stringify([row])));
    expect(round!.measurements[0]!.benchmark).toBe("benchmarks/noop/benchmark.wasm > Execution");
  });

  it.each([
    [
      '[{"engine":"e","wasm":"a","process":1,"phase":"p","event":"x","count":-1}]',
      "[0].count: Expected a number of at least 0",
    ],
    ["[]", "It holds no benchmarks"],
    ["hello", "1: Expected Sightglass' JSON, or its CSV with a header"],
    ["arch,engine,wasm,process,iteration,phase,event,count\nx,e,w,1,0,p,cycles\n", "2: "],
    [
      "arch,engine,wasm,process,iteration,phase,event,count\nx,e,w,1,0,p,cycles,many\n",
      '2: count: Expected a finite number, found the text "many"',
    ],
  ])("refuses %j", (text, message) => {
    expect(() => sightglass.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("has JSON of one process", () => {
    const rows: Row[] = JSON.parse(corpusFile("sightglass/sightglass-results.json"));
    const processes = [...new Set(rows.map(({ process }) => process))];
    const rounds = sightglass.parse(outputOf(corpusFile("sightglass/sightglass-results.json")));
    expect(rounds.map((round) => numbersOf(round, "cycles"))).toEqual(
      processes.map((process) => countsOf(rows, process)),
    );
  });

  it("has CSV whose columns are not in the order of its header, which is refused", () => {
    expect(() => sightglass.parse(outputOf(corpusFile("sightglass/sightglass-results.csv")))).toThrow(
      '2: wasm: Expected a name, found the text ""',
    );
  });
});
