import type { Environment } from "../../model/environment.ts";
import { keyOf } from "../../model/key.ts";
import { inPieces } from "../../model/pieces.ts";
import type { Revision } from "../../model/recording.ts";
import type { RawSeries } from "../../model/trend.ts";
import type { Outcome } from "../../model/verdict.ts";
import { clean } from "../parts/escape.ts";

/** Whose numbers these are, beyond what an outcome tells. */
export interface OtlpAbout {
  /** When they were told. */
  readonly now: Date;
  /** The gate and the address of the repository; absent where they are not known. */
  readonly gate?: string;
  readonly repository?: string;
}

/** One number with what sets it apart. */
interface Point {
  readonly metric: string;
  /** Canonical, as in a recording. */
  readonly unit: string;
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The most points of one request: a megabyte, where collectors take four. */
const AT_ONCE = 2000;

/** The longest name that is sent, in code points. */
const LONGEST = 500;

/**
 * The bodies of OTLP/HTTP requests (`ExportMetricsServiceRequest` as JSON, https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding) that tell a verdict: both
 * sides' p50, p99 and whatever else is judged, as gauges by metric (`benchgate.latency`, …); their ratio, the verdict on each, and the outcome.
 */
export function otlpVerdicts(outcome: Outcome, about: OtlpAbout): readonly string[] {
  const points = outcome.judgements.flatMap((each): readonly Point[] => {
    const { suite, benchmark, metric, statistic, unit, severity, verdict, comparison } = each;
    const attributes = namesOf({ suite, benchmark, metric, statistic });
    const sides = (["baseline", "candidate"] as const).map(
      (side): Point => ({
        metric: `benchgate.${metric}`,
        unit,
        value: each[side] ?? Number.NaN,
        attributes: { ...attributes, "benchgate.side": side },
      }),
    );
    return [
      ...sides,
      { metric: "benchgate.ratio", unit: "1", value: comparison?.ratio ?? Number.NaN, attributes },
      {
        metric: "benchgate.verdict",
        unit: "1",
        value: 1,
        attributes: { ...attributes, "benchgate.verdict": verdict, "benchgate.severity": severity },
      },
    ];
  });
  const whole: Point = {
    metric: "benchgate.outcome",
    unit: "1",
    value: 1,
    attributes: { "benchgate.outcome": outcome.outcome },
  };
  const { revision, environment } = outcome.candidate;
  return bodies([whole, ...points], resourceOf(revision, environment, about), about.now);
}

/** As `otlpVerdicts`, for a run that is judged by nobody: the newest point of each series. */
export function otlpSeries(
  series: readonly RawSeries[],
  of: { readonly revision: Revision; readonly environment: Environment },
  about: OtlpAbout,
): readonly string[] {
  const points = series.map((each): Point => {
    const attributes = { ...namesOf(each), "benchgate.side": "candidate" };
    const value = each.points.at(-1)?.value ?? Number.NaN;
    return { metric: `benchgate.${each.metric}`, unit: each.unit, value, attributes };
  });
  return bodies(points, resourceOf(of.revision, of.environment, about), about.now);
}

function namesOf(row: Pick<RawSeries, "suite" | "benchmark" | "metric" | "statistic">) {
  return {
    "benchgate.suite": row.suite,
    "benchgate.benchmark": row.benchmark,
    "benchgate.metric": row.metric,
    "benchgate.statistic": row.statistic,
  };
}

/** The names are those of the semantic conventions, where they have one. */
function resourceOf({ sha, ref }: Revision, { os, arch, cpu }: Environment, { gate, repository }: OtlpAbout) {
  return {
    "service.name": "benchgate",
    "vcs.ref.head.revision": sha,
    "vcs.ref.head.name": ref,
    "os.type": os,
    "host.arch": arch,
    "host.cpu.model.name": cpu,
    ...(gate !== undefined && { "benchgate.gate": gate }),
    ...(repository !== undefined && { "vcs.repository.url.full": repository }),
  };
}

function bodies(points: readonly Point[], resource: Readonly<Record<string, string>>, now: Date): readonly string[] {
  // JSON has no numbers that are none.
  const told = points.filter(({ value }) => Number.isFinite(value));
  return inPieces(told, AT_ONCE).map((piece) =>
    JSON.stringify({
      resourceMetrics: [
        {
          resource: { attributes: attributesOf(resource) },
          scopeMetrics: [{ scope: { name: "benchgate" }, metrics: metricsOf(piece, now) }],
        },
      ],
    }),
  );
}

/** A metric has one name and one unit. */
function metricsOf(points: readonly Point[], now: Date) {
  const metrics = new Map<string, Point[]>();
  for (const point of points) {
    const key = keyOf(point.metric, point.unit);
    const same = metrics.get(key);
    if (same === undefined) metrics.set(key, [point]);
    else same.push(point);
  }
  const timeUnixNano = `${now.getTime()}000000`;
  return [...metrics.values()].map((same) => ({
    name: metricName(same[0]!.metric),
    unit: unitOf(same[0]!.unit),
    gauge: {
      dataPoints: same.map(({ value, attributes }) => ({
        timeUnixNano,
        asDouble: value,
        attributes: attributesOf(attributes),
      })),
    },
  }));
}

function attributesOf(values: Readonly<Record<string, string>>) {
  return Object.entries(values)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => ({ key, value: { stringValue: clean(value, LONGEST) } }));
}

/** The name of an instrument: a letter, then letters, digits and `_.-/`, 255 in all. */
function metricName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_./-]/g, "_").slice(0, 255);
}

/** Units as UCUM writes them; a tool's own is an annotation. */
const UNITS: Readonly<Record<string, string>> = { s: "s", B: "By", "1/s": "1/s", "B/s": "By/s", "1": "1" };

function unitOf(unit: string): string {
  if (Object.hasOwn(UNITS, unit)) return UNITS[unit]!;
  const own = unit.replaceAll(/[^!-z|~]/g, "").slice(0, 60);
  return own === "" ? "1" : `{${own}}`;
}
