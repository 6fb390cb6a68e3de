import { describe, expect, it } from "vitest";
import { libtest } from "../../../src/adapters/tools/libtest.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const SECONDS: Record<string, number> = { ns: 1e-9, us: 1e-6, "\u03bcs": 1e-6, ms: 1e-3, s: 1 };

/** Name → seconds of every result line, read by cutting at its words. */
function byWords(text: string): Record<string, number[]> {
  const results = text.split(/\r?\n/).filter((line) => line.startsWith("test ") && line.includes("/iter"));
  return Object.fromEntries(
    results.map((line) => {
      const [name, rest] = line.slice(5).split(" ... bench:");
      const [digits, unit] = rest!.trim().split(" ");
      return [name!.trim(), [Number(digits!.replace(/,/g, "")) * SECONDS[unit!.split("/")[0]!]!]];
    }),
  );
}

function parse(text: string) {
  return onlyRound(libtest, text);
}

describe("the text of cargo bench", () => {
  it("gives the median of each benchmark, as a mean of a batch", () => {
    const round = parse(fixture("libtest/failing.txt"));
    expect(numbersOf(round)).toEqual(byWords(fixture("libtest/failing.txt")));
    expect(Object.keys(numbersOf(round))).toEqual(["bench_bytes", "bench_fib", "inner::bench_fib"]);
    const [, printed] = /bench_bytes +\.\.\. bench: +([\d.]+) ns/.exec(fixture("libtest/failing.txt"))!;
    expect(round.measurements[0]).toEqual({
      benchmark: "bench_bytes",
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value: Number(printed) * 1e-9, exact: false },
      estimator: "batch-means",
      resolution: 0.01 * 1e-9,
    });
  });

  it("reports a benchmark that failed, and keeps the others", () => {
    expect(parse(fixture("libtest/failing.txt")).failures).toEqual([
      { benchmark: "bench_breaks", reason: "The benchmark failed; its output says why" },
    ]);
  });

  it("reads what Criterion prints in the same form, names with spaces and whole nanoseconds", () => {
    const text = fixture("libtest/criterion-bencher.txt");
    const round = parse(text);
    expect(numbersOf(round)).toEqual(byWords(text));
    expect(Object.keys(numbersOf(round))).toContain("group/with slash/flat");
    expect(round.measurements.map(({ resolution }) => resolution)).toEqual([1e-9, 1e-9, 1e-9, 1e-9]);
  });

  it("gives only what was not filtered out", () => {
    expect(Object.keys(numbersOf(parse(fixture("libtest/filtered.txt"))))).toEqual(["bench_fib", "inner::bench_fib"]);
  });

  it("keeps a custom measurement's unit, and knows that rates are better higher", () => {
    const round = parse("test a ... bench:  2835 cycles/iter (+/- 14)\ntest b ... bench:  1911 MS/s (+/- 4)\n");
    expect(round.measurements.map(({ metric, unit, better }) => [metric, unit, better])).toEqual([
      ["cycles", "cycles", "lower"],
      ["MS/s", "MS/s", "higher"],
    ]);
  });

  it.each([
    ["test a ... bench:  12 (+/- 3)\n", /^1: Not a line that libtest prints/],
    ["test a ... bench:  12 ns/iter (+/- \n", /^1: Not a line that libtest prints/],
    ["\ntest a ... hello\n", /^2: Not a line that libtest prints: test a \.\.\. hello/],
    ["test a ... bench: 1 ns/iter (+/- 3)\ntest a ... bench: 1 ns/iter (+/- 3)\n", /Two benchmarks are called "a"/],
    ["test a ... bench: 1 ns/iter (+/- 3)\nfib 15   time:   [1 ns 2 ns 3 ns]\n", /^2: A result of Criterion/],
    ["test a ... ignored\ntest result: ok. 0 passed\n", /^It holds no benchmarks/],
  ])("refuses %j", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});

describe("libtest's JSON", () => {
  it("gives medians in nanoseconds, and what a panic said", () => {
    const events = fixture("libtest/format-json.ndjson")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const expected = events.filter(({ type }) => type === "bench").map(({ name, median }) => [name, [median * 1e-9]]);
    expect(expected).toHaveLength(3);
    const round = parse(fixture("libtest/format-json.ndjson"));
    expect(numbersOf(round)).toEqual(Object.fromEntries(expected));
    expect(round.failures).toEqual([{ benchmark: "bench_breaks", reason: "The benchmark failed: boom" }]);
  });

  it("finds what a panic said in the form of older Rust", () => {
    const stdout = "thread 'main' panicked at 'explicit panic', src/tests.rs:28:9\nnote: run with";
    const event = JSON.stringify({ type: "test", event: "failed", name: "a", stdout });
    expect(parse(event).failures[0]!.reason).toBe("The benchmark failed: 'explicit panic', src/tests.rs:28:9");
  });

  it("that is cut short is refused with its line", () => {
    const text = fixture("libtest/format-json.ndjson");
    const cut = text.slice(0, text.indexOf('"deviation"'));
    expect(() => parse(cut)).toThrow(new RegExp(`^${cut.split("\n").length}:\\d+: The JSON ends in the middle`));
    expect(() => parse('{ "type": "suite", "event": "started" }\n{ "type": "bench", "name": "a" }')).toThrow(
      "2: median: Expected a finite number, found nothing",
    );
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  const texts = [...corpusFolder("cargo-bench"), "criterion/gha-criterion_bencher-format.txt"].filter(
    (file) => !/zero|units|ndjson/.test(file),
  );

  it.each(texts)("%s gives the medians that it prints", (file) => {
    const expected = byWords(corpusFile(file));
    expect(Object.keys(expected).length).toBeGreaterThan(0);
    expect(numbersOf(parse(corpusFile(file)))).toEqual(expected);
  });

  it("has one failing benchmark", () => {
    const { failures } = parse(corpusFile("cargo-bench/bencher-failed.txt"));
    expect(failures.map(({ benchmark }) => benchmark)).toEqual(["tests::benchmark_b"]);
  });

  it("has custom units", () => {
    const { measurements } = parse(corpusFile("cargo-bench/gha-cargo_output_units.txt"));
    expect(
      measurements.map(({ benchmark, unit, better, distribution }) => [
        benchmark,
        unit,
        better,
        "value" in distribution && distribution.value,
      ]),
    ).toEqual([
      ["cmov", "cycles", "lower", 2835],
      ["cmov2", "cycles", "lower", 2845],
      ["mov", "cycles", "lower", 1508],
      ["upload", "MS/s", "higher", 1911],
      ["download", "MS/s", "higher", 9001],
    ]);
  });

  it("has JSON", () => {
    const text = corpusFile("cargo-bench/cargo-1.95-libtest-json.ndjson");
    const expected = [...text.matchAll(/"name": "(\w+)", "median": ([\d.]+)/g)].map(([, name, median]) => [
      name,
      [Number(median) * 1e-9],
    ]);
    expect(expected).toHaveLength(4);
    expect(numbersOf(parse(text))).toEqual(Object.fromEntries(expected));
  });

  it("has a run without benchmarks, which is refused", () => {
    expect(() => parse(corpusFile("cargo-bench/bencher-zero.txt"))).toThrow("It holds no benchmarks");
  });
});
