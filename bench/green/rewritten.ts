import { keyOf } from "../../src/model/key.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { STATISTICS } from "../../src/model/statistic.ts";
import { evaluate, sampleCount } from "../../src/stats/statistic.ts";
import { type NumberAt, numbersIn } from "./numbers.ts";
import { WORSE } from "./worse.ts";

/** Reads an output's text; null where it is refused. */
export type Read = (text: string) => Promise<Recording | null>;

/** Numbers of one place that are tried one by one where together they do several things. */
const FEW = 60;

/** How much a number of one or two digits may change by the factor and by being rounded, in a rate that two numbers make. */
const MOST = 4.1;

/** Larger outputs are not looked through number by number. */
const LARGEST = 400_000;

/**
 * An output of the same tool in which everything that it measured is `WORSE` times worse: null where no number of it can be told to mean that. What a number
 * means is found by trying: where a larger one makes a measurement worse and none better it is a time, where it makes one better a rate, and where it
 * renames anything, or does both, it is left alone.
 */
export async function rewritten(text: string, original: Recording, read: Read): Promise<string | null> {
  if (text.length > LARGEST) return null;
  const numbers = numbersIn(text);
  const effectOf = async (of: readonly NumberAt[], factor: number): Promise<Effect> => {
    const changed = await read(withNumbers(text, new Map(of.map((number) => [number, factor]))));
    return changed === null ? "refused" : effectOn(original, changed);
  };
  const factors = new Map<NumberAt, number>();
  const refused = new Map<NumberAt, number>();
  const tryOut = async (of: readonly NumberAt[]): Promise<void> => {
    const effect = await effectOf(of, WORSE);
    const factor = effect === "better" && (await effectOf(of, 1 / WORSE)) === "worse" ? 1 / WORSE : WORSE;
    if (effect === "worse" || factor !== WORSE) for (const number of of) factors.set(number, factor);
    else if (effect === "refused") for (const number of of) refused.set(number, factor);
    // One place may hold a time and a rate, as the values of a list of results do.
    else if (effect === "mixed" && of.length > 1 && of.length <= FEW) for (const number of of) await tryOut([number]);
  };
  for (const place of new Set(numbers.map((number) => number.place)))
    await tryOut(numbers.filter((number) => number.place === place));
  if (factors.size + refused.size === 0) return null;
  // What only makes sense together (a minimum below its mean) is refused one by one.
  for (const tried of [factors, new Map([...factors, ...refused])]) {
    const changed = withNumbers(text, tried);
    const recording = await read(changed);
    if (recording !== null && effectOn(original, recording) === "worse") return changed;
  }
  return null;
}

type Effect = "none" | "worse" | "better" | "mixed" | "refused";

function effectOn(original: Recording, changed: Recording): Effect {
  const [before, after] = [measurementsOf(original), measurementsOf(changed)];
  const isOther = ([key, measurement]: readonly [string, Measurement]) =>
    identityOf(measurement) !== identityOf(after.get(key));
  if (before.size !== after.size || [...before].some(isOther)) return "mixed";
  const directions = new Set([...before].flatMap(([key, measurement]) => directionsOf(measurement, after.get(key)!)));
  if (directions.size > 1) return "mixed";
  return [...directions][0] ?? "none";
}

/** What a measurement is besides its values: a number that changes it is none of what was measured. */
function identityOf(measurement: Measurement | undefined): string {
  if (measurement === undefined) return "";
  const { benchmark, metric, unit, better, estimator, loadModel, distribution } = measurement;
  return keyOf(
    benchmark,
    metric,
    unit,
    better,
    estimator,
    loadModel,
    distribution.kind,
    String(sampleCount(distribution)),
  );
}

function directionsOf(before: Measurement, after: Measurement): readonly ("worse" | "better")[] {
  return STATISTICS.flatMap((statistic) => {
    const [a, b] = [evaluate(before.distribution, statistic, null), evaluate(after.distribution, statistic, null)];
    if (a === null || b === null || Math.abs(b - a) <= 1e-9 * Math.abs(a)) return [];
    // More than any rounding makes of a factor: something else than a value has changed.
    if (a > 0 && b > 0 && Math.abs(Math.log(b / a)) > Math.log(MOST)) return ["worse", "better"];
    return [b > a === (before.better === "lower") ? "worse" : "better"];
  });
}

function measurementsOf({ rounds }: Recording): ReadonlyMap<string, Measurement> {
  return new Map(
    rounds.flatMap(({ measurements }, round) =>
      measurements.map((each) => [keyOf(String(round), each.benchmark, each.metric), each] as const),
    ),
  );
}

function withNumbers(text: string, factors: ReadonlyMap<NumberAt, number>): string {
  let [result, at] = ["", 0];
  for (const [{ start, end }, factor] of [...factors].sort(([a], [b]) => a.start - b.start)) {
    result += text.slice(at, start) + scaled(text.slice(start, end), factor);
    at = end;
  }
  return result + text.slice(at);
}

/** A number as it is written, times `factor`, in as many places and rounded away from what it was, so that its tool shows the change. */
function scaled(written: string, factor: number): string {
  const [, digits = "", exponent = ""] = /^([^eE]*)([eE].*)?$/.exec(written) ?? [];
  const places = digits.split(".")[1]?.length ?? 0;
  const step = 10 ** -places;
  const value = Number(digits.replaceAll(",", ""));
  const exact = (value * factor) / step;
  // Never to zero: a tool that counts whole requests a second still shows the last one.
  const steps = factor > 1 ? Math.ceil(exact - 1e-6) : Math.max(Math.floor(exact + 1e-6), Math.min(1, exact));
  const text = (steps * step).toFixed(places).padStart(digits.includes(",") ? 0 : digits.length, leadingZero(digits));
  return `${digits.includes(",") ? grouped(text) : text}${exponent}`;
}

/** What fills a number up to its old width: zeros where it began with some, as seconds after minutes do. */
function leadingZero(digits: string): string {
  return /^0\d/.test(digits) ? "0" : "";
}

function grouped(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const parted = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}
