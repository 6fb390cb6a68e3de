import { UNITS } from "../../../codec/units.ts";
import { placed } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { ParsedRound, Told } from "../../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  mistake,
  readArray,
  readName,
  readNumber,
  readObject,
  readPositive,
  readSamples,
  readString,
} from "../../reading/json.ts";
import { round } from "../../reading/round.ts";
import { ownUnit } from "../../reading/time-unit.ts";

/** The unit of each benchmark, from `benchmarks.json`. */
export type AsvDefinitions = ReadonlyMap<string, string>;

const HINTS = {
  remedy: "Give each benchmark a name of its own",
  nothing: "Run `asv run` with benchmarks that it finds, `time_…` for one",
};

type Kind = Pick<ToolMeasurement, "metric" | "unit" | "per">;

/** What the last part of a benchmark's name says that it measures: asv's own rule (`asv_runner.benchmarks`). */
const KINDS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/^(?:Time[A-Z_]|time_|Timeraw[A-Z_]|timeraw_)./, { metric: "latency", unit: "s" }],
  // The size of one object, and that of the process.
  [/^(?:Mem[A-Z_]|mem_)./, { metric: "memory", unit: "B", per: "operation" }],
  [/^(?:PeakMem[A-Z_]|peakmem_)./, { metric: "memory", unit: "B" }],
  [/^(?:Track[A-Z_]|track_)./, { metric: "track", unit: "1" }],
];

/** One benchmark's results: its parameters, and for each combination of them one entry of every column. */
interface Table {
  readonly name: string;
  readonly path: string;
  readonly combinations: readonly string[];
  readonly column: (key: string) => readonly unknown[];
}

/** The round that a results file holds. Throws a `GateError` with the path of what asv does not write. */
export function readAsvResults(root: JsonObject, definitions: AsvDefinitions): ParsedRound {
  const results = readObject(field(root, "results"), "results");
  const columns = field(root, "result_columns");
  const told: Told[] = [];
  for (const [name, value] of Object.entries(results)) {
    const path = at("results", name);
    const table = columns === undefined ? readOld(name, value, path) : readNew(name, value, path, columns);
    const { scale, ...kind } = kindOf(name, definitions.get(name), path);
    const values = table.column("result");
    for (const [i, parameters] of table.combinations.entries()) {
      const benchmark = `${name}${parameters}`;
      if (values[i] === "NaN") continue;
      if ((values[i] ?? null) === null) told.push({ benchmark, reason: "It failed; `asv run --show-stderr` says why" });
      else
        told.push({
          benchmark,
          ...kind,
          better: "lower",
          ...readCell(table, i, readResult(values[i], kind, scale, at(path, i))),
        });
    }
  }
  return round(told, HINTS);
}

/** A result in its unit; what an author tracks may be below zero. */
function readResult(value: unknown, { metric }: Kind, scale: number, path: string): number {
  return metric === "track" ? readNumber(readNumber(value, path) * scale, path) : readPositive(value, path);
}

function kindOf(name: string, unit: string | undefined, path: string): Kind & { readonly scale: number } {
  readName(name, path);
  const last = name.split(".").at(-1)!;
  const kind = KINDS.find(([pattern]) => pattern.test(last))?.[1];
  if (kind === undefined)
    return mistake("a name whose last part begins with time_, mem_, peakmem_ or track_", name, path);
  if (kind.metric !== "track" || unit === undefined || unit.trim() === "") return { ...kind, scale: 1 };
  const own = placed({ path }, () => ownUnit(unit));
  const [canonical, scale] = UNITS.get(own) ?? [own, 1];
  return { ...kind, unit: canonical, scale };
}

function readCell(table: Table, i: number, result: number): Pick<ToolMeasurement, "distribution" | "estimator"> {
  const path = at(table.path, i);
  const batches = isSeveral(table.column("number")[i]) ? { estimator: "batch-means" } : {};
  const samples = table.column("samples")[i] ?? null;
  if (samples !== null && readArray(samples, path).length > 0) {
    return { distribution: { kind: "samples", samples: readSamples(samples, path) }, ...batches };
  }
  const [low, high] = ["q_25", "q_75"].map((key) => table.column(key)[i] ?? null);
  // Asv 0.2 counts its samples as `n`.
  const repeat = table.column("repeat")[i] ?? table.column("n")[i] ?? null;
  if (low === null || high === null || repeat === null) {
    return { distribution: { kind: "value", value: result, exact: false }, ...batches };
  }
  const count = readPositive(repeat, path);
  if (!Number.isInteger(count) || count < 1) mistake("a count of at least 1 sample", count, path);
  const quantiles = { 0.25: readPositive(low, path), 0.5: result, 0.75: readPositive(high, path) };
  return { distribution: { kind: "quantiles", quantiles, count }, estimator: "interpolated", ...batches };
}

function isSeveral(number: unknown): boolean {
  return typeof number === "number" && number > 1;
}

/** Version 2: lists in the order of `result_columns`, those at the end left out where they are empty. */
function readNew(name: string, value: unknown, path: string, columns: unknown): Table {
  if (value === null) return readOld(name, value, path);
  const cells = readArray(value, path);
  const names = readArray(columns, "result_columns");
  const cell = (key: string) => {
    const index = [key, `stats_${key}`].map((each) => names.indexOf(each)).find((each) => each >= 0) ?? -1;
    return index < 0 ? null : (cells[index] ?? null);
  };
  return table(name, path, cell("params"), (key) => cell(key));
}

/** Version 1: a number, or an object; its `stats` are objects, one a combination. */
function readOld(name: string, value: unknown, path: string): Table {
  if (!isObject(value)) return table(name, path, null, (key) => (key === "result" ? [value] : null));
  const stats = field(value, "stats") ?? null;
  const single = (found: unknown) => (Array.isArray(found) || (found ?? null) === null ? found : [found]);
  return table(name, path, field(value, "params") ?? null, (key) => {
    if (key === "result" || key === "samples") return single(field(value, key) ?? null);
    if (stats === null) return null;
    return readArray(stats, at(path, "stats")).map((each) => (isObject(each) ? field(each, key) : null));
  });
}

function table(name: string, path: string, params: unknown, cell: (key: string) => unknown): Table {
  const lists = readArray(params ?? [], at(path, "params")).map((list, i) =>
    readArray(list, at(at(path, "params"), i)).map((value, k) => readString(value, at(at(at(path, "params"), i), k))),
  );
  const size = lists.reduce((product, { length }) => product * length, 1);
  const result = cell("result") ?? null;
  // A benchmark that failed as a whole has one null for all its combinations, or a list of them.
  const given = result === null ? 1 : readArray(result, path).length;
  if (result !== null && given !== size) mistake(`${size} results, one a combination`, given, path);
  const combinations =
    lists.length === 0 || result === null ? [""] : combine(lists).map((each) => `(${each.join(", ")})`);
  const column = (key: string) => {
    const found = cell(key);
    return (found ?? null) === null ? [] : readArray(found, path);
  };
  return { name, path, combinations, column };
}

/** The cartesian product, the last list running fastest: `itertools.product`, which asv uses. */
function combine(lists: readonly (readonly string[])[]): readonly string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap((each) => list.map((one) => [...each, one])), [[]]);
}
