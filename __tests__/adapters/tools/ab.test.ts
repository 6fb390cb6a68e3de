import { describe, expect, it } from "vitest";
import { ab } from "../../../src/adapters/tools/ab/ab.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(ab, fixture(`ab/${file}`));

describe("ApacheBench", () => {
  it("gives its percentiles in whole milliseconds, requests a second and the share of failures", () => {
    const common = { benchmark: "/slow", loadModel: "closed" };
    const text = fixture("ab/slow.txt");
    const rows = [...text.matchAll(/^ +(\d+)% +(\d+)/gm)];
    expect(rows).toHaveLength(9);
    const [, min, mean, max] = /^Total: +(\d+) +(\d+) +[\d.]+ +\d+ +(\d+)/m.exec(text)!.map(Number);
    const quantiles = {
      "0": min! / 1000,
      ...Object.fromEntries(rows.map(([, percent, time]) => [String(Number(percent) / 100), Number(time) / 1000])),
      "1": max! / 1000,
    };
    const rate = Number(/^Requests per second: +([\d.]+)/m.exec(text)![1]);
    expect(read("slow.txt")).toEqual({
      measurements: [
        {
          ...common,
          ...{ metric: "latency", unit: "s", better: "lower", estimator: "index", resolution: 0.001 },
          distribution: { kind: "quantiles", quantiles, count: 500, mean: mean! / 1000 },
        },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(rate) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(0) },
      ],
      failures: [],
    });
  });

  it("counts statuses, not bodies of another length than the first", () => {
    expect(measured(read("flaky.txt"), "/flaky", "error-rate").distribution).toEqual(single(10 / 200));
    expect(fixture("ab/lengths.txt")).toContain("Length: 180");
    expect(measured(read("lengths.txt"), "/vary", "error-rate").distribution).toEqual(single(0));
    const broken = fixture("ab/lengths.txt").replace("Connect: 0, Receive: 0", "Connect: 3, Receive: 5");
    expect(measured(onlyRound(ab, broken), "/vary", "error-rate").distribution).toEqual(single(8 / 200));
  });

  it.each([
    ["all-500.txt", "all 50 requests failed (50 status)"],
    ["refused.txt", "ab stopped: apr_socket_recv: Connection refused (111)"],
  ])("reports %s as a failure without a latency", (file, reason) => {
    expect(read(file)).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringContaining(reason) }],
    });
  });

  it("reads past the warning about its own means, and past its progress", () => {
    // What ab prints behind its times where mean and median differ much (support/ab.c), which no run does at will.
    const remarks = [
      "WARNING: The median and mean for the initial connection time are not within a normal deviation\n        These results are probably not that reliable.",
      "ERROR: The median and mean for the total time are more than twice the standard\n       deviation apart. These results are NOT reliable.",
    ];
    for (const remark of remarks) {
      const text = fixture("ab/quick.txt").replace(/^Total: .*\n(?:(?:WARNING|ERROR): .*\n.*\n)*/m, `$&${remark}\n`);
      expect(text).toContain(remark);
      expect(onlyRound(ab, text)).toEqual(read("quick.txt"));
    }
    const progress = fixture("ab/slow.txt").replace("Benchmarking", "Completed 100 requests\nBenchmarking");
    expect(onlyRound(ab, progress)).toEqual(read("slow.txt"));
  });

  it.each([
    [/^1: This is not a report of ab/, ""],
    [/^1: The report has no requests: it is cut short/, fixture("ab/slow.txt").slice(0, 300)],
    [
      /^12: ab does not print this line/,
      fixture("ab/slow.txt").replace("Document Path", "LOG: header received:\nDocument Path"),
    ],
  ])("refuses with %s", (message, text) => {
    expect(refusal(ab, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("ApacheBench's reports in the corpus", () => {
  it.each(corpus("ab"))("$file: every number stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["ab"]);
    const round = onlyRound(ab, text);
    if (text.includes("Connection refused")) {
      const reason = "ab stopped: apr_socket_recv: Connection refused (111)";
      return expect(round).toEqual({ measurements: [], failures: [{ benchmark: "*", reason }] });
    }
    const path = /^Document Path: +(\S+)/m.exec(text)![1]!;
    const { distribution } = measured(round, path, "latency");
    if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
    const printed = text.split("certain time (ms)")[1]!.trim().split("\n");
    expect(printed).toHaveLength(9);
    for (const line of printed) {
      const [percent, milliseconds] = line.trim().split(/[% ]+/);
      expect(distribution.quantiles[String(Number(percent) / 100)]).toBe(Number(milliseconds) / 1000);
    }
    expect(distribution.count).toBe(Number(/^Complete requests: +(\d+)/m.exec(text)![1]));
    const rate = Number(/^Requests per second: +([\d.]+)/m.exec(text)![1]);
    expect(measured(round, path, "throughput").distribution).toEqual(single(rate));
    expect(measured(round, path, "error-rate").distribution).toEqual(single(0));
  });
});
