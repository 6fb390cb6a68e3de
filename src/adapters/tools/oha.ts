import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import { at, field, isObject, type JsonObject, jsonOf, opensWith, readObject, readPositive } from "../reading/json.ts";
import { concludeSummary, type LoadSummary, levelOf, printedQuantiles, UNNAMED } from "../reading/load-summary.ts";
import { wholeRun } from "../reading/round.ts";

/** How oha calls the requests that were still under way when `-z` ended: neither answered nor failed. */
const CUT_OFF = "aborted due to deadline";

const TEXT = /^\uFEFF?\s{0,9}Summary:\s{1,9}Success rate:\t/;

/**
 * The adapter of oha's JSON (`--output-format json`, `-j` before): percentiles over all answers, in seconds.
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
  recognises: ({ text, json }) => TEXT.test(text.slice(0, 200)) || isResult(json()),
  parse(output) {
    const { text } = output;
    const result = opensWith(text, "{") ? jsonOf(output) : undefined;
    if (!isResult(result))
      throw new GateError("This is no JSON result of oha", "Run oha with --no-tui --output-format json", { line: 1 });
    return [wholeRun(concludeSummary("oha", readRun(result)))];
  },
};

function isResult(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    ["summary", "latencyPercentiles", "statusCodeDistribution"].every((key) => isObject(field(value, key)))
  );
}

function readRun(result: JsonObject): LoadSummary {
  const summary = readObject(field(result, "summary"), "summary");
  const statuses = counts(result, "statusCodeDistribution");
  const errors = counts(result, "errorDistribution").filter(([error]) => error !== CUT_OFF);
  const refused = statuses.filter(([status]) => Number(status) >= 400);
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
    rate: seconds > 0 ? answers / seconds : null,
    answered: answers,
    latency: answers === 0 ? null : { distribution: readLatency(result, summary, answers), estimator: "index" },
  };
}

function readLatency(result: JsonObject, summary: JsonObject, count: number) {
  const percentiles = readObject(field(result, "latencyPercentiles"), "latencyPercentiles");
  const printed = Object.keys(percentiles).flatMap((key) => {
    const percent = /^p(\d{1,3}(?:\.\d{1,6})?)$/.exec(key)?.[1];
    // NaN becomes null on the way into JSON: a percentile of no requests.
    if (percent === undefined || field(percentiles, key) === null) return [];
    return [[levelOf(Number(percent)), readPositive(field(percentiles, key), at("latencyPercentiles", key))] as const];
  });
  const end = (key: string) => readPositive(field(summary, key), at("summary", key));
  return printedQuantiles(printed, { min: end("fastest"), max: end("slowest"), mean: end("average"), count });
}

function counts(result: JsonObject, key: string): readonly (readonly [string, number])[] {
  const object = readObject(field(result, key) ?? {}, key);
  return Object.keys(object).map((name) => [name, readPositive(field(object, name), at(key, name))]);
}

function sum(counted: readonly (readonly [string, number])[]): number {
  return counted.reduce((total, [, n]) => total + n, 0);
}
