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
import type { Expected } from "../../reading/status.ts";
import { Warmup } from "../../reading/warmup.ts";
import type { K6Requests } from "./kinds.ts";
import { PointLine } from "./line.ts";
import { type K6Point, K6Run } from "./run.ts";
import { type EndingOf, endingsOf, isRequestTime } from "./tally.ts";

/** Whether a text begins with a line of k6's `--out json`. */
export function isPoints(text: string): boolean {
  const first = stripMark(text).trimStart().split("\n", 1)[0] ?? "";
  // Most results are JSON on one line: only what has the mark of a point is worth parsing a second time.
  const line = /"type" ?: ?"(?:Metric|Point)"/.test(first) ? tryJson(first) : undefined;
  if (!isObject(line) || !isObject(field(line, "data"))) return false;
  return ["Metric", "Point"].includes(String(field(line, "type"))) && typeof field(line, "metric") === "string";
}

/**
 * A reader of k6's `--out json`, one JSON object a line. Points in the form that k6 gives them are read from their bytes, any other line by `JSON.parse`.
 * Throws a `GateError` with the line of the first one that is not k6's.
 */
export function pointsReader(skip: number, expected: Expected): OutputReader {
  const run = new K6Run(new Warmup(skip), expected);
  const endingOf = endingsOf(expected);
  const line = new PointLine();
  const tag = (key: string) => line.tag(key);
  // All metrics of a request carry the same tags.
  let kind: { readonly tags: number; readonly requests: K6Requests | null } = { tags: -1, requests: null };
  const point: K6Point = {
    time: () => known(line.time()),
    requests() {
      if (kind.tags !== line.tagsNumber || run.kinds.areTooMany) {
        kind = { tags: line.tagsNumber, requests: requestsOf(run, tag) };
      }
      return kind.requests;
    },
    ending: () => endingOf(line.metric(), tag),
  };
  const lines = new Lines((bytes, start, end, number, ended) => {
    if (start === end) return;
    if (!line.find(bytes, start, end) || !run.knows(line.metric())) {
      return readLine(textOf(bytes, start, end), { line: number, ended }, run, endingOf);
    }
    try {
      take(run, line.metric(), line.value, point);
    } catch (error) {
      throw error instanceof GateError ? error.at({ line: number }) : error;
    }
  });
  return {
    push: (bytes) => lines.push(bytes),
    end: (): readonly ParsedRound[] => lines.end(() => [run.round()]),
  };
}

function readLine(
  text: string,
  { line, ended }: { readonly line: number; readonly ended: boolean },
  run: K6Run,
  endingOf: EndingOf,
): void {
  if (text.trim() === "") return;
  if (!ended && tryJson(text) === undefined) {
    const remedy = "k6 was stopped while it wrote: give it more time, and let it end by itself";
    throw new GateError("the last line is cut off", remedy, { line });
  }
  placed({ line }, () => readEntry(readObject(parseJson(text, line), ""), run, endingOf));
}

function readEntry(entry: JsonObject, run: K6Run, endingOf: EndingOf): void {
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
  const tag = (key: string) => {
    const tags = readObject(field(data, "tags"), "data.tags");
    return readString(field(tags, key) ?? "", `data.tags.${key}`);
  };
  take(run, metric, readNumber(field(data, "value"), "data.value"), {
    time() {
      const bytes = new TextEncoder().encode(readString(field(data, "time"), "data.time"));
      return known(instantIn(bytes, 0, bytes.length));
    },
    requests: () => requestsOf(run, tag),
    ending: () => endingOf(metric, tag),
  });
}

function take(run: K6Run, metric: string, value: number, point: K6Point): void {
  if (run.warmup.seconds > 0 && run.warmup.cuts(point.time())) return;
  if (value < 0 && isRequestTime(metric))
    throw new GateError(`Expected a duration, found ${value} ms`, SET_BACK, { path: "data.value" });
  run.add(metric, value, point);
}

function known(time: number): number {
  return Number.isNaN(time) ? mistake("a time as in 2026-11-23T00:35:19.5Z", undefined, "data.time") : time;
}

function requestsOf(run: K6Run, tag: (key: string) => string) {
  if (run.kinds.areTooMany) return null;
  return run.kinds.of({ scenario: tag("scenario"), group: tag("group"), method: tag("method"), name: tag("name") });
}
