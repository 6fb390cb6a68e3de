import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Adapter, ParsedRound } from "../../src/adapters/adapter.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { GateError } from "../../src/model/error.ts";
import type { Distribution, ToolMeasurement } from "../../src/model/measurement.ts";

const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "shared", "corpus");

/** Whether the corpus of real outputs is here. */
export const hasCorpus = existsSync(CORPUS);

/** The text of a fixture: `wrk/latency.txt`. */
export function fixture(path: string): string {
  return readFileSync(join(import.meta.dirname, "..", "fixtures", path), "utf8");
}

/** The text of a file of the corpus: `wrk/wrk-1.txt`. */
export function corpusFile(file: string): string {
  return readFileSync(join(CORPUS, file), "utf8");
}

/** The files in a folder of the corpus; none where the corpus is not here. */
export function corpusFolder(folder: string): string[] {
  return hasCorpus ? readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${file}`) : [];
}

/** The same with their texts, by their names in the folder. */
export function corpus(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return corpusFolder(folder).map((file) => ({ file: file.slice(folder.length + 1), text: corpusFile(file) }));
}

/** The only round of an output. */
export function onlyRound(adapter: Adapter, text: string): ParsedRound {
  const rounds = adapter.parse(outputOf(text));
  if (rounds.length !== 1) throw new Error(`${rounds.length} rounds`);
  return rounds[0]!;
}

/** One measurement of a round. */
export function measured(round: ParsedRound, benchmark: string, metric: string): ToolMeasurement {
  const found = round.measurements.find((each) => each.benchmark === benchmark && each.metric === metric);
  if (found === undefined) throw new Error(`no ${metric} of ${benchmark}`);
  return found;
}

/** One metric as `name → numbers`: its samples, or its one value; nothing of percentiles and histograms. */
export function numbersOf({ measurements }: ParsedRound, metric = "latency"): Record<string, number[]> {
  return Object.fromEntries(
    measurements.filter((each) => each.metric === metric).map((each) => [each.benchmark, valuesOf(each)]),
  );
}

function valuesOf({ distribution }: ToolMeasurement): number[] {
  if (distribution.kind === "samples") return [...distribution.samples];
  return distribution.kind === "value" ? [distribution.value] : [];
}

/** A distribution of one number. */
export function single(value: number): Distribution {
  return { kind: "value", value, exact: false };
}

/** The `GateError` that an adapter refuses a text with. */
export function refusal(adapter: Adapter, text: string): GateError {
  try {
    adapter.parse(outputOf(text));
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error("it was read");
}

/** The names of the adapters that recognise a text. */
export function recognisedBy(text: string): string[] {
  const output = outputOf(text);
  return ADAPTERS.filter((adapter) => adapter.recognises(output)).map(({ name }) => name);
}
