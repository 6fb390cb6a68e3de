import { GateError } from "../../model/error.ts";
import type { Adapter, Told } from "../adapter.ts";
import { round } from "../reading/round.ts";
import { opensWithElement, parseXml, readAttribute, type XmlElement } from "../reading/xml.ts";

const HINTS = {
  remedy: "Give each test a name of its own, and each run of a matrix a report of its own",
  nothing: "Run at least one test, and let the report list test cases with their `time`",
};

/** Seconds, with the separators between thousands that Maven Surefire writes; a zero may have a sign. */
const TIME = /^(?:-0(?:\.0*)?|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\d{1,3}(?:,\d{3})+\.\d+)$/;
const ABSOLUTE = /^(?:[\\/]|[A-Za-z]:[\\/])/;

/**
 * JUnit XML, as most test runners write it: how long each test took, in seconds, one number for each. The key is the suites around it, the class and the
 * name, what repeats left out: `tests.text > TestSort > test_long[10]`. The step of the last digit is the `resolution`, often a millisecond.
 *
 * A test that failed or ended in an error is a failure, since its time measures something else; one that was skipped is left out.
 */
export const junit: Adapter = {
  name: "junit",
  title: "JUnit XML",
  command: "pytest --junitxml=$BENCHGATE_OUTPUT   (or any runner's JUnit reporter)",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0, { code: 1, means: "a test failed" }],
  recognises: ({ text }) => opensWithElement(text, "testsuites", "testsuite"),
  parse: ({ text }) => {
    const root = parseXml(text);
    if (root.name !== "testsuites" && root.name !== "testsuite") {
      throw new GateError(`Expected JUnit XML, found <${root.name.slice(0, 40)}>`, HINTS.nothing, { line: root.line });
    }
    const told = readSuite(root, []);
    return [round(told, HINTS)];
  },
};

function readSuite(suite: XmlElement, above: readonly string[]): Told[] {
  // What is around all suites is named after the runner or the project, or not at all.
  const own = suite.name === "testsuites" ? [] : nameOf(suite);
  return suite.children.flatMap((child) => {
    if (child.name === "testsuite") return readSuite(child, [...above, ...own]);
    return child.name === "testcase" ? readCase(child, [...above, ...own]) : [];
  });
}

/** A suite's name; a path of the machine is as much as its last part. */
function nameOf(suite: XmlElement): string[] {
  const name = (suite.attributes.get("name") ?? "").trim();
  return [
    ABSOLUTE.test(name)
      ? name
          .split(/[\\/]+/)
          .filter(Boolean)
          .at(-1)!
      : name,
  ].filter(Boolean);
}

function readCase(test: XmlElement, suites: readonly string[]): Told[] {
  const name = readAttribute(test, "name").trim();
  if (name === "") throw wrong("A test without a name", test);
  const parts = [...suites, (test.attributes.get("classname") ?? "").trim(), name].filter((part) => part !== "");
  const benchmark = parts.filter((part, i) => part !== parts[i - 1]).join(" > ");
  if (test.children.some((child) => child.name === "skipped" || child.name === "disabled")) return [];
  const failed = test.children.find((child) => child.name === "failure" || child.name === "error");
  if (failed !== undefined) {
    const message = (failed.attributes.get("message") ?? failed.text)
      .trim()
      .split(/[\r\n]/, 1)[0]!
      .slice(0, 200);
    return [{ benchmark, reason: message === "" ? "The test failed" : `The test failed: ${message}` }];
  }
  const text = readAttribute(test, "time");
  const seconds = TIME.test(text) ? Number(text.replaceAll(",", "")) : Number.NaN;
  if (!Number.isFinite(seconds))
    throw wrong(`The time ${JSON.stringify(text.slice(0, 40))} is not a number of seconds`, test);
  const file = test.attributes.get("file");
  const line = Number(test.attributes.get("line"));
  const digits = /\.(\d+)$/.exec(text)?.[1]?.length;
  return [
    {
      benchmark,
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value: Math.abs(seconds), exact: false },
      ...(digits === undefined ? {} : { resolution: 10 ** -digits }),
      ...(file === undefined || ABSOLUTE.test(file) ? {} : { source: { file, ...(line >= 1 ? { line } : {}) } }),
    },
  ];
}

function wrong(problem: string, { line }: XmlElement): GateError {
  return new GateError(
    problem,
    "Check that the report is JUnit XML, with a `name` and a `time` in seconds for each test",
    { line },
  );
}
