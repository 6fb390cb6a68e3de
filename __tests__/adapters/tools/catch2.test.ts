import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { catch2 } from "../../../src/adapters/tools/catch2/catch2.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const NAMES = [
  "Fibonacci > fib 10",
  "Fibonacci > a very long benchmark name that certainly does not fit the column",
  'Fibonacci > inner > fill <&> "quoted"',
  "slow > sleep",
];

/** The means of an XML report, in its order and in seconds. */
function means(xml: string): number[] {
  return [...xml.matchAll(/<mean value="([^"]+)"/g)].map(([, value]) => Number(value) * 1e-9);
}

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 };

/** The first cells of the lines with three numbers and units, of which every second one is a mean. */
function printedMeans(text: string): number[] {
  const cells = [...text.matchAll(/([\d.]+) ([num]?s) +[\d.]+ [num]?s +[\d.]+ [num]?s *$/gm)];
  return cells.filter((_, i) => i % 2 === 0).map(([, value, unit]) => Number(value) * SECONDS[unit!]!);
}

const TABLE = `x is a Catch2 v3.7.1 host application.
-------------------------------------------------------------------------------
case
-------------------------------------------------------------------------------
benchmark name                       samples       iterations    est run time
                                     mean          low mean      high mean
                                     std dev       low std dev   high std dev
-------------------------------------------------------------------------------
`;

describe("Catch2", () => {
  it.each(["v2.xml", "v3.xml"])("takes the means of %s, under test case, sections and name", (file) => {
    const round = onlyRound(catch2, fixture(`catch2/${file}`));
    expect(numbersOf(round)).toEqual(
      Object.fromEntries(means(fixture(`catch2/${file}`)).map((mean, i) => [NAMES[i], [mean]])),
    );
    expect(round.measurements[2]).toMatchObject({
      unit: "s",
      better: "lower",
      estimator: "batch-means",
      source: { file: "c2.cpp" },
    });
    expect(round.failures).toEqual([
      { benchmark: "throws > throwing", reason: 'It threw "boom"' },
      { benchmark: "fails", reason: "The test case failed" },
    ]);
  });

  it("takes the means of a report without analysis", () => {
    const text = fixture("catch2/no-analysis.xml");
    expect(numbersOf(onlyRound(catch2, text))).toEqual(
      Object.fromEntries(means(text).map((mean, i) => [NAMES[i], [mean]])),
    );
  });

  it.each(["v2-console.txt", "v3-console.txt"])("reads the table of %s, with names over several lines", (file) => {
    const text = fixture(`catch2/${file}`);
    const round = onlyRound(catch2, text);
    expect(Object.keys(numbersOf(round))).toEqual(NAMES);
    expect(Object.values(numbersOf(round)).flat()).toEqual(printedMeans(text));
    expect(round.failures).toEqual([
      { benchmark: "throws > throwing", reason: 'It threw "boom"' },
      { benchmark: "fails", reason: "An assertion failed" },
    ]);
    expect(round.measurements[3]!.resolution).toBeCloseTo(1e-8, 12);
  });

  it("refuses a row that something was printed into, and takes it for no part of the name", () => {
    const lines = fixture("catch2/v2-console.txt").split("\n");
    const mean = lines.findIndex((line) => /^ {30,}[\d.]+ (?:ns|us|ms) /.test(line));
    const mixed = lines.with(mean, `tick ${lines[mean]}`).join("\n");
    expect(() => catch2.parse(outputOf(mixed))).toThrow(`${mean + 1}: A row that is mixed with other output`);
  });

  it("reads on behind an assertion that failed within a table", () => {
    const row =
      "one                     20             1     42.815 ms\n       2.1 ms    2.09579 ms    2.11618 ms\n   22.79 us    17.1825 us    31.2542 us\n";
    const round = onlyRound(catch2, `${TABLE}${row}\nx.cpp:3: FAILED:\n  CHECK( 1==2 )\n`);
    expect(numbersOf(round)).toEqual({ "case > one": [2.1 * 1e-3] });
    expect(round.failures).toEqual([{ benchmark: "case", reason: "An assertion failed" }]);
  });

  const xml = (content: string) => `<Catch2TestRun><TestCase name="a">${content}</TestCase></Catch2TestRun>`;

  it.each([
    [xml('<BenchmarkResults name="b"/>'), "1: A benchmark without its mean"],
    [
      xml('<BenchmarkResults name="b"><mean value="fast"/></BenchmarkResults>'),
      '1: "value" of <mean> is "fast", not a number',
    ],
    [xml("<BenchmarkResults><mean/></BenchmarkResults>"), '1: <BenchmarkResults> has no "name"'],
    [
      xml('<BenchmarkResults name="b"><mean value="1"/></BenchmarkResults>'.repeat(2)),
      'Two benchmarks are called "a > b"',
    ],
    [xml(""), "It holds no benchmarks. Run test cases that hold a BENCHMARK"],
    ['<Catch2TestRun>\n<TestCase name="a">', "2: the file is cut off: it ends within <TestCase>, which line 2 opens"],
    ["<testsuites/>", "1: Expected Catch2's XML, found <testsuites>"],
    ['{"metadata": {"catch2-version": "3.7.1"}}', "1: Catch2's JSON reporter writes no benchmarks"],
    [`${TABLE}one    20    1   42.8 ms\n`, "9: A row that is cut short"],
    [`${TABLE}one    20    1   42.8 ms\nsurprise\n`, "10: A row that is not whole"],
  ])("refuses %s", (text, message) => {
    expect(() => catch2.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("Catch2 in the corpus", () => {
  const JSON_FILE = "catch2/catch2-3-head-JSON.json";
  const files = corpusFolder("catch2").filter((file) => file !== JSON_FILE);

  it.each(files)("%s gives the means that stand there", (file) => {
    const text = corpusFile(file);
    const round = onlyRound(catch2, text);
    const expected = file.endsWith(".xml") ? means(text) : printedMeans(text);
    expect(expected.length).toBeGreaterThan(1);
    expect(Object.values(numbersOf(round)).flat()).toEqual(expected);
    expect(round.failures).toHaveLength(file.includes("catch2-") && !file.includes("gha") ? 2 : 0);
  });

  it("the JSON reporter, which holds no benchmarks, is refused", () => {
    expect(() => catch2.parse(outputOf(corpusFile(JSON_FILE)))).toThrow(
      /^1: Catch2's JSON reporter writes no benchmarks/,
    );
  });
});
