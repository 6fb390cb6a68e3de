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

/** The result codes that Fortio itself takes for success, of its HTTP, TCP, UDP and gRPC runners. 418 is the echo server's answer. */
const SUCCESS = /^(?:2\d\d|418|OK|SERVING)$/;

/**
 * The adapter of Fortio's JSON (`-json FILE`), which Nighthawk writes too (there with counts as texts): percentiles as asked for with `-p`, in seconds.
 *
 * Fortio interpolates its percentiles within buckets. The benchmark is the path of the URL, or the kind of run where there is none: labels hold the
 * machine's name by default. Failed calls count among the latencies. Their number is that of `ErrorsDurationHistogram` where it
 * is there, else of the result codes that are no success. Each of Fortio's connections waits for its answer, so the load is closed even
 * with `-qps`; Nighthawk's file does not tell its model.
 */
export const fortio: Adapter = {
  name: "fortio",
  title: "Fortio",
  command: "fortio load -qps 0 -t 30s -c 8 -p 50,75,90,95,99,99.9 -json $BENCHGATE_OUTPUT http://127.0.0.1:$PORT/",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ json }) => isResult(json()),
  parse(output) {
    const result = jsonOf(output);
    return roundsOf("Fortio", [isResult(result) ? readRun(result) : mistake("a result of Fortio", result, "")]);
  },
};

function isResult(value: unknown): value is JsonObject {
  return isObject(value) && isObject(field(value, "DurationHistogram")) && Object.hasOwn(value, "ActualQPS");
}

function readRun(result: JsonObject): LoadSummary {
  const histogram = readObject(field(result, "DurationHistogram"), "DurationHistogram");
  const codes = readObject(field(result, "RetCodes") ?? {}, "RetCodes");
  const counted = Object.keys(codes).map((code) => ({
    code,
    n: readProtoNumber(field(codes, code), at("RetCodes", code)),
  }));
  const total = (of: typeof counted) => of.reduce((sum, { n }) => sum + n, 0);
  const bad = counted.filter(({ code, n }) => !SUCCESS.test(code) && n > 0);
  const count = readProtoNumber(field(histogram, "Count"), "DurationHistogram.Count");
  const requests = counted.length === 0 ? count : total(counted);
  const timed = field(result, "ErrorsDurationHistogram");
  const failed = isObject(timed) ? readProtoNumber(field(timed, "Count"), "ErrorsDurationHistogram.Count") : total(bad);
  const nighthawk = String(field(result, "Labels") ?? "").endsWith("Nighthawk");
  return {
    benchmark: nameOf(result),
    ...(nighthawk ? {} : { loadModel: "closed" }),
    requests,
    failed: Math.min(failed, requests),
    errors: bad
      .map(({ code, n }) => `${n} code ${code}`)
      .join(", ")
      .slice(0, 300),
    rate: readPositive(field(result, "ActualQPS"), "ActualQPS"),
    answered: requests,
    latency: count === 0 ? null : { distribution: readLatency(histogram, count), estimator: "interpolated" },
  };
}

function nameOf(result: JsonObject): string {
  const [url, kind] = [field(result, "URL"), field(result, "RunType")];
  if (typeof url === "string" && url !== "") return pathOf(url);
  return typeof kind === "string" && kind !== "" ? kind : mistake("a URL or a kind of run", url, "URL");
}

function readLatency(histogram: JsonObject, count: number) {
  const path = "DurationHistogram.Percentiles";
  const printed = readArray(field(histogram, "Percentiles") ?? [], path).map((each, i) => {
    const entry = readObject(each, at(path, i));
    const read = (key: string) => readPositive(field(entry, key), at(at(path, i), key));
    return [levelOf(read("Percentile")), read("Value")] as const;
  });
  const [min, max, mean] = ["Min", "Max", "Avg"].map((key) =>
    readPositive(field(histogram, key), at("DurationHistogram", key)),
  );
  return printedQuantiles(printed, { min: min!, max: max!, mean: mean!, count });
}
