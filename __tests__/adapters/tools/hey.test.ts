import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { hey } from "../../../src/adapters/tools/hey/hey.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(hey, fixture(`hey/${file}`));

describe("hey", () => {
  /** What the summary itself prints, read without the adapter. */
  const printed = (file: string) => {
    const text = fixture(`hey/${file}`);
    const number = (pattern: RegExp) => Number(pattern.exec(text)![1]);
    const percentiles = [...text.matchAll(/^ {2}([1-9]\d?)%+ in ([\d.]+) secs$/gm)];
    return {
      quantiles: {
        "0": number(/Fastest:\t([\d.]+)/),
        ...Object.fromEntries(percentiles.map(([, percent, value]) => [String(Number(percent) / 100), Number(value)])),
        "1": number(/Slowest:\t([\d.]+)/),
      },
      mean: number(/Average:\t([\d.]+)/),
      rate: number(/Requests\/sec:\t([\d.]+)/),
    };
  };

  it("gives its percentiles, requests a second and the share of failures", () => {
    const common = { benchmark: "requests", loadModel: "closed" };
    const { quantiles, mean, rate } = printed("slow.txt");
    expect(Object.keys(quantiles)).toHaveLength(9);
    expect(read("slow.txt")).toEqual({
      measurements: [
        {
          ...common,
          ...{ metric: "latency", unit: "s", better: "lower", estimator: "index", resolution: 0.0001 },
          distribution: { kind: "quantiles", quantiles, count: 300, mean },
        },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(rate) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(0) },
      ],
      failures: [],
    });
  });

  it("has no percentile that so few requests do not have, which hey prints as 0% in 0.0000 secs", () => {
    const { distribution } = measured(read("few.txt"), "requests", "latency");
    expect(Object.keys((distribution as { quantiles: object }).quantiles).sort()).toEqual(
      ["0", "0.1", "0.25", "0.5", "0.75", "0.9", "1"].sort(),
    );
  });

  it("counts statuses of 400 and more, and requests without an answer", () => {
    expect(measured(read("flaky.txt"), "requests", "error-rate").distribution).toEqual(single(10 / 200));
    expect(fixture("hey/cut.txt")).toMatch(/\[200\]\t90 responses\s+Error distribution:\s+\[10\]/);
    expect(measured(read("cut.txt"), "requests", "error-rate").distribution).toEqual(single(10 / 100));
    expect(measured(read("cut.txt"), "requests", "latency").distribution).toMatchObject({ count: 90 });
    expect(measured(read("cut.txt"), "requests", "throughput").distribution).toMatchObject({
      value: expect.closeTo(printed("cut.txt").rate * (90 / 100), 6),
    });
  });

  it.each([
    ["all-500.txt", "all 50 requests failed (50 status 500)"],
    ["refused.txt", "all 20 requests failed (20 Get"],
  ])("reports %s as a failure without a latency, though hey exits with 0", (file, reason) => {
    expect(read(file)).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringContaining(reason) }],
    });
  });

  it("makes a round of every summary in a file", () => {
    expect(hey.parse(outputOf(fixture("hey/slow.txt").repeat(2)))).toHaveLength(2);
  });

  it.each([
    [/^1: This is not a summary of hey/, ""],
    [/^1: hey does not print this line: ready/, `ready\n${fixture("hey/slow.txt")}`],
    [/^2: The summary has no status codes: it is cut short/, fixture("hey/slow.txt").split("Details")[0]!],
    [/^6: The average is not a number/, fixture("hey/slow.txt").replace(/Average:\t[\d.]+/, "Average:\t NaN")],
  ])("refuses with %s", (message, text) => {
    expect(refusal(hey, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("hey's summaries in the corpus", () => {
  const files = corpus("hey");

  it.each(files.filter(({ file }) => file.endsWith(".txt")))("$file: every number stands in the text", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["hey"]);
    const round = onlyRound(hey, text);
    const statuses = [...text.matchAll(/\[(\d{3})\]\t(\d+) responses/g)].map(
      ([, status, n]) => [status!, Number(n)] as const,
    );
    const answers = statuses.reduce((sum, [, n]) => sum + n, 0);
    if (answers === 0) return expect(round.failures).toMatchObject([{ benchmark: "*" }]);
    const { distribution } = measured(round, "requests", "latency");
    if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
    const printed = [...text.matchAll(/^ {2}([1-9]\d)% in ([\d.]+) secs$/gm)];
    expect(Object.keys(distribution.quantiles)).toHaveLength(printed.length + 2);
    for (const [, percent, value] of printed)
      expect(distribution.quantiles[String(Number(percent) / 100)]).toBe(Number(value));
    expect(distribution.count).toBe(answers);
    const bad = statuses.reduce((sum, [status, n]) => sum + (status < "400" ? 0 : n), 0);
    expect(measured(round, "requests", "error-rate").distribution).toEqual(single(bad / answers));
    const rate = Number(/Requests\/sec:\t([\d.]+)/.exec(text)![1]);
    expect(measured(round, "requests", "throughput").distribution).toEqual(
      single(bad === 0 ? rate : (rate * (answers - bad)) / answers),
    );
  });
});
