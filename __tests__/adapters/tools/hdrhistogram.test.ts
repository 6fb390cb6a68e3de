import { decodeFromCompressedBase64, type JsHistogram } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import type { ParsedRound } from "../../../src/adapters/adapter.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { hdrHistogram } from "../../../src/adapters/tools/hdr-histogram/hdr-histogram.ts";
import { quantileOfCounts } from "../../../src/stats/quantile.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const read = (file: string) => onlyRound(hdrHistogram, fixture(`hdrhistogram/${file}`));

function histogramOf(round: ParsedRound, benchmark: string, metric = "latency") {
  const { distribution } = measured(round, benchmark, metric);
  if (distribution.kind !== "histogram") throw new Error(distribution.kind);
  return distribution;
}

/** All intervals of a tag put together by the library itself. */
function together(text: string, tag: string): JsHistogram {
  const encoded = text.split("\n").flatMap((line) => {
    const match = /^(?:Tag=([^,]*),)?[\d.]+,[\d.]+,[\d.]+,(HIST\S+)$/.exec(line);
    return match !== null && (match[1] ?? "") === tag ? [match[2]!] : [];
  });
  const [first, ...others] = encoded.map((each) => decodeFromCompressedBase64(each, 64) as JsHistogram);
  for (const other of others) first!.add(other);
  return first!;
}

describe("a histogram log", () => {
  it.each(["read", "write"])("gives all intervals of the tag %s as one distribution in seconds", (tag) => {
    const expected = together(fixture("hdrhistogram/tagged.hlog"), tag);
    const { values, counts } = histogramOf(read("tagged.hlog"), tag);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(800);
    for (const percent of [50, 90, 99]) {
      const exact = expected.getValueAtPercentile(percent) / 1e9;
      expect(Math.abs(quantileOfCounts(values, counts, percent / 100) / exact - 1)).toBeLessThan(0.002);
    }
    expect(measured(read("tagged.hlog"), tag, "latency")).toMatchObject({ unit: "s", better: "lower" });
  });

  it("whose printed numbers do not tell of nanoseconds keeps its numbers, in no unit", () => {
    const { values } = histogramOf(read("no-unit.hlog"), "histogram", "value");
    expect(measured(read("no-unit.hlog"), "histogram", "value").unit).toBe("1");
    const library = together(fixture("hdrhistogram/no-unit.hlog"), "");
    expect([values[0], values.at(-1)]).toEqual([library.minNonZeroValue, library.maxValue]);
    expect(library.maxValue).toBe(Number(/^0\.000,1\.000,(\d+)\.000,/m.exec(fixture("hdrhistogram/no-unit.hlog"))![1]));
  });

  it("can leave out a warm-up, by the start of each interval", () => {
    const [round] = hdrHistogram.parse({ ...outputOf(fixture("hdrhistogram/tagged.hlog")), skip: 3 });
    expect(histogramOf(round!, "read").counts.reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(() => hdrHistogram.parse({ ...outputOf(fixture("hdrhistogram/tagged.hlog")), skip: 9 })).toThrow(
      "leaves nothing",
    );
  });

  it.each([
    [
      "a line that is none",
      (text: string) => text.replace(/^Tag=write,1\.000/m, "Tag=write,one"),
      "8: This is not an interval",
    ],
    [
      "a damaged histogram",
      (text: string) => text.replace("HISTFAAA", "HISTXAAA"),
      "5: The histogram is not a compressed HdrHistogram",
    ],
    ["a cut one", (text: string) => text.slice(0, -40), "12: "],
    ["nothing but a header", (text: string) => text.replaceAll(/^Tag.*\n/gm, ""), "It holds no benchmarks"],
  ])("is refused at a line: %s", (_, change, message) => {
    expect(refusal(hdrHistogram, change(fixture("hdrhistogram/tagged.hlog"))).message).toContain(message);
  });
});

describe("a percentile table", () => {
  it("gives the levels that follow from its rows, and no other", () => {
    const { distribution, metric, unit, estimator } = measured(read("table.hgrm"), "histogram", "value");
    expect({ metric, unit, estimator }).toEqual({ metric: "value", unit: "1", estimator: "hdr" });
    const [, mean] = /Mean += +([\d.]+)/.exec(fixture("hdrhistogram/table.hgrm"))!;
    expect(distribution).toMatchObject({ kind: "quantiles", count: 500, mean: Number(mean) });
    const { quantiles } = distribution as { quantiles: Record<string, number> };
    const { values, counts } = histogramOf(read("no-unit.hlog"), "histogram", "value");
    const reached = (value: number) => counts.reduce((sum, count, i) => (values[i]! <= value ? sum + count : sum), 0);
    for (const [level, value] of Object.entries(quantiles)) {
      expect(reached(value)).toBeGreaterThanOrEqual(Number(level) * 500);
      expect(reached(value - 1)).toBeLessThanOrEqual(Math.max(0, Number(level) * 500));
    }
    expect(Object.keys(quantiles)).toEqual(expect.arrayContaining(["0", "0.5", "0.9", "0.95", "1"]));
  });

  it("has no level of which its rows tell only that it lies between two values", () => {
    const rows = [
      "1.0 0.0 10 1.00",
      "2.0 0.5 50 2.00",
      "7.0 0.9875 98 80.00",
      "9.0 0.990625 100 106.67",
      "9.0 1.0 100",
    ];
    const text = `Value Percentile TotalCount 1/(1-Percentile)\n\n${rows.join("\n")}\n#[Mean = 3.0, StdDeviation = 1.0]\n#[Max = 9.0, Total count = 100]\n`;
    const { distribution } = measured(onlyRound(hdrHistogram, text), "histogram", "value");
    expect((distribution as { quantiles: object }).quantiles).toEqual({
      ...{ "0": 1, "0.5": 2, "0.999": 9, "0.9999": 9, "1": 9 },
    });
  });

  it.each([
    ["a row that is none", (text: string) => text.replace(/^((?:.*\n){4} *)[\d.]+/, "$1three"), "5: This is not a row"],
    ["a row that falls", (text: string) => text.replace(/^((?:.*\n){4}) *[\d.]+/, "$10.500"), "5: This row is below"],
    ["no total", (text: string) => text.replace(/^#\[Max.*\n/m, ""), "the table is cut off"],
    ["rows that do not reach it", (text: string) => text.replace(/^ +38.*\n/gm, ""), "do not reach its total count"],
  ])("is refused: %s", (_, change, message) => {
    expect(refusal(hdrHistogram, change(fixture("hdrhistogram/table.hgrm"))).message).toContain(message);
  });

  it("carries no time to cut a warm-up by", () => {
    expect(() => hdrHistogram.parse({ ...outputOf(fixture("hdrhistogram/table.hgrm")), skip: 1 })).toThrow(
      "cannot be cut",
    );
  });
});

describe.skipIf(!hasCorpus)("HdrHistogram's outputs in the corpus", () => {
  const text = (name: string) => corpus("hdrhistogram").find(({ file }) => file === name)!.text;

  it.each([
    ["hdrjs-jHiccup-2.0.7S.logV2.hlog", "", "histogram"],
    ["hdrjs-tagged-Log.logV2.hlog", "", "histogram"],
    ["hdrjs-tagged-Log.logV2.hlog", "A", "A"],
  ])("%s, tag %j: counts and percentiles are those of the library, in seconds", (file, tag, benchmark) => {
    const expected = together(text(file), tag);
    const { values, counts } = histogramOf(onlyRound(hdrHistogram, text(file)), benchmark);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected.totalCount);
    for (const percent of [50, 90, 99, 99.9]) {
      const reached = counts.reduce(
        (sum, count, i) => (values[i]! <= (expected.getValueAtPercentile(percent) / 1e9) * 1.0003 ? sum + count : sum),
        0,
      );
      expect(reached / expected.totalCount).toBeGreaterThanOrEqual(percent / 100);
    }
    expect(Math.abs(values.at(-1)! / (expected.maxValue / 1e9) - 1)).toBeLessThan(3e-4);
  });

  it("hdr-jHiccup-2.0.6.logV1.hlog: the largest value of each interval is the one that is printed beside it", () => {
    const lines = text("hdr-jHiccup-2.0.6.logV1.hlog").split("\n");
    const [head, intervals] = [lines.filter((line) => line.startsWith("#")), lines.filter((line) => /^\d/.test(line))];
    expect(intervals).toHaveLength(88);
    for (const interval of intervals) {
      const { values } = histogramOf(onlyRound(hdrHistogram, `${[...head, interval].join("\n")}\n`), "histogram");
      expect(Math.abs(values.at(-1)! * 1000 - Number(interval.split(",")[2]))).toBeLessThan(
        0.0006 + 0.002 * Number(interval.split(",")[2]),
      );
    }
    const whole = histogramOf(onlyRound(hdrHistogram, text("hdr-jHiccup-2.0.6.logV1.hlog")), "histogram");
    const largest = Math.max(...intervals.map((line) => Number(line.split(",")[2])));
    expect(Math.abs((whole.values.at(-1)! * 1000) / largest - 1)).toBeLessThan(0.002);
  });

  it.each(["kamilkloch-http4s-41.6K.hgrm", "kamilkloch-http4s-co1-50K.hgrm"])(
    "%s: every level is a value whose row reaches it",
    (file) => {
      const rows = text(file)
        .split("\n")
        .flatMap((line) =>
          /^ +\d/.test(line) ? [line.trim().split(/ +/).map(Number) as [number, number, number]] : [],
        );
      const total = Number(/Total count += +(\d+)/.exec(text(file))![1]);
      const { distribution } = measured(onlyRound(hdrHistogram, text(file)), "histogram", "value");
      if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
      expect(distribution.count).toBe(total);
      expect(Object.keys(distribution.quantiles)).toEqual(expect.arrayContaining(["0.5", "0.9", "0.95", "1"]));
      for (const [level, value] of Object.entries(distribution.quantiles)) {
        const smaller = rows.filter((row) => row[0] < value).map((row) => row[2]);
        const own = rows.filter((row) => row[0] === value).map((row) => row[2]);
        expect(Math.max(...own)).toBeGreaterThanOrEqual(Number(level) * total);
        expect(Math.max(0, ...smaller)).toBeLessThanOrEqual(Number(level) * total);
      }
    },
  );

  it("otava-histostat.csv, percentiles of intervals, is refused: they cannot be put together", () => {
    expect(refusal(hdrHistogram, text("otava-histostat.csv")).message).toMatch(
      /^5: this is a log of percentiles of intervals/,
    );
  });

  it("are each recognised", () => {
    for (const each of corpus("hdrhistogram")) expect(recognisedBy(each.text), each.file).toEqual(["hdrhistogram"]);
  });
});
