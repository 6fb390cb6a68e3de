import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";

/** What one endpoint saw, whichever file it comes from. */
export interface Endpoint {
  readonly name: string;
  readonly requests: number;
  readonly failures: number;
  /** Requests a second; null where the run was too short to tell. */
  readonly rate: number | null;
  /** Null where no request has a response time. */
  readonly latency: Pick<ToolMeasurement, "distribution" | "estimator" | "resolution"> | null;
}

/** The step, in seconds, to which Locust rounded a response time (`StatsEntry.log`): 1 ms, above 100 ms the second significant digit. */
export function stepAt(milliseconds: number): number {
  return milliseconds < 100 ? 0.001 : 10 ** (Math.floor(Math.log10(milliseconds)) - 1) / 1000;
}

/** What a benchmark is called: `GET /slow`. Locust lets the method be empty. */
export function endpointName(method: string, name: string): string {
  return [method, name].filter((part) => part !== "").join(" ");
}

/** Throws a `GateError` where two endpoints have one name: neither may overwrite the other. */
export function refuseClashes(
  endpoints: readonly { readonly name: string; readonly line?: number | undefined }[],
): void {
  const seen = new Set<string>();
  for (const { name, line } of endpoints) {
    if (seen.has(name)) {
      const problem = `two endpoints are called ${JSON.stringify(name)}`;
      throw new GateError(
        problem,
        "Give the runs of several hosts a file each, or requests a `name`",
        line === undefined ? {} : { line },
      );
    }
    seen.add(name);
  }
}

/** The sum of some numbers. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
