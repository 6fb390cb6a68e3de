import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Adapter, Told, ToolOutput } from "../../adapter.ts";
import {
  at,
  field,
  isObject,
  mistake,
  opensAsJson,
  parseJson,
  readArray,
  readName,
  readObject,
  readSamples,
  stripMark,
  tryJson,
} from "../../reading/json.ts";
import { searched } from "../../reading/output.ts";
import { round } from "../../reading/round.ts";
import { isTable, readTable } from "./table.ts";

const HINTS = {
  remedy: "Give each benchmark a name of its own; older versions cut names after 22 characters in their table",
  nothing: "Add a benchmark, and write each result with `writeJSON`",
};

/** How a result begins. zBench writes a name with its quotes as they are, and signs beyond ASCII as `\\xc3`. */
const NAME = /(\{\s*"name":\s*")([\s\S]*?)("\s*,\s*"timing_statistics"\s*:)/g;

/** What zBench keeps of a benchmark, by its key. */
const KEPT = [
  ["timings", { metric: "latency", unit: "s" }, "timing_statistics", { nanoseconds: 1e-9 }],
  ["max_allocations", { metric: "memory", unit: "B", per: "operation" }, "max_allocation_statistics", { bytes: 1 }],
] as const satisfies readonly (readonly [
  string,
  Pick<ToolMeasurement, "metric" | "unit" | "per">,
  string,
  Readonly<Record<string, number>>,
])[];

/**
 * ZBench of Zig: a list of what `writeJSON` gives, with the time of every run, or the table that it prints, which has no median. `memory` is the most that one
 * run held at once. Names are read as zBench writes them, which need not be JSON.
 */
export const zbench: Adapter = {
  name: "zbench",
  title: "zBench",
  command: "zig build bench > $BENCHGATE_OUTPUT, which writes a list of the results' `writeJSON`",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: (output) => {
    if (!opensAsJson(output.text)) return isTable(searched(output));
    const root = output.text.includes('"timing_statistics"') ? listOf(output) : undefined;
    return (
      Array.isArray(root) && root.length > 0 && root.every((each) => isObject(each) && Object.hasOwn(each, "timings"))
    );
  },
  parse: (output) => {
    if (!opensAsJson(output.text) && isTable(output.text)) return [round(readTable(output.text), HINTS)];
    const root = listOf(output) ?? parseJson(mended(output.text));
    return [
      round(
        readArray(root, "").flatMap((each, i) => readResult(each, at("", i))),
        HINTS,
      ),
    ];
  },
};

function listOf({ text, json }: ToolOutput): unknown {
  return json() ?? tryJson(mended(text));
}

/** The text with its names as JSON has them. */
function mended(text: string): string {
  return stripMark(text).replaceAll(NAME, (_, before: string, name: string, after: string) => {
    return before + JSON.stringify(name).slice(1, -1) + after;
  });
}

function readResult(value: unknown, path: string): readonly Told[] {
  const result = readObject(value, path);
  const benchmark = plain(readName(field(result, "name"), at(path, "name")));
  if (!Object.hasOwn(result, "timings")) mistake("a list", undefined, at(path, "timings"));
  return KEPT.flatMap(([key, metric, statistics, units]): Told[] => {
    if (!Object.hasOwn(result, key)) return [];
    const where = at(path, statistics);
    const unit = field(readObject(field(result, statistics), where), "units");
    const known: Readonly<Record<string, number>> = units;
    const scale = typeof unit === "string" && Object.hasOwn(known, unit) ? known[unit]! : null;
    if (scale === null) return mistake(Object.keys(units).join(" or "), unit, at(where, "units"));
    const samples = readSamples(field(result, key), at(path, key), scale);
    if (samples.length === 0) return [{ benchmark, reason: `It has no ${key.replace("_", " ")}` }];
    return [{ benchmark, better: "lower", ...metric, distribution: { kind: "samples", samples } }];
  });
}

/** A name with the bytes that zBench writes as `\\xc3\\xa9` put together again. */
function plain(name: string): string {
  return name.replaceAll(/(?:\\x[0-9a-f]{2})+/g, (bytes) => {
    const values = bytes.match(/[0-9a-f]{2}/g)!.map((byte) => Number.parseInt(byte, 16));
    return new TextDecoder().decode(Uint8Array.from(values));
  });
}
