import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { asv } from "../../../src/adapters/tools/asv/asv.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, onlyRound } from "../outputs.ts";

const RESULTS = JSON.parse(fixture("asv/results.json").replace(/\bNaN\b/g, "null"));
const SAMPLES = RESULTS.result_columns.indexOf("samples");
const FOLDER = new Map(
  ["benchmarks.json", "runner/machine.json", "runner/results.json"].map((file) => [
    file,
    fixture(`asv/folder/${file}`),
  ]),
);

describe("asv", () => {
  const round = onlyRound(asv, fixture("asv/results.json"));
  const named = (name: string) => round.measurements.find(({ benchmark }) => benchmark === name);

  it("takes recorded samples, and the quartiles of so many where there are none", () => {
    const samples = RESULTS.results["text.time_sort"][SAMPLES][0] as number[];
    expect(samples).toHaveLength(3);
    expect(named("text.time_sort")).toEqual({
      benchmark: "text.time_sort",
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "samples", samples: Float64Array.from(samples) },
      estimator: "batch-means",
    });
    const { results, result_columns } = JSON.parse(fixture("asv/no-samples.json").replace(/\bNaN\b/g, "null"));
    const column = (name: string) => results["text.TimeText.time_join"][result_columns.indexOf(name)][0];
    const [quartiles] = onlyRound(asv, fixture("asv/no-samples.json")).measurements;
    expect(quartiles).toMatchObject({
      benchmark: "text.TimeText.time_join(1, 'a')",
      distribution: {
        kind: "quantiles",
        quantiles: { 0.25: column("stats_q_25"), 0.5: column("result"), 0.75: column("stats_q_75") },
        count: column("stats_repeat"),
      },
      estimator: "interpolated",
    });
  });

  it("tells failed combinations from skipped ones", () => {
    for (const file of ["results.json", "no-samples.json"])
      expect(onlyRound(asv, fixture(`asv/${file}`)).failures.map(({ benchmark }) => benchmark)).toEqual([
        "text.TimeText.time_join(1, 'b')",
        "text.time_broken",
      ]);
    expect(named("text.TimeText.time_join(2, 'a')")).toBeDefined();
    expect(named("text.TimeText.time_join(2, 'b')")).toBeUndefined();
  });

  it("takes the kind from the name, as asv does", () => {
    for (const name of ["text.peakmem_load", "text.mem_list"])
      expect(named(name)).toMatchObject({
        metric: "memory",
        unit: "B",
        distribution: { value: RESULTS.results[name][0][0] },
      });
    expect(named("text.track_ratio")).toMatchObject({ metric: "track", unit: "1", distribution: { value: -0.5 } });
  });

  it("refuses what it prints while it runs", () => {
    expect(() => asv.parse(outputOf(fixture("asv/unread-console.txt")))).toThrow(/^1: This is what asv prints/);
  });

  it("reads version 1", () => {
    const old = onlyRound(asv, fixture("asv/old.json"));
    expect(old.failures.map(({ benchmark }) => benchmark)).toEqual(["text.time_failed", "text.time_join(2)"]);
    expect(old.measurements.map(({ benchmark, distribution }) => [benchmark, distribution])).toEqual([
      ["text.time_sort", { kind: "value", value: 0.0021, exact: false }],
      ["text.mem_list", { kind: "value", value: 344, exact: false }],
      ["text.time_join(1)", { kind: "quantiles", quantiles: { 0.25: 0.00098, 0.5: 0.001, 0.75: 0.00102 }, count: 20 }],
    ]);
  });

  it("reads a folder of one run, with the units of its definitions", () => {
    const [found] = asv.folder!.parse(FOLDER);
    // track_ratio says that it is in milliseconds.
    expect(found!.measurements.find(({ metric }) => metric === "track")).toMatchObject({
      unit: "s",
      distribution: { value: -0.0005 },
    });
    expect(found!.measurements).toHaveLength(round.measurements.length);
  });

  it("refuses a folder of several runs, or of none", () => {
    const two = new Map([...FOLDER, ["runner/89abcde-py3.json", fixture("asv/results.json")] as const].sort());
    expect(() => asv.folder!.parse(two)).toThrow("Two results, runner/89abcde-py3.json and runner/results.json. Empty");
    expect(() => asv.folder!.parse(new Map())).toThrow("There are no results in it");
    expect(() => asv.folder!.parse(new Map([["a/b.json", "{"]]))).toThrow(
      /^a\/b\.json:1:2: The JSON ends in the middle/,
    );
  });

  const results = (value: object, columns: unknown = ["result", "params"]) =>
    JSON.stringify({ commit_hash: "a", results: value, result_columns: columns });

  it.each([
    [results({ "a.b": [[1]] }), 'results["a.b"]: Expected a name whose last part begins with time_'],
    [results({ time_a: [[1, 2]] }), "results.time_a: Expected 1 results, one a combination, found 2"],
    [results({ time_a: [[-1]] }), "results.time_a[0]: Expected a number of at least 0"],
    [results({ time_a: [[1], [[1]]] }), "results.time_a.params[0][0]: Expected a text"],
    [results({ time_a: [["x"]] }), "results.time_a[0]: Expected a finite number"],
    [results({}), "It holds no benchmarks. Run `asv run`"],
    ['{"commit_hash": "a",\n "results": {"time_a": nul}}', "2:24: Not valid JSON"],
  ])("refuses %s", (text, message) => {
    expect(() => asv.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("asv in the corpus", () => {
  const RESULTS = ["astrofrog", "cheetah-22b", "cheetah-fcf", "conda-c9a", "django-0", "django-4"];
  const REFUSED: readonly (readonly [file: string, message: RegExp])[] = [
    ["asv/asv-example-benchmarks.json", /^1: This is asv's benchmarks\.json/],
    ["asv/conda-benchmarks.json", /^1: This is asv's benchmarks\.json/],
    ["asv/django-benchmarks.json", /^1: This is asv's benchmarks\.json/],
    ["asv/asv-example-cheetah-machine.json", /^1: This is asv's machine\.json/],
    ["asv/bencher-six_console.txt", /^1: This is what asv prints while it runs/],
    ["asv/asv-example-cheetah-aaaaaaaa-py2.7-Cython-numpy1.8.json", /^2:5: Not valid JSON/],
  ];
  const files = corpusFolder("asv").filter((file) => RESULTS.some((part) => file.includes(part)));

  it("is read or refused as a whole", () => {
    expect([...files, ...REFUSED.map(([file]) => file)].sort()).toEqual(corpusFolder("asv").sort());
  });

  it.each(REFUSED)("%s is refused", (file, message) => {
    expect(() => asv.parse(outputOf(corpusFile(file)))).toThrow(message);
  });

  it.each(files)("%s gives the numbers that stand there", (file) => {
    const text = corpusFile(file);
    const { results, result_columns: columns } = JSON.parse(text.replace(/\bNaN\b/g, '"NaN"'));
    const flat = Object.entries<unknown>(results).map(
      ([name, value]): [string, readonly unknown[], readonly unknown[] | null] => {
        const whole = columns === undefined ? value : (value as unknown[])[0];
        const given =
          columns === undefined && typeof value === "object" && value !== null
            ? (value as { result: unknown }).result
            : whole;
        const samples = columns === undefined ? null : ((value as unknown[])[11] as unknown[] | undefined);
        return [name, Array.isArray(given) ? given : [given], samples ?? null];
      },
    );
    const round = onlyRound(asv, text);
    for (const [name, values, samples] of flat) {
      const own = ({ benchmark }: { benchmark: string }) => benchmark === name || benchmark.startsWith(`${name}(`);
      const measured = round.measurements.filter(own);
      expect(round.failures.filter(own)).toHaveLength(values.filter((value) => value === null).length);
      expect(measured.map(({ distribution }) => middle(distribution))).toEqual(
        values.flatMap((value, i) => (typeof value !== "number" ? [] : [samples?.[i] ?? value])),
      );
      const memory = /(?:^|\.)(?:peak)?mem_[^.]*$/.test(name);
      for (const { metric } of measured)
        expect(metric).toBe(memory ? "memory" : name.includes("track_") ? "track" : "latency");
    }
    expect(round.measurements.length + round.failures.length).toBe(
      flat.flatMap(([, values]) => values).filter((value) => value !== "NaN").length,
    );
  });
});

/** What stands in the file: all samples, or the number that asv calls the result. */
function middle(distribution: ReturnType<typeof onlyRound>["measurements"][number]["distribution"]): unknown {
  if (distribution.kind === "samples") return [...distribution.samples];
  return distribution.kind === "quantiles"
    ? distribution.quantiles["0.5"]
    : distribution.kind === "value"
      ? distribution.value
      : null;
}
