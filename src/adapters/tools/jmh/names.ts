/** What is said of an output without benchmarks, and of two equal names. */
export const HINTS = {
  remedy: "Give each run a file of its own",
  nothing: "Run the benchmarks with `-rf json -rff <file>`, and with a pattern that matches",
};

/** One of JMH's modes: its metric, and what the name gets so that the modes of `-bm all` stay apart. Avgt and thrpt differ by metric already. */
export interface Mode {
  readonly metric: "latency" | "throughput";
  readonly suffix: string;
}

const MODES: Readonly<Record<string, Mode>> = {
  thrpt: { metric: "throughput", suffix: "" },
  avgt: { metric: "latency", suffix: "" },
  sample: { metric: "latency", suffix: " [sample]" },
  ss: { metric: "latency", suffix: " [ss]" },
};

/** The mode of that name, or undefined where JMH has none. */
export function modeCalled(name: string): Mode | undefined {
  return Object.hasOwn(MODES, name) ? MODES[name] : undefined;
}

/** What `sample` mode adds to its histogram, from which every percentile follows: `p0.99`, `search:p0.99`. */
export const PERCENTILE = /(?:^|[:\u00B7])p([01]\.\d+)$/;

/** The name of a benchmark with its parameters and, where it needs one, its mode: `shop.Search.run (size=10) [sample]`. */
export function benchmarkName(name: string, parameters: readonly (readonly [string, string])[], mode: Mode): string {
  const given = parameters.map(([key, value]) => `${key}=${value}`);
  return `${name}${given.length === 0 ? "" : ` (${given.join(", ")})`}${mode.suffix}`;
}

/** The method behind a benchmark's name, as JMH's patterns are held against it: without parameters and mode, neither of which they can pick. */
export function methodName(benchmark: string): string {
  return benchmark.replace(/ [([].*$/s, "");
}

/** A secondary metric by the name of JMH 1.36 and later, without the dot before it. What a benchmark allocates an operation is its memory. */
export function metricName(key: string): string {
  const name = key.replace(/^\u00B7/, "");
  return name === "gc.alloc.rate.norm" ? "memory" : name;
}
