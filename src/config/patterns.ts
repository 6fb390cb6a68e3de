import { GateError, type Position } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { STATISTICS } from "../model/statistic.ts";
import { misspeltMetric } from "./metrics.ts";
import { quote } from "./scalars.ts";

/** What suites may be called: their names are the first half of every benchmark's, before the slash. */
export const SUITE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What variables of the environment may be called. */
export const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** Refuses a suite's name that could not be told apart inside `suite/benchmark`. */
export function checkSuiteName(name: string, position: Position): void {
  if (SUITE_NAME.test(name)) return;
  const remedy = "Use letters, digits, dots, hyphens and underscores, 64 at most";
  throw new GateError(`${quote(name)} cannot be a suite's name`, remedy, position);
}

/** Refuses a pattern over `suite/benchmark` that fits nothing because it names a suite that is not there. */
export function checkMatch(pattern: string, suites: readonly string[], position: Position): void {
  const [, suite, slash] = /^([^/]*)(\/?)/.exec(pattern) ?? [];
  if (suite === undefined || suite.includes("*")) return;
  if (slash === "") {
    const remedy = `Write "${suites.includes(pattern) ? pattern : (suites[0] ?? "suite")}/*"`;
    throw new GateError(`${quote(pattern)} fits no benchmark: they are named suite/benchmark`, remedy, position);
  }
  if (suites.includes(suite)) return;
  const near = nearest(suite, suites);
  const remedy =
    near === null
      ? suites.length === 1
        ? `The only suite is ${suites[0]}`
        : `There are ${suites.join(", ")}`
      : `Did you mean "${near}${pattern.slice(suite.length)}"?`;
  throw new GateError(`${quote(pattern)} names a suite that is not there`, remedy, position);
}

/** Refuses a pattern over `suite/benchmark metric statistic` that fits nothing. */
export function checkAcceptance(pattern: string, suites: readonly string[], position: Position): void {
  const words = pattern.split(/\s+/);
  const last = words.at(-1) ?? "";
  if (!last.includes("*") && (words.length < 3 || !(STATISTICS as readonly string[]).includes(last))) {
    const near = nearest(last, STATISTICS);
    const remedy =
      words.length >= 3 && near !== null
        ? `Did you mean ${near}?`
        : 'Write it like "parser/json latency p50", or end it with *';
    throw new GateError(`${quote(pattern)} does not end with a statistic`, remedy, position);
  }
  const metric = words.at(-2) ?? "";
  const meant = words.length < 3 || metric.includes("*") ? null : misspeltMetric(metric);
  if (meant !== null) throw new GateError(`${quote(metric)} is not a metric`, `Did you mean ${meant}?`, position);
  checkMatch(pattern, suites, position);
}
