import { GateError, type Position } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { matches } from "../model/plan.ts";
import { quote } from "./scalars.ts";

/**
 * The patterns over `suite/benchmark` that somebody means who asks for one thing. Without a slash it is a suite's name, or a pattern of such. A benchmark in
 * any suite is `*`, a slash and its name: the whole of its name, or what stands behind its group or file. Throws a `GateError` where it names a suite that is not
 * there, before anything is measured.
 */
export function patternsOf(asked: string, suites: readonly string[], position: Position): readonly string[] {
  const [suite = "", ...rest] = asked.split("/");
  const behind = rest.join("/");
  if (suite === "*" && rest.length > 0) return [asked, `* / ${behind}`];
  if (rest.length > 0 && suite.includes("*")) return [asked];
  if (suites.some((name) => matches(suite, name))) return [rest.length > 0 ? asked : `${asked}/*`];
  const near = nearest(suite, suites);
  const meant = near === null ? "" : `Did you mean "${[near, ...rest].join("/")}"? `;
  const list =
    near === null ? `${suites.length === 1 ? "The only suite is" : "The suites are"} ${suites.join(", ")}; for` : "For";
  throw new GateError(
    `${quote(asked)} names a suite that is not there`,
    `${meant}${list} a benchmark of that name in any suite write "*/${asked}"`,
    position,
  );
}
