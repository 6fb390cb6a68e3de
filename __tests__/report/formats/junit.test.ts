import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { junitXml } from "../../../src/report/formats/junit.ts";
import { aComparison, aJudgement, anAddition, anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "../outcomes.ts";

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly file?: string;
  readonly line?: string;
  readonly properties: readonly { readonly property: readonly { readonly name: string; readonly value: string }[] }[];
  readonly failure?: readonly { readonly message: string; readonly type: string; readonly "#text": string }[];
  readonly error?: readonly { readonly message: string; readonly "#text": string }[];
  readonly skipped?: readonly { readonly message: string }[];
  readonly "system-out"?: readonly string[];
}
interface Counts {
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
}
interface TestSuite extends Counts {
  readonly name: string;
  readonly testcase: readonly TestCase[];
}

const LISTS = ["testsuite", "testcase", "properties", "property", "failure", "error", "skipped", "system-out"];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  trimValues: false,
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && LISTS.includes(name),
  processEntities: true,
});

/** What a reader of JUnit sees; throws where it is not XML. */
function read(xml: string): Counts & { readonly testsuite: readonly TestSuite[] } {
  const sound = XMLValidator.validate(xml);
  if (sound !== true) throw new Error(`${sound.err.msg}, line ${sound.err.line}`);
  return parser.parse(xml).testsuites;
}

const only = (judgement: ReturnType<typeof aJudgement>) =>
  read(junitXml(anOutcome({ judgements: [judgement] }))).testsuite[0]!.testcase[0]!;

describe("JUnit", () => {
  it("has a test suite for each suite and a test case for each comparison, and counts them", () => {
    const failure = { side: "candidate", reason: "exit code 1", output: "last words" } as const;
    const judgements = [
      aRegression(1.2),
      aJudgement({ statistic: "p99" }),
      aJudgement({ suite: "api", benchmark: "GET /", verdict: "inconclusive" }),
      aJudgement({ suite: "api", benchmark: "POST /", verdict: "failed", comparison: null, failure }),
    ];
    const { testsuite, ...all } = read(junitXml(anOutcome({ judgements })));
    expect(all).toMatchObject({ tests: "4", failures: "1", errors: "1", skipped: "1" });
    expect(
      testsuite.map(({ name, tests, failures, errors, skipped }) => [name, tests, failures, errors, skipped]),
    ).toEqual([
      ["parser", "2", "1", "0", "0"],
      ["api", "2", "0", "1", "1"],
    ]);
    expect(testsuite[0]?.testcase.map(({ classname, name }) => [classname, name])).toEqual([
      ["parser", "json latency p50"],
      ["parser", "json latency p99"],
    ]);
  });

  it("makes a regression a failure that says how much", () => {
    const { failure, file, line } = only(aRegression(1.125, { source: { file: "bench/json.bench.ts", line: 12 } }));
    expect(failure?.[0]?.message).toBe("regression: parser / json p50");
    expect(failure?.[0]?.["#text"]).toContain("1.20 ms → 1.35 ms, +12.5 % (+10.9 … +14.2); limit +5 %.");
    expect([file, line]).toEqual(["bench/json.bench.ts", "12"]);
  });

  it("makes a broken limit and a missed goal failures too", () => {
    const broken = aJudgement({ verdict: "regression", limit: { value: 0.001, broken: true } });
    expect(only(broken).failure?.[0]?.type).toBe("limit");
    expect(only(aJudgement({ goal: { value: 0.2, state: "missed" } })).failure).toHaveLength(1);
    expect(only(aJudgement({ goal: { value: 0.2, state: "open" } })).failure).toBeUndefined();
  });

  it("shows the end of a failure's output; what fails on the baseline alone is skipped, as it does not turn the check red", () => {
    const failure = { side: "candidate", reason: "exit code 1", output: "\u001b[31mlast words\u001b[0m" } as const;
    expect(only(aJudgement({ verdict: "failed", comparison: null, failure })).error?.[0]?.["#text"]).toBe(
      "exit code 1\nlast words",
    );
    const before = { ...failure, side: "baseline" as const };
    const { error, skipped } = only(
      aJudgement({ verdict: "failed", severity: "advisory", comparison: null, failure: before }),
    );
    expect([error, skipped?.length]).toEqual([undefined, 1]);
  });

  it("skips what is inconclusive or removed, and says why", () => {
    const noisy = aJudgement({
      verdict: "inconclusive",
      warnings: [{ code: "noisy", detectable: 0.29, roundsNeeded: 26 }],
    });
    expect(only(noisy).skipped?.[0]?.message).toContain("The noise hides changes smaller than 29 %.");
    expect(only(aJudgement({ verdict: "removed", candidate: null, comparison: null })).skipped?.[0]?.message).toContain(
      "Only the baseline has this benchmark.",
    );
  });

  it.each([
    ["accepted", aRegression(1.1, { accepted: { reason: "worth it", upTo: 0.2, until: null } }), "worth it"],
    ["advisory regression", aRegression(1.1, { severity: "advisory" }), "+10"],
    ["new", anAddition(), "Only the candidate has this benchmark."],
    ["unchanged", aJudgement(), "limit +5 %"],
  ])("passes what is %s, and says so", (word, judgement, said) => {
    const { failure, error, skipped, "system-out": out } = only(judgement);
    expect([failure, error, skipped]).toEqual([undefined, undefined, undefined]);
    expect(out?.[0]).toContain(`${word}: parser / json`);
    expect(out?.[0]).toContain(said);
  });

  it("holds the numbers as properties, as measured and in canonical units; those that are none are left out", () => {
    const comparison = aComparison({ ratio: 1.0123456789, p: null, detectable: Number.POSITIVE_INFINITY });
    const { properties } = only(aJudgement({ comparison }));
    const values = Object.fromEntries(properties[0]!.property.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ verdict: "unchanged", unit: "s", baseline: "0.0012", ratio: "1.0123456789" });
    expect(values).toMatchObject({ "interval.level": "0.95", rounds: "12", threshold: "0.05" });
    expect(Object.keys(values)).not.toContain("p");
    expect(Object.keys(values)).not.toContain("detectable");
  });

  it("is sound XML of the same shape whatever names say", () => {
    const outcome = hostileOutcome(HOSTILE);
    const { testsuite, tests } = read(junitXml(outcome));
    expect(tests).toBe(String(outcome.judgements.length));
    expect(testsuite.flatMap(({ testcase }) => testcase)).toHaveLength(outcome.judgements.length);
    for (const { name } of testsuite.flatMap(({ testcase }) => testcase)) expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("holds only characters that XML 1.0 has, and gives names back as they are otherwise", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, text, (suite, benchmark) => {
        const xml = junitXml(anOutcome({ judgements: [aRegression(1.2, { suite, benchmark })] }));
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
        const found = read(xml).testsuite[0]?.testcase[0]?.name;
        if (/^[\u0021-\u007E]+$/.test(benchmark)) expect(found).toBe(`${benchmark} latency p50`);
        expect(found).toMatch(/latency p50$/);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("of nothing measured has one test case, which is an error: no tests at all would pass", () => {
    const { testsuite, ...all } = read(junitXml(anOutcome({ outcome: "fail", judgements: [] })));
    expect(all).toMatchObject({ tests: "1", errors: "1", failures: "0" });
    expect(testsuite[0]?.testcase[0]?.error?.[0]?.message).toBe("Nothing was measured");
  });

  it.each(Object.keys(OUTCOMES))("counts as many test cases as %s has judgements", (name) => {
    const { testsuite } = read(junitXml(OUTCOMES[name]!));
    expect(testsuite.flatMap(({ testcase }) => testcase)).toHaveLength(OUTCOMES[name]!.judgements.length);
  });
});
