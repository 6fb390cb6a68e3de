import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  opensWith,
  readObject,
  readPositive,
  readString,
} from "../reading/json.ts";
import { type LoadSummary, levelOf, pathOf, printedQuantiles, roundsOf } from "../reading/load-summary.ts";

/** bombardier records whole microseconds. */
const PER_SECOND = 1e6;

/** bombardier's counters, and how a request of each ended. `others` got no answer. */
const COUNTERS: Readonly<Record<string, "answered" | "failed">> = {
  req1xx: "answered",
  req2xx: "answered",
  req3xx: "answered",
  req4xx: "failed",
  req5xx: "failed",
  others: "failed",
};

/**
 * The adapter of bombardier's JSON (`-o json -p r`): percentiles with `-l`, else the mean and the maximum alone.
 *
 * The benchmark is the path of the URL. A request has failed where it got no answer or a status of 400 or more; its time counts among the latencies.
 * Throughput is what succeeded in the time that the run took. The load is closed: `--rate` only paces it.
 */
export const bombardier: Adapter = {
  name: "bombardier",
  title: "bombardier",
  command: "bombardier -c 8 -d 30s -l -o json -p r http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) => opensWith(text, "Bombarding ") || isReport(json()),
  parse(output) {
    const { text } = output;
    const report = opensWith(text, "{") ? jsonOf(output) : undefined;
    if (!isReport(report))
      throw new GateError("This is not bombardier's JSON", "Run bombardier with -o json -p r -l", { line: 1 });
    return roundsOf("bombardier", [readRun(report)]);
  },
};

function isReport(value: unknown): value is JsonObject {
  if (!isObject(value) || !isObject(field(value, "spec"))) return false;
  const result = field(value, "result");
  return isObject(result) && Object.hasOwn(result, "req2xx") && isObject(field(result, "latency"));
}

function readRun(report: JsonObject): LoadSummary {
  const spec = readObject(field(report, "spec"), "spec");
  const result = readObject(field(report, "result"), "result");
  const counted = Object.entries(COUNTERS).map(([key, ended]) => {
    return { key, ended, n: readPositive(field(result, key), at("result", key)) };
  });
  const total = (of: typeof counted) => of.reduce((sum, { n }) => sum + n, 0);
  const failures = counted.filter(({ ended, n }) => ended === "failed" && n > 0);
  const seconds = readPositive(field(result, "timeTakenSeconds"), "result.timeTakenSeconds");
  const requests = total(counted);
  return {
    benchmark: pathOf(readString(field(spec, "url"), "spec.url")),
    loadModel: "closed",
    requests,
    failed: total(failures),
    errors: failures.map(({ key, n }) => `${n} ${key}`).join(", "),
    rate: seconds > 0 ? { perSecond: requests / seconds, of: requests } : null,
    failedInLatency: total(failures),
    latency:
      requests === 0
        ? null
        : { distribution: readLatency(result, requests), estimator: "nearest-rank", resolution: 1 / PER_SECOND },
  };
}

function readLatency(result: JsonObject, count: number) {
  const latency = readObject(field(result, "latency"), "result.latency");
  const percentiles = readObject(field(latency, "percentiles") ?? {}, "result.latency.percentiles");
  const seconds = (object: JsonObject, key: string, path: string) =>
    readPositive(field(object, key), at(path, key)) / PER_SECOND;
  const printed = Object.keys(percentiles)
    .filter((key) => /^\d{1,3}(?:\.\d{1,6})?$/.test(key))
    .map((key) => [levelOf(Number(key)), seconds(percentiles, key, "result.latency.percentiles")] as const);
  const [mean, max] = ["mean", "max"].map((key) => seconds(latency, key, "result.latency"));
  return printedQuantiles(printed, { mean: mean!, max: max!, count });
}
