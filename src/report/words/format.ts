import { DIMENSIONS, MORE_AND_LESS, type Words } from "../../model/dimension.ts";
import { largest } from "../../model/extremes.ts";
import { knownMetric } from "../../model/metric.ts";

/** A power of a unit in which a whole row is written; `own` says that the suffix is the tool's word, not ours. */
export interface Scale {
  readonly factor: number;
  readonly suffix: string;
  readonly own: boolean;
}

type Step = readonly [factor: number, suffix: string];

const TIME: readonly Step[] = [
  [1e-9, " ns"],
  [1e-6, " µs"],
  [1e-3, " ms"],
  [1, " s"],
];
const BINARY = ["B", "KiB", "MiB", "GiB", "TiB"];
const DECIMAL = ["", "k", "M", "G"];

/** Canonical units and how each is scaled for people, smallest step first. */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  s: TIME,
  B: BINARY.map((prefix, power): Step => [1024 ** power, ` ${prefix}`]),
  "B/s": BINARY.map((prefix, power): Step => [1024 ** power, ` ${prefix}/s`]),
  "1/s": DECIMAL.map((prefix, power): Step => [1000 ** power, prefix === "" ? "/s" : ` ${prefix}/s`]),
  "1": DECIMAL.map((prefix, power): Step => [1000 ** power, prefix === "" ? "" : ` ${prefix}`]),
};
const SHARE: readonly Step[] = [[0.01, " %"]];

/** The one scale of a row: the largest step that keeps the row's largest value at 1 or above. */
export function scaleFor(unit: string, metric: string, values: readonly (number | null)[]): Scale {
  const steps = unit === "1" && isShare(metric) ? SHARE : Object.hasOwn(STEPS, unit) ? STEPS[unit] : undefined;
  if (steps === undefined) return { factor: 1, suffix: unit, own: true };
  const top = largest(values.map((value) => (value === null || !Number.isFinite(value) ? 0 : Math.abs(value))));
  const base = steps.find(([factor]) => factor === 1) ?? steps[0]!;
  const fitting = steps.filter(([factor]) => Number((top / factor).toPrecision(3)) >= 1).at(-1);
  const [factor, suffix] = top === 0 ? base : (fitting ?? steps[0]!);
  return { factor, suffix, own: false };
}

/** Whether a number without a unit is read as a percentage: a tool's own metric says so by its name. */
function isShare(metric: string): boolean {
  const known = knownMetric(metric);
  return known === null ? /(^|-)(rate|ratio)$/.test(metric) : known.dimensions.includes("share");
}

/** A number in three significant digits, never in exponents where people can read it without; "–" where there is none. */
export function significant(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(3));
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  if (magnitude < -6 || magnitude > 14) return minus(rounded.toExponential(2));
  const [whole, fraction] = Math.abs(rounded)
    .toFixed(Math.max(0, 2 - magnitude))
    .split(".");
  const grouped = (whole ?? "").replace(/\B(?=(\d{3})+$)/g, ",");
  return `${rounded < 0 ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** A share as a percentage without trailing zeros: 0.05 → "5 %". */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${trimmed(significant(share * 100))} %` : "–";
}

/** A ratio's change as a signed percentage: three significant digits, two decimals at most. */
export function signedPercent(ratio: number): string {
  return Number.isFinite(ratio) ? `${signed((ratio - 1) * 100)} %` : "–";
}

/** The words for a change of what is measured in `unit`: times are slower and faster, everything else is more and less. */
export function wordsFor(unit: string): Words {
  return Object.values(DIMENSIONS).find((dimension) => dimension.unit === unit)?.words ?? MORE_AND_LESS;
}

/** A ratio as people say it: "+12.5 %", and beyond ±50 % "1.62× slower". */
export function change(ratio: number, words: Words): string {
  if (!Number.isFinite(ratio)) return "–";
  if (!isLarge(ratio)) return signedPercent(ratio);
  if (ratio <= 0) return signedPercent(ratio);
  return ratio > 1 ? `${significant(ratio)}× ${words.more}` : `${significant(1 / ratio)}× ${words.less}`;
}

/** An interval of ratios beside its `change`: "(+10.9 … +14.2)" in per cent, or "(1.58 … 1.66×)" where the change is told as a factor. */
export function changeInterval({ lower, upper }: { lower: number; upper: number }, ratio: number): string {
  const asFactor = isLarge(ratio) && ratio > 0 && (ratio > 1 ? lower >= 1 : lower > 0 && upper <= 1);
  if (!asFactor) return `(${bound(lower)} … ${bound(upper)})`;
  const [from, to] = ratio > 1 ? [lower, upper] : [1 / upper, 1 / lower];
  return `(${significant(from)} … ${Number.isFinite(to) ? significant(to) : "∞"}×)`;
}

/** A probability: "p = 0.023", and "p < 0.001" below that. */
export function probability(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`;
}

/** A probability or an expected count as a bare number, two significant digits. */
export function small(value: number): string {
  if (value === 0) return "0";
  return value < 0.001 ? "under 0.001" : String(Number(value.toPrecision(2)));
}

const SPANS: readonly (readonly [seconds: number, one: string, many: string])[] = [
  [86_400, "day", "days"],
  [3_600, "h", "h"],
  [60, "min", "min"],
  [1, "s", "s"],
];

/** A time span in its largest whole unit: "6 h", "3 days". */
export function duration(seconds: number): string {
  const [length, one, many] = SPANS.find(([span]) => seconds >= span) ?? SPANS.at(-1)!;
  const count = Math.max(0, Math.floor(seconds / length));
  return `${count} ${count === 1 ? one : many}`;
}

/** A time span that is only known roughly, rounded up: "~40 s", "~3 min", "~2 h". */
export function roughly(seconds: number): string {
  if (seconds < 90) return `~${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `~${Math.ceil(seconds / 60)} min` : `~${Math.ceil(seconds / 3_600)} h`;
}

/** Several words as English lists them: "6, 12 and 24". */
export function listed(words: readonly (string | number)[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A count with its noun: "1 pair", "12 pairs", "3,000 pairs". */
export function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

function isLarge(ratio: number): boolean {
  return ratio > 1.5 || ratio < 0.5;
}

function bound(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return Number.isFinite(ratio) ? signed((ratio - 1) * 100) : "+∞";
}

function signed(value: number): string {
  const text = Math.abs(value) < 1 ? minus(value.toFixed(2)) : significant(value);
  if (Number(text.replace("−", "")) === 0) return "±0";
  return value > 0 ? `+${text}` : text;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function minus(text: string): string {
  return text.replace(/^-/, "−");
}
