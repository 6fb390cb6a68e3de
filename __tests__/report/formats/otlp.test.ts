import { describe, expect, it } from "vitest";
import { collectSeries } from "../../../src/baseline/series.ts";
import { otlpSeries, otlpVerdicts } from "../../../src/report/formats/otlp.ts";
import { aJudgement, anAddition, anOutcome, aRegression } from "../../builders.ts";
import { aRecording } from "../../synthetic.ts";

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}
interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly gauge: {
    readonly dataPoints: readonly {
      readonly timeUnixNano: string;
      readonly asDouble: number;
      readonly attributes: readonly Attribute[];
    }[];
  };
}

const ABOUT = {
  now: new Date("2026-11-27T12:00:00Z"),
  gate: "ci",
  repository: "https://github.com/octo-org/octo-repo",
};
const plain = (attributes: readonly Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

/** Resource and metrics of a body. */
function read(body: string) {
  const { resourceMetrics } = JSON.parse(body);
  const [{ resource, scopeMetrics }] = resourceMetrics;
  return { resource: plain(resource.attributes), metrics: scopeMetrics[0].metrics as readonly Metric[] };
}

describe("an outcome as OTLP metrics", () => {
  it("tells both sides, their ratio and the verdict on each, in the units of UCUM", () => {
    const slow = aRegression(1.2, { benchmark: "slow" });
    const own = aJudgement({ benchmark: "own", metric: "cache misses {x}", unit: "µops {}", statistic: "mean" });
    const [body, ...more] = otlpVerdicts(anOutcome({ outcome: "fail", judgements: [slow, own, anAddition()] }), ABOUT);
    expect(more).toEqual([]);
    const { resource, metrics } = read(body!);
    expect(resource).toMatchObject({ "service.name": "benchgate", "benchgate.gate": "ci" });
    expect(metrics.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      "benchgate.outcome 1",
      "benchgate.latency s",
      "benchgate.ratio 1",
      "benchgate.verdict 1",
      "benchgate.cache_misses__x_ {ops}",
    ]);
    const points = (name: string) =>
      metrics
        .find((metric) => metric.name === name)!
        .gauge.dataPoints.map(({ asDouble, attributes }) => ({ asDouble, ...plain(attributes) }));
    expect(points("benchgate.outcome")).toEqual([{ asDouble: 1, "benchgate.outcome": "fail" }]);
    const { suite, statistic, metric } = slow;
    const names = { "benchgate.suite": suite, "benchgate.benchmark": "slow", "benchgate.metric": metric };
    const at = { ...names, "benchgate.statistic": statistic };
    expect(points("benchgate.latency")).toContainEqual({
      asDouble: slow.candidate,
      ...at,
      "benchgate.side": "candidate",
    });
    expect(points("benchgate.latency")).toContainEqual({
      asDouble: slow.baseline,
      ...at,
      "benchgate.side": "baseline",
    });
    expect(points("benchgate.ratio")).toContainEqual({ asDouble: slow.comparison!.ratio, ...at });
    expect(points("benchgate.verdict")).toContainEqual({
      asDouble: 1,
      ...at,
      "benchgate.verdict": "regression",
      "benchgate.severity": "gate",
    });
    // In nanoseconds, as the text that JSON needs for them.
    expect(metrics[0]!.gauge.dataPoints[0]!.timeUnixNano).toBe("1795780800000000000");
  });

  it("holds no number that JSON has not, and no name beyond bounds, whatever was measured", () => {
    const wild = aJudgement({
      benchmark: `a\u0000\u202e\ud800${"x".repeat(100_000)}`,
      baseline: Number.POSITIVE_INFINITY,
      candidate: Number.NaN,
    });
    const [body] = otlpVerdicts(anOutcome({ judgements: [wild] }), ABOUT);
    expect(body!.length).toBeLessThan(5000);
    expect(body).not.toContain("null");
    expect(body).not.toMatch(/\\u0000|\\u202e|\\ud800/);
  });

  it("is told in parts that a collector takes", () => {
    const judgements = Array.from({ length: 1200 }, (_, index) => aRegression(1.2, { benchmark: `b${index}` }));
    const parts = otlpVerdicts(anOutcome({ judgements }), ABOUT);
    expect(parts).toHaveLength(3);
    const count = parts.flatMap((body) => read(body).metrics.flatMap(({ gauge }) => gauge.dataPoints)).length;
    expect(count).toBe(1 + 4 * 1200);
  });
});

it("a run that nobody judges tells medians and p99", () => {
  const recording = aRecording({ seed: 1, rounds: 3, benchmarks: { json: 1e-3 } });
  const collected = collectSeries();
  collected.add("ci", recording);
  const [body] = otlpSeries(collected.series(), recording, ABOUT);
  const { metrics, resource } = read(body!);
  expect(resource["vcs.ref.head.revision"]).toBe(recording.revision.sha);
  const [latency, ...others] = metrics;
  expect(others).toEqual([]);
  expect(latency!.gauge.dataPoints.map(({ attributes }) => plain(attributes)["benchgate.statistic"])).toEqual([
    "p50",
    "p99",
  ]);
  expect(latency!.gauge.dataPoints[0]!.asDouble).toBeCloseTo(1e-3, 4);
});
