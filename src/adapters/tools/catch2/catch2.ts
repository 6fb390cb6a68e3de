import { GateError } from "../../../model/error.ts";
import type { Adapter, Told } from "../../adapter.ts";
import { opensWith, stripMark } from "../../reading/json.ts";
import { searched } from "../../reading/output.ts";
import { isFailure, round } from "../../reading/round.ts";
import {
  childrenOf,
  opensWithElement,
  parseXml,
  readAttribute,
  readNumberAttribute,
  type XmlElement,
} from "../../reading/xml.ts";
import { isCatch2Console, readCatch2Console } from "./console.ts";

const HINTS = {
  remedy: "Give each benchmark of a test case a name of its own",
  nothing: "Run test cases that hold a BENCHMARK, with `-r xml`",
};

/**
 * Catch2's benchmarks, versions 2 and 3: the XML reporter, or the console's table, also under
 * `--benchmark-no-analysis`, which is rounded to six digits and breaks long names (their parts are joined by a space there).
 *
 * Catch2 reports the mean of its samples alone, each of them a mean of `iterations` calls: one value, and no percentiles. The key is test case,
 * sections and name, `Fibonacci > inner > fill`. A benchmark that threw, and a test case that failed, are failures. Catch2 exits with the number of
 * failures, newer versions with 42: those are complete results with what failed named in them. A report that is cut short is refused.
 */
export const catch2: Adapter = {
  name: "catch2",
  title: "Catch2",
  command: "./tests '[bench]' -r xml --benchmark-samples 200 > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0, ...[1, 2, 3, 4, 5, 42].map((code) => ({ code, means: "a test failed, or none was run" }))],
  recognises: (output) =>
    opensWithElement(output.text, "Catch", "Catch2TestRun") || isCatch2Console(searched(output)) || isJson(output.text),
  parse: ({ text }) => {
    if (isJson(text)) {
      throw new GateError("Catch2's JSON reporter writes no benchmarks", "Run it with `-r xml`", { line: 1 });
    }
    const told = isCatch2Console(text) ? readCatch2Console(stripMark(text)) : readXml(parseXml(text));
    return [round(told, HINTS)];
  },
};

function isJson(text: string): boolean {
  return opensWith(text, "{") && text.slice(0, 4096).includes('"catch2-version"');
}

function readXml(root: XmlElement): Told[] {
  if (root.name !== "Catch" && root.name !== "Catch2TestRun") {
    throw new GateError(`Expected Catch2's XML, found <${root.name.slice(0, 40)}>`, "Run it with `-r xml`", {
      line: root.line,
    });
  }
  // Version 2 has a group between the root and its test cases.
  const cases = [root, ...childrenOf(root, "Group")].flatMap((parent) => childrenOf(parent, "TestCase"));
  return cases.flatMap((each) => {
    const name = readAttribute(each, "name");
    const told = readSection(each, name);
    const failed = childrenOf(each, "OverallResult").some((result) => result.attributes.get("success") === "false");
    return failed && !told.some(isFailure) ? [...told, { benchmark: name, reason: "The test case failed" }] : told;
  });
}

function readSection(section: XmlElement, name: string): Told[] {
  return section.children.flatMap((child) => {
    if (child.name === "Section") return readSection(child, `${name} > ${readAttribute(child, "name").trim()}`);
    return child.name === "BenchmarkResults" ? [readResults(child, section, name)] : [];
  });
}

function readResults(results: XmlElement, section: XmlElement, parent: string): Told {
  const benchmark = `${parent} > ${readAttribute(results, "name")}`;
  const [failed] = childrenOf(results, "failed");
  if (failed !== undefined)
    return { benchmark, reason: `It threw ${JSON.stringify((failed.attributes.get("message") ?? "").slice(0, 200))}` };
  const [mean] = childrenOf(results, "mean");
  if (mean === undefined)
    throw new GateError("A benchmark without its mean", "Let Catch2 end by itself", { line: results.line });
  const file = section.attributes.get("filename");
  const line = Number(section.attributes.get("line"));
  const source =
    file !== undefined && !/^(?:[\\/]|[A-Za-z]:)/.test(file)
      ? { source: { file, ...(line >= 1 ? { line } : {}) } }
      : {};
  return {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "value", value: readNumberAttribute(mean, "value") * 1e-9, exact: false },
    estimator: "batch-means",
    ...source,
  };
}
