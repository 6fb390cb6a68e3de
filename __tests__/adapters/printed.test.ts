import { describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { adapterCalled, selectAdapter } from "../../src/adapters/select.ts";
import { benchmarkIps } from "../../src/adapters/tools/benchmark-ips.ts";
import { benchmarkjs } from "../../src/adapters/tools/benchmarkjs.ts";
import { catch2 } from "../../src/adapters/tools/catch2/catch2.ts";
import { consoleTime } from "../../src/adapters/tools/console-time.ts";
import { criterion } from "../../src/adapters/tools/criterion/criterion.ts";
import { dart } from "../../src/adapters/tools/dart.ts";
import { divan } from "../../src/adapters/tools/divan/divan.ts";
import { gungraun } from "../../src/adapters/tools/gungraun/gungraun.ts";
import { libtest } from "../../src/adapters/tools/libtest.ts";
import { rubyBenchmark } from "../../src/adapters/tools/ruby-benchmark.ts";
import { timeit } from "../../src/adapters/tools/timeit.ts";
import { tracemalloc } from "../../src/adapters/tools/tracemalloc.ts";
import { wrk } from "../../src/adapters/tools/wrk.ts";
import { fixture, onlyRound } from "./outputs.ts";

/** The value, or the median, of every benchmark's first metric. */
function valuesOf(adapter: Adapter, text: string): Record<string, number> {
  const entries = onlyRound(adapter, text).measurements.map(({ benchmark, distribution }) => [
    benchmark,
    distribution.kind === "value"
      ? distribution.value
      : distribution.kind === "quantiles"
        ? distribution.quantiles["0.5"]
        : Number.NaN,
  ]);
  return Object.fromEntries(entries.reverse());
}

const lines = (...each: readonly string[]) => `${each.join("\n")}\n`;

const RULE = "-".repeat(79);
const catch2Run = (heading: readonly string[], ...rows: readonly string[]) =>
  lines("t is a Catch2 v3.7.1 host application.", RULE, "case", RULE, ...heading, RULE, ...rows, "", "=".repeat(79));
const ANALYSED = [
  "benchmark name                       samples       iterations    est run time",
  "                                     mean          low mean      high mean",
  "                                     std dev       low std dev   high std dev",
];
const MEAN_ALONE = ["benchmark name                            samples    iterations          mean"];
const cells = (...three: readonly string[]) => `${three.map((cell) => cell.padStart(13)).join(" ")} `;
/** A row as Catch2 prints it, with what the program printed behind the name, the counts and the deviations. */
const analysed = (name: string, mean: string, [early, middle, late]: readonly [string, string, string]) =>
  lines(
    `${name.padEnd(36)} ${early}${cells("100", "138", "2.5 ms")}${middle}`,
    `${" ".repeat(37)}${cells(mean, "1 ns", "9 s")}`,
    `${" ".repeat(37)}${cells("1.2 ns", "1 ns", "2 ns")}${late}`,
  ).trimEnd();
const single = (name: string, mean: string, [early, middle, late]: readonly [string, string, string]) =>
  `${name.padEnd(36)} ${early}${cells("100", "138")}${middle}${mean.padStart(13)} ${late}`;

const divanTable = (...rows: readonly string[]) =>
  lines("speed             fastest       │ slowest       │ median        │ mean          │ samples │ iters", ...rows);
const divanRow = (name: string, printed = "", fastest = "366.2 ns") =>
  `${name.padEnd(18)}${printed}${fastest.padEnd(14)}│ 368.7 ns      │ 366.4 ns      │ 366.8 ns      │ 20      │ 160`;

describe("what a program prints without ending its line", () => {
  it.each<[string, Adapter, string, Record<string, number>]>([
    [
      "before, inside and across libtest's lines",
      libtest,
      lines(
        "warm 12 test a::b ... bench:       1,300 ns/iter (+/- 7)",
        "test a::c ... 7 of 9 bench:       1,400 ns/iter (+/- 7) = 12 MB/s",
        "test a::d     ... first",
        "second",
        "third bench:       1,500 ns/iter (+/- 7)",
        "test result: ok. 0 passed; 0 failed; 0 ignored; 3 measured; 0 filtered out",
      ),
      { "a::b": 1300e-9, "a::c": 1400e-9, "a::d": 1500e-9 },
    ],
    [
      "before libtest's events",
      libtest,
      lines(
        'x{ "type": "suite", "event": "started", "test_count": 1 }',
        'load { "type": "bench", "name": "a", "median": 12.5, "deviation": 1 }',
        '{ "type": "suite", "event": "ok", "measured": 1 }',
      ),
      { a: 12.5e-9 },
    ],
    [
      "before Criterion's names, which fill 24 bytes",
      criterion,
      lines(
        "loading... sort/\u00e9t\u00e9              time:   [1.0 ms 2.0 ms 3.0 ms]",
        "50 % two words               time:   [1.0 ms 4.0 ms 9.0 ms]",
        "a name that is longer than its column",
        "                        time:   [1.0 ms 5.0 ms 9.0 ms]",
      ),
      { "sort/\u00e9t\u00e9": 2e-3, "two words": 4e-3, "a name that is longer than its column": 5e-3 },
    ],
    [
      "before the messages of cargo criterion",
      criterion,
      'load {"reason":"benchmark-complete","id":"a","iteration_count":[1],"measured_values":[5],"unit":"ns"}\n',
      { a: Number.NaN },
    ],
    [
      "behind the names and numbers of Catch2",
      catch2,
      catch2Run(
        ANALYSED,
        analysed("one", "1.5 us", ["loading... ", "", "next"]),
        analysed("two words", "2.5 us", ["", "12 of 30", ""]),
        analysed("three", "3.5 us", ["begin\nmore ", "", ""]),
      ),
      { "case > one": 1.5e-6, "case > two words": 2.5e-6, "case > three": 3.5e-6 },
    ],
    [
      "between the numbers of Catch2 without analysis",
      catch2,
      catch2Run(
        MEAN_ALONE,
        single("one", "1.5 us", ["loading... ", "took 5 ms", ""]),
        single("two", "2.5 us", ["", "3 4\n5 ms ", ""]),
      ),
      { "case > one": 1.5e-6, "case > two": 2.5e-6 },
    ],
    [
      "behind the names of Divan",
      divan,
      divanTable(divanRow("├─ fib", "loading... loading..."), divanRow("╰─ two words", "99 % ")),
      { "speed > fib": 366.4e-9, "speed > two words": 366.4e-9 },
    ],
    [
      "behind the labels of benchmark-ips",
      benchmarkIps,
      lines(
        `Calculating ${"-".repeat(37)}`,
        "           two words12 files     23.5M (± 9.2%) i/s -     23.650M in   1.013789s",
        "a label of more than twenty characters (i/s)",
        "                    loading      5.7M (± 7.9%) i/s -      5.809M in   1.023727s",
      ),
      { "two words": 23.5e6, "a label of more than twenty characters (i/s)": 5.7e6 },
    ],
    [
      "behind the labels of Ruby's Benchmark",
      rubyBenchmark,
      lines(
        "                 user     system      total        real",
        "sort       loading 3   0.001878   0.000313   0.002191 (  0.002188)",
        "a longer label   0.001878   0.000313   0.002191 (  0.003000)",
      ),
      { sort: 0.002188, "a longer label": 0.003 },
    ],
    ["before tracemalloc's total", tracemalloc, "load Total allocated size: 2.0 KiB\n", { allocated: 2048 }],
  ])("%s is told from the results", (_, adapter, text, expected) => {
    const values = valuesOf(adapter, text);
    expect(Object.keys(values).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) {
      if (Number.isFinite(value)) expect(values[name]).toBeCloseTo(value, 12);
    }
    if (adapter !== tracemalloc) expect(adapter.recognises(outputOf(text))).toBe(true);
  });

  it("before Gungraun's summary changes nothing", () => {
    const text = fixture("gungraun/summaries.ndjson.txt");
    const printed = text.replaceAll(/^\{/gm, "loading... {");
    expect(printed).not.toBe(text);
    expect(onlyRound(gungraun, printed)).toEqual(onlyRound(gungraun, text));
  });

  it("before wrk's output, or between two of them, loses no run", () => {
    const text = fixture("wrk/latency.txt");
    expect(wrk.parse(outputOf(`init${text.trimEnd()}\ndone: 5${text}`))).toEqual([
      ...wrk.parse(outputOf(text)),
      ...wrk.parse(outputOf(text)),
    ]);
  });

  it.each<[Adapter, string, RegExp]>([
    [libtest, "test load test a::b ... bench:       1,234 ns/iter (+/- 7)\n", /^1: A result whose name is not clear/],
    [libtest, "see my name ... bench:       1,234 ns/iter (+/- 7)\n", /^1: A result whose name is not clear/],
    [libtest, "test a ... more\ntest b ... bench:  1 ns/iter (+/- 7)\n", /^1: Not a line that libtest prints: test a/],
    [
      libtest,
      "test a ... bench:  1 ns/iter (+/- 7)\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 2 measured; 0 filtered out\n",
      /^3: 2 were measured, and the results of 1 can be found/,
    ],
    [
      libtest,
      '{ "type": "bench", "name": "a", "median": 1, "deviation": 7 }\n{ "type": "suite", "event": "ok", "measured": 2 }\n',
      /^2: 2 were measured/,
    ],
    [
      criterion,
      "loading... a name that is longer than its column\n                        time:   [1 ms 5 ms 9 ms]\n",
      /^1: What the program printed cannot be distinguished from the name/,
    ],
    [
      dart,
      "B(RunTime): 10.5 us.\nloading... A(RunTime): 123.4 us.\n",
      /^2: What the program printed cannot be distinguished/,
    ],
    [dart, "warming up warming up A(RunTime): 123.4 us.\n", /^1: What the program printed cannot be distinguished/],
    [benchmarkjs, "10%\r20%\rsort x 1,234 ops/sec ±1.2% (90 runs sampled)\n", /^1: What the program printed/],
    [benchmarkjs, "load… sort x 1,234 ops/sec ±1.2% (90 runs sampled)\n", /^1: What the program printed/],
    [consoleTime, "loading... sort: 12.5ms\n", /^1: What the program printed/],
    [timeit, "loading5000 loops, best of 5: 54.1 usec per loop\n", /^1: Not what timeit prints/],
    [
      catch2,
      catch2Run(ANALYSED, "one", "loading", analysed("two", "1.5 us", ["", "", ""])),
      /^10: What the program printed cannot be distinguished from a name/,
    ],
    [
      catch2,
      catch2Run(MEAN_ALONE, single("one", "1.5 us", ["", "", "5 ms"]), single("two", "1.5 us", ["", "", ""])),
      /^7: A row without its mean/,
    ],
    [divan, divanTable(divanRow("├─ fib", "5", "66.2 ns").replace("566.2", "3966.2")), /^2: The fastest, the median/],
    [divan, divanTable(divanRow("├─ fib"), "", divanRow("╰─ sum")), /^4: A row outside of Divan's table/],
    [
      benchmarkIps,
      lines(`Calculating ${"-".repeat(37)}`, "             additionload", "     23.5M (± 9.2%) i/s"),
      /^2: A line that is not a result/,
    ],
    [
      benchmarkIps,
      lines(`Calculating ${"-".repeat(37)}`, "", "            addition     23.5M (± 9.2%) i/s"),
      /^3: A result outside of the table/,
    ],
  ])("is refused with its line where it cannot be told, %#", (adapter, text, message) => {
    expect(() => adapter.parse(outputOf(text))).toThrow(message);
  });

  it("does not hide the tool, also where a line of it begins as a list does", () => {
    for (const [tool, text] of [
      ["go", "loading BenchmarkA-2   \t     100\t      5.0 ns/op\n"],
      ["go", "BenchmarkA-2   \tread\n     100\t      5.0 ns/op\n"],
      ["go", `[info] ready\n${fixture("go-bench/packages.txt")}`],
      ["benchmarkjs", `[1/4] building\n${fixture("benchmarkjs/lines.txt")}`],
      ["benchmark-ips", `[2026-11-27] ready\n${fixture("benchmark-ips/ips.txt")}`],
      ["tinybench", `{ node: 24 }\n${fixture("tinybench/v6-table.txt")}`],
    ] as const) {
      const output = outputOf(text);
      expect(selectAdapter("auto", output).name).toBe(tool);
      expect(adapterCalled(tool).parse(output)[0]!.measurements.length).toBeGreaterThan(0);
    }
  });

  it("is not seen in names that hold spaces, dots and numbers of their own", () => {
    for (const name of [
      "List sort 1000",
      "a..b",
      "v1.2.3 to v2",
      "sort, sorted",
      "50% full",
      "x x y",
      "rest(...args)",
      "0...10",
    ])
      expect(Object.keys(valuesOf(dart, `${name}(RunTime): 12.5 us.\n`))).toEqual([name]);
  });
});
