import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { CONFIGURATION_FILE, withMetrics } from "../../scripts/metrics-doc.ts";
import { collectSeries } from "../../src/baseline/series.ts";
import { decodeRecording } from "../../src/codec/recording.ts";
import { UNITS } from "../../src/codec/units.ts";
import { parseConfig } from "../../src/config/config.ts";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { misspeltMetric } from "../../src/config/metrics.ts";
import { GateError } from "../../src/model/error.ts";
import { identityOf, knownMetric, METRIC_NAMES, METRICS, OTHER_METRIC, traitsOf } from "../../src/model/metric.ts";
import { PLAIN } from "../../src/report/parts/ink.ts";
import { scaleFor } from "../../src/report/words/format.ts";
import { statisticWords } from "../../src/report/words/statistic.ts";

const SRC = join(import.meta.dirname, "..", "..", "src");

/** A recording of one round of one metric that leaves to Benchgate what it knows of it. */
function recorded(metric: string, value: number) {
  const { unit } = identityOf(metric as "latency");
  const measurements = [{ suite: "s", benchmark: "b", metric, unit, value }];
  return decodeRecording(JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements }] }));
}

function budgetsFrom(rules: string) {
  return parseConfig(`budgets: [{ match: "*", ${rules} }]`, "benchgate.yml").budgets;
}

describe.each(METRIC_NAMES)("the metric %s", (name) => {
  const { better, statistics, dimensions, reserved, printed } = METRICS[name];

  it("is recorded without saying which way is better, and never below zero", () => {
    expect(recorded(name, 1).rounds[0]!.measurements[0]!.better).toBe(better);
    expect(() => recorded(name, -1)).toThrow(GateError);
  });

  it("has canonical units alone", () => {
    expect(UNITS.has(identityOf(name).unit)).toBe(false);
    expect(scaleFor(identityOf(name).unit, name, [1]).own).toBe(false);
  });

  it("takes budgets under its name, for its statistics where none is named", () => {
    expect(budgetsFrom(`${name}: 5%`).map(({ statistic }) => statistic)).toEqual(statistics.map((each) => each.name));
  });

  it("takes limits in other units only where the configuration does not keep its name", () => {
    const foreign = dimensions[0] === "duration" ? "5MiB" : "5ms";
    const limited = () => budgetsFrom(`${name}: { limit: ${foreign} }`);
    if (reserved) expect(limited).toThrow(GateError);
    else expect(limited().map(({ limit }) => limit)).toEqual([5 * 1024 ** 2]);
  });

  it("is no misspelling of another", () => {
    expect(misspeltMetric(name)).toBe(null);
  });

  it("has default rules that ask for something", () => {
    const all = DEFAULT_BUDGETS.filter(({ metric }) => metric === name);
    const rules = all.filter(({ per }) => per === undefined);
    expect(all.length - rules.length).toBe(METRICS[name].perOperation === undefined ? 0 : 1);
    expect(rules.map(({ statistic }) => statistic)).toEqual(
      statistics.flatMap((each) => (each.rule === null ? [] : [each.name])),
    );
    for (const { threshold, limit } of all) expect(threshold ?? limit).not.toBeNull();
  });

  it("is followed by its first statistic that there is", () => {
    const collector = collectSeries();
    collector.add("gate", recorded(name, 1));
    expect(collector.series().map(({ statistic }) => statistic)).toEqual(
      METRICS[name].followed.first.filter((each) => ["p50", "mean", "max"].includes(each)).slice(0, 1),
    );
  });

  it("is printed under its own name, or goes without saying", () => {
    expect(statisticWords({ metric: name, statistic: "p50" }, PLAIN)).toBe(
      printed === "unsaid" ? "p50" : `${name} p50`,
    );
  });
});

describe("the table of metrics", () => {
  it("leaves one metric at most unsaid, and has names that need no escaping", () => {
    expect(METRIC_NAMES.filter((name) => METRICS[name].printed === "unsaid")).toEqual(["latency"]);
    expect(METRIC_NAMES.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  it("takes no name of JavaScript's for a row", () => {
    expect(knownMetric("constructor")).toBe(null);
    expect(traitsOf("toString")).toBe(OTHER_METRIC);
  });

  it("is what docs/configuration.md says: otherwise run `npm run generate`", () => {
    const page = readFileSync(CONFIGURATION_FILE, "utf8");
    expect(page).toBe(withMetrics(page));
  });

  it("has no other beside it: nothing but what measures names three metrics", () => {
    const measuring = ["adapters", "harness", "measure"];
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const naming = (path: string) => {
      const text = readFileSync(join(SRC, path), "utf8");
      return METRIC_NAMES.filter((name) => new RegExp(`["'\`]${name}["'\`]|^\\s*${name}:`, "m").test(text));
    };
    const lists = files.filter((path) => !measuring.includes(path.split(sep)[0]!) && naming(path).length > 2);
    expect(lists).toEqual([relative(SRC, join(SRC, "model", "metric.ts"))]);
  });
});
