import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { ParsedRound } from "../../adapter.ts";
import { parseDuration } from "../../reading/duration.ts";
import { field, isObject, type JsonObject, mistake, readObject, readPositive } from "../../reading/json.ts";
import { UNNAMED } from "../../reading/load-summary.ts";
import { readQuantiles } from "../../reading/quantiles.ts";
import { allFailed, single } from "../../reading/requests.ts";
import { NOTHING, VEGETA } from "./results.ts";

const LEVELS = { "0": "min", "0.5": "50th", "0.9": "90th", "0.95": "95th", "0.99": "99th", "1": "max" };

/** Whether a JSON value is `vegeta report -type=json`. */
export function isReport(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const latencies = field(value, "latencies");
  return isObject(latencies) && Object.hasOwn(latencies, "50th") && isObject(field(value, "status_codes"));
}

/** What both reports say: quantiles and rates, which vegeta takes of all requests, those that failed too. */
interface Report {
  readonly latency: Pick<ToolMeasurement, "distribution" | "resolution">;
  readonly requests: number;
  readonly success: number;
  readonly throughput: number;
}

/** The round of `vegeta report -type=json`. */
export function readReport(report: JsonObject): ParsedRound {
  const number = (key: string) => readPositive(field(report, key), key);
  const requests = number("requests");
  if (requests === 0) throw new GateError("the report holds no request", NOTHING, { path: "requests" });
  const latencies = readObject(field(report, "latencies"), "latencies");
  const distribution = inSeconds(readQuantiles(latencies, "latencies", LEVELS, requests, 1));
  return conclude({
    latency: { distribution, resolution: VEGETA.resolution },
    ...{ requests, success: number("success"), throughput: number("throughput") },
  });
}

function inSeconds(distribution: ToolMeasurement["distribution"]): ToolMeasurement["distribution"] {
  if (distribution.kind !== "quantiles") return distribution;
  const { quantiles, mean } = distribution;
  return {
    ...distribution,
    quantiles: Object.fromEntries(Object.entries(quantiles).map(([level, value]) => [level, value / VEGETA.per])),
    ...(mean === undefined ? {} : { mean: mean / VEGETA.per }),
  };
}

function conclude({ latency, requests, success, throughput }: Report): ParsedRound {
  if (success > 1) mistake("a share of at most 1", success, "success");
  if (success === 0) return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(requests) }] };
  const { loadModel } = VEGETA;
  return {
    measurements: [
      {
        benchmark: UNNAMED,
        metric: "latency",
        unit: "s",
        better: "lower",
        ...latency,
        estimator: "t-digest",
        loadModel,
      },
      {
        benchmark: UNNAMED,
        metric: "throughput",
        unit: "1/s",
        better: "higher",
        distribution: single(throughput),
        loadModel,
      },
      {
        benchmark: UNNAMED,
        metric: "error-rate",
        unit: "1",
        better: "lower",
        distribution: single(1 - success),
        loadModel,
      },
    ],
    failures: [],
  };
}

/** The rows of the text report, by how each begins, with the names of its numbers. */
const ROW = /^(Requests|Duration|Latencies|Bytes In|Bytes Out|Success|Status Codes) +\[([\w:, ]+)\] +(.*)$/;

/** Whether a text begins as `vegeta report -type=text`. */
export function isTextReport(head: string): boolean {
  return /^Requests +\[total, rate[\w, ]*\] +\d/.test(head);
}

/** The round of `vegeta report -type=text`, whose latencies are rounded; the error set at its end holds texts of any kind. */
export function readTextReport(text: string): ParsedRound {
  const rows = new Map<string, { values: Map<string, string>; line: number }>();
  for (const [i, each] of text.split(/\r?\n/).entries()) {
    if (/^Error Set:/.test(each)) break;
    const row = ROW.exec(each);
    if (row === null && each.trim() !== "") {
      throw new GateError("This line is not of vegeta's report", "Give the report alone, or -type=json", {
        line: i + 1,
      });
    }
    if (row === null) continue;
    const [names, values] = [row[2]!.split(", "), row[3]!.trim().split(", ")];
    rows.set(row[1]!, { values: new Map(names.map((name, k) => [name, values[k] ?? ""])), line: i + 1 });
  }
  const cell = <T>(row: string, name: string, read: (text: string) => T | null): T => {
    const found = rows.get(row);
    const value = read(found?.values.get(name) ?? "");
    if (value !== null) return value;
    const problem = `There is no ${row} [${name}] that can be read`;
    throw new GateError(problem, "Give the whole report, or -type=json", { line: found?.line ?? 1 });
  };
  const latencies = [...(rows.get("Latencies")?.values ?? [])].map(
    ([name]) => [name, cell("Latencies", name, readDuration)] as const,
  );
  if (latencies.length === 0) {
    throw new GateError("There is no row of Latencies", "Give the whole report, or -type=json", { line: 1 });
  }
  const quantiles = latencies.flatMap(([name, { seconds }]) =>
    name === "mean" ? [] : [[levelOf(name), seconds] as const],
  );
  const mean = latencies.find(([name]) => name === "mean")?.[1].seconds;
  const requests = cell("Requests", "total", readCount);
  if (requests === 0) throw new GateError("the report holds no request", NOTHING, { line: 1 });
  const success = cell("Success", "ratio", readPercent);
  const hasThroughput = rows.get("Requests")?.values.has("throughput") === true;
  return conclude({
    latency: {
      distribution: {
        kind: "quantiles",
        quantiles: Object.fromEntries(quantiles),
        count: requests,
        ...(mean === undefined ? {} : { mean }),
      },
      resolution: Math.max(...latencies.map(([, { step }]) => step)),
    },
    requests,
    success,
    throughput: hasThroughput
      ? cell("Requests", "throughput", readDecimal)
      : cell("Requests", "rate", readDecimal) * success,
  });
}

function levelOf(name: string): string {
  return name === "min" ? "0" : name === "max" ? "1" : String(Number(name) / 100);
}

const DURATION = /^(?:\d+(?:\.\d+)?(?:h|ms|µs|μs|us|ns|m|s))+$/;

/** A duration as Go prints it, `1m30.5s` or `217.088µs`, and what its last digit is worth, both in seconds. */
function readDuration(text: string): { seconds: number; step: number } | null {
  if (text === "0" || text === "0s") return { seconds: 0, step: VEGETA.resolution };
  if (text.length > 60 || !DURATION.test(text)) return null;
  const parts = (text.match(/[\d.]+[^\d.]+/g) ?? []).map(parseDuration);
  return parts.reduce((sum, part) => sum && part && { seconds: sum.seconds + part.seconds, step: part.step });
}

function readCount(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function readDecimal(text: string): number | null {
  return /^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
}

function readPercent(text: string): number | null {
  const number = text.endsWith("%") ? readDecimal(text.slice(0, -1)) : null;
  return number === null ? null : number / 100;
}
