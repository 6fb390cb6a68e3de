import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { oha } from "../../../src/adapters/tools/oha.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const OK = fixture("oha/flaky.json");

/** What an output itself says, read without the adapter. */
function printed(file: string) {
  const { summary, latencyPercentiles, statusCodeDistribution, errorDistribution } = JSON.parse(fixture(`oha/${file}`));
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0);
  const quantiles = Object.entries<number>(latencyPercentiles).map(([key, value]) => [
    String(Number((Number(key.slice(1)) / 100).toPrecision(12))),
    value,
  ]);
  return {
    quantiles: { "0": summary.fastest, ...Object.fromEntries(quantiles), "1": summary.slowest },
    mean: summary.average,
    answers: sum(statusCodeDistribution),
    successes: sum({ "200": 0, ...statusCodeDistribution, "500": 0 }),
    errors: errorDistribution as Record<string, number>,
    seconds: summary.total,
  };
}

describe("oha's JSON", () => {
  it.each([
    ["slow.json", 200, 0],
    ["flaky.json", 200, 10 / 200],
    ["cut.json", 90, 10 / 100],
    ["rate.json", 60, 0],
    ["few.json", 3, 0],
  ])("gives its percentiles in seconds, successes a second and the share of failures: %s", (file, answers, failed) => {
    const round = onlyRound(oha, fixture(`oha/${file}`));
    const { quantiles, mean, seconds, ...said } = printed(file);
    expect(said.answers).toBe(answers);
    expect(Object.keys(quantiles)).toHaveLength(11);
    const { distribution, ...latency } = measured(round, "requests", "latency");
    expect(latency).toEqual({
      benchmark: "requests",
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "index",
    });
    expect(distribution).toEqual({ kind: "quantiles", quantiles, count: answers, mean });
    expect(measured(round, "requests", "throughput").distribution).toEqual(single(said.successes / seconds));
    expect(measured(round, "requests", "error-rate").distribution).toEqual(single(failed));
  });

  it("does not count what the end of the run cut off", () => {
    const { answers, errors } = printed("deadline.json");
    expect(Object.keys(errors)).toEqual(["aborted due to deadline"]);
    const round = onlyRound(oha, fixture("oha/deadline.json"));
    expect(measured(round, "requests", "error-rate").distribution).toEqual(single(0));
    expect(measured(round, "requests", "latency").distribution).toMatchObject({ count: answers });
  });

  it.each([
    ["refused.json", "20 Connection refused (os error 111)"],
    ["all-500.json", "50 status 500"],
  ])("reports a run whose requests all failed as a failure without a latency: %s", (file, reason) => {
    const { measurements, failures } = onlyRound(oha, fixture(`oha/${file}`));
    expect(measurements).toEqual([]);
    expect(failures).toEqual([{ benchmark: "*", reason: expect.stringContaining(reason) }]);
  });

  it("tells the option to use where it gets oha's text", () => {
    const text = fixture("oha/unread-text.txt");
    expect(recognisedBy(text)).toEqual(["oha"]);
    for (const each of [text, fixture("oha/unread-csv.csv")])
      expect(refusal(oha, each).message).toBe(
        "1: This is not a JSON result of oha. Run oha with --no-tui --output-format json",
      );
  });

  it.each([
    [/^summary\.total: /, OK.replace(/"total": [\d.]+/, '"total": "2"')],
    [/^latencyPercentiles\.p99: /, OK.replace(/"p99": 0[\d.]+/, '"p99": -1')],
    [/^statusCodeDistribution\["500"\]: /, OK.replace('"500": 10', '"500": null')],
    [/The JSON ends in the middle/, OK.slice(0, 500)],
  ])("refuses with %s", (message, text) => {
    expect(refusal(oha, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("oha's files in the corpus", () => {
  const schema = corpus("oha").find(({ file }) => file === "oha-schema.json")?.text ?? "";

  it("refuses the schema, which is no result", () => {
    expect(oha.recognises(outputOf(schema))).toBe(false);
    expect(refusal(oha, schema).message).toMatch(/^1: This is not a JSON result of oha/);
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
