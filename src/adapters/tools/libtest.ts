import { GateError, placed } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import { field, type JsonObject, parseJson, readName, readObject, readPositive } from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { isFailure, round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";
import { ownUnit, secondsIn } from "../reading/time-unit.ts";

const HINTS = {
  remedy: "Bench one target at a time (`cargo bench --bench NAME`), each as a suite of its own",
  nothing: "Run `cargo bench` over functions that are marked #[bench]",
};

const RESULT = /bench: *([\d,]{1,30}(?:\.\d{1,30})?) (\S+) \(\+\/- [\d,.]+\)(?: = [\d,]+ MB\/s)?$/;
/** A result's line, wherever in it the name begins: one with spaces in it (Criterion's) can be told from the program's words at the line's beginning only. */
const NAMED = /^test (\S.*?) +\.\.\. (.*)$/;
const BEHIND = /test (\S+) +\.\.\. (?=.*bench:)(.*)$/;
const QUIET = /(?:^|\W)(?:ignored(?:, .*)?|ok|(FAILED))(?: <[\d.]+s>)?$/;
const JSON_EVENT = /\{ ?"type": ?"(?:suite|test|bench)"/;
const MEASURED = /^test result: .* (\d+) measured; /;

/**
 * Rust's libtest benchmarks (`#[bench]`): the text, its JSON (`-Z unstable-options --format json`), and what Criterion prints with
 * `--output-format bencher`.
 *
 * A value is the median over 50 batches of calls: one number, a batch mean, and no percentile. The deviation beside it is the largest value less
 * the smallest, and no sample; `MB/s` is the same median turned over. Integer nanoseconds (older Rust, and Criterion) are told as the resolution.
 * Units other than time come from custom measurements: `cycles/iter` is a metric `cycles`, and a rate such as `MS/s` is better higher.
 *
 * A program may print before its line and in it: name and result are told by their form. Other lines are Cargo's, or the program's own. A result
 * without a name, and fewer results than libtest says that it measured, are refused. A failed benchmark is a failure, and
 * ends the process with exit code 101 when all others are done. Tests, and what is `ignored`, measured nothing.
 */
export const libtest: Adapter = {
  name: "libtest",
  title: "Rust libtest",
  command: "cargo +nightly bench --bench NAME > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0, { code: 101, means: "a test or a benchmark failed" }],
  recognises: (output) => {
    const text = searched(output);
    return (
      /test \S.{0,1000} \.\.\. .{0,1000}bench: {1,100}[\d,.]{1,60} \S{1,30} \(\+\/- /.test(text) ||
      /^[^\n]{0,1000}\{ ?"type": ?"suite", ?"event": ?"started"/m.test(text)
    );
  },
  parse: ({ text }) => {
    const lines = textLines(text);
    const told = lines.some((line) => JSON_EVENT.test(line.text)) ? readEvents(lines) : readLines(lines);
    return [round(told, HINTS)];
  },
};

/** What the lines say of each benchmark. What a program prints may break a benchmark's line in several. */
function readLines(lines: readonly TextLine[]): Told[] {
  const told: Told[] = [];
  /** The benchmark whose name stands there, and whose result has not come. */
  let begun: { readonly name: string; readonly line: TextLine } | null = null;
  let since = 0;
  for (const line of lines) {
    const text = line.text.trimEnd();
    refuseCriterion(text, line.number);
    const [, measured] = MEASURED.exec(text) ?? [];
    const [, name, own] = text.startsWith("test result: ") ? [] : (namedOn(text, line.number) ?? []);
    if (begun !== null && (name !== undefined || measured !== undefined))
      throw broken(begun.line.text, begun.line.number);
    if (measured !== undefined) {
      checkCount(told.slice(since), Number(measured), line.number);
      since = told.length;
      continue;
    }
    if (name !== undefined) begun = { name, line };
    const said = own ?? text;
    const result = RESULT.exec(said);
    if (result !== null && begun === null) throw nameless(text, line.number);
    if (begun === null) continue;
    const quiet = result === null ? QUIET.exec(said) : null;
    if (result !== null) told.push(toResult(begun.name, result, line.number));
    else if (quiet === null && said.includes("bench:")) throw broken(text, line.number);
    else if (quiet?.[1] !== undefined)
      told.push({ benchmark: begun.name, reason: "The benchmark failed; its output says why" });
    if (result !== null || quiet !== null) begun = null;
  }
  if (begun !== null) throw broken(begun.line.text, begun.line.number);
  return told;
}

/** The name on a line, and what is said behind it. Throws where the name may be the program's words as well. */
function namedOn(text: string, number: number): readonly [string, string, string] | null {
  const [whole, name, said] = NAMED.exec(text) ?? BEHIND.exec(text) ?? [];
  if (whole === undefined) return null;
  if (/\btest \S+$/.test(name!) && /\s/.test(name!)) throw nameless(text, number);
  return [whole, name!, said!];
}

function refuseCriterion(line: string, number: number): void {
  if (!/^ +time: {3}\[/.test(line) && !/^\S.* time: {3}\[/.test(line.slice(0, 200))) return;
  const remedy = "Bench one target at a time, or have all of them print `--output-format bencher`";
  throw new GateError("A result of Criterion among those of libtest", remedy, { line: number });
}

/** Refuses a part of the output that holds fewer results than libtest says that it measured. */
function checkCount(told: readonly Told[], measured: number, line: number): void {
  const read = told.filter((each) => !isFailure(each)).length;
  if (read >= measured) return;
  const problem = `${measured} were measured, and the results of ${read} can be found`;
  throw new GateError(problem, REMEDY, { line });
}

function toResult(benchmark: string, [, digits = "", unit = ""]: RegExpExecArray, line: number): ToolMeasurement {
  const value = Number(digits.replaceAll(",", ""));
  const decimals = digits.split(".")[1]?.length ?? 0;
  return placed({ line }, () => measure(benchmark, value, unit, 10 ** -decimals));
}

function measure(benchmark: string, value: number, unit: string, step: number | null): ToolMeasurement {
  const perIteration = unit.endsWith("/iter") ? unit.slice(0, -"/iter".length) : null;
  const scale = perIteration === null ? null : secondsIn(perIteration);
  const metric = scale === null ? ownUnit(perIteration ?? unit) : "latency";
  return {
    benchmark,
    metric,
    unit: scale === null ? metric : "s",
    better: perIteration === null && unit.endsWith("/s") ? "higher" : "lower",
    distribution: { kind: "value", value: value * (scale ?? 1), exact: false },
    estimator: "batch-means",
    ...(step === null ? {} : { resolution: step * (scale ?? 1) }),
  };
}

/** The events of `--format json`; their times are nanoseconds. What stands before one, and all other lines, are the program's own. */
function readEvents(lines: readonly TextLine[]): Told[] {
  const told: Told[] = [];
  let since = 0;
  for (const { text, number } of lines) {
    const start = text.search(JSON_EVENT);
    if (start < 0) continue;
    placed({ line: number }, () => {
      const event = readObject(parseJson(text.slice(start), number), "");
      const found = readEvent(event);
      if (found !== null) told.push(found);
      const measured = field(event, "type") === "suite" ? field(event, "measured") : undefined;
      if (measured === undefined) return;
      checkCount(told.slice(since), readPositive(measured, "measured"), number);
      since = told.length;
    });
  }
  return told;
}

function readEvent(event: JsonObject): Told | null {
  const name = () => readName(field(event, "name"), "name");
  if (field(event, "type") === "bench")
    return measure(name(), readPositive(field(event, "median"), "median"), "ns/iter", null);
  const failed = field(event, "type") === "test" && field(event, "event") === "failed";
  return failed ? { benchmark: name(), reason: `The benchmark failed${panicOf(event)}` } : null;
}

/** What the panic said, where libtest kept it: newer Rust prints it on the line after the one that names the thread. */
function panicOf(event: JsonObject): string {
  const said = field(event, "stdout");
  const lines = typeof said === "string" ? said.split(/\r?\n/, 100) : [];
  const i = lines.findIndex((line) => line.includes(" panicked at "));
  const message = lines[i]?.endsWith(":") ? lines[i + 1] : lines[i]?.split(" panicked at ")[1];
  return message === undefined || message.trim() === "" ? "" : `: ${message.trim().slice(0, 200)}`;
}

const REMEDY = "Run without `--nocapture`, so that no program writes into libtest's lines";

function broken(line: string, number: number): GateError {
  return new GateError(`Not a line that libtest prints: ${line.slice(0, 80)}`, REMEDY, { line: number });
}

function nameless(line: string, number: number): GateError {
  return new GateError(`A result whose name is not clear: ${line.slice(0, 80)}`, REMEDY, { line: number });
}
