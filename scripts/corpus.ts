/**
 * `npm run corpus`: every output of a real tool in the corpus beside the project (BENCHGATE_CORPUS), read with `tool: auto`. Prints what became of each,
 * and ends with 1 where a file is taken for another tool's, or something other than a `GateError` comes out.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createFiles } from "../src/io/files.ts";
import { fitOutput, type Output } from "../src/measure/output.ts";
import { GateError } from "../src/model/error.ts";

/** Where the outputs of real tools lie, with INDEX.tsv. */
export const CORPUS = process.env.BENCHGATE_CORPUS ?? join(import.meta.dirname, "..", "..", "shared", "corpus");

/** What became of one file. */
export interface Reading {
  readonly file: string;
  /** The tool that wrote it, as the index calls it. */
  readonly index: string;
  /** The adapter that was taken, or null where none was. */
  readonly tool: string | null;
  readonly rounds: number;
  readonly benchmarks: number;
  readonly measurements: number;
  readonly failures: number;
  /** Values that rest behind the measurements: samples, or the counts of histograms and percentiles. */
  readonly samples: number;
  /** Why it was refused, or null. */
  readonly refused: GateError | null;
}

/** What the index calls a tool whose adapter has another name, or several; none where what it wrote is no measurement. */
const ADAPTER_OF: Readonly<Record<string, readonly string[]>> = {
  "bencher-bmf": ["bmf"],
  benchstat: [],
  "cargo-bench": ["libtest"],
  cprofile: [],
  criterion: ["criterion", "libtest"],
  "custom-fastify": [],
  "custom-gha": ["customSmallerIsBetter", "customBiggerIsBetter"],
  "custom-json": ["customSmallerIsBetter", "customBiggerIsBetter"],
  "dart-benchmark-harness": ["dart"],
  "deno-bench": ["deno"],
  "folded-stacks": [],
  "github-action-benchmark": [],
  "go-bench": ["go"],
  "js-console-time": ["console-time"],
  "go-test-json": ["go"],
  nanobench: ["nanobench", "pyperf"],
  pprof: [],
  "ruby-benchmark": ["ruby-benchmark", "benchmark-ips"],
  speedscope: [],
  stackprof: [],
  "swift-package-benchmark": ["swift"],
  "v8-cpuprofile": [],
  "vitest-bench": ["vitest"],
  wrk2: ["wrk"],
};

/** The adapters that may take a file of the index's tool. */
export function expectedTools(index: string): readonly string[] {
  return ADAPTER_OF[index] ?? [index];
}

/** The files of the corpus with their tools, from INDEX.tsv; none where there is no corpus. */
export function corpusIndex(corpus = CORPUS): readonly { readonly file: string; readonly index: string }[] {
  const table = join(corpus, "INDEX.tsv");
  if (!existsSync(table)) return [];
  const rows = readFileSync(table, "utf8").trimEnd().split("\n").slice(1);
  return rows.map((row) => ({ file: row.split("\t")[0]!, index: row.split("\t")[1]! }));
}

/** Why there is nothing to read, or not all of it; null where every file of the index is there. */
export function whyNoCorpus(corpus = CORPUS): string | null {
  const index = corpusIndex(corpus);
  if (index.length === 0) {
    return `There is no corpus in ${corpus}: name the folder that holds INDEX.tsv in BENCHGATE_CORPUS`;
  }
  const gone = index.filter(({ file }) => !existsSync(join(corpus, file)));
  return gone.length === 0
    ? null
    : `INDEX.tsv names files that are not in ${corpus}: ${gone.map(({ file }) => file).join(", ")}`;
}

/** Reads one file of the corpus as `tool: auto` does. Anything but a `GateError` is thrown on. */
export async function readCorpusFile(file: string, index: string): Promise<Reading> {
  const none = { file, index, tool: null, rounds: 0, benchmarks: 0, measurements: 0, failures: 0, samples: 0 };
  let tool: string | null = null;
  try {
    const files = createFiles();
    const output: Output = { kind: "text", place: file, text: await files.readText(join(CORPUS, file)) };
    const fitting = await fitOutput(output, { tool: "auto", files });
    tool = fitting!.adapter.name;
    const rounds = await fitting!.read(0);
    const measurements = rounds.flatMap((round) => round.measurements);
    const samples = measurements.map(({ distribution }) => {
      if (distribution.kind === "samples") return distribution.samples.length;
      if (distribution.kind === "quantiles") return distribution.count;
      return distribution.kind === "histogram" ? distribution.counts.reduce((a, b) => a + b, 0) : 1;
    });
    return {
      file,
      index,
      tool,
      rounds: rounds.length,
      benchmarks: new Set(measurements.map(({ benchmark }) => benchmark)).size,
      measurements: measurements.length,
      failures: rounds.flatMap((round) => round.failures).length,
      samples: samples.reduce((a, b) => a + b, 0),
      refused: null,
    };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { ...none, tool, refused: error };
  }
}

if (import.meta.main && whyNoCorpus() !== null) {
  console.error(whyNoCorpus());
  process.exitCode = 1;
} else if (import.meta.main) {
  const readings: Reading[] = [];
  for (const { file, index } of corpusIndex()) readings.push(await readCorpusFile(file, index));
  const wrong = readings.filter(({ tool, index }) => tool !== null && !expectedTools(index).includes(tool));
  for (const { file, tool, rounds, benchmarks, measurements, failures, samples, refused } of readings) {
    const counts = `${rounds} rounds, ${benchmarks} benchmarks, ${measurements} measurements of ${samples} values, ${failures} failures`;
    console.log(`${file}\t${tool ?? "-"}\t${refused === null ? counts : `refused: ${refused.message}`}`);
  }
  const read = readings.filter(({ refused }) => refused === null);
  console.log(
    `${readings.length} files: ${read.length} read, ${readings.length - read.length} refused, ${wrong.length} taken for another tool's`,
  );
  for (const { file, tool } of wrong) console.log(`WRONG: ${file} was taken for ${tool}'s`);
  process.exitCode = readings.length === 0 || wrong.length > 0 ? 1 : 0;
}
