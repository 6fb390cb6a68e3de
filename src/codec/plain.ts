import type { WireMeasurement } from "./schema.ts";

const { isSafeInteger } = Number;
const isNumber = Number.isFinite;

/** The keys that a plain measurement may have. Another one may be a mistake, of which the schema knows more. */
const KEYS: ReadonlySet<string> = new Set([
  ...[
    "suite",
    "benchmark",
    "metric",
    "unit",
    "better",
    "per",
    "samples",
    "sketch",
    "medians",
    "tails",
    "quantiles",
    "count",
  ],
  ...["mean", "value", "exact", "resolution", "loadModel", "perSlice"],
]);

/**
 * A measurement as the schema gives it back, by a few tests in place of the schema's many: it is most of what a recording holds. Null for what the schema has
 * to look at: what is wrong, and whatever is seldom written.
 */
export function plainMeasurement(raw: unknown): WireMeasurement | null {
  if (typeof raw !== "object" || raw === null) return null;
  for (const key in raw) if (!KEYS.has(key)) return null;
  const from = raw as Partial<Readonly<Record<keyof WireMeasurement, unknown>>>;
  const {
    suite = "",
    benchmark,
    metric,
    unit,
    better,
    per,
    medians,
    tails,
    count = 0,
    mean,
    value,
    exact = false,
  } = from;
  const isPlain =
    typeof suite === "string" &&
    isName(benchmark) &&
    isName(metric) &&
    isName(unit) &&
    (better === undefined || better === "lower" || better === "higher") &&
    (per === undefined || per === "operation") &&
    (medians === undefined || isNumbers(medians, isNumber)) &&
    (tails === undefined || isNumbers(tails, isNumber)) &&
    isCount(count, 0) &&
    (mean === undefined || isNumber(mean)) &&
    (value === undefined || isNumber(value)) &&
    typeof exact === "boolean" &&
    (from.resolution === undefined || isPositive(from.resolution)) &&
    (from.perSlice === undefined || isPositive(from.perSlice)) &&
    (from.loadModel === undefined || from.loadModel === "open" || from.loadModel === "closed") &&
    (from.samples === undefined || isNumbers(from.samples, isNumber)) &&
    (from.sketch === undefined || isSketch(from.sketch)) &&
    (from.quantiles === undefined || isQuantiles(from.quantiles));
  return isPlain ? ({ ...from, suite, count, exact } as WireMeasurement) : null;
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isCount(value: unknown, least: number): value is number {
  return isSafeInteger(value) && (value as number) >= least;
}

function isPositive(value: unknown): boolean {
  return isNumber(value) && (value as number) > 0;
}

function isNumbers(list: unknown, isOne: (value: unknown) => boolean, least = 1): boolean {
  if (!Array.isArray(list) || list.length < least) return false;
  for (let i = 0; i < list.length; i++) if (!isOne(list[i])) return false;
  return true;
}

const GROUPS: ReadonlySet<string> = new Set(["n", "min", "d", "a", "m", "t", "independent"]);
const VALUES: ReadonlySet<string> = new Set(["e", "v", "c", "independent"]);

function isSketch(sketch: unknown): boolean {
  if (typeof sketch !== "object" || sketch === null) return false;
  const { n, min, d, a, m, t, e, v, c, independent } = sketch as Readonly<Record<string, unknown>>;
  if (independent !== undefined && independent !== true) return false;
  const keys = n === undefined ? VALUES : GROUPS;
  for (const key in sketch) if (!keys.has(key)) return false;
  if (n === undefined)
    return (e === undefined || (isCount(e, 0) && e <= 12)) && isNumbers(v, isNumber) && isNumbers(c, isSeen);
  const [hasGroups, isSliced] = [
    isWhole(d) && isNumbers(a, isPart, 0),
    [m, t].every((each) => each === undefined || isWhole(each)),
  ];
  return isSeen(n) && isPositive(min) && hasGroups && isSliced;
}

function isSeen(value: unknown): boolean {
  return isCount(value, 1);
}

function isWhole(list: unknown): boolean {
  return isNumbers(list, isSafeInteger);
}

function isPart(value: unknown): boolean {
  return isCount(value, -8) && value <= 8;
}

function isQuantiles(quantiles: unknown): boolean {
  if (typeof quantiles !== "object" || quantiles === null || Array.isArray(quantiles)) return false;
  for (const level in quantiles)
    if (level === "__proto__" || !isNumber((quantiles as Readonly<Record<string, unknown>>)[level])) return false;
  return true;
}
