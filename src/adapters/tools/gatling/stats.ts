import { GateError } from "../../../model/error.ts";
import type { ParsedRound, Told } from "../../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  mistake,
  readName,
  readObject,
  readPositive,
} from "../../reading/json.ts";
import { allFailed, single } from "../../reading/requests.ts";
import { round, wholeRun } from "../../reading/round.ts";
import { ALL_REQUESTS, GATLING, NOTHING } from "./run.ts";

/**
 * The levels of Gatling's four percentiles, and its ends. Nothing in the file tells that gatling.conf sets other levels
 * (charting.indicators.percentile1 to 4): these are the defaults of all versions.
 */
const LEVELS = {
  "0": "minResponseTime",
  "0.5": "percentiles1",
  "0.75": "percentiles2",
  "0.95": "percentiles3",
  "0.99": "percentiles4",
  "1": "maxResponseTime",
} as const;

const REMEDY = "Give requests of one group names of their own";

/** Whether a JSON value is Gatling's js/stats.json or js/global_stats.json. */
export function isStats(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const stats = field(value, "stats");
  const tree = field(value, "type") === "GROUP" && isObject(stats) && isObject(field(value, "contents"));
  const own = tree ? stats : value;
  return isObject(field(own, "numberOfRequests")) && isObject(field(own, "percentiles1"));
}

/** The round that Gatling's statistics tell of, from its own percentiles of the requests that were OK. */
export function readStats(root: JsonObject): ParsedRound {
  const isTree = isObject(field(root, "stats"));
  const whole = readEntry(
    ALL_REQUESTS,
    readObject(isTree ? field(root, "stats") : root, isTree ? "stats" : ""),
    isTree ? "stats" : "",
  );
  const run = wholeRun(whole);
  if (run.failures.length > 0) return run;
  const told = [...whole, ...(isTree ? readContents(root, "", []) : [])];
  return round(told, { remedy: REMEDY, nothing: NOTHING });
}

/** Groups hold the response times of their requests, or with pauses: only requests are benchmarks. */
function readContents(node: JsonObject, path: string, groups: readonly string[]): Told[] {
  const where = at(path, "contents");
  const contents = readObject(field(node, "contents"), where);
  return Object.keys(contents).flatMap((key) => {
    const inside = at(where, key);
    const entry = readObject(field(contents, key), inside);
    const name = unescaped(readName(field(entry, "name"), at(inside, "name")));
    const type = field(entry, "type");
    if (groups.length > 100) mistake("fewer groups within groups", groups.length, inside);
    if (type === "GROUP") return readContents(entry, inside, [...groups, name]);
    if (type !== "REQUEST") mistake('"GROUP" or "REQUEST"', type, at(inside, "type"));
    const stats = readObject(field(entry, "stats"), at(inside, "stats"));
    return readEntry([...groups, name].join(" / "), stats, at(inside, "stats"));
  });
}

/** Gatling writes names as HTML needs them, but as they are into its log. */
function unescaped(name: string): string {
  return name.replaceAll(/&(quot|#39|lt|gt|amp);/g, (_, word: keyof typeof ENTITIES) => ENTITIES[word]);
}

const ENTITIES = { quot: '"', "#39": "'", lt: "<", gt: ">", amp: "&" } as const;

function readEntry(benchmark: string, stats: JsonObject, path: string): Told[] {
  const number = (key: string, column: "total" | "ok" | "ko") => {
    const cell = readObject(field(stats, key), at(path, key));
    return readCell(field(cell, column), at(at(path, key), column));
  };
  const count = (column: "total" | "ok" | "ko") => number("numberOfRequests", column) ?? 0;
  const [total, ok, ko] = [count("total"), count("ok"), count("ko")];
  if (total !== ok + ko) mistake(`${ok} + ${ko} requests`, total, at(at(path, "numberOfRequests"), "total"));
  if (total === 0) return path === "" || path === "stats" ? noRequests(path) : [];
  if (ok === 0) return [{ benchmark, reason: allFailed(total) }];
  const quantiles = Object.entries(LEVELS).flatMap(([level, key]) => {
    const value = number(key, "ok");
    return value === null ? [] : [[level, value / GATLING.per] as const];
  });
  const mean = number("meanResponseTime", "ok");
  const rate = number("meanNumberOfRequestsPerSecond", "ok");
  const common = { benchmark, metric: "latency", unit: "s", better: "lower" } as const;
  return [
    {
      ...common,
      distribution: {
        kind: "quantiles",
        quantiles: Object.fromEntries(quantiles),
        count: ok,
        ...(mean === null ? {} : { mean: mean / GATLING.per }),
      },
      estimator: "t-digest",
      resolution: GATLING.resolution,
    },
    ...(rate === null
      ? []
      : [{ ...common, metric: "throughput", unit: "1/s", better: "higher", distribution: single(rate) } as const]),
    { ...common, metric: "error-rate", unit: "1", distribution: single(ko / total) },
  ];
}

/** A number, as a text before Gatling 3; null for the `-` that stands where there is none. */
function readCell(value: unknown, path: string): number | null {
  if (value === "-") return null;
  if (typeof value === "string" && /^\d{1,15}(?:\.\d{1,20})?$/.test(value)) return Number(value);
  return readPositive(value, path);
}

function noRequests(path: string): never {
  throw new GateError("it holds no request", NOTHING, path === "" ? {} : { path });
}
