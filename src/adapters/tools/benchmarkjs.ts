import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  holdsSome,
  isObject,
  jsonOf,
  opensAsJson,
  readName,
  readObject,
  readPositive,
  readSamples,
} from "../reading/json.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Give each benchmark of a suite a name of its own",
  nothing: 'Print each result: suite.on("cycle", (event) => console.log(String(event.target)))',
};

const MARK = " ops/sec ";
/** From the last ` x ` on: a name may hold one as well. */
const RESULT = /^(\d{1,3}(?:,\d{3})*(?:\.\d{1,20})?) ops\/sec (?:\u00b1|\+-)\d[\d.]{0,20}% \(\d{1,9} runs? sampled\)$/;
/** What a benchmark that threw prints: its name, a colon, and as much of the error as has keys, which of an `Error` is nothing. */
const THREW = /^\S(?:[^\n]*\S)?: $/;

/**
 * Benchmark.js: the lines that a suite prints, and JSON of a suite or of a list of its benchmarks (`name`, `hz`, `stats`).
 *
 * JSON holds raw samples, in seconds for a call; each is the mean of `count` calls, so percentiles are percentiles of batch means. A line holds the mean
 * rate alone: it is a throughput, and no latency. Lines that hold no ` ops/sec ` are the program's own, such as `Fastest is …`, but for
 * `name: ` with nothing behind it, which is how a benchmark that threw is printed: a failure.
 */
export const benchmarkjs: Adapter = {
  name: "benchmarkjs",
  title: "Benchmark.js",
  command: "node bench.js > $BENCHGATE_OUTPUT, which writes JSON.stringify(suite) when the suite is complete",
  gives: { samples: true, p99: false, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensAsJson(text)) return textLines(text).some((line) => readResult(line) !== null);
    const root = json();
    return Array.isArray(root) ? holdsSome(root, isDump) : dumped(root).some(([value]) => isDump(value));
  },
  parse: (output) => {
    const { text } = output;
    const told = opensAsJson(text) ? readDump(jsonOf(output)) : textLines(text).flatMap(readLine);
    return [round(told, HINTS)];
  },
};

/** The benchmarks of a list, of a suite (which has them under numbers), or a single one, with their paths. */
function dumped(value: unknown): (readonly [value: unknown, path: string])[] {
  if (Array.isArray(value)) return value.map((each, i) => [each, at("", i)] as const);
  if (!isObject(value)) return [];
  if (isDump(value)) return [[value, ""]];
  const length = field(value, "length");
  const keys = Object.keys(value).filter((key) => /^\d{1,6}$/.test(key));
  return typeof length === "number" && length !== keys.length
    ? []
    : keys.map((key) => [value[key], at("", Number(key))]);
}

function isDump(value: unknown): boolean {
  if (!isObject(value) || typeof field(value, "hz") !== "number") return false;
  const stats = field(value, "stats");
  return isObject(stats) && Array.isArray(field(stats, "sample"));
}

function readDump(root: unknown): Told[] {
  const benchmarks = dumped(root);
  if (benchmarks.length === 0)
    throw new GateError(
      "Expected a suite or a list of benchmarks",
      "Write JSON.stringify(suite) when the suite is complete",
    );
  return benchmarks.map(([value, path]) => {
    const object = readObject(value, path);
    const benchmark = readName(field(object, "name"), at(path, "name"));
    if ((field(object, "error") ?? null) !== null) return { benchmark, reason: threw(field(object, "error")) };
    const stats = readObject(field(object, "stats"), at(path, "stats"));
    const samples = readSamples(field(stats, "sample"), at(at(path, "stats"), "sample"));
    if (samples.length === 0)
      return { benchmark, reason: "The benchmark took no sample: it was aborted, or did not run" };
    const batches =
      readPositive(field(object, "count") ?? 2, at(path, "count")) > 1 ? { estimator: "batch-means" } : {};
    return {
      benchmark,
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "samples", samples },
      ...batches,
    };
  });
}

/** An `Error` is `{}` in JSON, so its message is often lost. */
function threw(error: unknown): string {
  const message = isObject(error) ? field(error, "message") : error;
  return `The benchmark threw ${typeof message === "string" ? JSON.stringify(message.slice(0, 200)) : "an error"}`;
}

function readLine(line: TextLine): Told[] {
  const result = readResult(line);
  if (result !== null) return [{ ...result, benchmark: unprinted(result.benchmark, line.number) }];
  if (line.text.includes(MARK)) {
    const remedy = "Keep other output out of the suite's lines, or write JSON.stringify(suite)";
    throw new GateError(`Not a line that Benchmark.js prints: ${line.text.slice(0, 80)}`, remedy, {
      line: line.number,
    });
  }
  return THREW.test(line.text) ? [{ benchmark: line.text.slice(0, -": ".length), reason: "The benchmark threw" }] : [];
}

function readResult({ text }: TextLine): ToolMeasurement | null {
  if (!text.includes(MARK)) return null;
  const cut = text.lastIndexOf(" x ");
  const benchmark = text.slice(0, Math.max(0, cut)).trim();
  const digits = RESULT.exec(text.slice(cut + " x ".length).trimEnd())?.[1];
  if (benchmark === "" || digits === undefined) return null;
  return {
    benchmark,
    metric: "throughput",
    unit: "1/s",
    better: "higher",
    distribution: { kind: "value", value: Number(digits.replaceAll(",", "")), exact: false },
    estimator: "batch-means",
    resolution: 10 ** -(digits.split(".")[1]?.length ?? 0),
  };
}
