import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FIXTURES, fixtureFolder } from "../../scripts/fixture-origin.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { parseText } from "../../src/adapters/parse.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge } from "../../src/judge/judge.ts";
import { GateError } from "../../src/model/error.ts";
import { benchmarkKey } from "../../src/model/key.ts";
import type { Distribution, Measurement, ToolMeasurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement } from "../../src/model/verdict.ts";

const RULES = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-26" } as const;
const ENVIRONMENT = { os: "linux", arch: "x64", cpu: "x", cores: 1, runtime: "x" };

/** The first round of each of a tool's fixtures that it reads. */
function roundsOf(tool: string): readonly (readonly ToolMeasurement[])[] {
  const folder = join(FIXTURES, fixtureFolder(tool));
  const adapter = ADAPTERS.find(({ name }) => name === tool)!;
  const files = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return files
    .filter((file) => file.isFile() && file.name !== "README.md")
    .flatMap(({ name }) => {
      try {
        const [round] = parseText(adapter, outputOf(readFileSync(join(folder, name), "utf8")));
        return round === undefined || round.measurements.length === 0 ? [] : [round.measurements];
      } catch (error) {
        if (error instanceof GateError) return [];
        throw error;
      }
    });
}

function scaled(distribution: Distribution, factor: number): Distribution {
  switch (distribution.kind) {
    case "value":
      return { ...distribution, value: distribution.value * factor };
    case "samples":
      return { ...distribution, samples: distribution.samples.map((sample) => sample * factor) };
    case "histogram":
      return { ...distribution, values: distribution.values.map((value) => value * factor) };
    case "quantiles": {
      const { mean } = distribution;
      const quantiles = Object.entries(distribution.quantiles).map(([level, value]) => [level, value * factor]);
      return {
        ...distribution,
        quantiles: Object.fromEntries(quantiles),
        ...(mean !== undefined && { mean: mean * factor }),
      };
    }
  }
}

/** Six rounds of the same, as real runs would be if nothing varied, `factor` times as bad in everything. */
function recording(measurements: readonly ToolMeasurement[], factor: number): Recording {
  const told = measurements.map((each): Measurement => {
    const turned = each.better === "lower" ? factor : 1 / factor;
    return { ...each, suite: "s", distribution: scaled(each.distribution, turned) };
  });
  const rounds = Array.from({ length: 6 }, (_, pair) => ({
    ...{ session: "s", pair, startedAt: "", failures: [], measurements: told },
  }));
  return { revision: { sha: "", ref: "", committedAt: "" }, environment: ENVIRONMENT, rounds };
}

function judged(round: readonly ToolMeasurement[], factor: number) {
  return judge({ kind: "file", recordings: [recording(round, 1)] }, recording(round, factor), RULES);
}

/** Whether a measurement is of speed, and of something that a clock could tell from half as much more. */
function isSpeed({ metric, better, distribution, resolution = 0 }: ToolMeasurement): boolean {
  if (metric !== "latency" && metric !== "throughput") return false;
  const [least] = [distribution].map((each) =>
    each.kind === "value"
      ? each.value
      : each.kind === "samples"
        ? Math.min(...each.samples)
        : each.kind === "histogram"
          ? each.values[0]!
          : Math.min(each.mean ?? Number.POSITIVE_INFINITY, each.quantiles["0.5"] ?? Number.POSITIVE_INFINITY),
  );
  return least! > (better === "lower" ? 5 : 8) * resolution;
}

const TOOLS = ADAPTERS.map(({ name }) => ({ name, rounds: roundsOf(name) })).filter(({ rounds }) => rounds.length > 0);

describe("what every tool prints", () => {
  it("is here for nearly all of them", () => {
    expect(TOOLS.length).toBeGreaterThan(50);
  });

  it.each(TOOLS)("turns red by default where it is half as bad again, for each benchmark: $name", ({ rounds }) => {
    for (const round of rounds) {
      const { judgements } = judged(round, 1.5);
      const red = new Set(
        judgements.filter(({ verdict, severity }) => verdict === "regression" && severity === "gate").map(benchmarkKey),
      );
      const speedy = [...new Set(round.filter(isSpeed).map(({ benchmark }) => benchmark))];
      for (const benchmark of speedy) expect([...red]).toContain(benchmarkKey({ suite: "s", benchmark }));
    }
  });

  it.each(TOOLS)("has a row for each metric, and is green against itself: $name", ({ rounds }) => {
    for (const round of rounds) {
      const { judgements, outcome } = judged(round, 1);
      const keys = (of: readonly Pick<Judgement, "benchmark" | "metric">[]) =>
        new Set(of.map(({ benchmark, metric }) => `${benchmark}\n${metric}`));
      expect(keys(judgements)).toEqual(keys(round));
      expect(judgements.filter(({ verdict }) => verdict === "regression")).toEqual([]);
      expect(outcome).not.toBe("fail");
    }
  });
});
