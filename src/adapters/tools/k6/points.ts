import { GateError, placed } from "../../../model/error.ts";
import type { OutputReader, ParsedRound } from "../../adapter.ts";
import { instantIn } from "../../reading/instant.ts";
import {
  field,
  isObject,
  type JsonObject,
  mistake,
  parseJson,
  readNumber,
  readObject,
  readString,
  stripMark,
  tryJson,
} from "../../reading/json.ts";
import { Lines, textOf } from "../../reading/lines.ts";
import { SET_BACK } from "../../reading/rows.ts";
import { Warmup } from "../../reading/warmup.ts";
import { PointLine } from "./line.ts";
import { type K6Requests, K6Run } from "./run.ts";

/** Whether a text begins with a line of k6's `--out json`. */
export function isPoints(text: string): boolean {
  const line = tryJson(stripMark(text).trimStart().split("\n", 1)[0] ?? "");
  if (!isObject(line) || !isObject(field(line, "data"))) return false;
  return ["Metric", "Point"].includes(String(field(line, "type"))) && typeof field(line, "metric") === "string";
}

/**
 * A reader of k6's `--out json`, one JSON object a line. Points in the form that k6 gives them are read from their bytes, any other line by `JSON.parse`.
 * Throws a `GateError` with the line of the first one that is not k6's.
 */
export function pointsReader(skip: number): OutputReader {
  const run = new K6Run(new Warmup(skip));
  const point = new PointLine();
  const time = () => point.time();
  let last: { readonly tags: number; readonly requests: K6Requests | null } = { tags: -1, requests: null };
  const requests = () => {
    if (last.tags !== point.tagsNumber || run.hasTooManyKinds) {
      last = { tags: point.tagsNumber, requests: requestsOf(run, (key) => point.tag(key)) };
    }
    return last.requests;
  };
  const lines = new Lines((bytes, start, end, line, ended) => {
    if (start === end) return;
    if (!point.find(bytes, start, end) || !run.knows(point.metric())) {
      return readLine(textOf(bytes, start, end), line, ended, run);
    }
    try {
      takePoint(run, point.metric(), point.value, time, requests);
    } catch (error) {
      throw error instanceof GateError ? error.at({ line }) : error;
    }
  });
  return {
    push: (bytes) => lines.push(bytes),
    end: (): readonly ParsedRound[] => lines.end(() => [run.round()]),
  };
}

function readLine(text: string, line: number, ended: boolean, run: K6Run): void {
  if (text.trim() === "") return;
  if (!ended && tryJson(text) === undefined) {
    const remedy = "k6 was stopped while it wrote: give it more time, and let it end by itself";
    throw new GateError("the last line is cut off", remedy, { line });
  }
  placed({ line }, () => readEntry(readObject(parseJson(text, line), ""), run));
}

function readEntry(entry: JsonObject, run: K6Run): void {
  const type = readString(field(entry, "type"), "type");
  const metric = readString(field(entry, "metric"), "metric");
  const data = readObject(field(entry, "data"), "data");
  if (type === "Metric") {
    const contains = readString(field(data, "contains"), "data.contains");
    run.define(metric, readString(field(data, "type"), "data.type") === "trend", contains);
    return;
  }
  if (type !== "Point") mistake('"Metric" or "Point"', type, "type");
  if (!run.knows(metric)) mistake("a metric that an earlier line defines", metric, "metric");
  const time = () => {
    const bytes = new TextEncoder().encode(readString(field(data, "time"), "data.time"));
    return instantIn(bytes, 0, bytes.length);
  };
  const tag = (key: string) => {
    const tags = readObject(field(data, "tags"), "data.tags");
    return readString(field(tags, key) ?? "", `data.tags.${key}`);
  };
  takePoint(run, metric, readNumber(field(data, "value"), "data.value"), time, () => requestsOf(run, tag));
}

function takePoint(
  run: K6Run,
  metric: string,
  value: number,
  time: () => number,
  requests: () => K6Requests | null,
): void {
  if (run.warmup.seconds > 0 && run.warmup.cuts(known(time()))) return;
  if (metric === "http_reqs") run.countRequests(value, known(time()));
  else if (metric === "http_req_failed") run.judge(value, requests());
  else {
    if (value < 0 && metric === "http_req_duration")
      throw new GateError(`Expected a duration, found ${value} ms`, SET_BACK, { path: "data.value" });
    run.trend(metric)?.add(value);
    if (metric === "http_req_duration") requests()?.durations.add(value);
  }
}

function known(time: number): number {
  return Number.isNaN(time) ? mistake("a time as in 2026-11-23T00:35:19.5Z", undefined, "data.time") : time;
}

function requestsOf(run: K6Run, tag: (key: string) => string) {
  if (run.hasTooManyKinds) return null;
  return run.requestsOf({ scenario: tag("scenario"), group: tag("group"), method: tag("method"), name: tag("name") });
}
