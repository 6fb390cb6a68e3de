import { GateError } from "../model/error.ts";
import type { Distribution } from "../model/measurement.ts";
import type { Adapter, ParsedRound, ToolOutput } from "./adapter.ts";

/**
 * What `adapter` reads from an output. A refusal that is about the output as a whole has its first line as its place. A number that only its unit
 * makes too large for a computer (1e308 MB) is refused like any other.
 */
export function parseText(adapter: Adapter, output: ToolOutput): readonly ParsedRound[] {
  return atLeastAtTheStart(() => {
    const rounds = adapter.parse(output);
    const large = rounds
      .flatMap(({ measurements }) => measurements)
      .find((each) => !isFiniteThroughout(each.distribution));
    if (large === undefined) return rounds;
    throw new GateError(
      `A number of ${JSON.stringify(large.benchmark)} (${large.metric}) is too large`,
      "Check the output: nothing takes so long, or is so big",
    );
  });
}

function isFiniteThroughout(distribution: Distribution): boolean {
  switch (distribution.kind) {
    case "samples":
      return distribution.samples.every(Number.isFinite);
    case "quantiles":
      return Object.values(distribution.quantiles).every(Number.isFinite);
    case "histogram":
      return distribution.values.every(Number.isFinite);
    case "value":
      return Number.isFinite(distribution.value);
  }
}

/** What `read` gives; a `GateError` from it that names no place in the text gets the first line. */
export function atLeastAtTheStart<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof GateError && error.position.path === undefined ? error.at({ line: 1 }) : error;
  }
}
