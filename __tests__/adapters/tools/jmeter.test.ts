import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { ParsedRound } from "../../../src/adapters/adapter.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { jmeter } from "../../../src/adapters/tools/jmeter/jmeter.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(jmeter, fixture(`jmeter/${file}`));
const HEADER = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success\n";
const row = (start: number, elapsed: number, label: string, success = true) =>
  `${1_700_000_000_000 + start},${elapsed},${label},200,OK,Users 1-1,${success}\n`;

/** Every latency of a benchmark, in the order of the file. */
function latencies(round: ParsedRound, benchmark: string): number[] {
  const { distribution } = measured(round, benchmark, "latency");
  if (distribution.kind !== "samples") throw new Error(distribution.kind);
  return [...distribution.samples];
}

describe("a JTL of JMeter", () => {
  it("gives each label the times of the samples that succeeded, their rate and the share that failed", () => {
    const rows = fixture("jmeter/no-header.jtl").trimEnd().split("\n");
    const flaky = rows.filter((line) => line.includes(",GET flaky,"));
    const good = flaky.filter((line) => line.includes(",true,")).map((line) => line.split(",").slice(0, 2).map(Number));
    const all = flaky.map((line) => line.split(",").slice(0, 2).map(Number)) as [number, number][];
    const seconds =
      (Math.max(...all.map(([start, elapsed]) => start + elapsed)) - Math.min(...all.map(([start]) => start))) / 1000;
    const round = read("no-header.jtl");
    expect(flaky.length - good.length).toBe(2);
    expect(measured(round, "GET flaky", "latency")).toEqual({
      ...{
        benchmark: "GET flaky",
        metric: "latency",
        unit: "s",
        better: "lower",
        resolution: 0.001,
        loadModel: "closed",
      },
      distribution: { kind: "samples", samples: Float64Array.from(good, ([, elapsed]) => elapsed! / 1000) },
    });
    expect(measured(round, "GET flaky", "error-rate").distribution).toEqual(single(2 / flaky.length));
    expect(measured(round, "GET flaky", "throughput").distribution).toMatchObject({
      value: expect.closeTo(good.length / seconds, 5),
    });
    expect(latencies(round, 'old "page", moved')).toHaveLength(20);
  });

  it.each(["results.jtl", "no-header.jtl"])("counts neither redirects nor a failed assertion's time in %s", (file) => {
    const rows = parseCsv(fixture(`jmeter/${file}`), { from: file === "results.jtl" ? 2 : 1 });
    const round = read(file);
    expect(rows.filter(([, , label]) => /moved-[01]$/.test(label!))).toHaveLength(40);
    expect([...new Set(round.measurements.map(({ benchmark }) => benchmark))].sort()).toEqual(
      ["GET flaky", "checkout", 'old "page", moved', "page-1"].sort(),
    );
    for (const label of ["GET flaky", "checkout", 'old "page", moved', "page-1"]) {
      const own = rows.filter((each) => each[2] === label);
      const good = own.filter((each) => each[7] === "true");
      expect(own).toHaveLength(20);
      expect(latencies(round, label)).toEqual(good.map((each) => Number(each[1]) / 1000));
      expect(measured(round, label, "error-rate").distribution).toEqual(single((own.length - good.length) / 20));
    }
  });

  it("reads other delimiters and dates, and needs no header", () => {
    const round = read("dates.jtl");
    expect(latencies(round, "GET flaky").length + latencies(round, 'old "page", moved').length).toBe(38);
    expect(measured(round, "GET flaky", "throughput").distribution).toMatchObject({ value: expect.any(Number) });
  });

  it("reads XML, where a sample within a sample is part of it", () => {
    const top = fixture("jmeter/results.xml")
      .split("\n")
      .filter((line) => line.startsWith("<httpSample"));
    const times = (label: string) =>
      top
        .filter((line) => line.includes(label) && line.includes('s="true"'))
        .map((line) => Number(/ t="(\d+)"/.exec(line)![1]) / 1000);
    const round = read("results.xml");
    expect(top).toHaveLength(60);
    expect(latencies(round, "GET flaky")).toEqual(times('lb="GET flaky"'));
    expect(latencies(round, 'old "page", moved')).toEqual(times("moved"));
    expect(measured(round, "GET flaky", "error-rate").distribution).toEqual(single(2 / 20));
  });

  it("leaves out redirects and embedded resources in CSV, thread by thread, and takes no page-1 for one", () => {
    const round = read("sub-results.jtl");
    expect(latencies(round, "home")).toEqual([0.03, 0.04]);
    expect(latencies(round, "page-1")).toEqual([0.005]);
    expect(latencies(round, "page-2")).toEqual([0.007]);
    expect(latencies(round, 'say "hi", twice')).toEqual([0.07]);
    expect(measured(round, 'say "hi", twice', "error-rate").distribution).toEqual(single(0.5));
    expect(new Set(round.measurements.map(({ benchmark }) => benchmark)).size).toBe(4);
  });

  it("reports requests that all failed, one label's or all, and never how long that took", () => {
    expect(read("refused.jtl")).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringMatching(/^all 80 requests failed/) }],
    });
    const one = onlyRound(jmeter, HEADER + row(0, 5, "a") + row(1, 1, "b", false));
    expect(one.failures).toEqual([{ benchmark: "b", reason: expect.stringMatching(/^all 1 requests/) }]);
    expect(one.measurements.map(({ benchmark }) => benchmark)).toEqual(["a", "a", "a"]);
  });

  it("can leave out a warm-up", () => {
    const text = HEADER + [0, 1000, 2000, 2500].map((start) => row(start, 10 + start / 100, "a")).join("");
    const [round] = jmeter.parse({ ...outputOf(text), skip: 2 });
    expect(latencies(round!, "a")).toEqual([0.03, 0.035]);
    expect(() => jmeter.parse({ ...outputOf(text), skip: 10 })).toThrow(
      "5: the warm-up of 10 s leaves nothing: all samples lie within 2.5 s",
    );
    const timeless = text.replaceAll(/^(timeStamp|\d+),/gm, "");
    expect(() => jmeter.parse({ ...outputOf(timeless), skip: 1 })).toThrow("2: a warm-up cannot be cut from this JTL");
    expect(onlyRound(jmeter, timeless).measurements.map(({ metric }) => metric)).toEqual(["latency", "error-rate"]);
  });

  it.each([
    [
      "a column that is needed",
      HEADER.replace(",success", ""),
      "1: There is no column success. Set jmeter.save.saveservice.successful=true",
    ],
    [
      "a time",
      `${HEADER}${row(0, 5, "a").replace(",5,", ",5.5,")}`,
      '2: elapsed: Expected whole milliseconds, found "5.5"',
    ],
    ["success", `${HEADER}${row(0, 5, "a").replace("true", "yes")}`, '2: success: Expected true or false, found "yes"'],
    ["a moment", `${HEADER}${row(0, 5, "a").replace(/^\d+/, "Nov 23 2026")}`, "timestamp_format=ms"],
    ["a label", `${HEADER}${row(0, 5, "")}`, "2: label: Expected a label"],
    ["an end", `${HEADER}${row(0, 5, "a").trimEnd()}`, "2: the last line is cut off"],
    ["samples", HEADER, "1: It holds no benchmarks. Let the test plan run samplers"],
    ["what a JTL is", "hello\n", "1: this is not a JTL of JMeter"],
    [
      "a request: it is PerfMon's",
      `${HEADER}1700000000000,53000,localhost CPU,,,,true\n`,
      '2: "localhost CPU" is not a request',
    ],
    [
      "few labels",
      HEADER + Array.from({ length: 501 }, (_, id) => row(0, 5, `GET /${id}`)).join(""),
      "502: There are more than 500 different names",
    ],
    [
      "an XML that is whole",
      '<testResults version="1.2">\n<sample t="1" ts="1" s="true" lb="a"/>\n',
      "3: the file is cut off",
    ],
    [
      "an XML sample",
      '<testResults version="1.2">\n<sample t="1" ts="1" s="" lb="a"/>\n</testResults>',
      "2: s: Expected true or false",
    ],
    [
      "an XML of samples",
      '<testResults version="1.2">\n<other/>\n</testResults>',
      "2: Expected a sample, found <other>",
    ],
  ])("is refused at a line where it lacks %s", (_, text, message) => {
    expect(refusal(jmeter, text).message).toContain(message);
  });
});

describe.skipIf(!hasCorpus)("JMeter's results in the corpus", () => {
  it.each(corpus("jmeter").filter(({ file }) => file.endsWith(".jtl")))(
    "$file: every time is the one in its row",
    ({ text }) => {
      const rows = parseCsv(text, { columns: true, delimiter: text[9]! }) as Record<string, string>[];
      const top = rows.filter(({ label }) => !/^HTTP Request-\d$/.test(label!));
      const labels = [...new Set(top.map(({ label }) => label!))];
      const round = onlyRound(jmeter, text);
      expect(round.measurements).toHaveLength(3 * labels.length);
      for (const label of labels) {
        const own = top.filter((row) => row.label === label);
        const good = own.filter(({ success }) => success === "true");
        expect(latencies(round, label)).toEqual(good.map(({ elapsed }) => Number(elapsed) / 1000));
        expect(measured(round, label, "error-rate").distribution).toEqual(
          single((own.length - good.length) / own.length),
        );
      }
      expect(recognisedBy(text)).toEqual(["jmeter"]);
    },
  );

  it("gwayaboy-results.xml: every time is that of an outer sample", () => {
    const { text } = corpus("jmeter").find(({ file }) => file.endsWith(".xml"))!;
    const times = text.split("\n").flatMap((line) => {
      const match = /^<httpSample t="(\d+)".* s="true" lb="HTTP Request"/.exec(line);
      return match === null ? [] : [Number(match[1]) / 1000];
    });
    expect(times).toHaveLength(300);
    expect(latencies(onlyRound(jmeter, text), "HTTP Request")).toEqual(times);
    expect(recognisedBy(text)).toEqual(["jmeter"]);
  });
});
