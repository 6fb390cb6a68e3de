import { GateError } from "../model/error.ts";
import { keyOf, pairKey, subjectKey } from "../model/key.ts";
import type { Measurement, SourceLocation } from "../model/measurement.ts";
import {
  type READABLE_SCHEMAS,
  RECORDING_SCHEMA,
  type Recording,
  type Round,
  SKETCHED_SCHEMA,
  TAILED_SCHEMA,
} from "../model/recording.ts";
import type { Spend } from "./allowance.ts";
import { refuseKeys } from "./keys.ts";
import { decodeMeasurement, encodeMeasurement } from "./measurement.ts";
import { keyPath, locate, type Path, parseRecordingJson, type Refuse } from "./place.ts";
import { plainMeasurement } from "./plain.ts";
import { recordingSchema, type WireMeasurement, type WireRound } from "./schema.ts";

const NEWEST = Number(TAILED_SCHEMA.split("/")[1]);
const SHAPE = "The shape of a recording is in schema/recording.schema.json";

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
  const { rest, plain } = withoutPlain(raw);
  refuseKeys(rest, refuse);
  const checked = recordingSchema.safeParse(rest);
  if (!checked.success) {
    const { path = [], message = "is not a recording" } = checked.error.issues[0] ?? {};
    return refuse(path, isMissing(raw, path) ? "is missing" : message);
  }
  const { revision, environment, rounds } = checked.data;
  const decoded = rounds.map((round, i) => {
    const measurements = plain.get(i) ?? round.measurements;
    const before = i === 0 ? [] : (plain.get(i - 1) ?? rounds[i - 1]!.measurements);
    return decodeRound({ ...round, measurements }, i, hasNamesOf(before, measurements), refuse, spend);
  });
  refuseRepeats(decoded, refuse);
  return { revision, environment, rounds: decoded };
}

/** A document without the measurements of those rounds in which all of them are plain, and these by the index of their round. */
function withoutPlain(raw: unknown): {
  readonly rest: unknown;
  readonly plain: ReadonlyMap<number, WireRound["measurements"]>;
} {
  const plain = new Map<number, WireRound["measurements"]>();
  const { rounds } = Object(raw) as { readonly rounds?: unknown };
  if (!Array.isArray(rounds)) return { rest: raw, plain };
  const left = rounds.map((round: unknown, index) => {
    const { measurements } = Object(round) as { readonly measurements?: unknown };
    if (!Array.isArray(measurements)) return round;
    const own: WireMeasurement[] = [];
    for (const each of measurements) {
      const found = plainMeasurement(each);
      if (found === null) return round;
      own.push(found);
    }
    plain.set(index, own);
    return { ...(round as object), measurements: [] };
  });
  return { rest: { ...(raw as object), rounds: left }, plain };
}

/**
 * Two rounds with one session and pair number are one pair: to repeat a reading adds no evidence. Rounds may share them where each measured something
 * else; without a session nothing is paired.
 */
function refuseRepeats(rounds: readonly Round[], refuse: Refuse): void {
  const places = new Map<string, number>();
  for (const round of rounds) places.set(pairKey(round), (places.get(pairKey(round)) ?? 0) + 1);
  const seen = new Map<string, number[]>();
  for (const [index, round] of rounds.entries()) {
    if (round.session === "" || places.get(pairKey(round)) === 1) continue;
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
    "Give every round of a session a pair number of its own: a repeated round is not new evidence",
  );
}

/**
 * A recording as JSON: one line, keys in a fixed order, a newline at the end; `decodeRecording` gives back equal numbers (−0 as 0).
 * Throws a `GateError` where a number is not finite, because JSON has no word for it.
 */
export function encodeRecording(recording: Recording): string {
  const rounds = recording.rounds.map(
    ({ session, pair, startedAt, measurements, failures, notes = [], exits = [], seconds = [] }) => ({
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
      ...(seconds.length > 0 && { seconds }),
    }),
  );
  const { revision, environment } = recording;
  // What has neither sketches nor tails in it can be read by versions that know none.
  const schema = schemaOf(recording);
  return `${JSON.stringify({ schema, revision, environment, rounds })}\n`;
}

function schemaOf({ rounds }: Recording): (typeof READABLE_SCHEMAS)[number] {
  const has = (of: (measurement: Measurement) => boolean) => rounds.some(({ measurements }) => measurements.some(of));
  if (has(({ tails }) => tails !== undefined)) return TAILED_SCHEMA;
  return has(({ distribution }) => "sketch" in distribution) ? SKETCHED_SCHEMA : RECORDING_SCHEMA;
}

function checkVersion(raw: unknown, refuse: Refuse): void {
  const schema = typeof raw === "object" && raw !== null ? (raw as { schema?: unknown }).schema : undefined;
  const version = typeof schema === "string" ? /^benchgate\.recording\/(\d{1,9})$/.exec(schema)?.[1] : undefined;
  if (version === undefined) refuse([], "this is not a recording", `Its "schema" must be "${RECORDING_SCHEMA}"`);
  if (Number(version) > NEWEST) {
    const problem = `this file is benchgate.recording/${version}, written by a newer Benchgate`;
    refuse(["schema"], problem, `Upgrade Benchgate: this one reads up to ${SKETCHED_SCHEMA}`);
  }
  if (Number(version) < 1) refuse(["schema"], "there is no such version", `Write "${RECORDING_SCHEMA}"`);
}

function isMissing(raw: unknown, path: Path): boolean {
  const value = path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key], raw);
  return value === undefined;
}

/** Whether a round names what the one before it does, in its order: most do, and what was no repeat there is none here. */
function hasNamesOf(before: WireRound["measurements"], measurements: WireRound["measurements"]): boolean {
  return (
    before.length === measurements.length &&
    measurements.every(({ suite, benchmark, metric }, i) => {
      const other = before[i]!;
      return benchmark === other.benchmark && metric === other.metric && suite === other.suite;
    })
  );
}

/** @param isUnique whether it is known that nothing is in it twice. */
function decodeRound(
  wire: WireRound,
  index: number,
  isUnique: boolean,
  refuse: Refuse,
  spend: Spend | undefined,
): Round {
  const seen = new Map<string, number>();
  const measurements = wire.measurements.map((measurement, i) => {
    const path = ["rounds", index, "measurements", i] as const;
    if (!isUnique) {
      const key = keyOf(measurement.suite, measurement.benchmark, measurement.metric);
      const first = seen.get(key);
      if (first !== undefined) {
        const remedy = "Give each benchmark a name of its own, and repeat a benchmark in another round";
        refuse(path, `has the same suite, benchmark and metric as measurements[${first}]`, remedy);
      }
      seen.set(key, i);
    }
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
    ...(wire.seconds.length > 0 && { seconds: wire.seconds }),
  };
}
