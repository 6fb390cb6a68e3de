import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { junit } from "../../../src/adapters/tools/junit.ts";
import { fixture, numbersOf, onlyRound } from "../outputs.ts";

function report(cases: string): string {
  return `<testsuites>\n<testsuite name="s">\n${cases}\n</testsuite></testsuites>`;
}

describe("JUnit XML", () => {
  it.each(["pytest.xml", "node.xml", "vitest.xml", "surefire.xml"])(
    "takes the time of each test of %s that passed",
    (file) => {
      const text = fixture(`junit/${file}`);
      // Tests that end in one tag, or hold nothing, have neither failed nor been skipped.
      const passed = [...text.matchAll(/<testcase ((?:[^>"]|"[^"]*")*?)(?:\/>|>\s*<\/testcase>)/g)].map(
        ([, attributes]) => Number(/ ?time="([^"]+)"/.exec(attributes!)![1]!.replace(",", "")),
      );
      expect(passed.length).toBeGreaterThan(0);
      expect(Object.values(numbersOf(onlyRound(junit, text))).flat()).toEqual(passed);
    },
  );

  it("names a test by its suites, its class and itself, and nothing twice", () => {
    const names = (file: string) => Object.keys(numbersOf(onlyRound(junit, fixture(`junit/${file}`))));
    expect(names("pytest.xml")).toEqual([
      "pytest > test_demo > test_fast",
      "pytest > test_demo > test_slow[1]",
      "pytest > test_demo > test_slow[2]",
      "pytest > test_demo.TestGroup > test_in_class",
    ]);
    expect(names("node.xml")).toEqual(["group > test > fast", "group > test > slow & <tagged>", "test > top"]);
    expect(names("surefire.xml")).toEqual(["com.example.TextTest > sort", "com.example.TextTest > slow[10]"]);
    expect(names("vitest.xml")).toEqual(["v.test.ts > g > a"]);
  });

  it("reports tests that failed or ended in an error, with their first line", () => {
    expect(onlyRound(junit, fixture("junit/pytest.xml")).failures).toEqual([
      { benchmark: "pytest > test_demo > test_fails", reason: "The test failed: AssertionError: one <is> not two" },
      {
        benchmark: "pytest > test_demo > test_error",
        reason: 'The test failed: failed on setup with "RuntimeError: no server"',
      },
    ]);
  });

  it("says how fine the times are, and where a test is", () => {
    const [found] = onlyRound(junit, report('<testcase name="a" time="0.120" file="a/b.py" line="3"/>')).measurements;
    expect(found).toEqual({
      benchmark: "s > a",
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value: 0.12, exact: false },
      resolution: 0.001,
      source: { file: "a/b.py", line: 3 },
    });
    expect(onlyRound(junit, fixture("junit/node.xml")).measurements[0]!.source).toBeUndefined();
  });

  it("keeps paths of a machine out of names", () => {
    const text = '<testsuite name="/home/me/tests/a.test.js"><testcase name="x" time="1"/></testsuite>';
    expect(Object.keys(numbersOf(onlyRound(junit, text)))).toEqual(["a.test.js > x"]);
  });

  it.each([
    [report('<testcase name="a" time="0,5"/>'), '3: The time "0,5" is not a number of seconds'],
    [report('<testcase name="a" time="NaN"/>'), '3: The time "NaN" is not'],
    [report('<testcase name="a"/>'), '3: <testcase> has no "time"'],
    [report('<testcase time="1"/>'), '3: <testcase> has no "name"'],
    [report('<testcase name="a" time="1"/><testcase name="a" time="1"/>'), 'Two benchmarks are called "s > a"'],
    [report('<testcase name="a" time="1"><skipped/></testcase>'), "It holds no benchmarks. Run at least one test"],
    [report("<testcase>"), "4:12: Not valid XML: unexpected close tag"],
    ["<other/>", "1: Expected JUnit XML, found <other>"],
  ])("refuses %s", (text, message) => {
    expect(() => junit.parse(outputOf(text))).toThrow(message);
  });
});
