import { encodeHistogram } from "../../../codec/histogram.ts";
import { largest, smallest } from "../../../model/extremes.ts";
import type { ToolOutput } from "../../adapter.ts";
import { field, jsonOf, mistake, readArray, readObject, readPositive, readString } from "../../reading/json.ts";
import { type Endpoint, endpointName, refuseClashes, stepAt, sum } from "./endpoint.ts";

/** The endpoints of `--json`, and all of them together as `Aggregated`. Throws a `GateError` with the path of what Locust does not write. */
export function readJson(output: ToolOutput): readonly Endpoint[] {
  const entries = readArray(jsonOf(output), "").map((value, i) => {
    const entry = readObject(value, `[${i}]`);
    const number = (key: string) => readPositive(field(entry, key), `[${i}].${key}`);
    const times = readObject(field(entry, "response_times"), `[${i}].response_times`);
    const word = (key: string) => readString(field(entry, key) ?? "", `[${i}].${key}`);
    return {
      name: endpointName(word("method"), word("name")),
      requests: number("num_requests"),
      failures: number("num_failures"),
      start: number("start_time"),
      end: readPositive(field(entry, "last_request_timestamp") ?? 0, `[${i}].last_request_timestamp`),
      times: Object.keys(times).map((key) => {
        const path = `[${i}].response_times[${JSON.stringify(key)}]`;
        return [readWhole(Number(key), path), readWhole(field(times, key), path)] as const;
      }),
    };
  });
  refuseClashes(entries.map(({ name }) => ({ name })));
  // Locust divides by the whole run, not by the time from one endpoint's first request to its last.
  const seconds = largest(entries.map(({ end }) => end)) - smallest(entries.map(({ start }) => start));
  const endpoint = (name: string, from: typeof entries): Endpoint => {
    const requests = sum(from.map((entry) => entry.requests));
    const failures = sum(from.map((entry) => entry.failures));
    return {
      name,
      requests,
      failures,
      rate: seconds > 0 ? requests / seconds : null,
      latency: histogram(from.flatMap(({ times }) => times)),
    };
  };
  return [...entries.map((entry) => endpoint(entry.name, [entry])), endpoint("Aggregated", entries)];
}

function medianOf(times: readonly (readonly [milliseconds: number, count: number])[], total: number): number {
  let below = 0;
  for (const [time, count] of [...times].sort(([a], [b]) => a - b)) {
    below += count;
    if (below * 2 >= total) return time;
  }
  return 0;
}

/** A response time in milliseconds, or how often it was seen: whole, and within what eleven days of load can give. */
function readWhole(value: unknown, path: string): number {
  const whole = readPositive(value, path);
  return Number.isInteger(whole) && whole <= 1e9 ? whole : mistake("a whole number up to 1e9", value, path);
}

function histogram(times: readonly (readonly [milliseconds: number, count: number])[]): Endpoint["latency"] {
  const total = sum(times.map(([, count]) => count));
  if (total === 0) return null;
  const distribution = encodeHistogram(times, 0.001);
  return { distribution, resolution: stepAt(medianOf(times, total)) };
}
