/** Times of benchmarks in microseconds, by name. */
export type Times = Readonly<Record<string, number>>;

/** What a suite's command prints (`tool: benchgate`) where it is no matter who measures: twenty samples of each, a thousandth apart. */
export function printed(times: Times): string {
  const measurements = Object.entries(times).map(([benchmark, us]) => {
    const samples = Array.from({ length: 20 }, (_, i) => (us * (1000 + i)) / 1e9);
    return { benchmark, metric: "latency", unit: "s", better: "lower", samples };
  });
  return `${JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements }] })}\n`;
}
