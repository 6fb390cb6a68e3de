import type { Distribution } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  readArray,
  readObject,
  readPositive,
} from "../reading/json.ts";
import { type LoadSummary, levelOf, pathOf, printedQuantiles, roundsOf } from "../reading/load-summary.ts";
import { readProtoNumber } from "../reading/proto-json.ts";
import { type Expected, httpSuccess } from "../reading/status.ts";

/** The result codes that Fortio itself takes for success, of its HTTP, TCP, UDP and gRPC runners. 418 is the echo server's answer. */
const SUCCESS = /^(?:2\d\d|418|OK|SERVING)$/;

/**
 * The adapter of Fortio's JSON (`-json FILE`), which Nighthawk writes too (there with counts as texts): percentiles as asked for with `-p`, in seconds.
 *
 * Fortio interpolates its percentiles within buckets. The benchmark is the path of the URL, or the kind of run where there is none: labels hold the
 * machine's name by default. Failed calls are those of `ErrorsDurationHistogram` where it is there, whose buckets are then taken off the latencies, else
 * those of the result codes that are no success, which stay among them. Each of Fortio's connections waits for its answer, so the load is closed even
 * with `-qps`; Nighthawk's file does not tell its model.
 */
export const fortio: Adapter = {
  name: "fortio",
  title: "Fortio",
  command: "fortio load -qps 0 -t 30s -c 8 -p 50,75,90,95,99,99.9 -json $BENCHGATE_OUTPUT http://127.0.0.1:$PORT/",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  tellsStatus: true,
  recognises: ({ json }) => isResult(json()),
  parse(output) {
    const result = jsonOf(output);
    return roundsOf("Fortio", [
      isResult(result) ? readRun(result, output.expected) : mistake("a result of Fortio", result, ""),
    ]);
  },
};

function isResult(value: unknown): value is JsonObject {
  return isObject(value) && isObject(field(value, "DurationHistogram")) && Object.hasOwn(value, "ActualQPS");
}

function readRun(result: JsonObject, expected: Expected): LoadSummary {
  const histogram = readObject(field(result, "DurationHistogram"), "DurationHistogram");
  const codes = readObject(field(result, "RetCodes") ?? {}, "RetCodes");
  const counted = Object.keys(codes).map((code) => ({
    code,
    n: readProtoNumber(field(codes, code), at("RetCodes", code)),
  }));
  const total = (of: typeof counted) => of.reduce((sum, { n }) => sum + n, 0);
  const isSuccess = httpSuccess(expected, (status) => SUCCESS.test(String(status)));
  const bad = counted.filter(
    ({ code, n }) => n > 0 && !(/^\d+$/.test(code) ? isSuccess(Number(code)) : SUCCESS.test(code)),
  );
  const count = readProtoNumber(field(histogram, "Count"), "DurationHistogram.Count");
  const requests = counted.length === 0 ? count : total(counted);
  const timed = field(result, "ErrorsDurationHistogram");
  const errors = isObject(timed) ? timed : null;
  const erred = errors === null ? 0 : readProtoNumber(field(errors, "Count"), "ErrorsDurationHistogram.Count");
  const failed = Math.min(requests, errors === null || expected !== undefined ? total(bad) : erred);
  const nighthawk = String(field(result, "Labels") ?? "").endsWith("Nighthawk");
  const apart =
    errors !== null && erred === failed && failed > 0 && failed < count ? withoutErrors(histogram, errors) : null;
  return {
    benchmark: nameOf(result),
    ...(nighthawk ? {} : { loadModel: "closed" }),
    requests,
    failed,
    errors: bad
      .map(({ code, n }) => `${n} code ${code}`)
      .join(", ")
      .slice(0, 300),
    rate: { perSecond: readPositive(field(result, "ActualQPS"), "ActualQPS"), of: count },
    latency: count === 0 ? null : { distribution: apart ?? readLatency(histogram, count), estimator: "interpolated" },
    failedInLatency: apart === null ? Math.min(failed, count) : 0,
  };
}

function nameOf(result: JsonObject): string {
  const [url, kind] = [field(result, "URL"), field(result, "RunType")];
  if (typeof url === "string" && url !== "") return pathOf(url);
  return typeof kind === "string" && kind !== "" ? kind : mistake("a URL or a kind of run", url, "URL");
}

function printedIn(histogram: JsonObject) {
  const path = "DurationHistogram.Percentiles";
  return readArray(field(histogram, "Percentiles") ?? [], path).map((each, i) => {
    const entry = readObject(each, at(path, i));
    const read = (key: string) => readPositive(field(entry, key), at(at(path, i), key));
    return [levelOf(read("Percentile")), read("Value")] as const;
  });
}

function readLatency(histogram: JsonObject, count: number) {
  const [min, max, mean] = ["Min", "Max", "Avg"].map((key) =>
    readPositive(field(histogram, key), at("DurationHistogram", key)),
  );
  return printedQuantiles(printedIn(histogram), { min: min!, max: max!, mean: mean!, count });
}

/** A bucket of Fortio's histogram: so many calls took between `start` and `end` seconds. */
interface Bucket {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/**
 * The latencies of the calls that succeeded: the buckets of all calls less those of the errors, whose bounds are the same but at the two ends. The percentiles
 * are those that Fortio printed for all, interpolated within buckets as Fortio does it (`HistogramData.CalcPercentile`). Null where the buckets do not
 * fit together.
 */
function withoutErrors(all: JsonObject, errors: JsonObject): Distribution | null {
  const left = bucketsOf(all, "DurationHistogram");
  const erred = bucketsOf(errors, "ErrorsDurationHistogram");
  if (erred.reduce((sum, { count }) => sum + count, 0) !== readProtoNumber(field(errors, "Count"), "Count"))
    return null;
  for (const { start, end, count } of erred) {
    const middle = start + (end - start) / 2;
    const same = left.find((bucket) => bucket.start <= middle && middle <= bucket.end && bucket.count >= count);
    if (same === undefined) return null;
    same.count -= count;
  }
  const filled = left.filter(({ count }) => count > 0);
  const count = filled.reduce((sum, bucket) => sum + bucket.count, 0);
  const [first, last] = [filled[0], filled.at(-1)];
  if (first === undefined || last === undefined) return null;
  const sum = (histogram: JsonObject, path: string) => readPositive(field(histogram, "Sum"), at(path, "Sum"));
  const mean = (sum(all, "DurationHistogram") - sum(errors, "ErrorsDurationHistogram")) / count;
  const printed = printedIn(all).map(([level]) => [level, valueAt(filled, level * count)] as const);
  return printedQuantiles(printed, { min: first.start, max: last.end, count, ...(mean > 0 ? { mean } : {}) });
}

function bucketsOf(histogram: JsonObject, path: string): readonly (Bucket & { count: number })[] {
  const where = at(path, "Data");
  return readArray(field(histogram, "Data") ?? [], where).map((each, i) => {
    const bucket = readObject(each, at(where, i));
    const read = (key: string) => readPositive(field(bucket, key), at(at(where, i), key));
    const count = readProtoNumber(field(bucket, "Count"), at(at(where, i), "Count"));
    return { start: read("Start"), end: read("End"), count };
  });
}

/** The value below which so many calls lie. */
function valueAt(buckets: readonly Bucket[], rank: number): number {
  let below = 0;
  for (const { start, end, count } of buckets) {
    if (rank <= below + count) return start + ((rank - below) / count) * (end - start);
    below += count;
  }
  return buckets.at(-1)!.end;
}
