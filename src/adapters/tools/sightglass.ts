import { GateError, placed } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, ParsedRound } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  jsonOf,
  opensWith,
  readArray,
  readName,
  readObject,
  readPositive,
  readString,
} from "../reading/json.ts";
import { readRecords } from "../reading/records.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each engine a name of its own",
  nothing: "Run `sightglass-cli benchmark --raw --output-format json`",
};

/** The first columns of the CSV; newer versions have one for the engine's flags before `wasm`. */
const HEADER = /^\uFEFF?arch,engine,(?:engine_flags,)?wasm,process,iteration,phase,event,count\r?$/m;

/** Events that are not counts, by their names: canonical unit and the factor into it. */
const TIMES: Readonly<Record<string, number>> = { nanoseconds: 1e-9, microseconds: 1e-6 };

/** One row: what one iteration of one process counted in one phase of a WebAssembly program. */
interface Row {
  readonly engine: string;
  readonly wasm: string;
  readonly process: number;
  readonly phase: string;
  readonly event: string;
  readonly count: number;
}

/**
 * Sightglass' raw measurements (`--raw`), as JSON or CSV with its header. Every process is a round; the iterations in it are its samples.
 *
 * The key is the WebAssembly program and its phase, `benchmarks/noop/benchmark.wasm > Execution`, with the engine before it where a file holds several.
 * The metric is the event (`cycles`, `instructions-retired`); all of them are better lower.
 */
export const sightglass: Adapter = {
  name: "sightglass",
  title: "Sightglass",
  command:
    "sightglass-cli benchmark --raw --output-format json --output-file $BENCHGATE_OUTPUT --engine engine.so -- benchmark.wasm",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (HEADER.test(text.slice(0, 200))) return true;
    const root = opensWith(text, "[") && text.slice(0, 2000).includes('"wasm"') ? json() : undefined;
    return (
      Array.isArray(root) &&
      root.length > 0 &&
      root.every(
        (row) => isObject(row) && typeof field(row, "wasm") === "string" && typeof field(row, "phase") === "string",
      )
    );
  },
  parse: (output) => {
    const { text } = output;
    const rows = opensWith(text, "[")
      ? readArray(jsonOf(output), "").map((row, i) => readRow(row, at("", i)))
      : readCsv(text);
    const manyEngines = new Set(rows.map(({ engine }) => engine)).size > 1;
    const processes = [...new Set(rows.map(({ process }) => process))];
    if (processes.length === 0) throw new GateError("It holds no benchmarks", HINTS.nothing);
    return processes.map((process) =>
      roundOf(
        rows.filter((row) => row.process === process),
        manyEngines,
      ),
    );
  },
};

function roundOf(rows: readonly Row[], manyEngines: boolean): ParsedRound {
  const groups = new Map<string, { row: Row; counts: number[] }>();
  for (const row of rows) {
    const key = JSON.stringify([row.engine, row.wasm, row.phase, row.event]);
    const group = groups.get(key) ?? { row, counts: [] };
    groups.set(key, group);
    group.counts.push(row.count);
  }
  const measurements = [...groups.values()].map(({ row: { engine, wasm, phase, event }, counts }): ToolMeasurement => {
    const time = Object.hasOwn(TIMES, event) ? TIMES[event]! : null;
    return {
      benchmark: [...(manyEngines ? [engine] : []), wasm, phase].join(" > "),
      metric: time === null ? event : "latency",
      unit: time === null ? (event === "cycles" ? "cycles" : "1") : "s",
      better: "lower",
      distribution: { kind: "samples", samples: Float64Array.from(counts, (count) => count * (time ?? 1)) },
    };
  });
  return round(measurements, HINTS);
}

function readRow(value: unknown, path: string): Row {
  const row = readObject(value, path);
  const flags = field(row, "engine_flags") ?? "";
  const engine = lastOf(readName(field(row, "engine"), at(path, "engine")), 1);
  return {
    engine: flags === "" ? engine : `${engine} ${readString(flags, at(path, "engine_flags"))}`,
    wasm: lastOf(readName(field(row, "wasm"), at(path, "wasm")), 3),
    process: readPositive(field(row, "process"), at(path, "process")),
    phase: readName(field(row, "phase"), at(path, "phase")),
    event: readName(field(row, "event"), at(path, "event")),
    count: readPositive(field(row, "count"), at(path, "count")),
  };
}

/** A path as it is, or the last parts of an absolute one, which belongs to one machine. */
function lastOf(path: string, parts: number): string {
  const isAbsolute = /^(?:[A-Za-z]:)?[/\\]/.test(path);
  return isAbsolute
    ? path
        .split(/[/\\]+/)
        .filter(Boolean)
        .slice(-parts)
        .join("/")
    : path;
}

function readCsv(text: string): Row[] {
  if (!HEADER.test(text.slice(0, 200))) {
    throw new GateError("Expected Sightglass' JSON, or its CSV with a header", HINTS.nothing, { line: 1 });
  }
  return readRecords(text).map(({ cells, line }) =>
    placed({ line }, () => readRow({ ...cells, process: numberIn(cells.process), count: numberIn(cells.count) }, "")),
  );
}

function numberIn(text: string | undefined): unknown {
  return text !== undefined && /^\d{1,20}$/.test(text) ? Number(text) : text;
}
