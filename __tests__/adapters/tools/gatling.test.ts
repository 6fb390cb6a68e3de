import { describe, expect, it } from "vitest";
import type { ParsedRound } from "../../../src/adapters/adapter.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { gatling } from "../../../src/adapters/tools/gatling/gatling.ts";
import type { GateError } from "../../../src/model/error.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(gatling, fixture(`gatling/${file}`));

function samplesOf(round: ParsedRound, benchmark: string): number[] {
  const { distribution } = measured(round, benchmark, "latency");
  if (distribution.kind !== "samples") throw new Error(distribution.kind);
  return [...distribution.samples];
}

const folder = (files: Readonly<Record<string, string>>) => gatling.folder!.parse(new Map(Object.entries(files)));

describe("Gatling's simulation.log", () => {
  it("gives every request that was OK by its groups and name, and all together", () => {
    const round = read("simulation.log");
    expect(measured(round, "All Requests", "latency")).toEqual({
      ...{ benchmark: "All Requests", metric: "latency", unit: "s", better: "lower", resolution: 0.001 },
      distribution: { kind: "samples", samples: Float64Array.of(0.02, 0.045, 0.15, 0.012, 0.016) },
    });
    expect(samplesOf(round, "home")).toEqual([0.02, 0.012, 0.016]);
    expect(samplesOf(round, "checkout / pay")).toEqual([0.045]);
    expect(samplesOf(round, "checkout / slow / pay")).toEqual([0.15]);
    expect(measured(round, "checkout / pay", "error-rate").distribution).toEqual(single(0.5));
    expect(measured(round, "All Requests", "error-rate").distribution).toEqual(single(1 / 6));
    expect(measured(round, "All Requests", "throughput").distribution).toMatchObject({
      value: expect.closeTo(5 / 2.016, 5),
    });
  });

  it("may have the number of the user before the groups, and requests that could not be built", () => {
    const round = read("users.log");
    expect(samplesOf(round, "checkout / pay")).toEqual([0.045]);
    expect(measured(round, "All Requests", "error-rate").distribution).toEqual(single(1 / 3));
  });

  it("is a failure where nothing was OK", () => {
    expect(onlyRound(gatling, fixture("gatling/simulation.log").replaceAll("\tOK\t", "\tKO\t")).failures).toEqual([
      { benchmark: "*", reason: expect.stringMatching(/^all 6 requests failed/) },
    ]);
  });

  it("can leave out a warm-up", () => {
    const [round] = gatling.parse({ ...outputOf(fixture("gatling/simulation.log")), skip: 1.5 });
    expect(samplesOf(round!, "All Requests")).toEqual([0.016]);
    expect(() => gatling.parse({ ...outputOf(fixture("gatling/stats.json")), skip: 1 })).toThrow(
      "cannot be cut from Gatling's statistics",
    );
  });

  it.each([
    [
      "a kind of line that is unknown",
      (text: string) => text.replace("GROUP", "SOMETHING"),
      "8: line: Expected REQUEST, USER",
    ],
    [
      "a time that is none",
      (text: string) => text.replace("1700000000085\tOK", "soon\tOK"),
      '4: end: Expected whole milliseconds, found "soon"',
    ],
    [
      "an end before the start",
      (text: string) => text.replace("1700000000085\tOK", "1700000000000\tOK"),
      "4: end: Expected a time not before",
    ],
    [
      "a request without its outcome",
      (text: string) => text.replace("\tOK\t", "\tYES\t"),
      "3: The request has no OK or KO",
    ],
    ["a cut line", (text: string) => text.trimEnd(), "10: the last line is cut off"],
    [
      "another version",
      (text: string) => text.replace("3.9.5", "2.3.1"),
      "1: a simulation.log of Gatling 2 cannot be read",
    ],
    ["the binary form", () => "\0\0\0\0\u00063.12.0\0\0\0\u0005", "1: this simulation.log is binary"],
    ["no request", (text: string) => text.replaceAll(/^REQUEST.*\n/gm, ""), "It holds no benchmarks"],
  ])("is refused at a line: %s", (_, change, message) => {
    const error = refusal(gatling, change(fixture("gatling/simulation.log")));
    expect(error.message).toContain(message);
    expect(error.position.line).toBeGreaterThan(0);
  });
});

describe("Gatling's statistics", () => {
  it("give its percentiles of what was OK, by groups and name, with the number that they rest on", () => {
    const round = read("stats.json");
    const quantiles = { "0": 0.012, "0.5": 0.02, "0.75": 0.045, "0.95": 0.129, "0.99": 0.146, "1": 0.15 };
    expect(measured(round, "All Requests", "latency")).toEqual({
      ...{
        benchmark: "All Requests",
        metric: "latency",
        unit: "s",
        better: "lower",
        resolution: 0.001,
        estimator: "t-digest",
      },
      distribution: { kind: "quantiles", quantiles, count: 4, mean: 0.049 },
    });
    expect(measured(round, "checkout / pay", "error-rate").distribution).toEqual(single(0.5));
    expect(round.measurements.map(({ benchmark }) => benchmark)).not.toContain("checkout");
    expect(round.failures).toEqual([
      { benchmark: "checkout / refund", reason: expect.stringMatching(/^all 1 requests failed/) },
    ]);
    expect(read("global_stats.json").measurements).toEqual(round.measurements.slice(0, 3));
  });

  it("may be texts, with a dash where there is nothing", () => {
    const old = fixture("gatling/global_stats.json").replaceAll(/("(?:total|ok|ko)"): ([\d.]+)/g, '$1: "$2"');
    expect(onlyRound(gatling, old)).toEqual(read("global_stats.json"));
    const dashes = old.replace(/("percentiles4": \{[^}]*?"ok"): "[\d.]+"/, '$1: "-"');
    expect(measured(onlyRound(gatling, dashes), "All Requests", "latency").distribution).toMatchObject({
      quantiles: { "0": 0.012, "0.5": 0.02, "0.75": 0.045, "0.95": 0.129, "1": 0.15 },
    });
  });

  it.each([
    [(text: string) => text.replace(/"ok": 4/, '"ok": 3'), "numberOfRequests.total: Expected 3 + 2 requests, found 6"],
    [
      (text: string) => text.replace(/("percentiles4": \{[^}]*?"ok"): [\d.]+/, '$1: "n/a"'),
      'percentiles4.ok: Expected a finite number, found the text "n/a"',
    ],
    [(text: string) => text.slice(0, 400), "Not valid JSON"],
  ])("are refused with the path of what is wrong", (change, message) => {
    expect(refusal(gatling, change(fixture("gatling/global_stats.json"))).message).toContain(message);
  });
});

describe("Gatling's results folder", () => {
  const [log, stats] = [fixture("gatling/simulation.log"), fixture("gatling/stats.json")];

  it("is read from the log where that is text, else from the statistics", () => {
    const both = { "run-1/js/stats.json": stats, "run-1/simulation.log": log };
    expect(folder(both)).toEqual([read("simulation.log")]);
    expect(folder({ ...both, "run-1/simulation.log": "\0\0\0\0\u00063.12.0\0" })).toEqual([read("stats.json")]);
    expect(folder({ "simulation.log": log })).toEqual([read("simulation.log")]);
  });

  it("is refused where it holds two runs, and names the file where that is wrong", () => {
    expect(() => folder({ "a/simulation.log": log, "b/simulation.log": log })).toThrow(
      "it holds 2 runs of Gatling (a/, b/)",
    );
    expect(() => folder({})).toThrow("it holds no results of Gatling");
    try {
      folder({ "a/simulation.log": log.trimEnd() });
      expect.unreachable();
    } catch (error) {
      expect((error as GateError).position).toMatchObject({ file: "a/simulation.log", line: 10 });
    }
  });
});

describe.skipIf(!hasCorpus)("Gatling's outputs in the corpus", () => {
  const files = corpus("gatling");
  const text = (name: string) => files.find(({ file }) => file === name)!.text;

  it("apicurio-global_stats.json: every number is the one that stands under ok", () => {
    const stats = JSON.parse(text("apicurio-global_stats.json"));
    const round = onlyRound(gatling, text("apicurio-global_stats.json"));
    expect(measured(round, "All Requests", "latency").distribution).toEqual({
      kind: "quantiles",
      quantiles: { "0": 0.015, "0.5": 0.021, "0.75": 0.024, "0.95": 0.059, "0.99": 0.148, "1": 1.493 },
      ...{ count: 5480, mean: 0.028 },
    });
    expect(measured(round, "All Requests", "error-rate").distribution).toEqual(single(14 / 5494));
    expect(measured(round, "All Requests", "throughput").distribution).toEqual(
      single(stats.meanNumberOfRequestsPerSecond.ok),
    );
  });

  it("kamilkloch-http4s-50K-stats.json: every request of the tree has its own four percentiles", () => {
    const source = text("kamilkloch-http4s-50K-stats.json");
    // The statistics of requests, wherever in the tree they are, by their own names.
    const found: Record<string, Record<string, { ok: number }>> = {};
    JSON.parse(source, (_, value) => {
      if (value?.type === "REQUEST") found[value.name] = value.stats;
      return value;
    });
    const round = onlyRound(gatling, source);
    expect(Object.keys(found).length).toBe(6);
    for (const [name, stats] of Object.entries(found)) {
      const { distribution } = round.measurements.find(
        ({ benchmark, metric }) => metric === "latency" && (benchmark === name || benchmark.endsWith(` / ${name}`)),
      )!;
      expect(distribution).toMatchObject({
        count: stats.numberOfRequests!.ok,
        quantiles: {
          "0.5": stats.percentiles1!.ok / 1000,
          "0.75": stats.percentiles2!.ok / 1000,
          "0.95": stats.percentiles3!.ok / 1000,
          "0.99": stats.percentiles4!.ok / 1000,
        },
      });
    }
  });

  it.each(["apicurio-assertions.json", "apicurio-report-stats.csv"])(
    "%s, which holds no results of Gatling's own, is refused",
    (name) => {
      expect(refusal(gatling, text(name)).message).toMatch(/^1: this is neither a simulation.log nor the statistics/);
      expect(recognisedBy(text(name))).toEqual([]);
    },
  );
});
