import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { hey } from "../../../src/adapters/tools/hey/hey.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const text = fixture("hey/answers.csv");
const rowsOf = (csv: string) =>
  csv
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

function expectSame(csv: string): void {
  const rows = rowsOf(csv);
  const good = rows.filter((row) => row[6]! < 400);
  const ends = rows.map((row) => row[7]! + row[0]!);
  const round = onlyRound(hey, csv);
  expect(measured(round, "requests", "latency")).toEqual({
    ...{
      benchmark: "requests",
      metric: "latency",
      unit: "s",
      better: "lower",
      resolution: 0.0001,
      loadModel: "closed",
    },
    distribution: { kind: "samples", samples: Float64Array.from(good, (row) => row[0]!) },
  });
  expect(measured(round, "requests", "error-rate").distribution).toEqual(
    single((rows.length - good.length) / rows.length),
  );
  const seconds = Math.max(...ends) - Math.min(...rows.map((row) => row[7]!));
  expect(measured(round, "requests", "throughput").distribution).toMatchObject({
    value: expect.closeTo(good.length / seconds, 9),
  });
}

describe("hey's CSV", () => {
  it("gives the time of each answer that was no error, their rate, and the share of errors", () => {
    expect(rowsOf(text).filter((row) => row[6] === 500)).toHaveLength(6);
    expectSame(text);
  });

  it("can leave out a warm-up", () => {
    const [round] = hey.parse({ ...outputOf(text), skip: 0.1 });
    const first = rowsOf(text)[0]![7]!;
    const kept = rowsOf(text).filter((row) => row[7]! >= first + 0.1 && row[6]! < 400);
    expect(measured(round!, "requests", "latency").distribution).toEqual({
      kind: "samples",
      samples: Float64Array.from(kept, (row) => row[0]!),
    });
    expect(() => hey.parse({ ...outputOf(fixture("hey/slow.txt")), skip: 1 })).toThrow(
      "a warm-up cannot be cut from hey's summary",
    );
  });

  it("of nothing but errors is a failure, and of no answer at all is refused", () => {
    expect(onlyRound(hey, text.replaceAll(",200,", ",503,")).failures).toEqual([
      { benchmark: "*", reason: expect.stringMatching(/^all 60 requests failed/) },
    ]);
    expect(refusal(hey, `${text.split("\n", 1)[0]}\n`).message).toBe(
      "1: It holds no benchmarks. Check that the service was up: hey writes no row for a request that got no answer",
    );
  });

  it.each([
    ["a time", text.replace(/\n0\.\d+,/, "\n-1,"), "2: response-time: Expected seconds"],
    ["a status", text.replace(",200,", ",OK,"), "status-code: Expected a status"],
    ["an end", text.trimEnd(), "61: the last line is cut off"],
    ["a column", text.replace(/,0\.\d+\n0/, "\n0"), "2: offset: Expected seconds, found nothing"],
  ])("is refused at a line where it lacks %s", (_, changed, message) => {
    expect(refusal(hey, changed).message).toContain(message);
  });
});

describe.skipIf(!hasCorpus)("hey's CSV in the corpus", () => {
  it.each(corpus("hey").filter(({ file }) => file.endsWith(".csv")))(
    "$file: every time is the one in its first column",
    (each) => {
      expectSame(each.text);
      expect(recognisedBy(each.text)).toEqual(["hey"]);
    },
  );
});
