import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Adapter, ParsedRound } from "../../src/adapters/adapter.ts";
import type { ToolMeasurement } from "../../src/model/measurement.ts";

/** The folder of real outputs that is no part of the project. */
const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "..", "shared", "corpus");

export const hasCorpus = existsSync(CORPUS);

export function corpusFile(file: string): string {
  return readFileSync(join(CORPUS, file), "utf8");
}

/** The files of one folder of the corpus, or none where there is no corpus. */
export function corpusFolder(folder: string): string[] {
  return hasCorpus ? readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${file}`) : [];
}

export function fixture(file: string): string {
  return readFileSync(join(import.meta.dirname, "..", "fixtures", file), "utf8");
}

/** The only round that a text holds. */
export function onlyRound(adapter: Adapter, text: string): ParsedRound {
  const rounds = adapter.parse({ text });
  if (rounds.length !== 1) throw new Error(`${rounds.length} rounds`);
  return rounds[0]!;
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
