import { describe, expect, it } from "vitest";
import type { ParsedRound } from "../../../src/adapters/adapter.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { k6 } from "../../../src/adapters/tools/k6/k6.ts";
import { measured, onlyRound, single } from "../outputs.ts";

interface Request {
  readonly time: number;
  readonly status?: string;
  readonly expected?: "true" | "false";
  readonly name?: string;
}

type Tags = Readonly<Record<string, string>>;

const at = (i: number) => new Date(Date.UTC(2026, 10, 23, 10) + 10 * i).toISOString();
const define = (metric: string, type: string, contains = "default") =>
  JSON.stringify({ type: "Metric", data: { name: metric, type, contains }, metric });
const point = (metric: string, i: number, value: number, tags: Tags) =>
  JSON.stringify({ metric, type: "Point", data: { time: at(i), value, tags } });

const DEFINED = [
  define("http_reqs", "counter"),
  define("http_req_duration", "trend", "time"),
  define("http_req_failed", "rate"),
  define("grpc_req_duration", "trend", "time"),
  define("checks", "rate"),
  define("dropped_iterations", "counter"),
  define("browser_http_req_failed", "rate"),
];

const tagsOf = ({ status = "200", expected, name = "http://127.0.0.1:1/a" }: Request): Tags => ({
  ...{ scenario: "default", group: "", method: "GET", name, status },
  ...(expected === undefined ? {} : { expected_response: expected }),
});

/** The points of requests, as NDJSON and as CSV. */
function points(requests: readonly Request[], more: readonly (readonly [metric: string, value: number])[] = []) {
  const rows = [
    ...requests.flatMap((request, i) => [
      ["http_reqs", i, 1, tagsOf(request)] as const,
      ["http_req_duration", i, request.time, tagsOf(request)] as const,
      ["http_req_failed", i, request.expected === "false" ? 1 : 0, tagsOf(request)] as const,
    ]),
    ...more.map(([metric, value], i) => [metric, i, value, { scenario: "default", group: "" }] as const),
  ];
  const columns = ["expected_response", "group", "method", "name", "scenario", "status"];
  const cells = rows.map(([metric, i, value, tags]) =>
    [metric, String(Date.parse(at(i))), value, ...columns.map((key) => (tags as Tags)[key] ?? "")].join(","),
  );
  return {
    ndjson: `${[...DEFINED, ...rows.map(([metric, i, value, tags]) => point(metric, i, value, tags))].join("\n")}\n`,
    csv: `${["metric_name,timestamp,metric_value", ...columns].join(",")}\n${cells.join("\n")}\n`,
  };
}

const HALF: readonly Request[] = [10, 0.2, 12, 0.3, 11, 0.1].map((time) =>
  time < 1 ? { time, status: "503", expected: "false" } : { time, expected: "true" },
);

const samples = (round: ParsedRound, benchmark: string) => {
  const { distribution } = measured(round, benchmark, "latency");
  if (distribution.kind !== "samples") throw new Error(distribution.kind);
  return [...distribution.samples];
};

/** The three summaries of a run: 8 requests of which 2 failed, 6 of 10 checks passed, 7 iterations were dropped. */
function summaries(change: (metrics: Record<string, Record<string, number>>) => void = () => {}) {
  const trend = (med: number) => ({ avg: med + 1, min: 1, med, max: 40, "p(90)": 30, "p(95)": 35, "p(99)": 39 });
  const metrics: Record<string, Record<string, number>> = {
    http_req_duration: trend(8),
    "http_req_duration{expected_response:true}": trend(10),
    http_req_failed: { passes: 2, fails: 6, rate: 0.25 },
    http_reqs: { count: 8, rate: 4 },
    iteration_duration: trend(20),
    checks: { passes: 6, fails: 4, rate: 0.6 },
    dropped_iterations: { count: 7, rate: 3.5 },
  };
  change(metrics);
  const type = (name: string) =>
    name.includes("duration")
      ? { type: "trend", contains: "time" }
      : { type: metrics[name]!.passes === undefined ? "counter" : "rate", contains: "default" };
  const flat = Object.entries(metrics).map(([name, { rate, ...values }]) => {
    return [
      name,
      values.passes === undefined ? { ...values, ...(rate !== undefined && { rate }) } : { ...values, value: rate },
    ];
  });
  const typed = Object.entries(metrics).map(([name, values]) => [name, { ...type(name), values }]);
  const shortNames = (values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key.replace(/^p\((\d+)\)$/, "p$1"), value]));
  const { checks, ...others } = metrics;
  const listed = Object.entries(others).map(([name, { passes, fails, ...values }]) => ({
    ...{ name, ...type(name) },
    values: passes === undefined ? shortNames(values) : { matches: passes, total: passes + fails!, rate: values.rate! },
  }));
  const counted = (name: string, matches: number) => ({
    ...{ name, type: "rate", contains: "default" },
    values: { matches, total: checks!.passes! + checks!.fails!, rate: matches / (checks!.passes! + checks!.fails!) },
  });
  return {
    "--summary-export": JSON.stringify({ root_group: {}, metrics: Object.fromEntries(flat) }),
    "handleSummary 1.x": JSON.stringify({ state: { testRunDurationMs: 2000 }, metrics: Object.fromEntries(typed) }),
    "machine-readable": JSON.stringify({
      ...{ version: "1.0.0", metadata: {}, config: { duration: 2 } },
      results: {
        metrics: listed,
        ...(checks && {
          checks: { metrics: [counted("checks_failed", checks.fails!), counted("checks_succeeded", checks.passes!)] },
        }),
      },
    }),
  };
}

const NDJSON_AND_CSV = ["ndjson", "csv"] as const;

describe.each(NDJSON_AND_CSV)("k6's points as %s", (form) => {
  const read = (...given: Parameters<typeof points>) => onlyRound(k6, points(...given)[form]);

  it("leave requests that k6 did not expect out of the latency, and count them in the error rate", () => {
    const round = read(HALF);
    expect(samples(round, "http_req_duration")).toEqual([0.01, 0.012, 0.011]);
    expect(measured(round, "http_req_failed", "error-rate").distribution).toEqual(single(0.5));
    expect(round).not.toHaveProperty("notes");
  });

  it("count successes a second", () => {
    const rate = (round: ParsedRound) => {
      const { distribution } = measured(round, "http_reqs", "throughput");
      return distribution.kind === "value" ? distribution.value : Number.NaN;
    };
    expect(rate(read(HALF))).toBeCloseTo(3 / 0.05, 3);
    const all = HALF.map((request) => ({ ...request, expected: "true" }) as const);
    expect(rate(read(all))).toBeCloseTo(6 / 0.05, 3);
  });

  it("leave failures out of each kind of request as well", () => {
    const round = read([...HALF, { time: 30, expected: "true", name: "http://127.0.0.1:1/b" }]);
    expect(samples(round, "GET /a")).toEqual([0.01, 0.012, 0.011]);
    expect(measured(round, "GET /a", "error-rate").distribution).toEqual(single(0.5));
    expect(samples(round, "GET /b")).toEqual([0.03]);
  });

  it("keep all times where the tag is switched off, with a note that they hold failures", () => {
    const failed = points(HALF)[form].replaceAll(/"expected_response":"\w+",?/g, "");
    const text = form === "csv" ? failed.replaceAll(/,(?:true|false),/g, ",,") : failed;
    const round = onlyRound(k6, text.replaceAll(",}", "}"));
    expect(samples(round, "http_req_duration")).toHaveLength(6);
    expect(round.notes).toMatchObject([{ benchmark: "http_req_duration", metric: "latency", count: 3 }]);
  });

  it("give the share of checks that failed", () => {
    const checks = [1, 0, 1, 1, 0].map((value) => ["checks", value] as const);
    const { distribution, unit, better } = measured(read(HALF, checks), "checks", "failed-checks");
    expect({ distribution, unit, better }).toEqual({ distribution: single(0.4), unit: "1", better: "lower" });
    expect(measured(read(HALF, [["checks", 1]]), "checks", "failed-checks").distribution).toEqual(single(0));
    expect(read(HALF).measurements.filter(({ metric }) => metric === "failed-checks")).toEqual([]);
  });

  it("tell beside the latency how many iterations were dropped", () => {
    const dropped = [3, 1, 8].map((value) => ["dropped_iterations", value] as const);
    expect(read(HALF, dropped).notes).toMatchObject([
      {
        ...{ benchmark: "http_req_duration", metric: "latency", count: 12 },
        sentence: expect.stringMatching(/^# iterations were dropped, so the tail is understated/),
      },
    ]);
    expect(read(HALF, [["dropped_iterations", 0]])).not.toHaveProperty("notes");
  });

  it("give the share of the browser's requests that failed", () => {
    const browser = [0, 1, 0, 0].map((value) => ["browser_http_req_failed", value] as const);
    const { distribution } = measured(read(HALF, browser), "browser_http_req_failed", "error-rate");
    expect(distribution).toEqual(single(0.25));
  });

  it("refuse a check that neither passed nor failed", () => {
    expect(() => read(HALF, [["checks", 0.5]])).toThrow(/checks: Expected 0 or 1/);
  });
});

describe("k6's points of gRPC", () => {
  const call = (i: number, time: number, status: string) =>
    point("grpc_req_duration", i, time, {
      ...{ group: "", method: "Say", name: "/hello.Hello/Say", scenario: "default", service: "hello.Hello", status },
    });
  const calls = (statuses: readonly string[]) =>
    `${[...DEFINED, ...statuses.map((status, i) => call(i, status === "0" ? 5 + i : 0.1, status))].join("\n")}\n`;

  it("tell by their status what failed: 0 is success, though HTTP has no such status", () => {
    const round = onlyRound(k6, calls(["0", "14", "0", "0", "5", "0", "0", "0"]));
    expect(samples(round, "grpc_req_duration")).toEqual([0.005, 0.007, 0.008, 0.01, 0.011, 0.012]);
    expect(measured(round, "grpc_req_duration", "error-rate").distribution).toEqual(single(0.25));
  });

  it("are a failure where all of them failed, alone or beside HTTP that works", () => {
    const reason = expect.stringMatching(/^all 2 requests failed/);
    expect(onlyRound(k6, calls(["14", "14"]))).toEqual({ measurements: [], failures: [{ benchmark: "*", reason }] });
    const both = onlyRound(k6, points(HALF).ndjson + [call(1, 0.1, "14"), call(2, 0.1, "4")].join("\n").concat("\n"));
    expect(both.failures).toEqual([{ benchmark: "grpc_req_duration", reason }]);
    expect(samples(both, "http_req_duration")).toHaveLength(3);
  });

  it("take the codes that are expected for success", () => {
    const text = calls(["0", "5", "14", "0"]);
    const [round] = k6.parse({
      ...outputOf(text),
      expected: [
        { from: 0, to: 0 },
        { from: 5, to: 5 },
      ],
    });
    expect(samples(round!, "grpc_req_duration")).toHaveLength(3);
    expect(measured(round!, "grpc_req_duration", "error-rate").distribution).toEqual(single(0.25));
  });
});

describe.each(Object.keys(summaries()) as (keyof ReturnType<typeof summaries>)[])("k6's summary by %s", (form) => {
  const read = (change?: Parameters<typeof summaries>[0]) => onlyRound(k6, summaries(change)[form]);

  it("gives the percentiles of the responses that were expected under the name of the whole", () => {
    const { distribution } = measured(read(), "http_req_duration", "latency");
    expect(distribution).toMatchObject({ quantiles: { "0.5": 0.01 }, mean: 0.011, count: 6 });
    expect(measured(read(), "http_req_failed", "error-rate").distribution).toEqual(single(0.25));
    expect(read().measurements.map(({ benchmark }) => benchmark)).not.toContain(
      "http_req_duration{expected_response:true}",
    );
  });

  it("gives those of all with a note where it has no others and something failed", () => {
    const round = read((metrics) => delete metrics["http_req_duration{expected_response:true}"]);
    expect(measured(round, "http_req_duration", "latency").distribution).toMatchObject({ quantiles: { "0.5": 0.008 } });
    expect(round.notes).toMatchObject([
      { benchmark: "http_req_duration", metric: "latency", count: 2 },
      { sentence: expect.stringContaining("dropped") },
    ]);
  });

  it("does the same for a submetric of a threshold, by its own rate of failures", () => {
    const own = (metrics: Record<string, Record<string, number>>) => {
      metrics["http_req_duration{scenario:a}"] = { ...metrics.http_req_duration!, med: 7 };
      metrics["http_reqs{scenario:a}"] = { count: 4, rate: 2 };
      metrics["http_req_failed{scenario:a}"] = { passes: 1, fails: 3, rate: 0.25 };
    };
    const name = "http_req_duration{scenario:a}";
    expect(read(own).notes).toMatchObject([{ benchmark: name, count: 1 }, {}]);
    const apart = read((metrics) => {
      own(metrics);
      metrics["http_req_duration{scenario:a,expected_response:true}"] = { ...metrics.http_req_duration!, med: 9 };
    });
    expect(measured(apart, name, "latency").distribution).toMatchObject({ quantiles: { "0.5": 0.009 }, count: 3 });
    expect(measured(apart, "http_reqs{scenario:a}", "throughput").distribution).toEqual(single(1.5));
  });

  it("counts successes a second", () => {
    expect(measured(read(), "http_reqs", "throughput").distribution).toEqual(single(3));
  });

  it("gives the share of checks that failed, and tells of dropped iterations", () => {
    const { distribution } = measured(read(), "checks", "failed-checks");
    expect((distribution as { value: number }).value).toBeCloseTo(0.4, 12);
    expect(read().notes).toMatchObject([{ benchmark: "http_req_duration", metric: "latency", count: 7 }]);
    const without = read((metrics) => {
      delete metrics.checks;
      delete metrics.dropped_iterations;
    });
    expect(without.measurements.filter(({ metric }) => metric === "failed-checks")).toEqual([]);
    expect(without).not.toHaveProperty("notes");
  });

  it("has no statuses to hold against those that are expected", () => {
    const output = { ...outputOf(summaries()[form]), expected: [{ from: 200, to: 404 }] };
    expect(() => k6.parse(output)).toThrow(/`expected-status` cannot be applied to a summary of k6.*--out json=FILE/);
  });
});
