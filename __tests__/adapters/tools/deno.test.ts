import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { shortestPaths } from "../../../src/adapters/reading/shortest-paths.ts";
import { deno } from "../../../src/adapters/tools/deno.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, onlyRound } from "../outputs.ts";

const LEVELS = { 0: "min", 0.75: "p75", 0.99: "p99", 0.995: "p995", 0.999: "p999", 1: "max" };

interface Bench {
  readonly origin: string;
  readonly group: string | null;
  readonly name: string;
  readonly results: readonly { readonly ok?: Record<string, number>; readonly failed?: { readonly message: string } }[];
}

function benchesOf(text: string): Bench[] {
  return JSON.parse(text).benches;
}

function nameOf({ origin, group, name }: Bench): string {
  return [origin.slice(origin.lastIndexOf("/") + 1), ...(group === null ? [] : [group]), name].join(" > ");
}

/** Percentiles, mean and count by name, straight from the JSON. */
function expected(text: string): unknown[] {
  return benchesOf(text).flatMap((bench) =>
    bench.results.flatMap(({ ok }) =>
      ok === undefined
        ? []
        : {
            benchmark: nameOf(bench),
            metric: "latency",
            unit: "s",
            better: "lower",
            distribution: {
              kind: "quantiles",
              quantiles: Object.fromEntries(Object.entries(LEVELS).map(([level, key]) => [level, ok[key]! * 1e-9])),
              count: ok.n,
              mean: ok.avg! * 1e-9,
            },
            estimator: ok.highPrecision ? "nearest-rank" : "batch-means",
          },
    ),
  );
}

function failuresOf(text: string): unknown[] {
  return benchesOf(text).flatMap((bench) =>
    bench.results.flatMap(({ failed }) =>
      failed === undefined ? [] : { benchmark: nameOf(bench), reason: `The benchmark threw "${failed.message}"` },
    ),
  );
}

function bench(more: object) {
  return {
    origin: "file:///a/b_bench.ts",
    group: null,
    name: "a",
    results: [{ ok: { n: 2, avg: 1, highPrecision: true } }],
    ...more,
  };
}

function json(...benches: readonly object[]): string {
  return JSON.stringify({ version: 1, runtime: "Deno/2", benches });
}

describe("deno bench --json", () => {
  it("gives percentiles with their count, by file, group and name", () => {
    const text = fixture("deno/two-files.json");
    const { measurements, failures } = onlyRound(deno, text);
    expect(measurements).toEqual(expected(text));
    expect(measurements.map(({ benchmark }) => benchmark)).toContain("other_bench.ts > url > split");
    expect(new Set(measurements.map(({ estimator }) => estimator))).toEqual(new Set(["batch-means", "nearest-rank"]));
    expect(failures).toEqual([{ benchmark: "text_bench.ts > breaks", reason: 'The benchmark threw "boom"' }]);
  });

  it("keeps two files of one name apart", () => {
    const text = json(bench({ origin: "file:///x/one/a_bench.ts" }), bench({ origin: "file:///x/two/a_bench.ts" }));
    expect(onlyRound(deno, text).measurements.map(({ benchmark }) => benchmark)).toEqual([
      "one/a_bench.ts > a",
      "two/a_bench.ts > a",
    ]);
  });

  it.each([
    [json(bench({}), bench({})), 'Two benchmarks are called "b_bench.ts > a"'],
    [
      json(bench({ results: [{ ok: { n: 0 } }] })),
      "benches[0].results[0].ok: Expected a count of at least 1 sample, found 0",
    ],
    [
      json(bench({ results: [{ ok: { n: 1, p99: -1 } }] })),
      "benches[0].results[0].ok.p99: Expected a number of at least 0",
    ],
    [json(bench({ results: [{}] })), "benches[0].results[0].ok: Expected an object, found nothing"],
    [json(), "It holds no benchmarks"],
    ["| benchmark | time/iter (avg) | iter/s |\n", "1: Deno's table does not say how many samples it rests on"],
  ])("refuses %#", (text, message) => {
    expect(() => deno.parse(outputOf(text))).toThrow(message);
  });
});

describe("the shortest paths that tell files apart", () => {
  it("are names alone where those do", () => {
    expect(shortestPaths(["/a/x/one.ts", "/a/x/two.ts", "C:\\b\\two.ts"])).toEqual(["one.ts", "x/two.ts", "b/two.ts"]);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it.each(corpusFolder("deno-bench").filter((file) => file.endsWith(".json")))(
    "%s gives what its JSON holds",
    (file) => {
      const { measurements, failures } = onlyRound(deno, corpusFile(file));
      expect(measurements).toEqual(expected(corpusFile(file)));
      expect(failures).toEqual(failuresOf(corpusFile(file)));
    },
  );

  it("has the table for people, which is refused", () => {
    expect(() => deno.parse(outputOf(corpusFile("deno-bench/deno-2.9-console.txt")))).toThrow(
      "does not say how many samples",
    );
  });
});
