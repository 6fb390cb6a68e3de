import { GateError, placed } from "../../../model/error.ts";
import type { Told, ToolOutput } from "../../adapter.ts";
import {
  at,
  field,
  type JsonObject,
  mistake,
  parseJson,
  readArray,
  readName,
  readObject,
  readPositive,
  readString,
} from "../../reading/json.ts";
import { searched } from "../../reading/output.ts";
import { leftOut } from "../../reading/round.ts";
import { type TextLine, textLines } from "../../reading/text-lines.ts";
import { labelOfKey, measure } from "./metrics.ts";

/** The schemas that are read, each by the way to a profile's totals: 6 of Gungraun 0.16 to 0.19 and Iai-Callgrind 0.16, 7 of Gungraun since 0.20. */
const SCHEMAS: Readonly<Record<string, (benchmark: string, profile: JsonObject, path: string) => Told[]>> = {
  "6": readProfile6,
  "7": readProfile7,
};

const COMPACT = /\{ ?"baselines": ?\[/;
const PRETTY = /^\s+"baselines": \[/;

/** A line that is always within a pretty one. */
const WITHIN = /^\s+"(?:baselines|module_path)": /;

/** Whether a text holds a summary, on one line or on many, among lines of other programs. */
export function holdsSummary(output: ToolOutput): boolean {
  return /\{(?:\r?\n\s{1,8}| ?)"baselines": ?\[/.test(searched(output)) && output.text.includes('"module_path"');
}

/**
 * The measurements of every summary in the output of `--output-format=json` or `pretty-json`, between lines of other programs.
 * Throws a `GateError` with line and path for a summary that is cut short, or of another schema, or with a metric that is not known.
 */
export function readSummaries(text: string): Told[] {
  return summaries(textLines(text)).flatMap(({ text: summary, number }) =>
    placed({ line: number }, () => readSummary(readObject(parseJson(summary, number), ""))),
  );
}

/**
 * The texts of all summaries, each with the line that it begins on, without what a program printed before it there. A pretty one goes from a `{` at the end
 * of a line to a line `}`.
 */
function summaries(lines: readonly TextLine[]): TextLine[] {
  const found: TextLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { text, number } = lines[i]!;
    const start = text.search(COMPACT);
    if (start >= 0) found.push({ text: text.slice(start), number });
    if (WITHIN.test(text))
      throw new GateError("A summary that is mixed with other output", "Have the program write to stderr", {
        line: number,
      });
    if (!text.endsWith("{") || !PRETTY.test(lines[i + 1]?.text ?? "")) continue;
    const length = lines.slice(i + 1).findIndex((line) => !/^(?:\s|$)/.test(line.text));
    const last = length < 0 ? undefined : lines[i + 1 + length];
    if (last?.text !== "}")
      throw new GateError("The summary that begins here is cut short", "Run the benchmarks to their end", {
        line: number,
      });
    found.push({
      text: ["{", ...lines.slice(i + 1, i + 2 + length).map((line) => line.text)].join("\n"),
      number,
    });
    i += 1 + length;
  }
  return found;
}

function readSummary(summary: JsonObject): Told[] {
  const version = readString(field(summary, "version"), "version");
  if (!Object.hasOwn(SCHEMAS, version)) {
    const remedy = `Only schemas ${Object.keys(SCHEMAS).join(" and ")} are read: use Gungraun, or Iai-Callgrind 0.16`;
    throw new GateError(`The summary is of schema ${version.slice(0, 20)}`, remedy, { path: "version" });
  }
  const id = field(summary, "id") ?? null;
  const path = readName(field(summary, "module_path"), "module_path");
  const benchmark = id === null ? path : `${path} ${readString(id, "id")}`;
  return readArray(field(summary, "profiles"), "profiles").flatMap((each, i) =>
    SCHEMAS[version]!(benchmark, readObject(each, at("profiles", i)), at("profiles", i)),
  );
}

/** The totals of one Valgrind tool; its parts are those of single processes and threads. */
function readProfile7(benchmark: string, profile: JsonObject, path: string): Told[] {
  const tool = toolOf(profile, path);
  const data = readObject(field(profile, "data"), at(path, "data"));
  const total = readObject(field(data, "total"), at(at(path, "data"), "total"));
  const where = at(at(at(path, "data"), "total"), "metrics");
  return Object.entries(readObject(field(total, "metrics"), where)).flatMap(([key, metric]) => {
    const place = at(where, key);
    const values = readObject(field(readObject(metric, place), "values"), at(place, "values"));
    // What only an earlier run has counted has no `new`.
    if (field(values, "new") === undefined) return [];
    return [measure(benchmark, tool, labelIn(key, "7", place), readPositive(field(values, "new"), at(place, "new")))];
  });
}

/** The same in schema 6, by the kind of metrics. */
function readProfile6(benchmark: string, profile: JsonObject, path: string): Told[] {
  const tool = toolOf(profile, path);
  const within = at(path, "summaries");
  const total = readObject(field(readObject(field(profile, "summaries"), within), "total"), at(within, "total"));
  const where = at(at(within, "total"), "summary");
  // Massif and the block vectors count nothing, and say "None".
  if (field(total, "summary") === "None") return [];
  return Object.entries(readObject(field(total, "summary"), where)).flatMap(([kind, metrics]) =>
    Object.entries(readObject(metrics, at(where, kind))).flatMap(([key, metric]) => {
      const place = at(at(where, kind), key);
      const count = readNew(field(readObject(metric, place), "metrics"), at(place, "metrics"));
      if (count === null) return [];
      const label = labelIn(key, "6", place);
      return [count === "none" ? leftOut(benchmark, label, "no number") : measure(benchmark, tool, label, count)];
    }),
  );
}

function toolOf(profile: JsonObject, path: string): string {
  return readName(field(profile, "tool"), at(path, "tool")).toLowerCase();
}

function labelIn(key: string, schema: string, path: string): string {
  return labelOfKey(key) ?? mistake(`a metric of schema ${schema}`, key, path);
}

/** The count of this run: `Left` alone, or the first of `Both`; null where only an earlier run has it (`Right`), "none" for a rate of nothing. */
function readNew(value: unknown, path: string): number | "none" | null {
  const sides = readObject(value, path);
  if (field(sides, "Right") !== undefined) return null;
  const both = field(sides, "Both");
  const side = both === undefined ? field(sides, "Left") : readArray(both, at(path, "Both"))[0];
  const metric = readObject(side, path);
  if (field(metric, "Float") === null) return "none";
  return readPositive(field(metric, "Int") ?? field(metric, "Float"), path);
}
