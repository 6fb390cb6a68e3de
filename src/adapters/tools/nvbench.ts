import type { Distribution, ToolMeasurement, ToolNote } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  opensWith,
  readArray,
  readName,
  readObject,
  readString,
} from "../reading/json.ts";
import { leftOut, round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark a name of its own (`set_name`)",
  nothing: "Run the benchmarks with `--json <file>`, and with a filter that matches",
};

/** Where NVBench keeps times, by what comes first: the whole tag is `nv/cold/time/gpu/mean`. */
const TIMES = ["nv/cold/time/gpu", "nv/cpu_only/time/cpu", "nv/batch/time/gpu", "nv/cold/time/cpu"];
/** How many samples there were, by the same. */
const SIZES = ["nv/cold/sample_size", "nv/cpu_only/sample_size", "nv/batch/sample_size", "nv/cold/sample_size"];
const LEVELS = { min: "0", q1: "0.25", median: "0.5", q3: "0.75", max: "1" } as const;

/** Rates that NVBench makes of a benchmark's element count and bytes. */
const RATES: readonly (readonly [tag: RegExp, metric: Pick<ToolMeasurement, "metric" | "unit">])[] = [
  [/^nv\/(?:cold|cpu_only)\/bw\/item_rate$/, { metric: "throughput", unit: "1/s" }],
  [/^nv\/(?:cold|cpu_only)\/bw\/global\/bytes_per_second$/, { metric: "global-memory-bandwidth", unit: "B/s" }],
];

/** What a summary of an author's own is, by its hint. Another hint, or none, is a bare number, better lower unless its name is a rate. */
const HINTED: Readonly<Record<string, Pick<ToolMeasurement, "unit" | "better">>> = {
  duration: { unit: "s", better: "lower" },
  item_rate: { unit: "1/s", better: "higher" },
  byte_rate: { unit: "B/s", better: "higher" },
  bytes: { unit: "B", better: "lower" },
};

/**
 * NVBench's JSON (`--json`). Latency is what CUDA events measured of isolated launches (`nv/cold/time/gpu`), or the time of a benchmark that runs on the
 * CPU alone: NVBench's mean, its median where the version writes one, in seconds. The key is the benchmark with its axes, `copy (T=I32,
 * BlockSize=256)`, and the device where there are several. Samples lie in binary files of their own (`--jsonbin`) and are not read.
 *
 * A summary that an author added is a metric of its own name. A state that was skipped is left out, with a note.
 */
export const nvbench: Adapter = {
  name: "nvbench",
  title: "NVBench",
  command: "./bench --json $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "{")) return false;
    const root = json();
    const benchmarks = isObject(root) ? field(root, "benchmarks") : undefined;
    return (
      Array.isArray(benchmarks) && benchmarks.some((each) => isObject(each) && Array.isArray(field(each, "states")))
    );
  },
  parse: (output) => {
    const root = readObject(jsonOf(output), "");
    const states = readArray(field(root, "benchmarks"), "benchmarks").flatMap((each, i) =>
      readBenchmark(each, at("benchmarks", i)),
    );
    const devices = new Set(states.map(({ device }) => device).filter((device) => device !== ""));
    const measured = states.filter(({ skipped }) => skipped === null);
    const told = measured.flatMap((state) => tell(state, devices.size > 1));
    return [round([...told, ...skippedOf(states)], HINTS)];
  },
};

/** One set of a benchmark's axes: what NVBench says of it, by tag. */
interface State {
  readonly name: string;
  readonly device: string;
  readonly skipped: string | null;
  readonly summaries: ReadonlyMap<string, Summary>;
  readonly path: string;
}

interface Summary {
  readonly name: string;
  readonly hint: string;
  /** Undefined where it is no number: a name of a file, a note. */
  readonly value: number | undefined;
}

function readBenchmark(value: unknown, path: string): readonly State[] {
  const benchmark = readObject(value, path);
  const name = readName(field(benchmark, "name"), at(path, "name"));
  const where = at(path, "states");
  return readArray(field(benchmark, "states") ?? [], where).map((each, i) => readState(each, at(where, i), name));
}

function readState(value: unknown, path: string, name: string): State {
  const state = readObject(value, path);
  const axes = named(state, "axis_values", path).map(([axis, text]) => `${axis}=${text}`);
  const where = at(path, "summaries");
  const summaries = readArray(field(state, "summaries") ?? [], where).map((each, i) => readSummary(each, at(where, i)));
  const reason = field(state, "skip_reason") ?? "it does not say why";
  return {
    name: axes.length === 0 ? name : `${name} (${axes.join(", ")})`,
    device: String(field(state, "device") ?? ""),
    skipped: field(state, "is_skipped") === true ? readString(reason, at(path, "skip_reason")) : null,
    summaries: new Map(summaries),
    path,
  };
}

/** A list of `{name, type, value}` as NVBench writes it, where numbers are texts. */
function named(object: JsonObject, key: string, path: string): readonly (readonly [string, string, string])[] {
  const where = at(path, key);
  return readArray(field(object, key) ?? [], where).map((each, i) => {
    const [entry, place] = [readObject(each, at(where, i)), at(where, i)];
    const word = (of: string) => readString(field(entry, of), at(place, of));
    return [word("name"), word("value"), word("type")];
  });
}

function readSummary(value: unknown, path: string): readonly [string, Summary] {
  const summary = readObject(value, path);
  const tag = readName(field(summary, "tag"), at(path, "tag"));
  const [, text, type] = named(summary, "data", path).find(([name]) => name === "value") ?? [];
  const number = type === "int64" || type === "float64" ? Number(text) : undefined;
  // What is infinite or no number is told as such: a noise of one sample is.
  if (number !== undefined && Number.isNaN(number) && !/^-?nan/i.test(text!)) {
    if (!/^-?inf/i.test(text!)) mistake("a number", text, at(path, "data"));
  }
  const word = (key: string) => readString(field(summary, key) ?? "", at(path, key));
  return [tag, { name: word("name") || tag, hint: word("hint"), value: number }];
}

function tell(state: State, several: boolean): readonly Told[] {
  const benchmark = several && state.device !== "" ? `${state.name} [Device=${state.device}]` : state.name;
  const time = TIMES.findIndex((tag) => state.summaries.has(`${tag}/mean`));
  if (time < 0) return [{ benchmark, reason: "NVBench measured no time of it" }];
  const value = (tag: string) => state.summaries.get(tag)?.value;
  const mean = value(`${TIMES[time]}/mean`);
  if (mean === undefined || !Number.isFinite(mean) || mean < 0)
    return [{ benchmark, reason: `NVBench reported ${mean} s as its mean time` }];
  const others = [...state.summaries].flatMap(([tag, summary]) => tellOther(benchmark, tag, summary));
  const distribution = distributionOf(mean, value(SIZES[time]!), (level) => value(`${TIMES[time]}/${level}`));
  return [{ benchmark, metric: "latency", unit: "s", better: "lower", distribution }, ...others];
}

/** With its median, where the version of NVBench writes one; the mean alone otherwise. */
function distributionOf(
  mean: number,
  count: number | undefined,
  at: (level: string) => number | undefined,
): Distribution {
  const levels = Object.entries(LEVELS).flatMap(([name, level]) => {
    const value = at(name);
    return value === undefined || !Number.isFinite(value) ? [] : [[level, value] as const];
  });
  const isWhole = count !== undefined && Number.isInteger(count) && count >= 1;
  if (!isWhole || !levels.some(([level]) => level === LEVELS.median))
    return { kind: "value", value: mean, exact: false };
  return { kind: "quantiles", quantiles: Object.fromEntries(levels), count, mean };
}

function tellOther(benchmark: string, tag: string, { name, hint, value }: Summary): readonly Told[] {
  if (value === undefined) return [];
  const rate = RATES.find(([pattern]) => pattern.test(tag))?.[1];
  // NVBench's own other summaries are how it measured, or say the same in another way.
  if (rate === undefined && tag.startsWith("nv/")) return [];
  const better = /\/s(?:ec)?$/i.test(name) ? "higher" : "lower";
  const kind = rate ?? {
    metric: name,
    ...(Object.hasOwn(HINTED, hint) ? HINTED[hint]! : ({ unit: "1", better } as const)),
  };
  if (!Number.isFinite(value)) return [leftOut(benchmark, kind.metric, value)];
  return [{ benchmark, better: "higher", ...kind, distribution: { kind: "value", value, exact: false } }];
}

function skippedOf(states: readonly State[]): readonly ToolNote[] {
  const skipped = states.filter((state) => state.skipped !== null);
  if (skipped.length === 0 || skipped.length === states.length) return [];
  const [first] = skipped;
  const sentence = `NVBench skipped # of its states, ${JSON.stringify(first!.name)} among them: ${first!.skipped!.slice(0, 100).replace(/\.$/, "")}`;
  return [{ benchmark: "*", sentence, count: skipped.length, remedy: "measure them, or leave them out of the axes" }];
}
