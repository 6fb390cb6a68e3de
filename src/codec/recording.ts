import { DIMENSIONS } from "../model/dimension.ts";
import { GateError } from "../model/error.ts";
import { keyOf, pairKey, subjectKey } from "../model/key.ts";
import type { Distribution, Measurement, SourceLocation, ToolMeasurement } from "../model/measurement.ts";
import { knownMetric, type Metric } from "../model/metric.ts";
import { RECORDING_SCHEMA, type Recording, type Round } from "../model/recording.ts";
import type { Spend } from "./allowance.ts";
import { decodeHistogram } from "./histogram.ts";
import { refuseKeys } from "./keys.ts";
import { keyPath, locate, type Path, parseRecordingJson, type Refuse } from "./place.ts";
import { DISTRIBUTIONS, recordingSchema, type WireMeasurement, type WireRound } from "./schema.ts";
import { UNITS } from "./units.ts";

const NEWEST = Number(RECORDING_SCHEMA.split("/")[1]);
const SHAPE = "The shape of a recording is in schema/recording.schema.json";

const OPTIONAL = ["per", "estimator", "resolution", "loadModel", "source"] as const;

/**
 * The recording that a JSON text holds.
 *
 * Only `schema` and `rounds` are required of it; a round needs `measurements`; a measurement its benchmark, metric, unit and one
 * distribution, and `better` unless Benchgate knows the metric. A revision that is missing is empty, an environment "unknown", `session`
 * empty, `pair` the round's place. Keys that are nearly a known key are refused with the right word, other unknown keys are ignored.
 * Throws a `GateError` with line, column and key path. `parsed`: the value of the text, where somebody has parsed it already; `spend`: told of
 * what histograms inflate to and hold.
 */
export function decodeRecording(json: string, parsed?: unknown, spend?: Spend): Recording {
  const source = json.startsWith("\uFEFF") ? json.slice(1) : json;
  const raw = parsed ?? parseRecordingJson(source);
  const refuse: Refuse = (path, problem, remedy = SHAPE) => {
    throw new GateError(problem, remedy, { ...locate(source, path), ...(path.length > 0 && { path: keyPath(path) }) });
  };
  checkVersion(raw, refuse);
  refuseKeys(raw, refuse);
  const checked = recordingSchema.safeParse(raw);
  if (!checked.success) {
    const { path = [], message = "is not a recording" } = checked.error.issues[0] ?? {};
    return refuse(path, isMissing(raw, path) ? "is missing" : message);
  }
  const { revision, environment, rounds } = checked.data;
  const decoded = rounds.map((round, i) => decodeRound(round, i, refuse, spend));
  refuseRepeats(decoded, refuse);
  return { revision, environment, rounds: decoded };
}

/**
 * Two rounds with one session and pair number are one pair: to repeat a reading adds no evidence. Rounds may share them where each measured something
 * else; without a session nothing is paired.
 */
function refuseRepeats(rounds: readonly Round[], refuse: Refuse): void {
  const seen = new Map<string, number[]>();
  for (const [index, round] of rounds.entries()) {
    if (round.session === "") continue;
    for (const measurement of round.measurements) {
      const key = keyOf(pairKey(round), subjectKey(measurement));
      seen.set(key, [...(seen.get(key) ?? []), index]);
    }
  }
  const [first, second, ...more] = [...seen.values()].find((places) => places.length > 1) ?? [];
  if (first === undefined || second === undefined) return;
  const { session, pair } = rounds[first]!;
  refuse(
    ["rounds", second, "pair"],
    `repeats pair ${pair} of session ${JSON.stringify(session)}, which is there ${more.length + 2} times and first as rounds[${first}]`,
    "Give every round of a session a pair number of its own: a round that is repeated is no new evidence",
  );
}

/**
 * A recording as JSON: one line, keys in a fixed order, a newline at the end; `decodeRecording` gives back equal numbers (−0 as 0).
 * Throws a `GateError` where a number is not finite, because JSON has no word for it.
 */
export function encodeRecording(recording: Recording): string {
  const rounds = recording.rounds.map(
    ({ session, pair, startedAt, measurements, failures, notes = [], exits = [] }) => ({
      session,
      pair,
      startedAt,
      measurements: measurements.map(encodeMeasurement),
      ...(failures.length > 0 && { failures }),
      ...(notes.length > 0 && {
        notes: notes.map(({ suite, benchmark, metric, sentence, count, remedy }) => ({
          suite,
          benchmark,
          ...(metric !== undefined && { metric }),
          sentence,
          ...(count !== undefined && { count }),
          remedy,
        })),
      }),
      ...(exits.length > 0 && { exits }),
    }),
  );
  const { revision, environment } = recording;
  return `${JSON.stringify({ schema: RECORDING_SCHEMA, revision, environment, rounds })}\n`;
}

function checkVersion(raw: unknown, refuse: Refuse): void {
  const schema = typeof raw === "object" && raw !== null ? (raw as { schema?: unknown }).schema : undefined;
  const version = typeof schema === "string" ? /^benchgate\.recording\/(\d{1,9})$/.exec(schema)?.[1] : undefined;
  if (version === undefined) refuse([], "this is not a recording", `Its "schema" must be "${RECORDING_SCHEMA}"`);
  if (Number(version) > NEWEST) {
    const problem = `this file is benchgate.recording/${version}, written by a newer Benchgate`;
    refuse(["schema"], problem, `Upgrade Benchgate: this one reads up to ${RECORDING_SCHEMA}`);
  }
  if (Number(version) < 1) refuse(["schema"], "there is no such version", `Write "${RECORDING_SCHEMA}"`);
}

function isMissing(raw: unknown, path: Path): boolean {
  const value = path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key], raw);
  return value === undefined;
}

function decodeRound(wire: WireRound, index: number, refuse: Refuse, spend: Spend | undefined): Round {
  const seen = new Map<string, number>();
  const measurements = wire.measurements.map((measurement, i) => {
    const path = ["rounds", index, "measurements", i];
    const key = JSON.stringify([measurement.suite, measurement.benchmark, measurement.metric]);
    const first = seen.get(key);
    if (first !== undefined) {
      const remedy = "Give each benchmark a name of its own, and repeat a benchmark in another round";
      refuse(path, `has the same suite, benchmark and metric as measurements[${first}]`, remedy);
    }
    seen.set(key, i);
    return decodeMeasurement(measurement, path, refuse, spend);
  });
  return {
    session: wire.session,
    pair: wire.pair ?? index,
    startedAt: wire.startedAt,
    measurements,
    failures: wire.failures.map(({ source, ...failure }) => ({
      ...failure,
      ...(source && { source: source as SourceLocation }),
    })),
    ...(wire.notes.length > 0 && {
      notes: wire.notes.map(({ metric, count, ...note }) => ({
        ...note,
        ...(metric !== undefined && { metric }),
        ...(count !== undefined && { count }),
      })),
    }),
    ...(wire.exits.length > 0 && { exits: wire.exits }),
  };
}

function decodeMeasurement(wire: WireMeasurement, path: Path, refuse: Refuse, spend: Spend | undefined): Measurement {
  const { suite, benchmark, metric, unit } = wire;
  const known = knownMetric(metric);
  const better = wire.better ?? known?.better;
  if (better === undefined)
    return refuse([...path, "better"], "is missing", 'Say which way is better: "lower" or "higher"');
  const [canonical, factor] = UNITS.get(unit) ?? [];
  if (canonical !== undefined) {
    const remedy = factor === 1 ? `Write "${canonical}"` : `Multiply the values by ${factor} and write "${canonical}"`;
    refuse([...path, "unit"], `${JSON.stringify(unit)} is not a base unit`, remedy);
  }
  if (known?.reserved) refuseOtherwise(known, { metric, unit, better }, path, refuse);
  return {
    suite,
    benchmark,
    metric,
    unit,
    better,
    distribution: decodeDistribution(wire, path, refuse, spend),
    ...(wire.medians !== undefined && { medians: wire.medians }),
    ...optional(wire),
  };
}

function decodeDistribution(wire: WireMeasurement, path: Path, refuse: Refuse, spend: Spend | undefined): Distribution {
  const present = DISTRIBUTIONS.filter((key) => wire[key] !== undefined);
  if (present.length !== 1) {
    refuse(
      path,
      `has ${present.length === 0 ? "no values" : present.join(" and ")}`,
      `Give one of ${DISTRIBUTIONS.join(", ")}`,
    );
  }
  if (wire.medians !== undefined && wire.samples === undefined)
    refuse([...path, "medians"], "stands without samples", "Give the samples that the medians are of");
  refuseNegative(wire, path, refuse);
  if (wire.samples !== undefined) return { kind: "samples", samples: Float64Array.from(wire.samples) };
  if (wire.value !== undefined) return { kind: "value", value: wire.value, exact: wire.exact };
  if (wire.quantiles !== undefined) {
    if (Object.keys(wire.quantiles).length === 0 && wire.mean === undefined)
      refuse([...path, "quantiles"], "must not be empty");
    const quantiles = decodeQuantiles(wire.quantiles, [...path, "quantiles"], refuse);
    return { kind: "quantiles", quantiles, count: wire.count, ...(wire.mean !== undefined && { mean: wire.mean }) };
  }
  if (wire.scale === undefined)
    return refuse([...path, "scale"], "is missing", "Say what one step of the histogram is worth");
  try {
    return decodeHistogram(wire.histogram ?? "", wire.scale, spend);
  } catch (error) {
    if (error instanceof GateError) throw error;
    const remedy = "Write it with HdrHistogram's encodeIntoCompressedByteBuffer and 3 significant digits";
    return refuse([...path, "histogram"], error instanceof Error ? error.message : String(error), remedy);
  }
}

/** Refuses a metric that Benchgate knows in another unit or direction than its own: its name would promise what its numbers are not. */
function refuseOtherwise(
  known: Metric,
  { metric, unit, better }: Pick<Measurement, "metric" | "unit" | "better">,
  path: Path,
  refuse: Refuse,
): void {
  const remedy = "Write it so, or give the metric a name of your own";
  if (better !== known.better) {
    refuse(
      [...path, "better"],
      `${JSON.stringify(better)} is not the better direction of ${metric}, which is "${known.better}"`,
      remedy,
    );
  }
  const units = known.dimensions.map((dimension) => DIMENSIONS[dimension].unit);
  if (units.every((each) => each !== unit)) {
    refuse(
      [...path, "unit"],
      `${JSON.stringify(unit)} is not a unit of ${metric}, which is in ${units.join(" or ")}`,
      remedy,
    );
  }
}

/** The metrics that Benchgate knows are never below zero; a tool's own may be, such as a balance. */
function refuseNegative(
  { metric, samples, medians, quantiles, mean, value }: WireMeasurement,
  path: Path,
  refuse: Refuse,
): void {
  if (knownMetric(metric) === null) return;
  const below = (number: number | undefined) => number !== undefined && number < 0;
  const sample = samples?.findIndex(below) ?? -1;
  const median = medians?.findIndex(below) ?? -1;
  const [level] = Object.entries(quantiles ?? {}).find(([, quantile]) => below(quantile)) ?? [];
  const wrong = [
    ...(sample < 0 ? [] : [["samples", sample]]),
    ...(median < 0 ? [] : [["medians", median]]),
    ...(level === undefined ? [] : [["quantiles", level]]),
    ...(below(mean) ? [["mean"]] : []),
    ...(below(value) ? [["value"]] : []),
  ];
  const [first] = wrong;
  if (first === undefined) return;
  refuse([...path, ...first], `is a ${metric} below zero`, "Check the values, or give the metric a name of your own");
}

/** Quantiles under canonical keys ("0.50" is "0.5"), which must rise with their level. */
function decodeQuantiles(
  wire: Readonly<Record<string, number>>,
  path: Path,
  refuse: Refuse,
): Readonly<Record<string, number>> {
  const entries = Object.entries(wire).map(([key, value]) => ({ key, value, level: levelOf(key) }));
  for (const { key, level } of entries) {
    if (level === null) refuse([...path, key], "is not a level from 0 to 1", 'Write the 99th percentile as "0.99"');
  }
  const sorted = entries.sort((a, b) => Number(a.level) - Number(b.level));
  sorted.forEach(({ key, value, level }, i) => {
    const lower = sorted[i - 1];
    if (lower === undefined) return;
    if (lower.level === level) refuse([...path, key], `is the same level as "${lower.key}"`, "Keep one of the two");
    if (lower.value > value) {
      refuse(
        [...path, key],
        `is below the quantile at ${lower.key}`,
        "Quantiles must not fall as their level rises: check the values",
      );
    }
  });
  return Object.fromEntries(sorted.map(({ level, value }) => [String(level), value]));
}

function levelOf(key: string): number | null {
  const level = /^[\d.]+(e-\d+)?$/.test(key) ? Number(key) : Number.NaN;
  return level >= 0 && level <= 1 ? level : null;
}

function encodeMeasurement(measurement: Measurement): object {
  const { suite, benchmark, metric, unit, better, resolution } = measurement;
  const values = encodeDistribution(measurement.distribution);
  for (const value of [...Object.values(values), measurement.medians, resolution]) {
    const numbers = typeof value === "object" ? Object.values(value) : [value];
    if (numbers.every((number) => typeof number !== "number" || Number.isFinite(number))) continue;
    const what = `${JSON.stringify(benchmark)} has a ${metric} that is not a finite number`;
    throw new GateError(what, "This is a mistake in the adapter that read it: please report it with the tool's output");
  }
  const { medians } = measurement;
  return {
    suite,
    benchmark,
    metric,
    unit,
    better,
    ...values,
    ...(medians !== undefined && { medians }),
    ...optional(measurement),
  };
}

function encodeDistribution(distribution: Distribution): object {
  switch (distribution.kind) {
    case "samples":
      return { samples: Array.from(distribution.samples) };
    case "quantiles": {
      const { quantiles, count, mean } = distribution;
      return { quantiles, count, ...(mean !== undefined && { mean }) };
    }
    case "histogram":
      return { histogram: distribution.encoded, scale: distribution.scale };
    case "value":
      return { value: distribution.value, ...(distribution.exact && { exact: true }) };
  }
}

/** The keys that a measurement need not have, where it has them. */
function optional(from: WireMeasurement | Measurement): Pick<ToolMeasurement, (typeof OPTIONAL)[number]> {
  return Object.fromEntries(OPTIONAL.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}
