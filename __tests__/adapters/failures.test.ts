import { describe, expect, it } from "vitest";
import type { Adapter, ParsedRound } from "../../src/adapters/adapter.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import type { StatusRange } from "../../src/model/status.ts";
import { fixture } from "./outputs.ts";

type Outcome = "200" | "404" | "503";

/** A run of a load tool: how long each request took, in milliseconds, and its status. */
interface Run {
  readonly requests: readonly (readonly [time: number, status: Outcome])[];
  readonly seconds: number;
}

/** How a tool tells of a run. `apart`: whether it tells the times of failures from those of the others; `statuses`: whether it tells any. */
interface Form {
  readonly tool: string;
  readonly form: string;
  readonly apart: boolean;
  readonly statuses: boolean;
  write(run: Run): string;
}

const times = ({ requests }: Run) => requests.map(([time]) => time);
const count = ({ requests }: Run, ...statuses: readonly Outcome[]) =>
  requests.filter(([, status]) => statuses.includes(status)).length;
const succeededIn = (run: Run): Run => ({ ...run, requests: run.requests.filter(([, status]) => status === "200") });
const failedIn = (run: Run): Run => ({ ...run, requests: run.requests.filter(([, status]) => status !== "200") });
const byStatus = (run: Run) =>
  (["200", "404", "503"] as const).flatMap((status) =>
    count(run, status) === 0 ? [] : [[status, count(run, status)]],
  );

/** Nearest-rank, which is enough to see whether fast failures are among the values. */
function quantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(level * sorted.length) - 1)] ?? 0;
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function wrk(run: Run): string {
  const at = (level: number) => `${quantile(times(run), level).toFixed(2)}ms`;
  const bad = count(run, "404", "503");
  return `Running 1s test @ http://127.0.0.1:1/api
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   ${mean(times(run)).toFixed(2)}ms    1.00ms   ${at(1)}   92.66%
    Req/Sec     1.00k     0.10k    1.20k    80.00%
  Latency Distribution
     50%  ${at(0.5)}
     99%  ${at(0.99)}
  ${run.requests.length} requests in ${run.seconds.toFixed(2)}s, 1.00MB read
${bad === 0 ? "" : `  Non-2xx or 3xx responses: ${bad}\n`}Requests/sec:  ${(run.requests.length / run.seconds).toFixed(2)}
Transfer/sec:      1.00MB
`;
}

function hey(run: Run): string {
  const seconds = (time: number) => (time / 1000).toFixed(4);
  const at = (level: number) => seconds(quantile(times(run), level));
  return `
Summary:
  Total:\t${run.seconds.toFixed(4)} secs
  Slowest:\t${at(1)} secs
  Fastest:\t${at(0)} secs
  Average:\t${seconds(mean(times(run)))} secs
  Requests/sec:\t${(run.requests.length / run.seconds).toFixed(4)}

Latency distribution:
  50% in ${at(0.5)} secs
  99% in ${at(0.99)} secs

Status code distribution:
${byStatus(run)
  .map(([status, n]) => `  [${status}]\t${n} responses`)
  .join("\n")}
`;
}

function heyCsv({ requests, seconds }: Run): string {
  const rows = requests.map(([time, status], i) => {
    return `${time / 1000},0,0,0,0,0,${status},${((seconds - 0.05) * i) / (requests.length - 1)}`;
  });
  const head = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset";
  return `${[head, ...rows].join("\n")}\n`;
}

function oha(run: Run, breakdown: boolean): string {
  const seconds = (values: readonly number[]) =>
    Object.fromEntries([50, 99].map((percent) => [`p${percent}`, quantile(values, percent / 100) / 1000]));
  const all = times(run);
  const ends = { fastest: quantile(all, 0) / 1000, slowest: quantile(all, 1) / 1000, average: mean(all) / 1000 };
  return JSON.stringify({
    summary: { ...ends, total: run.seconds, successRate: 1, requestsPerSec: run.requests.length / run.seconds },
    latencyPercentiles: seconds(all),
    ...(breakdown && {
      latencyPercentilesSuccessful: seconds(times(succeededIn(run))),
      latencyPercentilesNotSuccessful: seconds(times(failedIn(run))),
    }),
    statusCodeDistribution: Object.fromEntries(byStatus(run)),
    errorDistribution: {},
  });
}

function autocannon(run: Run, excludes: boolean): string {
  const timed = excludes ? succeededIn(run) : run;
  const at = (level: number) => Math.round(quantile(times(timed), level));
  const bad = count(run, "404", "503");
  return JSON.stringify({
    ...{ url: "http://127.0.0.1:1/api", connections: 4, pipelining: 1, samples: 10, sampleInt: 1000 },
    ...{ errors: 0, timeouts: 0, mismatches: 0, non2xx: bad, "2xx": count(run, "200"), "3xx": 0 },
    ...{ "4xx": count(run, "404"), "5xx": count(run, "503") },
    statusCodeStats: Object.fromEntries(byStatus(run).map(([status, n]) => [status, { count: n }])),
    latency: {
      ...{ average: mean(times(timed)), min: at(0), max: at(1), p50: at(0.5), p99: at(0.99) },
      totalCount: timed.requests.length,
    },
    requests: {
      ...{ average: run.requests.length / run.seconds, total: run.requests.length, sent: run.requests.length + 4 },
    },
    throughput: { average: 1 },
  });
}

function bombardier(run: Run): string {
  const micro = (time: number) => time * 1000;
  const percentiles = Object.fromEntries(
    ["50", "99"].map((key) => [key, micro(quantile(times(run), Number(key) / 100))]),
  );
  return JSON.stringify({
    spec: { url: "http://127.0.0.1:1/api" },
    result: {
      ...{ timeTakenSeconds: run.seconds, req1xx: 0, req2xx: count(run, "200"), req3xx: 0, others: 0 },
      ...{ req4xx: count(run, "404"), req5xx: count(run, "503") },
      latency: { mean: micro(mean(times(run))), max: micro(quantile(times(run), 1)), percentiles },
    },
  });
}

function fortio(run: Run, errors: boolean): string {
  const histogram = (values: readonly number[]) => {
    const bucket = (from: number, to: number) => ({
      Start: Math.max(from, quantile(values, 0)) / 1000,
      End: Math.min(to, quantile(values, 1)) / 1000,
      Count: values.filter((value) => from < value && value <= to).length,
    });
    const data = Array.from({ length: 100 }, (_, i) => bucket(i, i + 1)).filter(({ Count }) => Count > 0);
    return {
      ...{ Count: values.length, Min: quantile(values, 0) / 1000, Max: quantile(values, 1) / 1000 },
      ...{ Avg: mean(values) / 1000, Sum: (mean(values) * values.length) / 1000, Data: data },
      Percentiles: [50, 99].map((Percentile) => ({ Percentile, Value: quantile(values, Percentile / 100) / 1000 })),
    };
  };
  return JSON.stringify({
    ...{ RunType: "HTTP", Labels: "", URL: "http://127.0.0.1:1/api", ActualQPS: run.requests.length / run.seconds },
    DurationHistogram: histogram(times(run)),
    ...(errors && { ErrorsDurationHistogram: histogram(times(failedIn(run))) }),
    RetCodes: Object.fromEntries(byStatus(run)),
  });
}

function h2load(run: Run, log: boolean): string {
  const [ok, bad] = [count(run, "200"), count(run, "404", "503")];
  const rows = run.requests.map(([time, status], i) => `${1795407735830942 + i}\t${status}\t${time * 1000}\n`);
  const at = (level: number) => `${quantile(times(run), level).toFixed(2)}ms`;
  return `starting benchmark...
spawning thread #0: 2 total client(s). ${ok + bad} total requests
Application protocol: http/1.1
${log ? rows.join("") : ""}
finished in ${run.seconds.toFixed(2)}s, ${((ok + bad) / run.seconds).toFixed(2)} req/s, 1.00MB/s
requests: ${ok + bad} total, ${ok + bad} started, ${ok + bad} done, ${ok} succeeded, ${bad} failed, 0 errored, 0 timeout
status codes: ${ok} 2xx, 0 3xx, ${count(run, "404")} 4xx, ${count(run, "503")} 5xx
traffic: 1.00KB (1000) total, 1.00KB (1000) headers (space savings 0.00%), 1.00KB (1000) data
                     min         max         median         p95         p99         mean         sd        +/- sd
request         : ${at(0)}  ${at(1)}  ${at(0.5)}  ${at(0.95)}  ${at(0.99)}  ${mean(times(run)).toFixed(2)}ms  1.00ms  90.00%
`;
}

function ab(run: Run): string {
  const bad = count(run, "404", "503");
  const at = (level: number) => Math.round(quantile(times(run), level));
  return `This is ApacheBench, Version 2.3 <$Revision: 1 $>
Document Path:          /api
Complete requests:      ${run.requests.length}
Failed requests:        ${bad}
   (Connect: 0, Receive: 0, Length: ${bad}, Exceptions: 0)
${bad === 0 ? "" : `Non-2xx responses:      ${bad}\n`}Requests per second:    ${(run.requests.length / run.seconds).toFixed(2)} [#/sec] (mean)
Connection Times (ms)
              min  mean[+/-sd] median   max
Total:       ${at(0)}    ${Math.round(mean(times(run)))}   1.0     ${at(0.5)}      ${at(1)}
  50%      ${at(0.5)}
  99%      ${at(0.99)}
 100%      ${at(1)} (longest request)
`;
}

/** siege takes a 404 for a transaction like any other, and says so in `successful_transactions` alone. */
function siege(run: Run): string {
  const transactions = count(run, "200", "404");
  const seconds = (time: number) => (time / 1000).toFixed(2);
  return `{\t"transactions":\t\t\t${transactions},
\t"transaction_rate":\t\t${(transactions / run.seconds).toFixed(2)},
\t"response_time":\t\t${seconds(mean(times(run)))},
\t"successful_transactions":\t${count(run, "200")},
\t"failed_transactions":\t\t${count(run, "503")},
\t"longest_transaction":\t\t${seconds(quantile(times(run), 1))},
\t"shortest_transaction":\t\t${seconds(quantile(times(run), 0))}
}
`;
}

function jtl({ requests, seconds }: Run): string {
  const rows = requests.map(([time, status], i) => {
    const start = 1795407735830 + Math.round(((seconds * 1000 - 50) * i) / (requests.length - 1));
    return `${start},${Math.round(time)},api,${status},OK,t 1-1,text,${status === "200"},1,1,1,1,,1,0,0`;
  });
  const head =
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect";
  return `${[head, ...rows].join("\n")}\n`;
}

function vegetaLines({ requests, seconds }: Run): string {
  return requests
    .map(([time, status], i) => {
      const timestamp = new Date(Date.UTC(2026, 0) + ((seconds * 1000 - 50) * i) / (requests.length - 1)).toISOString();
      const where = { bytes_out: 0, bytes_in: 1, method: "GET", url: "http://127.0.0.1:1/api" };
      const code = Number(status);
      return `${JSON.stringify({ attack: "", seq: i, code, timestamp, latency: time * 1e6, ...where })}\n`;
    })
    .join("");
}

function vegetaReport(run: Run): string {
  const nanos = (time: number) => Math.round(time * 1e6);
  const at = (level: number) => nanos(quantile(times(run), level));
  return JSON.stringify({
    latencies: { total: 1, mean: nanos(mean(times(run))), "50th": at(0.5), "99th": at(0.99), max: at(1), min: at(0) },
    ...{ requests: run.requests.length, rate: run.requests.length / run.seconds },
    ...{ throughput: count(run, "200") / run.seconds, success: count(run, "200") / run.requests.length },
    status_codes: Object.fromEntries(byStatus(run)),
    errors: [],
  });
}

function artillery(run: Run, classes: boolean): string {
  const summary = (values: readonly number[]) => ({
    ...{ min: quantile(values, 0), max: quantile(values, 1), mean: mean(values), count: values.length },
    ...{ p50: quantile(values, 0.5), median: quantile(values, 0.5), p99: quantile(values, 0.99) },
  });
  return JSON.stringify({
    aggregate: {
      counters: {
        ...{ "http.requests": run.requests.length, "http.responses": run.requests.length, "vusers.created": 5 },
        ...Object.fromEntries(byStatus(run).map(([status, n]) => [`http.codes.${status}`, n])),
      },
      summaries: {
        "http.response_time": summary(times(run)),
        ...(classes && { "http.response_time.2xx": summary(times(succeededIn(run))) }),
        ...(classes &&
          failedIn(run).requests.length > 0 && { "http.response_time.5xx": summary(times(failedIn(run))) }),
      },
      ...{ firstCounterAt: 1795407890000, lastCounterAt: 1795407890000 + run.seconds * 1000 },
    },
  });
}

function locust(run: Run): string {
  const response_times: Record<string, number> = {};
  for (const time of times(run)) response_times[Math.round(time)] = (response_times[Math.round(time)] ?? 0) + 1;
  return JSON.stringify([
    {
      ...{ name: "/api", method: "GET", num_requests: run.requests.length, num_failures: count(run, "404", "503") },
      ...{ num_none_requests: 0, start_time: 1000, last_request_timestamp: 1000 + run.seconds, response_times },
    },
  ]);
}

const FORMS: readonly Form[] = [
  { tool: "wrk", form: "text", apart: false, statuses: false, write: wrk },
  { tool: "hey", form: "summary", apart: false, statuses: true, write: hey },
  { tool: "hey", form: "CSV", apart: true, statuses: true, write: heyCsv },
  { tool: "oha", form: "JSON", apart: false, statuses: true, write: (run) => oha(run, false) },
  {
    tool: "oha",
    form: "JSON with --stats-success-breakdown",
    apart: true,
    statuses: true,
    write: (run) => oha(run, true),
  },
  { tool: "autocannon", form: "JSON", apart: false, statuses: true, write: (run) => autocannon(run, false) },
  { tool: "autocannon", form: "JSON with -x", apart: true, statuses: true, write: (run) => autocannon(run, true) },
  { tool: "bombardier", form: "JSON", apart: false, statuses: false, write: bombardier },
  { tool: "fortio", form: "JSON", apart: true, statuses: true, write: (run) => fortio(run, true) },
  { tool: "fortio", form: "JSON of old versions", apart: false, statuses: true, write: (run) => fortio(run, false) },
  { tool: "h2load", form: "summary", apart: false, statuses: false, write: (run) => h2load(run, false) },
  { tool: "h2load", form: "summary with its log", apart: true, statuses: true, write: (run) => h2load(run, true) },
  { tool: "ab", form: "report", apart: false, statuses: false, write: ab },
  { tool: "siege", form: "JSON", apart: false, statuses: false, write: siege },
  { tool: "jmeter", form: "CSV", apart: true, statuses: true, write: jtl },
  { tool: "vegeta", form: "lines", apart: true, statuses: true, write: vegetaLines },
  { tool: "vegeta", form: "report", apart: false, statuses: true, write: vegetaReport },
  { tool: "artillery", form: "report", apart: true, statuses: true, write: (run) => artillery(run, true) },
  {
    tool: "artillery",
    form: "report without classes",
    apart: false,
    statuses: true,
    write: (run) => artillery(run, false),
  },
  { tool: "locust", form: "JSON", apart: false, statuses: false, write: locust },
];

const adapterOf = (tool: string): Adapter => ADAPTERS.find(({ name }) => name === tool)!;

function read({ tool, write }: Form, run: Run, expected?: readonly StatusRange[]): ParsedRound {
  const output = { ...outputOf(write(run)), ...(expected && { expected }) };
  const rounds = adapterOf(tool).parse(output);
  if (rounds.length !== 1) throw new Error(`${rounds.length} rounds`);
  return rounds[0]!;
}

function value(round: ParsedRound, metric: string): number {
  const { distribution } = round.measurements.find((each) => each.metric === metric)!;
  return distribution.kind === "value" ? distribution.value : Number.NaN;
}

/** The smallest latency of a round, which is that of a fast failure where these are among them. */
function smallest({ measurements }: ParsedRound): number {
  const { distribution } = measurements.find(({ metric }) => metric === "latency")!;
  switch (distribution.kind) {
    case "samples":
      return Math.min(...distribution.samples);
    case "histogram":
      return Math.min(...distribution.values);
    case "quantiles":
      return Math.min(...Object.values(distribution.quantiles));
    case "value":
      return distribution.value;
  }
}

const mixed = (round: ParsedRound) =>
  (round.notes ?? []).filter(({ sentence }) => sentence.includes("failed requests"));

/** A hundred requests in two seconds: some fail fast, the others take 20 to 40 ms. */
function run(failures: readonly Outcome[]): Run {
  const good = Array.from({ length: 100 - failures.length }, (_, i) => [20 + (i % 21), "200"] as const);
  return {
    seconds: 2,
    requests: [...good.slice(0, 50), ...failures.map((status) => [2, status] as const), ...good.slice(50)],
  };
}
const GOOD = run([]);
const BAD = run(Array.from({ length: 30 }, () => "503"));
const ABSENT = run(Array.from({ length: 30 }, () => "404"));

describe.each(FORMS)("failures in $tool's $form", (form) => {
  it("are no part of the throughput, which is successes a second", () => {
    expect(value(read(form, GOOD), "throughput")).toBeCloseTo(50, 0);
    for (const bad of [BAD, ABSENT]) expect(value(read(form, bad), "throughput")).toBeCloseTo(35, 0);
  });

  it("are the error rate, and none is no error", () => {
    expect(value(read(form, GOOD), "error-rate")).toBe(0);
    for (const bad of [BAD, ABSENT]) expect(value(read(form, bad), "error-rate")).toBeCloseTo(0.3, 12);
  });

  it(form.apart ? "leave the latency" : "are told to be in the latency", () => {
    const round = read(form, BAD);
    if (form.apart) {
      expect(smallest(round)).toBeGreaterThan(0.01);
      expect(mixed(round)).toEqual([]);
    } else {
      const { benchmark } = round.measurements.find(({ metric }) => metric === "latency")!;
      expect(mixed(round)).toMatchObject([{ benchmark, metric: "latency", count: 30 }]);
    }
  });

  it("are not spoken of where there are none", () => {
    expect(read(form, GOOD)).not.toHaveProperty("notes");
  });
});

const upTo404: readonly StatusRange[] = [
  { from: 200, to: 399 },
  { from: 404, to: 404 },
];

describe.each(FORMS.filter(({ statuses }) => statuses))("expected statuses in $tool's $form", (form) => {
  it("make successes of what the tool takes for failures, with their times", () => {
    const round = read(form, ABSENT, upTo404);
    expect(value(round, "error-rate")).toBe(0);
    expect(Math.abs(value(round, "throughput") - 50)).toBeLessThan(1);
    expect(mixed(round)).toEqual([]);
    // With -x autocannon itself has left their times out.
    if (!form.form.includes("-x")) expect(smallest(round)).toBeCloseTo(0.002, 4);
  });

  it("make failures of what the tool takes for successes", () => {
    const { measurements, failures } = read(form, GOOD, [{ from: 201, to: 299 }]);
    expect(measurements).toEqual([]);
    expect(failures).toMatchObject([{ benchmark: "*", reason: expect.stringMatching(/^all 100 requests failed/) }]);
  });

  it("leave a server that is down a failure", () => {
    expect(value(read(form, BAD, upTo404), "error-rate")).toBeCloseTo(0.3, 12);
  });

  it("of gRPC say nothing of HTTP", () => {
    expect(read(form, BAD, [{ from: 0, to: 5 }])).toEqual(read(form, BAD));
  });
});

describe("expected statuses", () => {
  it("are applied by every tool of which a form is told of here, and by gRPC's", () => {
    const told = new Set(FORMS.filter(({ statuses }) => statuses).map(({ tool }) => tool));
    const able = ADAPTERS.filter(({ tellsStatus }) => tellsStatus).map(({ name }) => name);
    expect(able.sort()).toEqual([...told, "k6", "ghz"].sort());
  });

  it("are refused by a form of h2load that tells none", () => {
    const output = { ...outputOf(h2load(ABSENT, false)), expected: upTo404 };
    expect(() => adapterOf("h2load").parse(output)).toThrow(/cannot be applied to h2load's summary.*--log-file/);
  });

  it("never excuse what an assertion of JMeter refused", () => {
    const text = jtl(GOOD).replace("200,OK,t 1-1,text,true", "200,OK,t 1-1,text,false");
    const [round] = adapterOf("jmeter").parse({ ...outputOf(text), expected: upTo404 });
    expect(value(round!, "error-rate")).toBe(0.01);
  });

  it("leave JMeter's transactions, which have no status, as JMeter has them", () => {
    const text = jtl(ABSENT).replaceAll(",404,", ",,");
    const [round] = adapterOf("jmeter").parse({ ...outputOf(text), expected: upTo404 });
    expect(value(round!, "error-rate")).toBeCloseTo(0.3, 12);
  });
});

describe("a run of siege whose answers are all 404", () => {
  it("is a failure, though siege calls it 100 % available", () => {
    const all = run(Array.from({ length: 100 }, () => "404"));
    expect(siege(all)).toMatch(/"transactions":\t+100,/);
    const { measurements, failures } = adapterOf("siege").parse(outputOf(siege(all)))[0]!;
    expect(measurements).toEqual([]);
    expect(failures).toMatchObject([{ benchmark: "*", reason: expect.stringMatching(/^all 100 requests failed/) }]);
  });
});

describe("what Artillery never sent", () => {
  it.each([
    ["vusers.skipped", /^# virtual users were skipped/],
    ["vusers.failed", /^# virtual users failed and left out the rest/],
  ])("is told beside the latency: %s", (counter, sentence) => {
    const report = JSON.parse(artillery(GOOD, true));
    report.aggregate.counters[counter] = 9;
    const [round] = adapterOf("artillery").parse(outputOf(JSON.stringify(report)));
    expect(round!.notes).toMatchObject([
      { benchmark: "requests", metric: "latency", count: 9, sentence: expect.stringMatching(sentence) },
    ]);
  });
});

describe("Nighthawk's time to a response", () => {
  const statistic = (id: string, n: number, seconds: string) => ({
    ...{ id, count: String(n), mean: seconds, min: seconds, max: seconds, pstdev: "0s" },
    percentiles: [{ percentile: 0.5, duration: seconds, count: String(n) }],
  });
  const output = (own: boolean, more: readonly object[] = []) =>
    JSON.stringify({
      options: {},
      results: [
        {
          name: "global",
          statistics: [
            statistic("benchmark_http_client.request_to_response", 100, "0.012s"),
            ...(own ? [statistic("benchmark_http_client.latency_2xx", 70, "0.020s")] : []),
            statistic("benchmark_http_client.latency_5xx", 30, "0.002s"),
          ],
          counters: [{ name: "benchmark.http_2xx", value: "70" }, { name: "benchmark.http_5xx", value: "30" }, ...more],
          execution_duration: "2s",
        },
      ],
    });
  const nighthawk = (text: string) => adapterOf("nighthawk").parse(outputOf(text))[0]!;
  const medians = ({ measurements }: ParsedRound) =>
    Object.fromEntries(
      measurements.flatMap(({ benchmark, metric, distribution }) =>
        metric === "latency" && distribution.kind === "quantiles"
          ? [[benchmark.replace(/^benchmark_http_client\./, ""), distribution.quantiles["0.5"]]]
          : [],
      ),
    );

  it("is that of the successes, and how long failures took is no latency", () => {
    const round = nighthawk(output(true));
    expect(medians(round)).toEqual({ request_to_response: 0.02, latency_2xx: 0.02 });
    expect(value(round, "throughput")).toBe(35);
    expect(round).not.toHaveProperty("notes");
  });

  it("holds failures with a note where successes are not told apart whole", () => {
    for (const text of [output(false), output(true, [{ name: "benchmark.http_3xx", value: "5" }])]) {
      expect(medians(nighthawk(text)).request_to_response).toBe(0.012);
      expect(mixed(nighthawk(text))).toMatchObject([{ count: 30, metric: "latency" }]);
    }
  });
});

describe("Fortio's errors", () => {
  it("leave the buckets that they are in, and the mean", () => {
    const { distribution } = read(FORMS.find(({ form, tool }) => tool === "fortio" && form === "JSON")!, BAD)
      .measurements[0]!;
    expect(distribution).toMatchObject({ kind: "quantiles", count: 70 });
    const { mean: average, quantiles } = distribution as { mean: number; quantiles: Record<string, number> };
    expect(average).toBeCloseTo(mean(times(succeededIn(BAD))) / 1000, 9);
    expect(Math.abs(quantiles["0.5"]! * 1000 - quantile(times(succeededIn(BAD)), 0.5))).toBeLessThanOrEqual(1);
  });

  it("stay among the times, with a note, where their buckets do not add up", () => {
    const result = JSON.parse(fortio(BAD, true));
    result.ErrorsDurationHistogram.Data = [];
    const [round] = adapterOf("fortio").parse(outputOf(JSON.stringify(result)));
    expect(mixed(round!)).toMatchObject([{ count: 30 }]);
  });
});

describe("the real outputs of tools whose answers failed in part", () => {
  it.each([
    ["wrk", /Requests\/sec: +([\d.]+)/, /(\d+) requests in/, /Non-2xx or 3xx responses: (\d+)/],
    ["h2load", /, ([\d.]+) req\/s/, /(\d+) done/, /(\d+) failed/],
    ["hey", /Requests\/sec:\t([\d.]+)/, /(\d+) responses/, /\[500\]\t(\d+)/],
  ] as const)("%s: a second so many as succeeded", (tool, rate, all, bad) => {
    const text = fixture(`${tool}/flaky.txt`);
    const number = (pattern: RegExp) => Number(pattern.exec(text)![1]);
    const done = tool === "hey" ? number(all) + number(bad) : number(all);
    const [round] = adapterOf(tool).parse(outputOf(text));
    expect(number(bad)).toBeGreaterThan(0);
    expect(value(round!, "throughput")).toBeCloseTo((number(rate) * (done - number(bad))) / done, 6);
    expect(mixed(round!)).toMatchObject([{ count: number(bad) }]);
  });
});
