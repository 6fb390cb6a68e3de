import { GateError, type Position } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { quote } from "./scalars.ts";

/**
 * The patterns over `suite/benchmark` that somebody means who asks for one thing. Without a slash it is a suite's name, else a benchmark's
 * in any suite: the whole of it, or what stands behind the name of its group or file. Throws a `GateError` where it names a suite that is
 * not there.
 */
export function patternsOf(asked: string, suites: readonly string[], position: Position): readonly string[] {
  const [suite = "", ...rest] = asked.split("/");
  if (rest.length === 0) return suites.includes(asked) ? [`${asked}/*`] : [`*/${asked}`, `* / ${asked}`];
  if (suite.includes("*") || suites.includes(suite)) return [asked];
  const near = nearest(suite, suites);
  const remedy =
    near === null
      ? `The suites are ${suites.join(", ")}; for a benchmark of that name write "*/${asked}"`
      : `Did you mean "${near}/${rest.join("/")}"?`;
  throw new GateError(`${quote(asked)} names a suite that is not there`, remedy, position);
}
