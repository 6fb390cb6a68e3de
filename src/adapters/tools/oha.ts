import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import { at, field, isObject, type JsonObject, jsonOf, opensWith, readObject, readPositive } from "../reading/json.ts";
import { concludeSummary, type LoadSummary, levelOf, printedQuantiles, UNNAMED } from "../reading/load-summary.ts";
import { wholeRun } from "../reading/round.ts";
import { httpSuccess, type IsSuccess, isBelow400 } from "../reading/status.ts";

/** How oha calls the requests that were still under way when `-z` ended: neither answered nor failed. */
const CUT_OFF = "aborted due to deadline";

const TEXT = /^\uFEFF?\s{0,9}Summary:\s{1,9}Success rate:\t/;

/**
 * The adapter of oha's JSON (`--output-format json`, `-j` before): percentiles in seconds, over all answers, or over the successes where some failed and
 * `--stats-success-breakdown` was on.
 *
 * oha prints no URL, so the benchmark is called `requests`. A request has failed where it got no answer or a status of 400 or more; those that the end of
 * `-z` cut off are left out, as oha leaves them out of its success rate. The load model is left open: the output tells neither a rate (`-q`)
 * nor whether `--latency-correction` was on.
 */
export const oha: Adapter = {
  name: "oha",
  title: "oha",
  command: "oha --no-tui --output-format json -z 30s -c 8 http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  tellsStatus: true,
  recognises: ({ text, json }) => TEXT.test(text.slice(0, 200)) || isResult(json()),
  parse(output) {
    const { text } = output;
    const result = opensWith(text, "{") ? jsonOf(output) : undefined;
    if (!isResult(result))
      throw new GateError("This is not a JSON result of oha", "Run oha with --no-tui --output-format json", {
        line: 1,
      });
    return [wholeRun(concludeSummary("oha", readRun(result, httpSuccess(output.expected, isBelow400))))];
  },
};

function isResult(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    ["summary", "latencyPercentiles", "statusCodeDistribution"].every((key) => isObject(field(value, key)))
  );
}

function readRun(result: JsonObject, isSuccess: IsSuccess): LoadSummary {
  const summary = readObject(field(result, "summary"), "summary");
  const statuses = counts(result, "statusCodeDistribution");
  const errors = counts(result, "errorDistribution").filter(([error]) => error !== CUT_OFF);
  const refused = statuses.filter(([status]) => !isSuccess(Number(status)));
  const [answers, unanswered] = [sum(statuses), sum(errors)];
  const words = [
    ...refused.map(([status, n]) => `${n} status ${status}`),
    ...errors.map(([error, n]) => `${n} ${error}`),
  ];
  const seconds = readPositive(field(summary, "total"), "summary.total");
  return {
    benchmark: UNNAMED,
    requests: answers + unanswered,
    failed: sum(refused) + unanswered,
    errors: words.join(", ").slice(0, 300),
    rate: seconds > 0 ? { perSecond: answers / seconds, of: answers } : null,
    ...latencyOf(result, statuses, isSuccess),
  };
}

type Statuses = ReturnType<typeof counts>;

/**
 * The percentiles of the successes, where nothing failed or `--stats-success-breakdown` sets them apart: those are the statuses 200 to 299 for oha.
 * Else those of all answers.
 */
function latencyOf(
  result: JsonObject,
  statuses: Statuses,
  isSuccess: IsSuccess,
): Pick<LoadSummary, "latency" | "failedInLatency"> {
  const succeeded = statuses.filter(([status]) => isSuccess(Number(status)));
  const [answers, successes] = [sum(statuses), sum(succeeded)];
  if (answers === 0) return { latency: null };
  const apart = ["latencyPercentilesSuccessful", "latencyPercentileSuccessful"].find((key) =>
    isObject(field(result, key)),
  );
  const sameSet = statuses.every(([status]) => isSuccess(Number(status)) === /^2\d\d$/.test(status));
  if (apart !== undefined && successes > 0 && successes < answers && sameSet) {
    const distribution = printedQuantiles(percentilesIn(result, apart), { count: successes });
    return { latency: { distribution, estimator: "index" } };
  }
  const end = (key: string) => readPositive(field(result.summary as JsonObject, key), at("summary", key));
  const ends = { min: end("fastest"), max: end("slowest"), mean: end("average"), count: answers };
  const distribution = printedQuantiles(percentilesIn(result, "latencyPercentiles"), ends);
  return { latency: { distribution, estimator: "index" }, failedInLatency: answers - successes };
}

function percentilesIn(result: JsonObject, name: string): readonly (readonly [level: number, seconds: number])[] {
  const percentiles = readObject(field(result, name), name);
  return Object.keys(percentiles).flatMap((key) => {
    const percent = /^p(\d{1,3}(?:\.\d{1,6})?)$/.exec(key)?.[1];
    // NaN becomes null on the way into JSON: a percentile of no requests.
    if (percent === undefined || field(percentiles, key) === null) return [];
    return [[levelOf(Number(percent)), readPositive(field(percentiles, key), at(name, key))] as const];
  });
}

function counts(result: JsonObject, key: string): readonly (readonly [string, number])[] {
  const object = readObject(field(result, key) ?? {}, key);
  return Object.keys(object).map((name) => [name, readPositive(field(object, name), at(key, name))]);
}

function sum(counted: readonly (readonly [string, number])[]): number {
  return counted.reduce((total, [, n]) => total + n, 0);
}
