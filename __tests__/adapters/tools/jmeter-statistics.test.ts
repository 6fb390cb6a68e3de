import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { jmeter } from "../../../src/adapters/tools/jmeter/jmeter.ts";
import { fixture, measured, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const LABEL = {
  transaction: "a",
  ...{
    sampleCount: 200,
    errorCount: 50,
    errorPct: 25,
    meanResTime: 10.5,
    medianResTime: 7,
    minResTime: 1,
    maxResTime: 46,
  },
  ...{ pct1ResTime: 28.5, pct2ResTime: 45, pct3ResTime: 46, throughput: 80 },
};

function statistics(labels: object): string {
  return JSON.stringify(labels);
}

describe("the statistics.json of JMeter's dashboard", () => {
  it("has every label but their sum, of a real run", () => {
    const text = fixture("jmeter/statistics.json");
    const labels = Object.keys(JSON.parse(text)).filter((label) => label !== "Total");
    const round = onlyRound(jmeter, text);
    expect([...new Set(round.measurements.map(({ benchmark }) => benchmark))].sort()).toEqual(labels.sort());
    for (const label of labels) {
      const entry = JSON.parse(text)[label];
      expect(measured(round, label, "latency").distribution).toMatchObject({
        count: entry.sampleCount,
        mean: entry.meanResTime * 1e-3,
        quantiles: expect.objectContaining({ "0.5": entry.medianResTime * 1e-3, "0.99": entry.pct3ResTime * 1e-3 }),
      });
    }
  });

  it("counts successes alone as throughput, and says that failures are among its times", () => {
    const round = onlyRound(jmeter, statistics({ a: LABEL, Total: LABEL }));
    expect(measured(round, "a", "throughput").distribution).toMatchObject({ value: 60 });
    expect(measured(round, "a", "error-rate").distribution).toMatchObject({ value: 0.25 });
    expect(round.notes).toEqual([expect.objectContaining({ benchmark: "a", metric: "latency", count: 50 })]);
    expect(measured(round, "a", "latency")).toMatchObject({ unit: "s", better: "lower", resolution: 1e-3 });
  });

  it("fails the labels that nobody answered", () => {
    const { measurements, failures } = onlyRound(jmeter, fixture("jmeter/refused-statistics.json"));
    expect(measurements).toEqual([]);
    expect(failures.length).toBeGreaterThan(1);
  });

  it("reads a plan of nothing but the sum", () => {
    expect(onlyRound(jmeter, statistics({ Total: { ...LABEL, transaction: "Total" } })).measurements).toHaveLength(3);
  });

  it("is told by how it begins, however long it is", () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`label ${i}`, { ...LABEL, transaction: `label ${i}` }]),
    );
    expect(statistics(many).length).toBeGreaterThan(65_536);
    expect(recognisedBy(statistics(many))).toEqual(["jmeter"]);
    expect(jmeter.recognises(outputOf(statistics(many).slice(0, 65_536)))).toBe(true);
  });

  it.each([
    [{ ...LABEL, sampleCount: 1.5 }, "a: Expected whole counts of samples and errors"],
    [{ ...LABEL, errorCount: 201 }, "a: Expected whole counts of samples and errors"],
    [{ ...LABEL, medianResTime: "7" }, "a.medianResTime: Expected a finite number"],
    [{ ...LABEL, throughput: -1 }, "a.throughput: Expected a number of at least 0"],
    [{ ...LABEL, pct3ResTime: undefined }, "a.pct3ResTime: Expected a finite number, found nothing"],
    [{ ...LABEL, transaction: " " }, "a.transaction: Expected a name"],
  ])("refuses %#", (label, message) => {
    expect(refusal(jmeter, statistics({ a: label })).message).toContain(message);
  });

  it("cannot be cut nor told what is expected", () => {
    const output = outputOf(fixture("jmeter/statistics.json"));
    expect(() => jmeter.parse({ ...output, skip: 1 })).toThrow(
      "a warm-up cannot be cut from the statistics.json of JMeter",
    );
    expect(() => jmeter.parse({ ...output, expected: [{ from: 404, to: 404 }] })).toThrow("statistics.json");
  });
});
