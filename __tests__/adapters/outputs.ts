import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Adapter, ParsedRound } from "../../src/adapters/adapter.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { GateError } from "../../src/model/error.ts";
import type { Distribution, ToolMeasurement } from "../../src/model/measurement.ts";

const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "shared", "corpus");

/** Whether the corpus of real outputs is here. */
export const hasCorpus = existsSync(CORPUS);

/** The text of a fixture: `wrk/latency.txt`. */
export function fixture(path: string): string {
  return readFileSync(join(import.meta.dirname, "..", "fixtures", path), "utf8");
}

/** The outputs in a folder of the corpus, by file; none where the corpus is not here. */
export function corpus(folder: string): readonly { readonly file: string; readonly text: string }[] {
  const path = join(CORPUS, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).map((file) => ({ file, text: readFileSync(join(path, file), "utf8") }));
}

/** The only round of an output. */
export function onlyRound(adapter: Adapter, text: string): ParsedRound {
  const rounds = adapter.parse({ text });
  if (rounds.length !== 1) throw new Error(`${rounds.length} rounds`);
  return rounds[0]!;
}

/** One measurement of a round. */
export function measured(round: ParsedRound, benchmark: string, metric: string): ToolMeasurement {
  const found = round.measurements.find((each) => each.benchmark === benchmark && each.metric === metric);
  if (found === undefined) throw new Error(`no ${metric} of ${benchmark}`);
  return found;
}

/** A distribution of one number. */
export function single(value: number): Distribution {
  return { kind: "value", value, exact: false };
}

/** The `GateError` that an adapter refuses a text with. */
export function refusal(adapter: Adapter, text: string): GateError {
  try {
    adapter.parse({ text });
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error("it was read");
}

/** The names of the adapters that recognise a text. */
export function recognisedBy(text: string): string[] {
  return ADAPTERS.filter((adapter) => adapter.recognises(text)).map(({ name }) => name);
}
