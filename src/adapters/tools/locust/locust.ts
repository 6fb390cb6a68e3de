import { GateError } from "../../../model/error.ts";
import type { Distribution } from "../../../model/measurement.ts";
import type { Adapter, ParsedRound, Told } from "../../adapter.ts";
import { field, isObject, opensWith } from "../../reading/json.ts";
import { withFailures } from "../../reading/load-notes.ts";
import { parted } from "../../reading/round.ts";
import { readStats } from "./csv.ts";
import { type Endpoint, sum } from "./endpoint.ts";
import { readJson } from "./json.ts";

const STATS_HEADER = "Type,Name,Request Count,Failure Count,";

/** The other files that `--csv` leaves beside `_stats.csv`, by how they begin. */
const OTHER_FILES: readonly (readonly [header: string, file: string])[] = [
  ["Timestamp,User Count,Type,Name,", "_stats_history.csv, a series of snapshots"],
  ["Method,Name,Error,Occurrences", "_failures.csv"],
  ["Count,Message,Traceback,Nodes", "_exceptions.csv"],
];

/**
 * The adapter of Locust: `--json` (all response times, rounded) or `--csv`'s `_stats.csv` (Locust's percentiles; it misses the last seconds).
 *
 * Benchmarks are `METHOD name`; where there are several, `Aggregated` holds all requests together in both shapes. Locust rounds response
 * times to whole milliseconds and above 100 ms to two significant digits: `resolution` is the step at the median. Locust's users wait for
 * their answers, so the load is closed. It times what failed as what did not, without a difference; throughput is what succeeded. It exits with 1 where a request failed; the results are complete then.
 */
export const locust: Adapter = {
  name: "locust",
  title: "Locust",
  command: "locust --headless -u 10 -t 60s --json > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0, { code: 1, means: "a request failed, or the script says so" }],
  recognises: ({ text, json }) =>
    [STATS_HEADER, ...OTHER_FILES.map(([header]) => header)].some((header) => opensWith(text, header)) ||
    (isStats(json()) && text.includes('"num_none_requests"')),
  parse(output) {
    const { text } = output;
    const other = OTHER_FILES.find(([header]) => opensWith(text, header));
    if (other !== undefined) throw notReadable(`this is Locust's ${other[1]}`);
    if (opensWith(text, "[")) return [conclude(readJson(output))];
    if (opensWith(text, STATS_HEADER)) return [conclude(readStats(text))];
    throw notReadable("this is not an output of Locust that can be read");
  },
};

function notReadable(problem: string): GateError {
  return new GateError(problem, "Give the output of --json, or the file that ends in _stats.csv", { line: 1 });
}

function isStats(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => isObject(entry) && isObject(field(entry, "response_times")));
}

function conclude(endpoints: readonly Endpoint[]): ParsedRound {
  const all = endpoints.filter(({ name }) => name !== "Aggregated");
  const [requests, failed] = [
    sum(all.map((endpoint) => endpoint.requests)),
    sum(all.map((endpoint) => endpoint.failures)),
  ];
  if (failed === requests) {
    const reason =
      requests === 0 ? "Locust made no request: check the locustfile and --run-time" : failedReason(requests);
    return { measurements: [], failures: [{ benchmark: "*", reason }] };
  }
  const asked = (all.length > 1 ? endpoints : all).filter((endpoint) => endpoint.requests > 0);
  return parted(
    asked.flatMap((endpoint): Told[] =>
      endpoint.failures === endpoint.requests
        ? [{ benchmark: endpoint.name, reason: failedReason(endpoint.requests) }]
        : measure(endpoint),
    ),
  );
}

function failedReason(requests: number): string {
  return `all ${requests} requests failed: check that the host is up and answers as the locustfile expects`;
}

function measure({ name, requests, failures, rate, latency }: Endpoint): Told[] {
  const common = { benchmark: name, loadModel: "closed" } as const;
  const single = (value: number): Distribution => ({ kind: "value", value, exact: false });
  return [
    ...(latency === null ? [] : [{ ...common, metric: "latency", unit: "s", better: "lower", ...latency } as const]),
    ...(rate === null
      ? []
      : [
          {
            ...common,
            metric: "throughput",
            unit: "1/s",
            better: "higher",
            distribution: single((rate * (requests - failures)) / requests),
          } as const,
        ]),
    { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(failures / requests) },
    ...(latency === null || failures === 0 ? [] : [withFailures(name, "Locust", failures, "fix what fails first")]),
  ];
}
