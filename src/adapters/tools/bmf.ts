import type { Direction } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import { at, field, isObject, jsonOf, readName, readNumber, readObject } from "../reading/json.ts";
import { isNotFinite } from "../reading/json-nan.ts";
import { leftOut, round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark a name of its own",
  nothing: 'Write { "parse": { "latency": { "value": 12500 } } }',
};

/** Bencher's own measures; it defines their units, which the file does not hold. */
const MEASURES: Readonly<
  Record<string, { readonly metric: string; readonly unit: string; readonly scale: number; readonly better: Direction }>
> = {
  latency: { metric: "latency", unit: "s", scale: 1e-9, better: "lower" },
  throughput: { metric: "throughput", unit: "1/s", scale: 1, better: "higher" },
  "build-time": { metric: "build-time", unit: "s", scale: 1, better: "lower" },
  "file-size": { metric: "file-size", unit: "B", scale: 1, better: "lower" },
};

const KEYS: ReadonlySet<string> = new Set(["value", "lower_value", "upper_value"]);

/**
 * The Bencher Metric Format: `{ benchmark: { measure: { value, lower_value, upper_value } } }`, one number a measure.
 *
 * Latency is in nanoseconds and throughput in operations a second, as Bencher defines them. Another measure is a metric of its own name, in a unit of that
 * name, and lower is better: the file tells neither. The bounds are whatever the author chose and are no percentiles; they are left out.
 */
export const bmf: Adapter = {
  name: "bmf",
  title: "Bencher Metric Format",
  command: "./bench > $BENCHGATE_OUTPUT, which writes { benchmark: { measure: { value } } }",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: ({ json }) => {
    const root = json();
    return isObject(root) && everyOf(root, (measures) => isObject(measures) && everyOf(measures, isMetric));
  },
  parse: (output) => {
    const measurements = Object.entries(readObject(jsonOf(output), "")).flatMap(([benchmark, measures]) =>
      Object.entries(readObject(measures, at("", benchmark))).map(([measure, metric]) =>
        readMetric(benchmark, measure, metric),
      ),
    );
    return [round(measurements, HINTS)];
  },
};

function everyOf(object: Readonly<Record<string, unknown>>, test: (value: unknown) => boolean): boolean {
  const values = Object.values(object);
  return values.length > 0 && values.every(test);
}

function isMetric(value: unknown): boolean {
  return (
    isObject(value) &&
    (typeof field(value, "value") === "number" || isNotFinite(field(value, "value"))) &&
    Object.keys(value).every((key) => KEYS.has(key))
  );
}

function readMetric(benchmark: string, measure: string, metric: unknown): Told {
  const path = at(at("", benchmark), measure);
  const own = { metric: measure, unit: measure, scale: 1, better: "lower" } as const;
  const slug = measure.toLowerCase().replaceAll(" ", "-");
  const { scale, ...kind } = Object.hasOwn(MEASURES, slug) ? MEASURES[slug]! : own;
  const found = field(readObject(metric, path), "value");
  readName(benchmark, at("", benchmark));
  readName(measure, path);
  if (isNotFinite(found))
    return kind.metric === "latency"
      ? { benchmark, reason: `Its latency is ${found}` }
      : leftOut(benchmark, measure, found);
  const value = readNumber(found, at(path, "value")) * scale;
  return { benchmark, ...kind, distribution: { kind: "value", value, exact: false } };
}
