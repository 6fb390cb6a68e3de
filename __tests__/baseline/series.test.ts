import { describe, expect, it } from "vitest";
import { loadSeries } from "../../src/baseline/load.ts";
import { collectSeries } from "../../src/baseline/series.ts";
import type { BaselineStore } from "../../src/baseline/store.ts";
import type { Distribution } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { aRecording, mapMeasurements } from "../synthetic.ts";
import { recordingOf } from "./recordings.ts";

const sha = (run: number) => run.toString(16).padStart(40, "0");

describe("a history reduced to series", () => {
  const collect = (...recordings: readonly Recording[]) => {
    const collected = collectSeries();
    for (const recording of recordings) collected.add("gate", recording);
    return collected;
  };

  it("has a series for each statistic that is followed, with each run's mean and spread over rounds", () => {
    const run = aRecording({ seed: 1, rounds: 4, samples: 1500, between: 0.05, benchmarks: { json: 0.001 } });
    const found = collect(run, run).series();
    expect(found.map(({ benchmark, statistic, points }) => [benchmark, statistic, points.length])).toEqual([
      ["json", "p50", 2],
      ["json", "p99", 2],
    ]);
    const [point] = found[0]!.points;
    expect(point!.value).toBeGreaterThan(0.0008);
    expect(point!.value).toBeLessThan(0.0012);
    expect(point!.spread).toBeGreaterThan(0.005);
    expect(point!.sha).toBe(run.revision.sha);
  });

  it("takes the geometric mean over rounds, and no spread of one", () => {
    const twice = aRecording({ seed: 1, rounds: 2, samples: 1, benchmarks: { json: 1 } });
    const values = mapMeasurements(twice, (each, round) => ({
      ...each,
      distribution: { kind: "samples", samples: Float64Array.of(round === 0 ? 1 : 4) },
    }));
    const [point] = collect(values).series()[0]!.points;
    expect(point!.value).toBeCloseTo(2, 12);
    expect(point!.spread).toBeCloseTo(Math.log(4) / Math.SQRT2, 12);
    expect(collect({ ...values, rounds: values.rounds.slice(0, 1) }).series()[0]!.points[0]!.spread).toBeNull();
  });

  it("keeps gates, machines, units and metrics apart", () => {
    const run = recordingOf(sha(1));
    const other = { ...run, environment: { ...run.environment, cores: 8 } };
    const collected = collect(run, other);
    collected.add("another", run);
    expect(collected.series()).toHaveLength(3);
    expect(collected.machines().map(({ gate, cores, runs }) => [gate, cores, runs])).toEqual([
      ["gate", 4, 1],
      ["gate", 8, 1],
      ["another", 4, 1],
    ]);
  });

  it.each<[string, Distribution, readonly string[]]>([
    ["throughput", { kind: "value", value: 100, exact: false }, ["mean"]],
    ["memory", { kind: "value", value: 48_128, exact: true }, ["max"]],
    ["latency", { kind: "quantiles", quantiles: { "0.5": 1, "0.99": 2 }, count: 5000 }, ["p50", "p99"]],
    ["latency", { kind: "quantiles", quantiles: { "0.9": 1 }, count: 10 }, []],
    ["widgets", { kind: "value", value: 3, exact: false }, ["mean"]],
  ])("follows of %s what it has", (metric, distribution, statistics) => {
    const run = mapMeasurements(recordingOf(sha(1)), (each) => ({ ...each, metric, distribution }));
    const found = collect(run).series();
    expect(found.map(({ statistic }) => statistic)).toEqual(statistics);
    expect(found.every(({ exact }) => exact === (distribution.kind === "value" && distribution.exact))).toBe(true);
  });

  it("is read in pieces, in order, and names what cannot be read", async () => {
    const sizes: number[] = [];
    const store: Pick<BaselineStore, "load"> = {
      load: async (entries) => {
        sizes.push(entries.length);
        const bad = entries.filter(({ run }) => run === "7");
        return {
          recordings: entries
            .filter((entry) => !bad.includes(entry))
            .map((entry) => ({ entry, recording: recordingOf(entry.sha) })),
          warnings: bad.map(({ path }) => ({ code: "unreadable-baseline", entry: path, reason: "it is gone" })),
        };
      },
    };
    const entries = Array.from({ length: 45 }, (_, run) => ({
      path: `p${run}`,
      sha: sha(run),
      run: `${run}`,
      attempt: "1",
      gate: "g",
      fingerprint: "f",
      copy: 1,
    }));
    const { collected, unreadable } = await loadSeries(store as BaselineStore, entries);
    expect(sizes).toEqual([20, 20, 5]);
    expect(unreadable).toEqual([{ entry: "p7", reason: "it is gone" }]);
    expect(collected.series()[0]!.points.map((point) => point.sha)).toEqual(
      entries.filter(({ run }) => run !== "7").map((entry) => entry.sha),
    );
  });
});
