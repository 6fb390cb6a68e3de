import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  mistake,
  opensWith,
  parseJson,
  readArray,
  readNumber,
  readObject,
  readPositive,
  readString,
  stripMark,
  tryJson,
} from "../reading/json.ts";
import { isNotFinite } from "../reading/json-nan.ts";
import { leftOut, round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark of a title a name of its own",
  nothing: "Render the results with `ankerl::nanobench::templates::json()` after `run`",
};

/** Performance counters of an epoch, and what they are called here. */
const COUNTERS: Readonly<Record<string, string>> = {
  instructions: "instructions",
  cpucycles: "cycles",
  branchinstructions: "branches",
  branchmisses: "branch-misses",
  pagefaults: "page-faults",
  contextswitches: "context-switches",
};

const CSV_HEADER = `"title";"name";"unit";"batch";"elapsed";"error %"`;
/** The header of the table that nanobench prints. */
const TABLE = /^\|.*\| +err% \|/m;
/** A line of the JSON template whose text is an author's: nanobench puts it there as it is. */
const TEXT_FIELD = /^(\s*"(?:title|name|unit)": ")(.*)(",?\s*)$/;

/**
 * Nanobench's `templates::json()` (each epoch is a sample) and `templates::csv()` (the median alone). Seconds an iteration, a mean over the epoch's
 * iterations; a batch is part of what one iteration does. The key is title and name, `sums > iota`, with `(N=10)` under a complexity.
 *
 * Nanobench does not escape texts, so a name with quotes makes invalid JSON and CSV: both are read as nanobench writes them, line by line.
 * Counters of the processor are metrics of their own; where all of them are zero the machine has none, and they are left out.
 * What `templates::pyperf()` gives goes through the tool `pyperf`.
 */
export const nanobench: Adapter = {
  name: "nanobench",
  title: "nanobench",
  command: "./bench > $BENCHGATE_OUTPUT, which ends with bench.render(ankerl::nanobench::templates::json(), std::cout)",
  gives: { samples: true, p99: false, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "{")) return opensWith(text, CSV_HEADER) || isTable(text);
    const hasMark = () => text.includes('"median(elapsed)"');
    const root = json() ?? (hasMark() ? tryJson(escapeTexts(text)) : undefined);
    return isObject(root) && Array.isArray(field(root, "results")) && hasMark();
  },
  parse: ({ text, json }) => {
    if (opensWith(text, CSV_HEADER)) return [round(readCsv(text), HINTS)];
    if (isTable(text)) {
      throw new GateError("This is the table that nanobench prints, which is rounded", HINTS.nothing, { line: 1 });
    }
    const root = readObject(json() ?? parseJson(escapeTexts(text)), "");
    const results = readArray(field(root, "results"), "results");
    return [
      round(
        results.flatMap((each, i) => readResult(readObject(each, at("results", i)), at("results", i))),
        HINTS,
      ),
    ];
  },
};

function isTable(text: string): boolean {
  return !opensWith(text, "{") && TABLE.test(stripMark(text).slice(0, 4096));
}

function escapeTexts(text: string): string {
  const lines = stripMark(text).split("\n");
  return lines
    .map((line) => {
      const [, before, value, after] = TEXT_FIELD.exec(line) ?? [];
      return value === undefined ? line : `${before}${JSON.stringify(value).slice(1, -1)}${after}`;
    })
    .join("\n");
}

function readResult(result: JsonObject, path: string): Told[] {
  const word = (key: string) => readString(field(result, key), at(path, key));
  const n = readNumber(field(result, "complexityN") ?? -1, at(path, "complexityN"));
  const benchmark = nameOf(word("title"), word("name"), path) + (n > 0 ? ` (N=${n})` : "");
  const where = at(path, "measurements");
  const epochs = readArray(field(result, "measurements"), where).map((each, i) => readObject(each, at(where, i)));
  if (epochs.length === 0) mistake("at least one epoch", [], where);
  const read = (key: string) =>
    Float64Array.from(epochs, (epoch, i) => readPositive(field(epoch, key), at(at(where, i), key)));
  const batches = epochs.some((epoch) => isSeveral(field(epoch, "iterations"))) ? { estimator: "batch-means" } : {};
  const counters = Object.keys(COUNTERS).filter((key) => epochs.every((epoch) => Object.hasOwn(epoch, key)));
  const odd = (key: string) => epochs.map((epoch) => field(epoch, key)).find(isNotFinite);
  const notes = counters.flatMap((key) =>
    odd(key) === undefined ? [] : [leftOut(benchmark, COUNTERS[key]!, odd(key)!)],
  );
  const counted = counters
    .filter((key) => odd(key) === undefined)
    .map((key) => ({ metric: COUNTERS[key]!, samples: read(key) }));
  const present = counted.some(({ samples }) => samples.some((sample) => sample > 0));
  const latency = { metric: "latency", samples: read("elapsed") };
  const measured = [latency, ...(present ? counted : [])].map(
    ({ metric, samples }): Told => ({
      benchmark,
      metric,
      unit: metric === "latency" ? "s" : "1",
      better: "lower",
      distribution: { kind: "samples", samples },
      ...batches,
    }),
  );
  return [...measured, ...notes];
}

function isSeveral(iterations: unknown): boolean {
  return typeof iterations === "number" && iterations > 1;
}

function nameOf(title: string, name: string, path: string): string {
  if (name.trim() === "") mistake("a name", name, at(path, "name"));
  return title === "" ? name : `${title} > ${name}`;
}

/** `"title";"name";"unit";batch;elapsed;…`: the last seven cells are numbers, which lets names hold anything but the signs between two texts. */
function readCsv(text: string): ToolMeasurement[] {
  const lines = stripMark(text).split(/\r?\n/);
  return lines.flatMap((line, i): ToolMeasurement[] => {
    if (line.trim() === "" || line.startsWith(CSV_HEADER)) return [];
    const cells = line.split(";");
    const numbers = cells.slice(-7);
    const texts = cells.slice(0, -7).join(";").split('";"');
    const elapsed = /^\d+(?:\.\d*)?(?:e[-+]?\d+)?$/.test(numbers[1] ?? "") ? Number(numbers[1]) : Number.NaN;
    const [title, name] = [texts[0]?.slice(1), texts[1]];
    if (
      !Number.isFinite(elapsed) ||
      texts.length !== 3 ||
      !line.startsWith('"') ||
      name === undefined ||
      name.trim() === ""
    ) {
      const remedy = 'Render `templates::json()`, or keep `";"` out of titles and names';
      throw new GateError("Not a row of nanobench's CSV", remedy, { line: i + 1 });
    }
    const distribution = { kind: "value", value: elapsed, exact: false } as const;
    const benchmark = nameOf(title!, name, "");
    return [{ benchmark, metric: "latency", unit: "s", better: "lower", distribution, estimator: "batch-means" }];
  });
}
