import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { h2load } from "../../../src/adapters/tools/h2load.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const read = (file: string) => onlyRound(h2load, fixture(`h2load/${file}`));

const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1 };

/** The summary as nghttp2 prints it since it has percentiles. */
const NEWER = fixture("h2load/summary.txt").replace(
  /^ +min[\s\S]*$/m,
  `                 min         max         median      p95         p99         mean        sd         +/- sd
request     :     1.30ms     24.28ms     12.00ms     21.50ms     23.90ms     12.11ms      5.85ms    60.50%
connect     :       93us       548us       200us       548us       548us       248us       204us    75.00%
TTFB        :     4.02ms     16.68ms     10.00ms     16.68ms     16.68ms     10.09ms      5.18ms    50.00%
req/s       :      78.35       86.58       82.00       86.58       86.58       82.59        3.82    50.00%
`,
);

describe("h2load's summary", () => {
  it("gives mean and extremes, requests a second and the share of failures", () => {
    const common = { benchmark: "requests", loadModel: "closed" };
    const text = fixture("h2load/summary.txt");
    const [min, max, mean] = [.../^time for request: .*$/m.exec(text)![0].matchAll(/([\d.]+)(us|ms|s)\b/g)].map(
      ([, value, unit]) => expect.closeTo(Number(value) * SECONDS[unit!]!, 12),
    );
    const rate = Number(/([\d.]+) req\/s/.exec(text)![1]);
    expect(read("summary.txt")).toEqual({
      measurements: [
        {
          ...common,
          ...{ metric: "latency", unit: "s", better: "lower", resolution: 0.00001 },
          distribution: { kind: "quantiles", quantiles: { "0": min, "1": max }, count: 200, mean },
        },
        { ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(rate) },
        { ...common, metric: "error-rate", unit: "1", better: "lower", distribution: single(0) },
      ],
      failures: [],
    });
  });

  it("reads percentiles by the names of their columns where a newer version prints them", () => {
    const { distribution, estimator } = measured(onlyRound(h2load, NEWER), "requests", "latency");
    const quantiles = { "0": 0.0013, "0.5": 0.012, "0.95": 0.0215, "0.99": 0.0239, "1": 0.02428 };
    expect({ distribution, estimator }).toEqual({
      distribution: { kind: "quantiles", quantiles, count: 200, mean: 0.01211 },
      estimator: "index",
    });
  });

  it("counts failed statuses and requests without an answer, and rests its times on the answered ones", () => {
    expect(measured(read("flaky.txt"), "requests", "error-rate").distribution).toEqual(single(10 / 200));
    const counted = (file: string) =>
      [.../^requests: .*$/m.exec(fixture(`h2load/${file}`))![0].matchAll(/\d+/g)].map(([n]) => Number(n));
    const [total, , , succeeded, failed, errored] = counted("broken-connections.txt");
    expect(failed).toBeGreaterThan(0);
    expect(measured(read("broken-connections.txt"), "requests", "error-rate").distribution).toEqual(
      single(failed! / total!),
    );
    expect(measured(read("broken-connections.txt"), "requests", "latency").distribution).toMatchObject({
      count: succeeded! + failed! - errored!,
    });
    expect(measured(read("duration.txt"), "requests", "latency").distribution).toMatchObject({
      count: counted("duration.txt")[3],
    });
  });

  it.each([
    ["all-500.txt", "all 50 requests failed (50 status)"],
    ["refused.txt", "all 20 requests failed (20 without an answer)"],
  ])("reports %s as a failure without a latency, though h2load exits with 0", (file, reason) => {
    expect(read(file)).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: expect.stringContaining(reason) }],
    });
  });

  it("makes a round of every summary in a file", () => {
    expect(h2load.parse(outputOf(fixture("h2load/summary.txt").repeat(2)))).toHaveLength(2);
  });

  it.each([
    [/^1: This is not output of h2load/, ""],
    [
      /^1: The summary has no line for its requests: it is cut short/,
      fixture("h2load/summary.txt").split("finished")[0]!,
    ],
    [
      /^\d+: "\d+,\d+ms" is not a time/,
      fixture("h2load/summary.txt").replace(
        /^(time for request: .* )(\d+)\.(\d+ms)( +[\d.]+ms +[\d.]+%)$/m,
        "$1$2,$3$4",
      ),
    ],
    [/^8: h2load does not print this line: hello/, fixture("h2load/summary.txt").replace("progress: 50%", "hello 50%")],
  ])("refuses with %s", (message, text) => {
    expect(refusal(h2load, text).message).toMatch(message);
  });
});

describe("h2load's log", () => {
  it("gives the time of every request that succeeded beside the summary's counts", () => {
    const text = fixture("h2load/log-and-summary.txt");
    const rows = text.split("\n").filter((line) => line.includes("\t"));
    const succeeded = rows.filter((row) => Number(row.split("\t")[1]) < 400);
    expect(rows.length - succeeded.length).toBe(3);
    const samples = Float64Array.from(succeeded, (row) => Number(row.split("\t")[2]) / 1e6);
    const round = onlyRound(h2load, text);
    expect(measured(round, "requests", "latency").distribution).toEqual({ kind: "samples", samples });
    expect(measured(round, "requests", "error-rate").distribution).toEqual(single(3 / 60));
    const broken = `1795407735830942\t-1\t9\n${text}`;
    expect(measured(onlyRound(h2load, broken), "requests", "latency").distribution).toEqual({
      kind: "samples",
      samples,
    });
  });

  it("is refused alone, because it lacks the requests that got no answer", () => {
    expect(refusal(h2load, fixture("h2load/unread-log.tsv")).message).toMatch(/^1: This is the log of h2load alone/);
    expect(refusal(h2load, "1795407735830942\t200\t281\n").message).toBe(
      "1: This is the log of h2load alone, which leaves out requests without an answer. Append h2load's stdout to the same file: --log-file=FILE … >> FILE",
    );
  });

  it("is refused beside several summaries", () => {
    const text = fixture("h2load/log-and-summary.txt");
    expect(refusal(h2load, text + text).message).toMatch(/Logs of several runs are in one file/);
  });
});

describe.skipIf(!hasCorpus)("h2load's outputs in the corpus", () => {
  const files = corpus("h2load");

  it.each(files.filter(({ file }) => file.endsWith(".txt")))(
    "$file: every number stands in the text",
    ({ file, text }) => {
      expect(recognisedBy(text)).toEqual(["h2load"]);
      const round = onlyRound(h2load, text);
      const [total, , , succeeded, failed, errored] = [.../^requests: .*$/m.exec(text)![0].matchAll(/\d+/g)].map(
        Number,
      );
      if (failed === total) return expect(round.failures).toMatchObject([{ benchmark: "*" }]);
      const scale: Readonly<Record<string, number>> = { us: 1e6, ms: 1e3, s: 1 };
      const [min, max, mean] = [.../^time for request: .*$/m.exec(text)![0].matchAll(/([\d.]+)(us|ms|s)\b/g)].map(
        ([, value, unit]) => Number(value) / scale[unit!]!,
      );
      const { distribution } = measured(round, "requests", "latency");
      if (distribution.kind !== "quantiles") throw new Error(distribution.kind);
      expect(distribution.quantiles["0"]).toBeCloseTo(min!, 12);
      expect(distribution.quantiles["1"]).toBeCloseTo(max!, 12);
      expect(distribution.mean).toBeCloseTo(mean!, 12);
      expect(distribution.count).toBe(succeeded! + failed! - errored!);
      expect(measured(round, "requests", "throughput").distribution).toEqual(
        single(Number(/([\d.]+) req\/s/.exec(text)![1])),
      );
      // The same run's log, appended: its mean is the printed one.
      const log = files.find((other) => other.file === file.replace(".txt", ".log.tsv"))!;
      const raw = measured(onlyRound(h2load, log.text + text), "requests", "latency").distribution;
      if (raw.kind !== "samples") throw new Error(raw.kind);
      expect(raw.samples).toHaveLength(total!);
      expect(raw.samples.reduce((a, b) => a + b) / raw.samples.length).toBeCloseTo(mean!, 5);
    },
  );

  it.each(files.filter(({ file }) => file.endsWith(".tsv")))("$file is recognised, and refused alone", ({ text }) => {
    expect(recognisedBy(text)).toEqual(["h2load"]);
    expect(refusal(h2load, text).message).toMatch(/^1: This is the log of h2load alone/);
  });
});
