import { GateError, placed } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import { field, type JsonObject, parseJson, readName, readObject, readPositive } from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Bench one target at a time (`cargo bench --bench NAME`), each as a suite of its own",
  nothing: "Run `cargo bench` over functions that are marked #[bench]",
};

/** Units of time in seconds; µ comes in both of its spellings. */
const SECONDS: Readonly<Record<string, number>> = {
  ps: 1e-12,
  ns: 1e-9,
  "\u00b5s": 1e-6,
  "\u03bcs": 1e-6,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
};

const RESULT = /^ *([\d,]{1,30}(?:\.\d{1,30})?) (\S+) \(\+\/- [\d,.]+\)(?: = [\d,]+ MB\/s)?$/;
const QUIET = /^(?:ignored(?:, .*)?|ok|FAILED)(?: <[\d.]+s>)?$/;
const JSON_EVENT = /^\{ ?"type": ?"(?:suite|test|bench)"/;

/**
 * Rust's libtest benchmarks (`#[bench]`): the text, its JSON (`-Z unstable-options --format json`), and what Criterion prints with
 * `--output-format bencher`.
 *
 * A value is the median over 50 batches of calls: one number, a batch mean, and no percentile. The deviation beside it is the largest value less
 * the smallest, and no sample; `MB/s` is the same median turned over. Integer nanoseconds (older Rust, and Criterion) are told as the resolution.
 * Units other than time come from custom measurements: `cycles/iter` is a metric `cycles`, and a rate such as `MS/s` is better higher.
 *
 * Lines that do not begin with `test ` are Cargo's, or the program's own; one that does is read or refused. A failed benchmark is a failure, and
 * ends the process with exit code 101 when all others are done. Tests, and what is `ignored`, measured nothing.
 */
export const libtest: Adapter = {
  name: "libtest",
  title: "Rust libtest",
  command: "cargo +nightly bench --bench NAME > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0, 101],
  recognises: (output) =>
    /^test \S.{0,1000} \.\.\. bench: {1,100}[\d,.]{1,60} \S{1,30} \(\+\/- /m.test(searched(output)) ||
    /^\uFEFF?\{ ?"type": ?"suite", ?"event": ?"started"/.test(output.text),
  parse: ({ text }) => {
    const lines = textLines(text);
    const told = lines.some((line) => JSON_EVENT.test(line.text)) ? lines.map(readEvent) : lines.map(readLine);
    return [
      round(
        told.filter((each) => each !== null),
        HINTS,
      ),
    ];
  },
};

/** What one line says of one benchmark; null where it is a test or an ignored benchmark, of which nothing was measured. */
function readLine({ text, number }: TextLine): Told | null {
  const line = text.trimEnd();
  if (/^ +time: {3}\[/.test(line) || /^\S.* time: {3}\[/.test(line.slice(0, 200))) {
    const remedy = "Bench one target at a time, or have all of them print `--output-format bencher`";
    throw new GateError("A result of Criterion among those of libtest", remedy, { line: number });
  }
  if (!line.startsWith("test ") || line.startsWith("test result: ")) return null;
  const mark = line.lastIndexOf(" ... ");
  if (mark < 0) return null;
  const [benchmark, said] = [line.slice("test ".length, mark).trim(), line.slice(mark + " ... ".length)];
  if (benchmark !== "" && said.startsWith("bench:")) return readResult(benchmark, said.slice("bench:".length), number);
  if (benchmark === "" || !QUIET.test(said)) throw broken(line, number);
  return said.startsWith("FAILED") ? { benchmark, reason: "The benchmark failed; its output says why" } : null;
}

function readResult(benchmark: string, said: string, line: number): ToolMeasurement {
  const [, digits, unit] = RESULT.exec(said) ?? [];
  if (digits === undefined) throw broken(said.trim(), line);
  const value = Number(digits.replaceAll(",", ""));
  const decimals = digits.split(".")[1]?.length ?? 0;
  return measure(benchmark, value, unit!, 10 ** -decimals);
}

function measure(benchmark: string, value: number, unit: string, step: number | null): ToolMeasurement {
  const perIteration = unit.endsWith("/iter") ? unit.slice(0, -"/iter".length) : null;
  const scale = perIteration !== null && Object.hasOwn(SECONDS, perIteration) ? SECONDS[perIteration]! : null;
  const metric = scale === null ? (perIteration ?? unit) : "latency";
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

/** A line of `--format json`; its times are nanoseconds. Lines that are no events are the program's own. */
function readEvent({ text, number }: TextLine): Told | null {
  if (!JSON_EVENT.test(text)) return null;
  return placed({ line: number }, () => {
    const event = readObject(parseJson(text, number), "");
    const name = () => readName(field(event, "name"), "name");
    if (field(event, "type") === "bench")
      return measure(name(), readPositive(field(event, "median"), "median"), "ns/iter", null);
    const failed = field(event, "type") === "test" && field(event, "event") === "failed";
    return failed ? { benchmark: name(), reason: `The benchmark failed${panicOf(event)}` } : null;
  });
}

/** What the panic said, where libtest kept it: newer Rust prints it on the line after the one that names the thread. */
function panicOf(event: JsonObject): string {
  const said = field(event, "stdout");
  const lines = typeof said === "string" ? said.split(/\r?\n/, 100) : [];
  const i = lines.findIndex((line) => line.includes(" panicked at "));
  const message = lines[i]?.endsWith(":") ? lines[i + 1] : lines[i]?.split(" panicked at ")[1];
  return message === undefined || message.trim() === "" ? "" : `: ${message.trim().slice(0, 200)}`;
}

function broken(line: string, number: number): GateError {
  const remedy = "Run without `--nocapture`, so that no program writes into libtest's lines";
  return new GateError(`Not a line that libtest prints: ${line.slice(0, 80)}`, remedy, { line: number });
}
