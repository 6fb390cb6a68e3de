import { placed } from "../../model/error.ts";
import type { Direction } from "../../model/measurement.ts";
import type { Adapter, Told, ToolOutput } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  readArray,
  readName,
  readObject,
  readString,
} from "../reading/json.ts";
import { isNotFinite } from "../reading/json-nan.ts";
import { round } from "../reading/round.ts";
import { ownUnit } from "../reading/time-unit.ts";
import { readUnit } from "../reading/unit-words.ts";

const HINTS = {
  remedy: "Give each entry a name of its own",
  nothing: 'Write a list of objects: [{ "name": "parse", "unit": "ms", "value": 12.5 }]',
};

/** What both formats say of themselves. */
const COMMON = {
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0],
} as const;

/** The custom format of github-action-benchmark for times, sizes and counts. Both of its formats look the same, so `auto` names the
 * two, unless every entry tells its own direction. */
export const customSmallerIsBetter: Adapter = {
  name: "customSmallerIsBetter",
  title: "github-action-benchmark custom JSON, smaller is better",
  command: "./bench > $BENCHGATE_OUTPUT, which writes a list of { name, unit, value }",
  ...COMMON,
  recognises: (output) => entriesOf(output).length > 0,
  parse: (output) => [round(readEntries(output, "lower"), HINTS)],
};

/** The custom format of github-action-benchmark for rates and scores. */
export const customBiggerIsBetter: Adapter = {
  name: "customBiggerIsBetter",
  title: "github-action-benchmark custom JSON, bigger is better",
  command: "./bench > $BENCHGATE_OUTPUT, which writes a list of { name, unit, value }",
  ...COMMON,
  recognises: (output) => {
    const root = output.json();
    return Array.isArray(root) && !root.every(isDirected) && entriesOf(output).length > 0;
  },
  parse: (output) => [round(readEntries(output, "higher"), HINTS)],
};

/** The entries of a text that holds nothing else, or none. */
function entriesOf({ json }: ToolOutput): readonly JsonObject[] {
  const root = json();
  return Array.isArray(root) && root.every(isEntry) ? root : [];
}

/** Whether a value says itself in which direction it is better. */
function isDirected(value: unknown): boolean {
  return isObject(value) && typeof field(value, "biggerIsBetter") === "boolean";
}

function isEntry(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    typeof field(value, "name") === "string" &&
    typeof field(value, "unit") === "string" &&
    isValue(field(value, "value"))
  );
}

/**
 * One number for each entry: neither samples nor percentiles. A unit that is known is made canonical and tells the metric (`ms`: latency, `req/s`:
 * throughput, `MB`: memory), as long as that metric is better in this direction; anything else is a metric called as its unit, and in that unit.
 * An entry may say `biggerIsBetter` itself, as some forks of the format do. `range` and `extra` are for people.
 */
function readEntries(output: ToolOutput, better: Direction): Told[] {
  return readArray(jsonOf(output), "").map((each, i) => readEntry(each, at("", i), better));
}

function readEntry(value: unknown, path: string, direction: Direction): Told {
  const entry = readObject(value, path);
  const own = field(entry, "biggerIsBetter");
  const better = own === undefined ? direction : own === true ? "higher" : "lower";
  const unit = placed({ path: at(path, "unit") }, () => ownUnit(readString(field(entry, "unit"), "").trim()));
  const known = readUnit(unit);
  // A number without a dimension, such as a ratio, has no word for what it is either.
  const named = unit === "" ? { metric: "value", unit: "1" } : { metric: unit, unit: known?.unit ?? unit };
  const benchmark = readName(field(entry, "name"), at(path, "name"));
  const found = field(entry, "value");
  if (isNotFinite(found)) return { benchmark, reason: `Its value is ${found}` };
  const number = numberOf(found, at(path, "value")) * (known?.scale ?? 1);
  return {
    benchmark,
    ...named,
    ...(known?.metric != null && known.better === better ? { metric: known.metric } : {}),
    better,
    ...(known?.per !== undefined && known.better === better && { per: known.per }),
    distribution: { kind: "value", value: number, exact: false },
  };
}

function isValue(value: unknown): boolean {
  return isNumeric(value) || isNotFinite(value);
}

function isNumeric(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
}

const NUMBER = /^-?\d{1,300}(?:\.\d{1,300})?(?:[eE][-+]?\d{1,3})?$/;

/** A number, or the text of one: both are written. */
function numberOf(value: unknown, path: string): number {
  const number = isNumeric(value) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : mistake("a finite number", value, path);
}
