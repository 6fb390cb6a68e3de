import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { oha } from "../../../src/adapters/tools/oha.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const OK = fixture("oha/ok.json");

describe("oha's JSON", () => {
  it("gives its percentiles in seconds, successes a second and the share of failures", () => {
    const round = onlyRound(oha, OK);
    const { distribution, ...latency } = measured(round, "requests", "latency");
    expect(latency).toEqual({
      benchmark: "requests",
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "index",
    });
    expect(distribution).toEqual({
      kind: "quantiles",
      quantiles: {
        ...{ "0": 0.0011, "0.1": 0.002, "0.25": 0.004, "0.5": 0.0081, "0.75": 0.012, "0.9": 0.018 },
        ...{ "0.95": 0.0214, "0.99": 0.0481, "0.999": 0.0502, "0.9999": 0.0512, "1": 0.0512 },
      },
      count: 1000,
      mean: 0.0087,
    });
    expect(measured(round, "requests", "throughput").distribution).toEqual(single(490));
  });

  it("counts statuses of 400 and more and failed connections, but not what the end of the run cut off", () => {
    const { distribution } = measured(onlyRound(oha, OK), "requests", "error-rate");
    expect(distribution).toEqual(single((20 + 2) / (1000 + 2)));
  });

  it("reports a run whose requests all failed as a failure without a latency", () => {
    const { measurements, failures } = onlyRound(oha, fixture("oha/refused.json"));
    expect(measurements).toEqual([]);
    expect(failures).toEqual([
      { benchmark: "*", reason: expect.stringContaining("20 Connection refused (os error 111)") },
    ]);
  });

  it("tells the option to use where it gets oha's text", () => {
    const text = "Summary:\n  Success rate:\t100.00%\n  Total:\t2.0000 secs\n";
    expect(recognisedBy(text)).toEqual(["oha"]);
    expect(refusal(oha, text).message).toBe(
      "1: This is no JSON result of oha. Run oha with --no-tui --output-format json",
    );
  });

  it.each([
    [/^summary\.total: /, OK.replace('"total": 2.0', '"total": "2"')],
    [/^latencyPercentiles\.p99: /, OK.replace('"p99": 0.0481', '"p99": -1')],
    [/^statusCodeDistribution\["500"\]: /, OK.replace('"500": 20', '"500": null')],
    [/Not valid JSON/, OK.slice(0, 500)],
  ])("refuses with %s", (message, text) => {
    expect(refusal(oha, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("oha's files in the corpus", () => {
  const schema = corpus("oha").find(({ file }) => file === "oha-schema.json")?.text ?? "";

  it("refuses the schema, which is no result", () => {
    expect(oha.recognises(outputOf(schema))).toBe(false);
    expect(refusal(oha, schema).message).toMatch(/^1: This is no JSON result of oha/);
  });

  it("reads a result that has every field that the schema requires", () => {
    const required = JSON.parse(schema).required as string[];
    const result = JSON.parse(OK);
    const given = { firstByteHistogram: {}, firstBytePercentiles: {}, ...result };
    expect(required.filter((key) => !(key in given))).toEqual([]);
    const keys = JSON.parse(schema).properties.latencyPercentiles.required as string[];
    expect(Object.keys(result.latencyPercentiles).sort()).toEqual([...keys].sort());
    expect(onlyRound(oha, JSON.stringify(given))).toEqual(onlyRound(oha, OK));
  });
});
