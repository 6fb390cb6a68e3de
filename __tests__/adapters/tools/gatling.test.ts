import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ParsedRound } from "../../../src/adapters/adapter.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { gatling } from "../../../src/adapters/tools/gatling/gatling.ts";
import { GateError } from "../../../src/model/error.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(gatling, fixture(`gatling/${file}`));

function samplesOf(round: ParsedRound, benchmark: string): number[] {
  const { distribution } = measured(round, benchmark, "latency");
  if (distribution.kind !== "samples") throw new Error(distribution.kind);
  return [...distribution.samples];
}

const folder = (files: Readonly<Record<string, string>>) => gatling.folder!.parse(new Map(Object.entries(files)));

const LOG = fixture("gatling/simulation.log");
const HOME = 'home, "sweet" | ü € home';
const NAMES = [HOME, "checkout / pay", "checkout / late / pay"];

/** The requests of a text log, read without the adapter. */
function requestsIn(log: string) {
  const rows = log.split("\n").map((line) => line.split("\t"));
  return rows
    .filter(([kind]) => kind === "REQUEST")
    .map(([, groups, name, start, end, status]) => ({
      name: [...(groups === "" ? [] : groups!.split(",")), name].join(" / "),
      start: Number(start),
      end: Number(end),
      seconds: (Number(end) - Number(start)) / 1000,
      ok: status === "OK",
    }));
}

describe("Gatling's simulation.log", () => {
  it.each(["simulation.log", "3.12/simulation.log"])(
    "gives every request that was OK by its groups and name, and all together: %s",
    (file) => {
      const [round, requests] = [read(file), requestsIn(fixture(`gatling/${file}`))];
      const errors = fixture(`gatling/${file}`).match(/^ERROR\t/gm)!.length;
      const good = requests.filter(({ ok }) => ok);
      expect(fixture(`gatling/${file}`)).toMatch(/^ASSERTION\t/);
      expect([requests.length, good.length, errors]).toEqual([80, 55, 20]);
      expect(measured(round, "All Requests", "latency")).toEqual({
        ...{ benchmark: "All Requests", metric: "latency", unit: "s", better: "lower", resolution: 0.001 },
        distribution: { kind: "samples", samples: Float64Array.from(good, ({ seconds }) => seconds) },
      });
      for (const name of NAMES)
        expect(samplesOf(round, name)).toEqual(good.filter((each) => each.name === name).map(({ seconds }) => seconds));
      expect(measured(round, "checkout / pay", "error-rate").distribution).toEqual(single(5 / 20));
      // What could not even be built has failed among all.
      expect(measured(round, "All Requests", "error-rate").distribution).toEqual(single((25 + 20) / (80 + 20)));
      expect(round.failures).toEqual([{ benchmark: "lost", reason: expect.stringMatching(/^all 20 requests failed/) }]);
      const pay = requests.filter(({ name }) => name === "checkout / pay");
      const seconds = (Math.max(...pay.map(({ end }) => end)) - Math.min(...pay.map(({ start }) => start))) / 1000;
      expect(measured(round, "checkout / pay", "throughput").distribution).toMatchObject({
        value: expect.closeTo(15 / seconds, 5),
      });
    },
  );

  it("may have the number of the user before the groups, and requests that could not be built", () => {
    const round = read("users.log");
    expect(samplesOf(round, "checkout / pay")).toEqual([0.045]);
    expect(measured(round, "All Requests", "error-rate").distribution).toEqual(single(1 / 3));
  });

  it("is a failure where nothing was OK", () => {
    expect(read("refused-simulation.log")).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringMatching(/^all 80 requests failed/) }],
    });
  });

  it("can leave out a warm-up", () => {
    const [round] = gatling.parse({ ...outputOf(LOG), skip: 1 });
    const [requests, errors] = [requestsIn(LOG), [...LOG.matchAll(/^ERROR\t.*\t(\d+)$/gm)]];
    const lines = LOG.split("\n").filter((line) => /^(?:REQUEST|ERROR)\t/.test(line));
    const begin = lines[0]!.startsWith("REQUEST") ? requests[0]!.start : Number(errors[0]![1]);
    const late = requests.filter(({ ok, start }) => ok && start >= begin + 1000);
    expect(late.length).toBeGreaterThan(3);
    expect(samplesOf(round!, "All Requests")).toEqual(late.map(({ seconds }) => seconds));
    expect(() => gatling.parse({ ...outputOf(fixture("gatling/stats.json")), skip: 1 })).toThrow(
      "cannot be cut from Gatling's statistics",
    );
  });

  const first = LOG.split("\n").findIndex((line) => line.startsWith("REQUEST")) + 1;
  it.each([
    [
      "a kind of line that is unknown",
      (text: string) => text.replace(/^REQUEST/m, "SOMETHING"),
      `${first}: line: Expected REQUEST, USER`,
    ],
    [
      "a time that is none",
      (text: string) => text.replace(/^(REQUEST\t.*)\t\d+\tOK/m, "$1\tsoon\tOK"),
      `${first}: end: Expected whole milliseconds, found "soon"`,
    ],
    [
      "an end before the start",
      (text: string) => text.replace(/^(REQUEST\t.*)\t\d+\tOK/m, "$1\t1700000000000\tOK"),
      `${first}: end: Expected a time not before`,
    ],
    [
      "a request without its outcome",
      (text: string) => text.replace(/^(REQUEST\t.*)\tOK\t/m, "$1\tYES\t"),
      `${first}: The request has no OK or KO`,
    ],
    ["a cut line", (text: string) => text.trimEnd(), `${LOG.trimEnd().split("\n").length}: the last line is cut off`],
    [
      "another version",
      (text: string) => text.replace("3.9.5", "2.3.1"),
      "1: a simulation.log of Gatling 2 cannot be read",
    ],
    ["no request", (text: string) => text.replaceAll(/^(?:REQUEST|ERROR).*\n/gm, ""), "It holds no benchmarks"],
  ])("is refused at a line: %s", (_, change, message) => {
    const error = refusal(gatling, change(LOG));
    expect(error.message).toContain(message);
    expect(error.position.line).toBeGreaterThan(0);
  });
});

describe("Gatling's binary simulation.log", () => {
  const binary = (folder: string) =>
    readFileSync(new URL(`../../fixtures/gatling/${folder}/simulation.log`, import.meta.url));
  const VERSIONS = ["3.13.1", "3.13.5", "3.15"];

  it.each(VERSIONS)("of %s holds what the text of earlier versions does", (folder) => {
    const bytes = binary(folder);
    const round = onlyRound(gatling, bytes.toString("latin1"));
    expect(samplesOf(round, "All Requests")).toHaveLength(55);
    expect(NAMES.map((name) => samplesOf(round, name).length)).toEqual([20, 15, 20]);
    expect(measured(round, "checkout / pay", "error-rate").distribution).toEqual(single(5 / 20));
    expect(measured(round, "All Requests", "error-rate").distribution).toEqual(single((25 + 20) / (80 + 20)));
    expect(round.failures).toEqual([{ benchmark: "lost", reason: expect.stringMatching(/^all 20 requests failed/) }]);
    expect(recognisedBy(bytes.toString("latin1"))).toEqual(["gatling"]);
    expect(recognisedBy(bytes.toString())).toEqual(["gatling"]);
  });

  it("has the times that Gatling's own statistics of the same run are made of", () => {
    const log = onlyRound(gatling, binary("3.13.1").toString("latin1"));
    const stats = read("3.13.1/js/stats.json");
    for (const name of [...NAMES, "All Requests"]) {
      const samples = samplesOf(log, name).sort((a, b) => a - b);
      const { distribution } = measured(stats, name, "latency");
      if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
      const { count, quantiles, mean } = distribution;
      expect([samples[0], samples.at(-1), samples.length]).toEqual([quantiles["0"], quantiles["1"], count]);
      // Gatling cuts its mean to whole milliseconds.
      const own = samples.reduce((sum, value) => sum + value, 0) / samples.length;
      expect(Math.abs(own - mean!)).toBeLessThanOrEqual(0.001);
      for (const [level, value] of Object.entries(quantiles)) expect(samples, level).toContain(value);
    }
  });

  it("is a failure where nothing was OK", () => {
    for (const folder of VERSIONS)
      expect(onlyRound(gatling, binary(`${folder}-refused`).toString("latin1")).failures).toEqual([
        { benchmark: "*", reason: expect.stringMatching(/^all 80 requests failed/) },
      ]);
  });

  it("is read in pieces of any size as it is whole", () => {
    const bytes = binary("3.15");
    const whole = gatling.parse(outputOf(bytes.toString("latin1")));
    for (const size of [1, 7, 1000, 65_536]) {
      const reader = gatling.stream!({ skip: 0 });
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      expect(reader.end()).toEqual(whole);
    }
  });

  it("can leave out a warm-up", () => {
    const [round] = gatling.parse({ ...outputOf(binary("3.15").toString("latin1")), skip: 1 });
    const left = samplesOf(round!, "All Requests").length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(55);
  });

  it("is refused where it was cut, damaged, or changed by being taken for text", () => {
    const bytes = binary("3.15");
    const text = bytes.toString("latin1");
    expect(refusal(gatling, text.slice(0, -1)).message).toContain("the last record is cut off");
    expect(refusal(gatling, bytes.toString()).message).toContain("was changed where it was taken for text");
    expect(refusal(gatling, `${text}\t`).message).toContain("the log is damaged: there is no record of kind 9");
    expect(refusal(gatling, `${text}\u0001\0\0\0\0\u007f\0\0\0`).message).toContain("there is no text");
    for (let at = 0; at < bytes.length; at += 13) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 0x55;
      try {
        gatling.parse(outputOf(changed.toString("latin1")));
      } catch (error) {
        expect(error).toBeInstanceOf(GateError);
      }
    }
  });
});

describe("Gatling's statistics", () => {
  const whole = JSON.parse(fixture("gatling/global_stats.json"));

  it("give its percentiles of what was OK, by groups and name, with the number that they rest on", () => {
    const round = read("stats.json");
    const quantiles = Object.fromEntries(
      Object.entries({
        ...{ "0": "minResponseTime", "0.5": "percentiles1", "0.75": "percentiles2" },
        ...{ "0.95": "percentiles3", "0.99": "percentiles4", "1": "maxResponseTime" },
      }).map(([level, key]) => [level, whole[key].ok / 1000]),
    );
    expect(measured(round, "All Requests", "latency")).toEqual({
      ...{
        benchmark: "All Requests",
        metric: "latency",
        unit: "s",
        better: "lower",
        resolution: 0.001,
        estimator: "t-digest",
      },
      distribution: { kind: "quantiles", quantiles, count: 55, mean: whole.meanResponseTime.ok / 1000 },
    });
    expect(measured(round, "checkout / pay", "error-rate").distribution).toEqual(single(5 / 20));
    expect([...new Set(round.measurements.map(({ benchmark }) => benchmark))].sort()).toEqual(
      ["All Requests", ...NAMES].sort(),
    );
    expect(round.failures).toEqual([{ benchmark: "lost", reason: expect.stringMatching(/^all 20 requests failed/) }]);
    expect(read("global_stats.json").measurements).toEqual(round.measurements.slice(0, 3));
  });

  it("name requests as the log does, though they are written for HTML", () => {
    expect(fixture("gatling/stats.json")).toContain("&quot;sweet&quot;");
    const names = (file: string) => [...new Set(read(file).measurements.map(({ benchmark }) => benchmark))].sort();
    expect(names("stats.json")).toEqual(names("simulation.log"));
  });

  it("of nothing but failures are a failure", () => {
    for (const file of ["refused-stats.json", "refused-global_stats.json"])
      expect(read(file).failures).toEqual([
        { benchmark: "*", reason: expect.stringMatching(/^all 80 requests failed/) },
      ]);
  });

  it("may be texts, with a dash where there is nothing", () => {
    const old = fixture("gatling/global_stats.json").replaceAll(/("(?:total|ok|ko)"): ([\d.]+)/g, '$1: "$2"');
    expect(old).not.toBe(fixture("gatling/global_stats.json"));
    expect(onlyRound(gatling, old)).toEqual(read("global_stats.json"));
    const dashes = old.replace(/("percentiles4": \{[^}]*?"ok"): "[\d.]+"/, '$1: "-"');
    const { distribution } = measured(onlyRound(gatling, dashes), "All Requests", "latency");
    expect(Object.keys((distribution as { quantiles: object }).quantiles).sort()).toEqual(
      ["0", "0.5", "0.75", "0.95", "1"].sort(),
    );
  });

  it.each([
    [
      (text: string) => text.replace('"ok": 55', '"ok": 54'),
      "numberOfRequests.total: Expected 54 + 25 requests, found 80",
    ],
    [
      (text: string) => text.replace(/("percentiles4": \{[^}]*?"ok"): [\d.]+/, '$1: "n/a"'),
      'percentiles4.ok: Expected a finite number, found the text "n/a"',
    ],
    [(text: string) => text.slice(0, 400), "The JSON ends in the middle"],
  ])("are refused with the path of what is wrong", (change, message) => {
    expect(refusal(gatling, change(fixture("gatling/global_stats.json"))).message).toContain(message);
  });
});

describe("Gatling's results folder", () => {
  const stats = fixture("gatling/stats.json");

  it("is read from the log, else from the statistics", () => {
    const both = { "run-1/js/stats.json": stats, "run-1/simulation.log": LOG };
    expect(folder(both)).toEqual([read("simulation.log")]);
    expect(folder({ "run-1/js/stats.json": stats })).toEqual([read("stats.json")]);
    expect(folder({ "simulation.log": LOG })).toEqual([read("simulation.log")]);
    const binary = readFileSync(new URL("../../fixtures/gatling/3.15/simulation.log", import.meta.url), "latin1");
    expect(folder({ "run-1/simulation.log": binary })).toEqual([onlyRound(gatling, binary)]);
  });

  it("is refused where it holds two runs, and names the file where that is wrong", () => {
    expect(() => folder({ "a/simulation.log": LOG, "b/simulation.log": LOG })).toThrow(
      "it holds 2 runs of Gatling (a/, b/)",
    );
    expect(() => folder({})).toThrow("it holds no results of Gatling");
    try {
      folder({ "a/simulation.log": LOG.trimEnd() });
      expect.unreachable();
    } catch (error) {
      const line = LOG.trimEnd().split("\n").length;
      expect((error as GateError).position).toMatchObject({ file: "a/simulation.log", line });
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
