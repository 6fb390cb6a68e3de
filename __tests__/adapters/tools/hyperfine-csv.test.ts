import { describe, expect, it } from "vitest";
import { hyperfine } from "../../../src/adapters/tools/hyperfine/hyperfine.ts";
import { fixture, numbersOf, onlyRound, refusal } from "../outputs.ts";

const HEADER = "command,mean,stddev,median,user,system,min,max";

describe("hyperfine's CSV", () => {
  it("gives the median of each command, in seconds under every --time-unit, with its parameters in the name", () => {
    const rows = fixture("hyperfine/table.csv").trim().split("\n").slice(1);
    const medians = rows.map((row) => Number(row.replace(/^"(?:[^"]|"")*"/, "quoted").split(",")[3]));
    expect(numbersOf(onlyRound(hyperfine, fixture("hyperfine/table.csv")))).toEqual({
      "seq 1000 (n=1)": [medians[0]],
      'seq 91, "x" (n=1)': [medians[1]],
      "seq 2000 (n=2)": [medians[2]],
      'seq 92, "x" (n=2)': [medians[3]],
    });
  });

  it("names commands as its JSON does", () => {
    const { measurements } = onlyRound(hyperfine, fixture("hyperfine/newest.csv"));
    expect(measurements.map(({ benchmark, metric, unit }) => [benchmark, metric, unit])).toEqual([
      ["seq, é", "latency", "s"],
      ["sleep 0.01", "latency", "s"],
    ]);
  });

  it.each([
    [`${HEADER}\n`, "It holds no benchmarks"],
    [`${HEADER}\na,1,1,,1,1,1,1\n`, '2: Expected a number of at least 0 under "median", found ""'],
    [`${HEADER}\na,1,1,-1,1,1,1,1\n`, '2: Expected a number of at least 0 under "median", found "-1"'],
    [`${HEADER}\n ,1,1,1,1,1,1,1\n`, '2: Expected a name under "command"'],
    [`${HEADER}\na,1,1\n`, "2: This row has 3 cells, its header 8"],
    [`${HEADER}\na,1,1,1,1,1,1,1\na,2,1,1,1,1,1,1\n`, 'Two benchmarks are called "a". Name them with `--command-name`'],
  ])("refuses %#", (text, message) => {
    expect(refusal(hyperfine, text).message).toContain(message);
  });
});
