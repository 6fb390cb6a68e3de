import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { siege } from "../../../src/adapters/tools/siege.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(siege, fixture(`siege/${file}`));

/** A number of siege's own JSON, read without the adapter. */
function printed(file: string, key: string): number {
  return Number(new RegExp(`"${key}":\\s+([\\d.]+)`).exec(fixture(`siege/${file}`))![1]);
}

describe("siege", () => {
  it("gives mean and extremes in steps of 10 ms, and no percentile", () => {
    const { distribution, resolution, loadModel } = measured(read("slow.txt"), "requests", "latency");
    expect(distribution).toEqual({
      kind: "quantiles",
      quantiles: { "0": printed("slow.txt", "shortest_transaction"), "1": printed("slow.txt", "longest_transaction") },
      count: 100,
      mean: printed("slow.txt", "response_time"),
    });
    expect({ resolution, loadModel }).toEqual({ resolution: 0.01, loadModel: "closed" });
    expect(measured(read("slow.txt"), "requests", "throughput").distribution).toEqual(
      single(printed("slow.txt", "transaction_rate")),
    );
  });

  it("gives the share of failed transactions", () => {
    expect(measured(read("flaky.txt"), "requests", "error-rate").distribution).toEqual(single(5 / 100));
  });

  it.each(["all-500.txt", "refused.txt"])("reports %s as a failure without a latency", (file) => {
    const reason = "all 20 requests failed: check that the server is up and answers as expected";
    expect(read(file)).toEqual({ measurements: [], failures: [{ benchmark: "*", reason }] });
  });

  it("reads past what siege says of its configuration, its banner and single requests", () => {
    expect(measured(read("banner.txt"), "requests", "throughput").distribution).toEqual(
      single(printed("banner.txt", "transaction_rate")),
    );
    const noisy = `** SIEGE 4.0.7\n** Preparing 4 concurrent users for battle.\nThe server is now under siege...\nHTTP/1.1 200     0.01 secs:       5 bytes ==> GET  /slow\n${fixture("siege/slow.txt")}`;
    expect(onlyRound(siege, noisy)).toEqual(read("slow.txt"));
  });

  it("makes a round of every JSON in a file", () => {
    expect(siege.parse(outputOf(fixture("siege/slow.txt").repeat(2)))).toHaveLength(2);
  });

  it.each([
    [/^1: This line is not of siege's JSON.*-j/, "Transactions:\t\t 100 hits\nLongest transaction:\t 0.03\n"],
    [/^1: There is no JSON of siege/, ""],
    [/^1: The JSON is cut short/, fixture("siege/slow.txt").slice(0, 100)],
    [
      /^1: transaction_rate: Expected a finite number/,
      fixture("siege/slow.txt").replace(/("transaction_rate":\s+)[\d.]+/, '$1"x"'),
    ],
    [
      /transaction_rate: Expected a finite number, found NaN/,
      fixture("siege/slow.txt").replace(/("transaction_rate":\s+)[\d.]+/, "$1NaN"),
    ],
    [/^\d+: This line is not of siege's JSON: done/, `${fixture("siege/slow.txt")}done\n`],
  ])("refuses with %s", (message, text) => {
    expect(refusal(siege, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("siege's outputs in the corpus", () => {
  it.each(corpus("siege"))("$file: every number stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["siege"]);
    const found = (key: string) => Number(new RegExp(`"${key}":\\s+([\\d.]+)`).exec(text)![1]);
    const round = onlyRound(siege, text);
    expect(measured(round, "requests", "latency").distribution).toEqual({
      kind: "quantiles",
      quantiles: { "0": found("shortest_transaction"), "1": found("longest_transaction") },
      count: found("transactions"),
      mean: found("response_time"),
    });
    expect(measured(round, "requests", "throughput").distribution).toEqual(single(found("transaction_rate")));
    const { distribution } = measured(round, "requests", "error-rate");
    expect((distribution as { value: number }).value).toBeCloseTo(1 - found("availability") / 100, 4);
  });
});
