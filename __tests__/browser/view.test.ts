import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf } from "../../src/browser/address.ts";
import { NO_FILTER, visibleRows } from "../../src/browser/filter.ts";
import { rowsOf } from "../../src/browser/row.ts";
import { windowAt } from "../../src/browser/window.ts";
import { countWords } from "../../src/report/parts/entries.ts";
import { HOSTILE, OUTCOMES } from "../report/outcomes.ts";

const { judgements } = OUTCOMES["many-changes"]!;
const { rows } = rowsOf(judgements, { baseline: "main", candidate: "candidate" });
const DEFAULT = { key: "verdict", descending: false } as const;
const names = (...args: Parameters<typeof visibleRows>) =>
  visibleRows(...args).map(({ name, statistic }) => `${name} ${statistic}`);

describe("rows of the page", () => {
  it("are all judgements, the most urgent first", () => {
    expect(rows).toHaveLength(judgements.length);
    expect(countWords(rows.map(({ judgement }) => judgement))).toEqual(countWords(judgements));
    expect(rows.slice(0, 5).map(({ bucket }) => bucket.word)).toEqual([
      "regression",
      "regression",
      "regression",
      "inconclusive",
      "improvement",
    ]);
  });

  it("pass a search with all its words, wherever they stand", () => {
    expect(names(rows, { ...NO_FILTER, text: "DEEP json" }, DEFAULT)).toEqual(["parser / json, deep p99"]);
    expect(names(rows, { ...NO_FILTER, text: "regression throughput" }, DEFAULT)).toEqual([
      "api / GET /users throughput mean",
    ]);
    expect(names(rows, { ...NO_FILTER, text: "nothing like it" }, DEFAULT)).toEqual([]);
  });

  it("pass filters by verdict, suite and metric together", () => {
    const filter = { ...NO_FILTER, bucket: "regression", suite: "api", metric: "throughput" } as const;
    expect(names(rows, filter, DEFAULT)).toEqual(["api / GET /users throughput mean"]);
    expect(names(rows, { ...filter, metric: "latency" }, DEFAULT)).toEqual([]);
  });

  it("are sorted by how much worse they got, whatever direction is worse", () => {
    const sorted = visibleRows(rows, NO_FILTER, { key: "change", descending: false });
    expect(sorted[0]!.name).toBe("parser / json, deep");
    expect(sorted.at(-1)!.name).toBe("render / table");
    const users = sorted.findIndex(({ name }) => name === "api / GET /users");
    expect(users).toBeLessThan(4);
    const back = visibleRows(rows, NO_FILTER, { key: "change", descending: true });
    expect(back[0]!.name).toBe("render / table");
  });

  it("are sorted by name either way, and keep the default order among equals", () => {
    const sorted = names(rows, NO_FILTER, { key: "benchmark", descending: false });
    expect(sorted.map((name) => name.split(" p")[0])).toEqual([...sorted.map((name) => name.split(" p")[0])].sort());
    const statistics = visibleRows(rows, NO_FILTER, { key: "statistic", descending: true });
    expect(statistics[0]!.statistic).toBe("throughput mean");
    const p50 = statistics.filter(({ statistic }) => statistic === "p50").map(({ rank }) => rank);
    expect(p50).toEqual([...p50].sort((a, b) => a - b));
  });
});

describe("the window of rows in the document", () => {
  it("covers what is seen, and never more than there is", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(3_000), fc.nat(20_000), (top, height, count) => {
        const { first, end } = windowAt(top, height, 38, count);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(first).toBeLessThanOrEqual(Math.min(count, Math.floor(top / 38)));
        expect(end).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((top + height) / 38)));
        expect(end - first).toBeLessThanOrEqual(height / 38 + 50);
      }),
    );
  });
});

describe("the address of a benchmark", () => {
  it("is the same in every report, and readable", () => {
    expect(addressOf({ suite: "parser", benchmark: "json", metric: "latency" })).toBe("#/parser/json/latency");
  });

  it("tells names with slashes apart, and exists for every name", () => {
    expect(addressOf({ suite: "a/b", benchmark: "c", metric: "m" })).not.toBe(
      addressOf({ suite: "a", benchmark: "b/c", metric: "m" }),
    );
    for (const name of HOSTILE)
      expect(addressOf({ suite: name, benchmark: name, metric: name })).toMatch(/^#\/[^\s<>"`]*$/);
  });
});
