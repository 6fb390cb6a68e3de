import { comparesNothing, type Judgement, type Outcome } from "../../model/verdict.ts";
import { bucketOf } from "../parts/buckets.ts";
import { PLAIN } from "../parts/ink.ts";
import { mostTelling, restWords } from "../parts/most-telling.ts";
import { gateNotes } from "../parts/sections.ts";
import { findingOf } from "../words/finding.ts";
import { bySuite } from "../words/suites.ts";
import { titleOf } from "../words/title.ts";
import { placeOf } from "./annotations.ts";

/** How a judgement counts for a reader of JUnit: what is not red is skipped with its reason, or passed. */
type Result = "failure" | "error" | "skipped" | "passed";

/** The first rule that holds. What is red here is what turns the check red; an inconclusive comparison never is. */
const RESULTS: readonly (readonly [holds: (judgement: Judgement) => boolean, result: Result])[] = [
  [({ accepted }) => accepted !== null, "passed"],
  [({ verdict, severity }) => verdict === "failed" && severity === "gate", "error"],
  [({ verdict, severity }) => verdict === "regression" && severity === "gate", "failure"],
  [({ goal, severity }) => goal?.state === "missed" && severity === "gate", "failure"],
  [({ verdict }) => ["failed", "inconclusive", "removed"].includes(verdict), "skipped"],
  [() => true, "passed"],
];

/**
 * An outcome as JUnit XML, the dialect of Jenkins and of GitHub's test reporters: a test suite for each suite, a test case for each comparison
 * (benchmark, metric, statistic), its numbers as properties, in canonical units and as measured.
 *
 * What is said of the gate as a whole are properties of the first test suite. Where the sides have nothing in common, what is removed fails; where nothing
 * was measured, one test case is an error.
 * A regression, a broken limit and a missed goal are failures; what failed on the candidate is an error; what is inconclusive, removed, or failed on
 * the baseline alone is skipped with its message. An advisory or accepted regression passes, and says so in its output.
 * Valid XML 1.0 whatever names say: characters that it cannot hold are replaced.
 */
export function junitXml(outcome: Outcome): string {
  const shown = mostTelling(outcome.judgements);
  const resultOf = comparesNothing(outcome) ? apartResult : ownResult;
  const notes = [...restWords(outcome.judgements, shown), ...gateNotes(outcome, PLAIN)];
  const title = titleOf(outcome).text;
  const counts = shown.length === 0 ? NOTHING : countsOf(shown, resultOf);
  const suites =
    shown.length === 0
      ? nothingLines(title, notes)
      : [...bySuite(shown)].flatMap(([name, judgements], index) =>
          suiteLines(name, judgements, resultOf, index === 0 ? notes : []),
        );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element("testsuites", { name: `Benchgate: ${title}`, ...counts }, suites),
    "",
  ].join("\n");
}

const NOTHING = { tests: "1", failures: "0", errors: "1", skipped: "0", time: "0" };

/** A gate that measured nothing fails, but readers of JUnit take a document without test cases for a success. */
function nothingLines(title: string, notes: readonly string[]): readonly string[] {
  const error = textElement("error", { type: "failed", message: title }, notes.join("\n"));
  return element("testsuite", { name: "Benchgate", ...NOTHING }, [
    ...noteLines(notes),
    ...element("testcase", { classname: "Benchgate", name: "gate", time: "0" }, error),
  ]);
}

function suiteLines(
  name: string,
  judgements: readonly Judgement[],
  resultOf: ResultOf,
  notes: readonly string[],
): readonly string[] {
  return element("testsuite", { name: name || "(empty)", ...countsOf(judgements, resultOf) }, [
    ...noteLines(notes),
    ...judgements.flatMap((judgement) => caseLines(judgement, resultOf(judgement))),
  ]);
}

function noteLines(notes: readonly string[]): readonly string[] {
  const properties = notes.flatMap((note) => element("property", { name: "warning", value: note }, []));
  return properties.length === 0 ? [] : element("properties", {}, properties);
}

function caseLines(judgement: Judgement, result: Result): readonly string[] {
  const { suite, benchmark, metric, statistic, source } = judgement;
  const { title, lines } = findingOf(judgement);
  const { name: bucket, word } = bucketOf(judgement);
  const said = lines.join("\n");
  const bodies: Readonly<Record<Result, readonly string[]>> = {
    failure: textElement("failure", { type: bucket, message: title }, said),
    error: textElement("error", { type: bucket, message: title }, said),
    skipped: element("skipped", { message: `${word}: ${lines.join(" ")}` }, []),
    passed: textElement("system-out", {}, `${title}\n${said}`),
  };
  return element(
    "testcase",
    { classname: suite || "(empty)", name: `${benchmark} ${metric} ${statistic}`, time: "0", ...placeOf(source) },
    [...element("properties", {}, propertiesOf(judgement)), ...bodies[result]],
  );
}

function propertiesOf(judgement: Judgement): readonly string[] {
  const { unit, verdict, severity, baseline, candidate, threshold, limit, comparison } = judgement;
  const numbers = {
    baseline,
    candidate,
    ratio: comparison?.ratio ?? null,
    "interval.lower": comparison?.interval.lower ?? null,
    "interval.upper": comparison?.interval.upper ?? null,
    "interval.level": comparison?.interval.level ?? null,
    threshold,
    limit: limit?.value ?? null,
    p: comparison?.p ?? null,
    adjustedP: comparison?.adjustedP ?? null,
    rounds: comparison?.rounds ?? null,
    noise: comparison?.noise ?? null,
    detectable: comparison?.detectable ?? null,
  };
  const known = Object.entries(numbers).filter(([, value]) => value !== null && Number.isFinite(value));
  return Object.entries({ verdict, severity, unit, ...Object.fromEntries(known) }).flatMap(([name, value]) =>
    element("property", { name, value: String(value) }, []),
  );
}

function countsOf(judgements: readonly Judgement[], resultOf: ResultOf) {
  const count = (wanted: Result) => String(judgements.filter((each) => resultOf(each) === wanted).length);
  return {
    tests: String(judgements.length),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: "0",
  };
}

type ResultOf = (judgement: Judgement) => Result;

function ownResult(judgement: Judgement): Result {
  return RESULTS.find(([holds]) => holds(judgement))![1];
}

/** Nothing was compared, which fails the gate: for what is gone. */
function apartResult(judgement: Judgement): Result {
  return judgement.verdict === "removed" ? "failure" : ownResult(judgement);
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, children: readonly string[]): readonly string[] {
  const start = `<${name}${attributesText(attributes)}`;
  if (children.length === 0) return [`${start}/>`];
  return [`${start}>`, ...children.map((line) => `  ${line}`), `</${name}>`];
}

/** An element of text, on one entry so that no indentation gets into it. */
function textElement(name: string, attributes: Attributes, text: string): readonly string[] {
  return [`<${name}${attributesText(attributes)}>${xml(text)}</${name}>`];
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xml(String(value).replace(/\s+/g, " ").trim())}"`)
    .join("");
}

/** Everything outside the production Char of XML 1.0 (https://www.w3.org/TR/xml/#charsets), lone surrogates included; and what hides or turns text. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u007F-\u009F]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as XML holds it, in elements and in attributes. */
function xml(text: string): string {
  return text
    .replace(UNWRITABLE, "\uFFFD")
    .replace(INVISIBLE, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
