import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createFiles } from "../src/io/files.ts";
import { fitOutput } from "../src/measure/output.ts";
import { quantileOf, quantileOfCounts } from "../src/stats/quantile.ts";
import { gaussian, xoshiro128 } from "../src/stats/random.ts";

// What it takes to read the output of a long load test: peak memory, time as a ratio to the shortest program that reads the same file line by line,
// and how far quantiles are from those of all values. Each reading is a process of its own; the two are run in turns. Time is by the clock and
// by the processor: the first depends on what else the machine does.
//
//   node bench/streaming.ts [--megabytes 1000] [--repeats 3] [--kinds ndjson,ids,jtl,csv]
//
// `ids`: every line has tags of its own, so that no line can be compared with an earlier one.

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    megabytes: { type: "string", default: "1000" },
    repeats: { type: "string", default: "3" },
    kinds: { type: "string", default: "ndjson,jtl" },
  },
});

const METRICS = [
  "http_req_blocked",
  "http_req_connecting",
  "http_req_tls_handshaking",
  "http_req_sending",
  "http_req_waiting",
  "http_req_receiving",
];
const OTHERS = ["data_sent", "data_received", "iteration_duration", "iterations", "vus"];
const LEVELS = [0.01, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999];
const HEADER =
  "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

interface Kind {
  readonly tool: string;
  /** The first lines of the file. */
  head(): string;
  /** The lines of one request; `latency` in milliseconds. */
  lines(request: number, latency: number): string;
  readonly separator: "json" | "comma";
  /** How the latencies in the file are written. */
  written(latency: number): number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  ndjson: k6Kind((request) => ["/items", "/cart", "/pay", "/login"][request % 4]!),
  ids: k6Kind((request) => `/items/${request}`),
  jtl: {
    tool: "jmeter",
    separator: "comma",
    head: () => HEADER,
    lines: (request, latency) =>
      `${1_795_000_000_000 + request},${Math.round(latency)},GET ${["items", "cart", "pay"][request % 3]},200,OK,Users 1-${(request % 50) + 1},text,true,,${400 + (request % 97)},151,50,50,http://127.0.0.1:8080/items?page=${request % 1000},${Math.round(latency)},0,${request % 3}\n`,
    written: (latency) => Math.round(latency) / 1000,
  },
};

function k6Kind(path: (request: number) => string): Kind {
  const point = (metric: string, time: string, value: number | string, tags: string) =>
    `{"metric":"${metric}","type":"Point","data":{"time":"${time}","value":${value},"tags":{${tags}}}}\n`;
  const define = (metric: string, type: string, contains: string) =>
    `{"type":"Metric","data":{"name":"${metric}","type":"${type}","contains":"${contains}","thresholds":[],"submetrics":null},"metric":"${metric}"}\n`;
  return {
    tool: "k6",
    separator: "json",
    head: () =>
      [
        define("http_reqs", "counter", "default"),
        define("http_req_failed", "rate", "default"),
        ...["http_req_duration", ...METRICS].map((metric) => define(metric, "trend", "time")),
        ...OTHERS.map((metric) => define(metric, metric === "iteration_duration" ? "trend" : "counter", "time")),
      ].join(""),
    lines: (request, latency) => {
      const time = new Date(1_795_000_000_000 + request)
        .toISOString()
        .replace("Z", `${100_000 + (request % 900_000)}Z`);
      const url = `http://127.0.0.1:8080${path(request)}`;
      const tags = `"expected_response":"true","group":"::shop","method":"GET","name":"${url}","proto":"HTTP/1.1","scenario":"default","status":"200","url":"${url}"`;
      return [
        point("http_reqs", time, 1, tags),
        point("http_req_duration", time, latency.toFixed(6), tags),
        ...METRICS.map((metric, i) => point(metric, time, (latency * i * 0.01).toFixed(6), tags)),
        point("http_req_failed", time, 0, tags),
        ...OTHERS.map((metric) => point(metric, time, latency.toFixed(3), '"group":"::shop","scenario":"default"')),
      ].join("");
    },
    written: (latency) => Number(latency.toFixed(6)) / 1000,
  };
}

const [mode, file, name] = positionals;
if (mode === "ours") await ours(file!, name!);
else if (mode === "plain") await plain(file!, KINDS[name!]!.separator);
else for (const kind of flags.kinds.split(",")) await report(kind);

/** Generates, measures in turns, prints, removes. */
async function report(kindName: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-streaming-"));
  try {
    const path = join(folder, kindName);
    const exact = await generate(path, KINDS[kindName]!, Number(flags.megabytes) * 1e6);
    const turns = Array.from({ length: Number(flags.repeats) }, (_, turn) => {
      const order = turn % 2 === 0 ? (["ours", "plain"] as const) : (["plain", "ours"] as const);
      return Object.fromEntries(order.map((each) => [each, child(each, path, kindName)])) as Record<
        "ours" | "plain",
        Told
      >;
    });
    const errors = LEVELS.map((level, i) => Math.abs(turns[0]!.ours.quantiles![i]! / quantileOf(exact, level) - 1));
    const reader = KINDS[kindName]!.separator === "json" ? "readline and JSON.parse" : "readline and split";
    const timed = (by: "seconds" | "processor") => {
      const ratios = turns.map((turn) => turn.ours[by] / turn.plain[by]);
      const [a, b] = (["ours", "plain"] as const).map((each) => median(turns.map((turn) => turn[each][by])).toFixed(1));
      const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
      return `${a} s; ${reader} ${b} s; ratio ${median(ratios).toFixed(2)} (${low} … ${high})`;
    };
    console.log(`${kindName}: ${(statSync(path).size / 1e6).toFixed(0)} MB, ${exact.length} requests`);
    console.log(`  peak memory  ${(Math.max(...turns.map(({ ours }) => ours.peak)) / 2 ** 20).toFixed(0)} MiB`);
    console.log(`  clock        ${timed("seconds")}`);
    console.log(`  processor    ${timed("processor")}`);
    console.log(`  quantiles    within ${(100 * Math.max(...errors)).toFixed(4)} % of exact (${LEVELS.join(", ")})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a child tells: times in seconds, `peak` in bytes. */
interface Told {
  readonly seconds: number;
  readonly processor: number;
  readonly peak: number;
  readonly quantiles?: readonly number[];
}

function child(how: "ours" | "plain", path: string, kind: string): Told {
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, how, path, kind], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Writes so many bytes; the latencies, as they are in the file, in seconds. */
async function generate(path: string, kind: Kind, bytes: number): Promise<Float64Array> {
  const random = xoshiro128(7);
  const latencies: number[] = [];
  const handle = await open(path, "w");
  let [piece, written] = [kind.head(), 0];
  for (let request = 0; written < bytes; request++) {
    const latency = 20 * Math.exp(0.6 * gaussian(random)) + (random() < 0.01 ? 300 * random() : 0);
    piece += kind.lines(request, latency);
    latencies.push(kind.written(latency));
    if (piece.length < 2 ** 20) continue;
    written += (await handle.write(piece)).bytesWritten;
    piece = "";
  }
  await handle.write(piece);
  await handle.close();
  return Float64Array.from(latencies);
}

/** Reads the file as `benchgate parse` does. */
async function ours(path: string, kindName: string): Promise<void> {
  const started = performance.now();
  const files = createFiles();
  const bytes = (await files.open(path))!;
  const output = { kind: "file", place: path, file: bytes, text: () => files.readText(path) } as const;
  const fitting = (await fitOutput(output, { tool: "auto", files }))!;
  const [round] = await fitting.read(0);
  const times = timesSince(started);
  if (fitting.adapter.name !== KINDS[kindName]!.tool) throw new Error(fitting.adapter.name);
  // JMeter's labels are of one distribution here, and together all requests.
  const counts = new Map<number, number>();
  const latencies = round!.measurements.filter(
    ({ metric, benchmark }) => metric === "latency" && (kindName === "jtl" || benchmark === "http_req_duration"),
  );
  for (const { distribution } of latencies) {
    if (distribution.kind !== "histogram") throw new Error(distribution.kind);
    for (const [i, value] of distribution.values.entries()) {
      counts.set(value, (counts.get(value) ?? 0) + distribution.counts[i]!);
    }
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const [values, numbers] = [0, 1].map((column) => Float64Array.from(sorted, (pair) => pair[column]!)) as [
    Float64Array,
    Float64Array,
  ];
  const quantiles = LEVELS.map((level) => quantileOfCounts(values, numbers, level));
  console.log(JSON.stringify({ ...times, quantiles }));
}

/** The shortest program that reads the same file. */
async function plain(path: string, separator: "json" | "comma"): Promise<void> {
  const started = performance.now();
  let fields = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    fields += separator === "json" ? Object.keys(JSON.parse(line)).length : line.split(",").length;
  }
  if (fields === 0) throw new Error("nothing was read");
  console.log(JSON.stringify(timesSince(started)));
}

/** What this process took: by the clock since `started`, by the processor from its beginning. */
function timesSince(started: number): Told {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = (performance.now() - started) / 1000;
  return { seconds, processor: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS * 1024 };
}

function median(values: readonly number[]): number {
  return quantileOf(Float64Array.from(values), 0.5);
}
