import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { criterion } from "../../../src/adapters/tools/criterion/criterion.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "..", "shared", "corpus");
const TREE = join(import.meta.dirname, "..", "..", "fixtures", "criterion", "folder");

function everyFile(root: string): string[] {
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The files of a folder that the adapter asks for, as `measure` hands them over. */
function filesIn(root: string): Map<string, string> {
  const paths = everyFile(root)
    .map((path) => path.slice(root.length + 1).replaceAll("\\", "/"))
    .filter((path) => /(?:^|\/)new\/(?:benchmark|sample|estimates)\.json$/.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function parseFolder(files: ReadonlyMap<string, string>) {
  const [round] = criterion.folder!.parse(files);
  return round!;
}

/** Seconds of Criterion's own estimates: what it computed from the samples. */
function estimates(files: ReadonlyMap<string, string>, key: string): Record<string, number> {
  const folders = [...files.keys()]
    .filter((path) => path.endsWith("benchmark.json"))
    .map((path) => path.replace("benchmark.json", ""));
  return Object.fromEntries(
    folders.map((folder) => [
      JSON.parse(files.get(`${folder}benchmark.json`)!).full_id,
      JSON.parse(files.get(`${folder}estimates.json`)!)[key]?.point_estimate * 1e-9,
    ]),
  );
}

describe("target/criterion", () => {
  it("gives the samples of every benchmark, each the mean of a batch", () => {
    const files = filesIn(TREE);
    const round = parseFolder(files);
    expect(Object.keys(numbersOf(round))).toEqual([
      "fib 12",
      "group/with slash/fill/512",
      "group/with slash/fill/8",
      "group/with slash/flat",
    ]);
    expect(round.measurements.map(({ unit, better, estimator }) => [unit, better, estimator])).toEqual(
      Array(4).fill(["s", "lower", "batch-means"]),
    );
    const { iters, times } = JSON.parse(files.get("group_with slash/flat/new/sample.json")!);
    expect(numbersOf(round)["group/with slash/flat"]).toEqual(
      times.map((time: number, i: number) => (time / iters[i]) * 1e-9),
    );
  });

  it("gives samples whose median is the one that Criterion computed", () => {
    const expected = estimates(filesIn(TREE), "median");
    for (const [name, samples] of Object.entries(numbersOf(parseFolder(filesIn(TREE))))) {
      expect(median(samples)).toBeCloseTo(expected[name]!, 15);
    }
  });

  it("takes the median of estimates.json where the samples are missing", () => {
    const files = new Map([...filesIn(TREE)].filter(([path]) => !path.endsWith("sample.json")));
    const expected = Object.entries(estimates(files, "median")).map(([name, value]) => [name, [value]]);
    expect(numbersOf(parseFolder(files))).toEqual(Object.fromEntries(expected));
  });

  it("reads the two lists that Criterion 0.2 wrote, and single calls as calls", () => {
    const files = new Map([
      ["a/new/benchmark.json", '{"full_id":"a"}'],
      ["a/new/sample.json", "[[1,1],[30,40]]"],
    ]);
    const round = parseFolder(files);
    expect(numbersOf(round)).toEqual({ a: [30 * 1e-9, 40 * 1e-9] });
    expect(round.measurements[0]).not.toHaveProperty("estimator");
  });

  it.each([
    [{ "a/new/sample.json": '{"iters":[1],"times":[2]}' }, "a/new/benchmark.json: It is missing from the files"],
    [{ "a/new/benchmark.json": '{"full_id":"a"}' }, "a/new/sample.json: It is missing from the files"],
    [
      { "a/new/benchmark.json": '{"full_id":"a"}', "a/new/sample.json": '{"iters":[1,2],"times":[2]}' },
      "a/new/sample.json: iters: Expected 1 counts, one a sample, found 2",
    ],
    [
      { "a/new/benchmark.json": '{"full_id":"a"}', "a/new/sample.json": '{"iters":[0],"times":[2]}' },
      "a/new/sample.json: iters[0]: Expected a count of at least 1",
    ],
    [
      { "a/new/benchmark.json": '{"full_id":"a"', "a/new/sample.json": "{}" },
      "a/new/benchmark.json:1:15: The JSON ends in the middle",
    ],
    [{}, "It holds no benchmarks. Give the folder target/criterion"],
  ])("refuses %j", (files, message) => {
    expect(() => parseFolder(new Map(Object.entries(files as Record<string, string>)))).toThrow(message);
  });
});

describe("cargo criterion's messages", () => {
  it("give every batch of each benchmark, by the name that the folder has", () => {
    const messages = fixture("criterion/cargo-criterion.ndjson")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ reason }) => reason === "benchmark-complete");
    const expected = messages.map(({ id, iteration_count, measured_values }) => [
      id,
      measured_values.map((value: number, i: number) => (value / iteration_count[i]) * 1e-9),
    ]);
    const numbers = numbersOf(onlyRound(criterion, fixture("criterion/cargo-criterion.ndjson")));
    expect(numbers).toEqual(Object.fromEntries(expected));
    expect(Object.keys(numbers).sort()).toEqual(Object.keys(numbersOf(parseFolder(filesIn(TREE)))).sort());
  });

  it("tell the unit of a custom measurement, which is its own metric", () => {
    const message = {
      reason: "benchmark-complete",
      id: "a",
      unit: "cycles",
      iteration_count: [2],
      measured_values: [30],
    };
    expect(onlyRound(criterion, JSON.stringify(message)).measurements).toEqual([
      {
        benchmark: "a",
        metric: "cycles",
        unit: "cycles",
        better: "lower",
        distribution: { kind: "samples", samples: Float64Array.of(15) },
        estimator: "batch-means",
      },
    ]);
  });

  it("that are cut short are refused with their line", () => {
    const text = fixture("criterion/cargo-criterion.ndjson");
    const cut = text.slice(0, text.lastIndexOf('"measured_values"'));
    expect(() => criterion.parse(outputOf(cut))).toThrow(
      new RegExp(`^${cut.split("\n").length}:\\d+: The JSON ends in the middle`),
    );
    expect(() => criterion.parse(outputOf('\n{"reason":"benchmark-complete","id":"a"}'))).toThrow(
      "2: unit: Expected a text, found nothing",
    );
  });
});

const SCALE: Record<string, number> = { ps: 1e-12, ns: 1e-9, "\u00b5s": 1e-6, ms: 1e-3, s: 1 };

/** Name → seconds of the middle estimate, read by cutting the text at every `time:   [` that is no change. */
function byCutting(text: string): Record<string, number[]> {
  const parts = text.replace(/\r/g, "").split("time:   [");
  return Object.fromEntries(
    parts.slice(1).flatMap((part, i) => {
      const said = part.slice(0, part.indexOf("]")).split(" ");
      if (said[0]!.endsWith("%")) return [];
      const before = parts[i]!.trimEnd();
      return [[before.slice(before.lastIndexOf("\n") + 1), [Number(said[2]) * SCALE[said[3]!]!]]];
    }),
  );
}

describe("what cargo bench prints", () => {
  it.each(["first.txt", "change.txt"])(
    "gives the estimate in the middle, whichever line the name is on: %s",
    (file) => {
      const round = onlyRound(criterion, fixture(`criterion/${file}`));
      expect(Object.keys(numbersOf(round))).toHaveLength(4);
      expect(numbersOf(round)).toEqual(byCutting(fixture(`criterion/${file}`)));
      expect(round.measurements[0]).toMatchObject({
        benchmark: "fib 12",
        estimator: "batch-means",
        distribution: { exact: false },
      });
    },
  );

  it("is what Criterion's own estimates say, to the digits that it prints", () => {
    const files = filesIn(TREE);
    const [slopes, means] = [estimates(files, "slope"), estimates(files, "mean")];
    for (const { benchmark, distribution, resolution } of onlyRound(criterion, fixture("criterion/change.txt"))
      .measurements) {
      const expected = Number.isNaN(slopes[benchmark]) ? means[benchmark]! : slopes[benchmark]!;
      expect(Math.abs((distribution as { value: number }).value - expected)).toBeLessThanOrEqual(resolution! * 0.51);
    }
  });

  it("takes the name from the line above, whatever a program prints in front of the result", () => {
    const text = "a/name/of/its/own/line\ntick                         time:   [1.0 ns 2.0 ns 3.0 ns]\n";
    expect(Object.keys(numbersOf(onlyRound(criterion, text)))).toEqual(["a/name/of/its/own/line"]);
  });

  it.each([
    ["a    time:   [1 ns 2 ns]\n", /^1: Not an estimate that Criterion prints: \[1 ns 2 ns\]/],
    ["\n        time:   [1 ns 2 ns 3 ns]\n", /^2: A result without the name of its benchmark/],
    [
      "Benchmarking a/b: Analyzing\na/b\nwarning\n                        time:   [1 ns 2 ns 3 ns]\n",
      /^4: A result without the name of its benchmark/,
    ],
    ["a  time:   [1 ns 2 ns 3 ns]\na  time:   [1 ns 2 ns 3 ns]\n", /Two benchmarks are called "a"/],
    ["a  time:   [1 ns 2 ns 3 ns]\ntest b ... bench: 1 ns/iter (+/- 1)\n", /^2: A result of libtest/],
    ["running 0 tests\n", /^It holds no benchmarks/],
  ])("is refused as %j", (text, message) => {
    expect(() => criterion.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  const texts = corpusFolder("criterion").filter((file) => file.endsWith(".txt") && !file.includes("bencher-format"));
  const parts = everyFile(join(CORPUS, "criterion")).filter((path) => /\.(?:json|csv)$/.test(path));
  const partsOf = (tree: string) => filesOf(parts.filter((path) => path.includes(tree)));
  const filesOf = (paths: readonly string[]) =>
    new Map(
      paths
        .filter((path) => /[/\\]new[/\\](?:benchmark|sample|estimates)\.json$/.test(path))
        .map((path) => [
          path.split(/criterion[/\\](?=criterion-)/)[1]!.replaceAll("\\", "/"),
          readFileSync(path, "utf8"),
        ]),
    );

  it.each(texts)("%s gives the estimates that it prints", (file) => {
    const expected = byCutting(corpusFile(file));
    expect(Object.keys(expected).length).toBeGreaterThan(0);
    expect(numbersOf(onlyRound(criterion, corpusFile(file)))).toEqual(expected);
  });

  it.each(["criterion-book-Iterative", "criterion-0.3.6-tree"])(
    "%s gives samples with Criterion's median and mean",
    (tree) => {
      const numbers = Object.values(numbersOf(parseFolder(partsOf(tree))));
      expect(numbers).toHaveLength(1);
      const own = JSON.parse([...partsOf(tree)].find(([path]) => path.endsWith("estimates.json"))![1]);
      const samples = numbers[0]!;
      expect(median(samples) / 1e-9 / (own.median ?? own.Median).point_estimate).toBeCloseTo(1, 12);
      expect(
        samples.reduce((sum, each) => sum + each, 0) / samples.length / 1e-9 / (own.mean ?? own.Mean).point_estimate,
      ).toBeCloseTo(1, 12);
    },
  );

  it("has a folder without its benchmark.json, which is refused", () => {
    expect(() => parseFolder(partsOf("criterion-book-Recursive"))).toThrow(
      "criterion-book-Recursive/new/benchmark.json: It is missing from the files of its benchmark",
    );
  });

  it.each(parts.map((path) => [path.split(/criterion[/\\](?=criterion-)/)[1]!, path]))(
    "%s is refused on its own",
    (_, path) => {
      const text = readFileSync(path, "utf8");
      expect(criterion.recognises(outputOf(text))).toBe(false);
      expect(() => criterion.parse(outputOf(text))).toThrow(/cannot be read alone|It holds no benchmarks/);
    },
  );
});
