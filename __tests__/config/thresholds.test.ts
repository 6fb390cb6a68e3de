import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { parseThresholds, withThresholds } from "../../src/config/thresholds.ts";
import { refusal } from "./errors.ts";

const rules = (...written: string[]) =>
  withThresholds(parseThresholds(written)).map(
    ({ metric, statistic, threshold, limit, severity, origin }) =>
      `${metric} ${statistic} ${threshold ?? "-"} ${limit ?? "-"} ${severity} ${origin}`,
  );

const ERROR_RATE = "error-rate mean - 0.01 gate default";
/** What `threshold` in one value moves beside latency. */
const gating = (throughput: string, allocated = throughput) => [
  `throughput mean ${throughput}`,
  `memory max ${allocated}`,
  ERROR_RATE,
  `allocations p50 ${allocated}`,
];
const DEFAULT = gating("0.05 - gate default", "0.1 - gate default");
const ADVISORY = ["memory max 0.05 - advisory default", "failed-checks mean - 0 advisory default"];

describe("thresholds", () => {
  it("are the documented defaults where none is given", () => {
    expect(withThresholds([])).toEqual(DEFAULT_BUDGETS);
    expect(rules()).toEqual([
      "latency p50 0.05 - gate default",
      "latency p99 0.15 - gate default",
      ...DEFAULT,
      ...ADVISORY,
    ]);
  });

  it("in one value move every statistic that gates, and nothing else", () => {
    expect(rules("3%")).toEqual([
      "latency p50 0.03 - gate default",
      "latency p99 0.03 - gate default",
      ...gating("0.03 - gate default"),
      ...ADVISORY,
    ]);
  });

  it("by statistic become the user's rules for latency, before the others", () => {
    const expected = ["latency p50 0.02 - gate user", "latency p99 0.2 - gate user", ...DEFAULT, ...ADVISORY];
    expect(rules("p50=2%, p99=20%")).toEqual(expected);
    expect(rules("p50=2%", "p99=20%")).toEqual(expected);
    expect(rules("p50 = 2 %\np99 = 20 %\n")).toEqual(expected);
  });

  it("keep the default of a statistic that is not named", () => {
    expect(rules("p50=2%")).toContain("latency p99 0.15 - gate default");
    expect(rules("4%, p99=20%")).toEqual(
      expect.arrayContaining(["latency p50 0.04 - gate default", "latency p99 0.2 - gate user"]),
    );
  });

  it("make other statistics and metrics gate by their full names", () => {
    expect(rules("p99.9=30%")[0]).toBe("latency p99.9 0.3 - gate user");
    expect(rules("latency.p99.9=30%")[0]).toBe("latency p99.9 0.3 - gate user");
    const throughput = rules("throughput.mean=5%");
    expect(throughput[0]).toBe("throughput mean 0.05 - gate user");
    expect(throughput.filter((rule) => rule.startsWith("throughput"))).toHaveLength(1);
  });

  it("leave the floor to the metric, and keep the limit of the default that they replace as nobody's", () => {
    expect(withThresholds(parseThresholds("memory.max=1%"))[0]).toMatchObject({ threshold: 0.01, floor: null });
    expect(withThresholds(parseThresholds("error-rate.mean=50%"))[0]).toMatchObject({
      ...{ threshold: 0.5, limit: 0.01, defaultLimit: true },
    });
  });

  it.each([
    ["5", "5 has no unit. Write 5%"],
    ["p50=0.05", "0.05 has no unit. Write 5%"],
    ["p5=5%", '"p5" is not a statistic. Did you mean p50=…?'],
    ["speed=5%", '"speed" is not a statistic. Known: p50,'],
    ["=5%", '"" is not a statistic'],
    [".p50=5%", '".p50" is not a statistic'],
    ["latancy.p50=5%", '"latancy" is not a metric. Did you mean latency.p50=…?'],
    ["latencyy.p50=5%", '"latencyy" is not a metric. Did you mean latency.p50=…?'],
    ["p50=", '"" is not a percentage'],
    ["p50=5%=6%", "is not a unit of a percentage"],
    ["p50=5%, p50=6%", "The threshold of latency p50 is given twice. Remove one of them"],
    ["latency.p50=5%, p50=5%", "given twice"],
    ["5%, 6%", "The threshold of every statistic is given twice"],
    ["-5%", "is negative"],
  ])("refuse %j", (written, message) => {
    expect(refusal(() => parseThresholds(written))).toContain(message);
  });

  it.each([
    ["105%", "105 % lets everything pass that is up to 2.05 times as slow. Did you mean 5%?"],
    ["500%", "500 % lets everything pass that is up to 6 times as slow. Did you mean 5%?"],
    ["0%", "0 % calls every difference that can be measured a change. Write what matters to you, such as 5%"],
  ])("in one value that is a slip are refused: %s", (written, message) => {
    expect(refusal(() => parseThresholds(written))).toContain(message);
  });

  it("may be as large as anybody likes for a statistic that is named", () => {
    expect(parseThresholds("p99=900%")).toEqual([{ for: { metric: "latency", statistic: "p99" }, value: 9 }]);
  });
});
