import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { goBench } from "../../../src/adapters/tools/go/go.ts";

function fixture(file: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "fixtures", "go-bench", file), "utf8");
}

function parse(text: string) {
  const rounds = goBench.parse(outputOf(text));
  expect(rounds).toHaveLength(1);
  return rounds[0]!;
}

/** The samples of one metric of one benchmark, or its single value. */
function samplesOf(text: string, benchmark: string, metric = "latency"): number[] | undefined {
  const found = parse(text).measurements.find((each) => each.benchmark === benchmark && each.metric === metric);
  if (found?.distribution.kind === "samples") return [...found.distribution.samples];
  return found?.distribution.kind === "value" ? [found.distribution.value] : undefined;
}

/** `go test -json` events, as one package writes its output in chunks. */
function events(chunks: readonly (readonly [name: string, output: string])[]): string {
  return chunks
    .map(([name, Output]) => JSON.stringify({ Time: "2026-01-01T00:00:00Z", Action: "output", Package: name, Output }))
    .join("\n");
}

const ALPHA = "example.com/app/alpha";

describe("go test -bench", () => {
  it("takes the lines of -count as samples, in canonical units", () => {
    const lines = fixture("packages.txt")
      .split("\n")
      .filter((line) => line.startsWith("BenchmarkSort/n=10-2"));
    const column = (unit: string) => lines.map((line) => Number(new RegExp(`([\\d.]+) ${unit}`).exec(line)![1]));
    const name = `${ALPHA}.BenchmarkSort/n=10`;
    expect(lines).toHaveLength(5);
    expect(samplesOf(fixture("packages.txt"), name)).toEqual(column("ns/op").map((value) => value * 1e-9));
    expect(samplesOf(fixture("packages.txt"), name, "throughput")).toEqual(column("MB/s").map((value) => value * 1e6));
    expect(samplesOf(fixture("packages.txt"), name, "memory")).toEqual(column("B/op"));
    expect(samplesOf(fixture("packages.txt"), name, "allocations")).toEqual(column("allocs/op"));
  });

  it("knows units and directions", () => {
    const { measurements } = parse(fixture("packages.txt"));
    const join = measurements.filter(({ benchmark }) => benchmark === `${ALPHA}.BenchmarkJoin`);
    expect(join.map(({ metric, unit, better, estimator }) => [metric, unit, better, estimator])).toEqual([
      ["latency", "s", "lower", "batch-means"],
      ["p99-ns", "s", "lower", undefined],
      ["req/s", "1/s", "higher", undefined],
      ["memory", "B", "lower", "batch-means"],
      ["allocations", "1", "lower", "batch-means"],
    ]);
    expect(samplesOf(fixture("packages.txt"), `${ALPHA}.BenchmarkJoin`, "p99-ns")![0]).toBeCloseTo(12.5e-9, 15);
  });

  it("finds results behind what the benchmark prints", () => {
    const text = fixture("packages.txt");
    const printed = text.slice(text.indexOf("BenchmarkPrints"), text.indexOf("BenchmarkOdd"));
    const expected = [...printed.matchAll(/([\d.]+) ns\/op/g)].map((match) => Number(match[1]) * 1e-9);
    expect(expected).toHaveLength(5);
    expect(printed.startsWith("BenchmarkPrints") && text.includes("12 loose words BenchmarkPrints")).toBe(true);
    expect(samplesOf(text, `${ALPHA}.BenchmarkPrints`)).toEqual(expected);
    expect(samplesOf("done.BenchmarkA-2  \t  7\t  5 ns/op\n", "BenchmarkA")).toEqual([5e-9]);
    const glued = "BenchmarkA-2 \tno newline 12 5 files     100\t      20.5 ns/op\n";
    expect(samplesOf(glued, "BenchmarkA")).toEqual([20.5 * 1e-9]);
  });

  it.each([
    ["test.ndjson", "", 3],
    ["verbose.txt", "-2", 1],
    ["verbose-cpu-count.ndjson", "-2", 2],
  ])("finds every result behind loose words in %s, and renames no other benchmark", (file, suffix, count) => {
    const text = fixture(file);
    const expected = [...text.matchAll(/loose words BenchmarkPrints-2 +(?:\t|\\t) +200(?:\t|\\t) +([\d.]+) ns\/op/g)];
    expect(expected).toHaveLength(count);
    expect(samplesOf(text, `${ALPHA}.BenchmarkPrints${suffix}`)).toEqual(
      expected.map((match) => Number(match[1]) * 1e-9),
    );
    expect(samplesOf(text, `${ALPHA}.BenchmarkSort/n=10${suffix}`)).toHaveLength(count);
  });

  it("keeps the odd names that Go itself keeps", () => {
    const names = new Set(parse(fixture("packages.txt")).measurements.map(({ benchmark }) => benchmark));
    for (const name of ["a_b", "50%", "key=value/é", "ends-16"])
      expect(names).toContain(`${ALPHA}.BenchmarkOdd/${name}`);
  });

  it("finds the package and a result behind what another program printed without an end of its own", () => {
    const text = "goos: linux\ngoarch: amd64\ntick pkg: example.com/a\ntick BenchmarkSort 100 1.0 ns/op\n";
    expect(samplesOf(text, "example.com/a.BenchmarkSort")).toEqual([1e-9]);
    expect(samplesOf("tick Benchmarkzap_text 1 800 text-bytes\n", "Benchmarkzap_text", "text-bytes")).toEqual([800]);
    const loaded = "pkg: example.com/a\nloaded pkg: other\nBenchmarkSort 100 1.0 ns/op\n";
    expect(samplesOf(loaded, "example.com/a.BenchmarkSort")).toEqual([1e-9]);
  });

  it("takes another benchmark's name for the program's own text while a result is awaited", () => {
    const text = "BenchmarkA-2   \tgo\nsee BenchmarkB-2 \there\n  10\t  5 ns/op\n";
    expect(parse(text).measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkA"]);
  });

  it("does not take what a benchmark prints for its result", () => {
    const text = "BenchmarkA-2 \tread\n5 10 files\n12 files\n     100\t      20.5 ns/op\n7 left\n";
    expect(parse(text).measurements).toHaveLength(1);
    expect(samplesOf(text, "BenchmarkA")).toEqual([20.5 * 1e-9]);
  });

  it("refuses a second result of one benchmark, for nothing tells which is Go's", () => {
    const text = "BenchmarkA-2 \tread\n     100\t      20.5 ns/op\n7\t 3 ns/op\n";
    expect(() => parse(text)).toThrow(/^3: A result that belongs to no benchmark: 7/);
  });

  it("takes a program's word that begins like a benchmark's name for what it is", () => {
    const verbose =
      "BenchmarkA\nBenchmarking... BenchmarkA-4 \t     100\t      20.5 ns/op\nBenchmarkB\nBenchmarkB-4 \t 1\t 5 ns/op\n";
    expect(parse(verbose).measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkA", "BenchmarkB"]);
    const plain = "BenchmarkA-4 \tBenchmarking...\nBenchmark suite begins\n     100\t      20.5 ns/op\n";
    expect(samplesOf(plain, "BenchmarkA")).toEqual([20.5 * 1e-9]);
  });

  it("finds the names of parts behind what the benchmark around them prints", () => {
    const plain = "setup BenchmarkS/n=1-4 \t 100\t 30 ns/op\none BenchmarkS/n=2-4 \ttwo 100\t 31 ns/op\t 8 B/op\n";
    expect(samplesOf(plain, "BenchmarkS/n=1")).toEqual([30 * 1e-9]);
    expect(samplesOf(plain, "BenchmarkS/n=2", "memory")).toEqual([8]);
    const verbose =
      "BenchmarkS\nsetupBenchmarkS/n=1\nload BenchmarkS/n=1-4 \t 100\t 30 ns/op\nBenchmarkQ-4 \t 1\t 5 ns/op\n";
    expect(parse(verbose).measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkS/n=1", "BenchmarkQ"]);
  });

  it("waits for no result of a benchmark that failed or was skipped", () => {
    for (const end of ["--- FAIL: BenchmarkA-4", "--- SKIP: BenchmarkA-4"]) {
      const text = `BenchmarkA-4 \t${end}\nload BenchmarkB-4 \tmore 100\t 30 ns/op\n`;
      expect(samplesOf(text, "BenchmarkB")).toEqual([30 * 1e-9]);
    }
  });

  it("finds a result behind more text than a line should hold", () => {
    const text = `BenchmarkA-4 \t${"loading ".repeat(2000)}     100\t      20.5 ns/op\n`;
    expect(samplesOf(text, "BenchmarkA")).toEqual([20.5 * 1e-9]);
  });

  it("refuses a result that is mixed with other output, with its line", () => {
    expect(() => parse("goos: linux\nBenchmarkA-2   100   20.5 ns/op stray text\n")).toThrow(
      /^2: The result is cut short or mixed/,
    );
  });

  it("keeps -8 where -cpu lists several, and drops it where all names carry it", () => {
    const names = new Set(parse(fixture("verbose.txt")).measurements.map(({ benchmark }) => benchmark));
    expect(names).toContain(`${ALPHA}.BenchmarkSort/n=10`);
    expect(names).toContain(`${ALPHA}.BenchmarkSort/n=10-2`);
    expect(samplesOf("BenchmarkA/x-8 1 5 ns/op\nBenchmarkB-8 1 5 ns/op\n", "BenchmarkA/x")).toEqual([5e-9]);
    expect(samplesOf("BenchmarkA/x-16 1 5 ns/op\nBenchmarkB 1 5 ns/op\n", "BenchmarkA/x-16")).toEqual([5e-9]);
  });

  it("marks means over iterations only where there is more than one", () => {
    const { measurements } = parse("BenchmarkA 1 5 ns/op\nBenchmarkB 2 5 ns/op\n");
    expect(measurements.map(({ estimator }) => estimator)).toEqual([undefined, "batch-means"]);
  });

  it("keeps packages apart", () => {
    const text = "pkg: a\nBenchmarkX 1 1 ns/op\nok  \ta\t1s\npkg: b\nBenchmarkX 1 2 ns/op\nok  \tb\t1s\n";
    expect(samplesOf(text, "a.BenchmarkX")).toEqual([1e-9]);
    expect(samplesOf(text, "b.BenchmarkX")).toEqual([2e-9]);
  });

  it("obeys Unit lines", () => {
    const text =
      "Unit widgets better=higher\nUnit total-bytes assume=exact\nBenchmarkA 1 3 widgets 100 total-bytes\nBenchmarkA 1 4 widgets 100 total-bytes\n";
    const [widgets, bytes] = parse(text).measurements;
    expect(widgets).toMatchObject({ metric: "widgets", unit: "widgets", better: "higher" });
    expect(bytes).toMatchObject({
      metric: "total-bytes",
      unit: "B",
      distribution: { kind: "value", value: 100, exact: true },
    });
  });

  it("does not pool results that the file itself tells apart", () => {
    const text = "note: before\nBenchmarkA 1 1 ns/op\nnote: after\nBenchmarkA 1 2 ns/op\n";
    expect(() => parse(text)).toThrow(/^4: Results of BenchmarkA from two configurations \(note: after\)/);
  });

  it("leaves a unit out whose number is none, in any line of -count, and says so", () => {
    const { measurements, failures, notes } = parse(
      "BenchmarkA 1 5 ns/op NaN ratio\nBenchmarkA 1 6 ns/op 2 ratio\nBenchmarkB 1 5 ns/op +Inf MB/s -Inf p99-ns 3 B/op\n",
    );
    expect(measurements.map(({ benchmark, metric }) => `${benchmark} ${metric}`)).toEqual([
      "BenchmarkA latency",
      "BenchmarkB latency",
      "BenchmarkB memory",
    ]);
    expect(failures).toEqual([]);
    expect(notes!.map(({ benchmark, sentence }) => `${benchmark}: ${sentence}`)).toEqual([
      "BenchmarkA: Its ratio is NaN, and left out",
      "BenchmarkB: Its MB/s is Infinity, and left out",
      "BenchmarkB: Its p99-ns is -Infinity, and left out",
    ]);
  });

  it("reports a time that is none, and a benchmark of which nothing is left, as failures", () => {
    const { measurements, failures, notes } = parse("BenchmarkA 1 NaN ns/op 2 ratio\nBenchmarkB 1 NaN ratio\n");
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkA"]);
    expect(failures).toEqual([
      { benchmark: "BenchmarkA", reason: "It reported NaN ns/op (line 1)" },
      {
        benchmark: "BenchmarkB",
        reason: "Its ratio is NaN, and left out: report a finite number, or nothing where there is none",
      },
    ]);
    expect(notes).toBeUndefined();
  });

  it("refuses a custom metric that takes the place of Go's own", () => {
    expect(() => parse("BenchmarkA 1 5 ns/op 7 latency\n")).toThrow('Two benchmarks are called "BenchmarkA"');
  });
});

describe("a failing run", () => {
  it("reports packages and benchmarks, and keeps the results of the rest", () => {
    const { measurements, failures } = parse(fixture("failing.txt"));
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual([
      "example.com/app/beta.BenchmarkSort",
      "example.com/app/beta.BenchmarkLogs",
      "example.com/app/panics.BenchmarkFirst",
    ]);
    const panic = "The package failed: panic: runtime error: index out of range [1] with length 0";
    expect(failures).toEqual([
      { benchmark: "example.com/app/beta.BenchmarkBreaks", reason: "beta_test.go:17: boom" },
      { benchmark: "example.com/app/beta.*", reason: "The package failed: its output says why" },
      { benchmark: "example.com/app/panics.*", reason: panic },
    ]);
  });

  it("reports a package that does not compile, whose reason Go prints to stderr", () => {
    for (const file of ["build-failed.txt", "build-failed.ndjson"]) {
      const { measurements, failures } = parse(fixture(file));
      expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["example.com/app/panics.BenchmarkFirst"]);
      expect(failures).toEqual([
        { benchmark: "example.com/app/gamma.*", reason: "The package failed: [build failed]" },
      ]);
    }
  });

  it("finds the reason where -v logs it first, and where the name stands before the failure", () => {
    expect(parse(fixture("verbose.txt")).failures[0]).toEqual({
      benchmark: "example.com/app/beta.BenchmarkBreaks",
      reason: "beta_test.go:17: boom",
    });
    const text =
      "pkg: p\nBenchmarkA-2 \t--- FAIL: BenchmarkA-2\n    a_test.go:3: broken\nBenchmarkB-2 1 1 ns/op\nFAIL\n";
    expect(parse(text).failures).toEqual([{ benchmark: "p.BenchmarkA", reason: "a_test.go:3: broken" }]);
  });

  it("carries the panic that ended a package", () => {
    const text = "pkg: p\nBenchmarkA-2 \tpanic: out of range\n\ngoroutine 1 [running]:\nFAIL\tp\t0.1s\nFAIL\n";
    for (const each of [text, text.replace("\tpanic", "\t\npanic")])
      expect(parse(each).failures).toEqual([{ benchmark: "p.*", reason: "The package failed: panic: out of range" }]);
  });

  it("counts as one where a test binary says FAIL and no more", () => {
    expect(parse("pkg: p\nBenchmarkA 1 1 ns/op\nFAIL\n").failures).toEqual([
      { benchmark: "p.*", reason: "The run failed" },
    ]);
  });

  it("is refused where nothing ran at all", () => {
    expect(() => parse("PASS\nok  \tp\t0.1s\n")).toThrow("It holds no benchmarks. Run `go test` with `-bench`");
  });
});

describe("lines that a quadratic search would never get through", () => {
  it("are no result where pairs go on without end", () => {
    expect(() => parse(`BenchmarkA\n${"1\t1 1".repeat(200_000)}\tx`)).toThrow("It holds no benchmarks");
  });

  it("are no configuration where there are only spaces", () => {
    expect(parse(`BenchmarkA 1 1 ns/op\na:${" ".repeat(500_000)}`).measurements).toHaveLength(1);
  });

  it("are refused where a long name precedes a broken result", () => {
    expect(() => parse(`BenchmarkA${"-1".repeat(500_000)} 1 1 ns/op x`)).toThrow(/^1: The result is cut short/);
  });
});

describe("go test -json", () => {
  it("puts together what each package printed", () => {
    const { failures } = parse(fixture("test.ndjson"));
    const printed = fixture("test.ndjson")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ Action, Package }) => Action === "output" && Package === ALPHA)
      .map(({ Output }) => Output)
      .join("");
    const expected = [...printed.matchAll(/^BenchmarkSort\/n=1000-2\s+\d+\s+([\d.]+) ns\/op/gm)].map(
      (match) => Number(match[1]) * 1e-9,
    );
    expect(expected).toHaveLength(3);
    expect(samplesOf(fixture("test.ndjson"), `${ALPHA}.BenchmarkSort/n=1000`)).toEqual(expected);
    expect(failures.map(({ benchmark }) => benchmark)).toEqual([
      "example.com/app/beta.BenchmarkBreaks",
      "example.com/app/beta.*",
    ]);
  });

  it("keeps packages apart whose output takes turns in the middle of lines", () => {
    const text = events([
      ["a", "BenchmarkX-2 \t"],
      ["b", "BenchmarkX-2 \t"],
      ["a", "    10\t       1.5 ns/op\n"],
      ["b", "    10\t       2.5 ns/op\n"],
    ]);
    expect(samplesOf(text, "a.BenchmarkX")).toEqual([1.5 * 1e-9]);
    expect(samplesOf(text, "b.BenchmarkX")).toEqual([2.5 * 1e-9]);
  });

  it("is recognised and read behind lines of the go command", () => {
    const text = `FAIL\texample.com/app/early [setup failed]\n${fixture("failing.ndjson")}`;
    expect(goBench.recognises(outputOf(text))).toBe(true);
    const { measurements, failures } = parse(text);
    expect(measurements).toHaveLength(3);
    expect(failures.map(({ benchmark }) => benchmark)).toContain("example.com/app/early.*");
  });

  it("loses no event behind what another program printed without an end of its own", () => {
    const text = fixture("test.ndjson");
    expect(parse(text.replace(/\n\{/g, "\ntick {"))).toEqual(parse(text));
  });

  it("that is cut short is refused with the line of the cut", () => {
    const text = fixture("test.ndjson").trimEnd();
    const lines = text.split("\n").length;
    expect(() => parse(text.slice(0, -10))).toThrow(new RegExp(`^${lines}:\\d+: The JSON ends in the middle`));
  });

  it("reads a last line without its end", () => {
    expect(samplesOf(events([["a", "BenchmarkX 1 5 ns/op"]]), "a.BenchmarkX")).toEqual([5e-9]);
  });
});
