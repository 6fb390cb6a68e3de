import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { rubyBenchmark } from "../../../src/adapters/tools/ruby-benchmark.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

/** The table behind its heading: label → user, system, real. */
function table(text: string): [label: string, user: number, system: number, real: number][] {
  const lines = text
    .slice(text.search(/^ +user/m))
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const cells = line.replace(/[()]/g, " ").trim().split(/\s+/);
    const [user, system, , real] = cells.slice(-4).map(Number);
    return [cells.slice(0, -4).join(" "), user!, system!, real!];
  });
}

function expectTable(text: string): void {
  const round = onlyRound(rubyBenchmark, text);
  const rows = table(text);
  expect(rows).toHaveLength(2);
  expect(numbersOf(round)).toEqual(Object.fromEntries(rows.map(([label, , , real]) => [label, [real]])));
  expect(numbersOf(round, "user-time")).toEqual(Object.fromEntries(rows.map(([label, user]) => [label, [user]])));
  expect(numbersOf(round, "system-time")).toEqual(
    Object.fromEntries(rows.map(([label, , system]) => [label, [system]])),
  );
}

const HEADER = "       user     system      total        real\n";

describe("Ruby's Benchmark", () => {
  it.each(["bm.txt", "bmbm.txt"])("reads the table of %s, without a rehearsal", (file) => {
    expectTable(fixture(`ruby-benchmark/${file}`));
    const [first] = onlyRound(rubyBenchmark, fixture(`ruby-benchmark/${file}`)).measurements;
    expect(first).toMatchObject({ metric: "latency", unit: "s", better: "lower", resolution: 1e-6 });
  });

  it.each([
    [`${HEADER}a 0.1 0.2 0.3 ( 0.4)\na 0.1 0.2 0.3 ( 0.4)`, 'Two benchmarks are called "a"'],
    [`${HEADER}a 0.1 0.2 0.3 ( 0.4)\nnoise`, "3: A line that is not a result: noise"],
    [`${HEADER}  0.1 0.2 0.3 ( 0.4)`, "2: A result without a label"],
    [`noise\n${HEADER}`, "1: A line outside the table: noise"],
    [`Rehearsal ----\na 0.1 0.2 0.3 ( 0.4)\n`, "The rehearsal alone"],
    [HEADER, "It holds no benchmarks. Report blocks with labels"],
  ])("refuses %j", (text, message) => {
    expect(() => rubyBenchmark.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("Ruby's Benchmark in the corpus", () => {
  it.each(corpusFolder("ruby-benchmark"))("%s gives the table behind the rehearsal", (file) => {
    expectTable(corpusFile(file));
  });
});
