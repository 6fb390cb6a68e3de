import type { ToolNote } from "../../model/measurement.ts";

/** The note on a latency that holds the times of requests that failed. `tool` is as its authors write it. */
export function withFailures(benchmark: string, tool: string, failed: number, remedy: string): ToolNote {
  return {
    benchmark,
    metric: "latency",
    sentence: `Its times hold those of # failed requests, which ${tool} does not tell apart, and fast failures look like a fast service`,
    count: failed,
    remedy,
  };
}

/** The note on a latency that leaves out what was due and never sent. `what` continues the number, as in `iterations were dropped`. */
export function neverSent(benchmark: string, count: number, what: string, remedy: string): ToolNote {
  const sentence = `# ${what}, so the tail is understated: what was due and never sent would have waited longest`;
  return { benchmark, metric: "latency", sentence, count, remedy };
}
