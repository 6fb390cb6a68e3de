import { GateError } from "../model/error.ts";
import type { Distribution } from "../model/measurement.ts";
import type { Adapter, EmbeddedOutput, ParsedRound, ToolOutput } from "./adapter.ts";

/**
 * What `adapter` reads from an output. A refusal that is about the output as a whole has its first line as its place. A number that only its unit
 * makes too large for a computer (1e308 MB) is refused like any other.
 */
export function parseText(adapter: Adapter, output: ToolOutput): readonly ParsedRound[] {
  return atLeastAtTheStart(() => {
    const rounds = parseOwn(adapter, output);
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

/** What `adapter` reads from the output, or from the only JSON document in it that is its tool's. */
function parseOwn(adapter: Adapter, output: ToolOutput): readonly ParsedRound[] {
  const [own, second] = documentsOf(adapter, output);
  if (second !== undefined) {
    const remedy = "Give each run a file of its own";
    throw new GateError(`It holds two outputs of ${adapter.title}`, remedy, { line: second.line });
  }
  if (own === undefined) return adapter.parse(output);
  try {
    return adapter.parse({ ...own, ...(output.skip === undefined ? {} : { skip: output.skip }) });
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const { line = 1, ...place } = error.position;
    throw new GateError(error.problem, error.remedy, { ...place, line: own.line + line - 1 }, error.kind);
  }
}

/** The JSON documents that are of the adapter's tool, in an output that is not as a whole. */
export function documentsOf(adapter: Adapter, output: ToolOutput): readonly EmbeddedOutput[] {
  return adapter.recognises(output) ? [] : output.documents().filter((document) => adapter.recognises(document));
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
