import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseText } from "../src/adapters/parse.ts";
import { outputOf } from "../src/adapters/reading/output.ts";
import { adapterCalled, selectAdapter } from "../src/adapters/select.ts";

// What `tool: auto` costs on a large JSON output, as a ratio to one `JSON.parse` of the same text: to find the tool ("recognise"), to find it and read
// the results ("auto"), and to read them where the tool is named ("named"). The fixtures of real tools are made long by repeating their
// benchmarks under other names, or their samples. Everything is measured in turns, in processor time (all threads: most of what JSON.parse takes is
// memory, which others clean up), and the median of each is told.
//
//   node --expose-gc bench/auto.ts [--megabytes 20] [--repeats 9] [--kinds pyperf,k6]

type Json = { readonly [key: string]: unknown };

/** An output: the fixture that it grows from, how it is indented, and the fixture with `copies` times as many benchmarks. */
interface Kind {
  readonly fixture: string;
  readonly indent: number;
  grown(fixture: unknown, copies: number): unknown;
}

const list = (value: unknown) => value as readonly Json[];

const KINDS: Readonly<Record<string, Kind>> = {
  pyperf: {
    fixture: "pyperf/script.json",
    indent: 1,
    grown: (fixture, copies) => ({
      ...(fixture as Json),
      benchmarks: times(copies, (copy) =>
        list((fixture as Json).benchmarks).map((each) => ({
          ...each,
          metadata: { ...(each.metadata as Json), name: `${(each.metadata as Json).name} ${copy}` },
        })),
      ),
    }),
  },
  "google-benchmark": {
    fixture: "google-benchmark/repetitions.json",
    indent: 2,
    grown: (fixture, copies) => ({
      ...(fixture as Json),
      benchmarks: times(copies, (copy) =>
        list((fixture as Json).benchmarks).map((each) => ({
          ...each,
          name: `${each.name}/${copy}`,
          run_name: `${each.run_name}/${copy}`,
        })),
      ),
    }),
  },
  k6: {
    fixture: "k6/handle-summary.json",
    indent: 1,
    grown: (fixture, copies) => {
      const { metrics } = fixture as { readonly metrics: Json };
      const more = times(copies, (copy) => [[`trend_${copy}`, metrics.http_req_duration]]);
      return { ...(fixture as Json), metrics: { ...metrics, ...Object.fromEntries(more) } };
    },
  },
  customSmallerIsBetter: {
    fixture: "customSmallerIsBetter/entries.json",
    indent: 2,
    grown: (fixture, copies) =>
      times(copies, (copy) =>
        list(fixture).map((each) => ({ ...each, name: `${each.name} ${copy}`, biggerIsBetter: false })),
      ),
  },
  hyperfine: {
    fixture: "hyperfine/named.json",
    indent: 2,
    grown: (fixture, copies) => ({
      results: times(copies, (copy) =>
        list((fixture as Json).results).map((each) => ({ ...each, command: `${each.command} ${copy}` })),
      ),
    }),
  },
  "pytest-benchmark": {
    fixture: "pytest-benchmark/data.json",
    indent: 4,
    // Samples in place of benchmarks: `--benchmark-save-data` keeps them all.
    grown: (fixture, copies) => ({
      ...(fixture as Json),
      benchmarks: list((fixture as Json).benchmarks).map((each) => {
        const stats = each.stats as { readonly data: readonly number[] };
        return { ...each, stats: { ...stats, data: times(copies, () => stats.data) } };
      }),
    }),
  },
};

function times<T>(copies: number, one: (copy: number) => readonly T[]): T[] {
  return Array.from({ length: copies }, (_, copy) => one(copy)).flat();
}

/** The output of a kind, at least so many bytes long. */
function textOf({ fixture, indent, grown }: Kind, bytes: number): string {
  const file = readFileSync(join(import.meta.dirname, "..", "__tests__", "fixtures", fixture), "utf8");
  // Google Benchmark writes NaN, which JSON has not.
  const root: unknown = JSON.parse(file.replaceAll(/: NaN\b/g, ": 0"));
  const write = (copies: number) => JSON.stringify(grown(root, copies), null, indent);
  const [few, more] = [write(10).length, write(20).length];
  const text = write(Math.ceil((10 * bytes) / (more - few)));
  // As it would come from a file.
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/** Milliseconds of processor time. */
function timed(step: () => unknown): number {
  globalThis.gc?.();
  const began = process.cpuUsage();
  step();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half) - 1]!) / 2;
}

const { values: flags } = parseArgs({
  options: {
    megabytes: { type: "string", default: "20" },
    repeats: { type: "string", default: "9" },
    kinds: { type: "string", default: Object.keys(KINDS).join(",") },
  },
});

console.log("| output | MiB | JSON.parse, ms | recognise | auto | named |");
console.log("|---|--:|--:|--:|--:|--:|");
for (const name of flags.kinds.split(",")) {
  const text = textOf(KINDS[name]!, Number(flags.megabytes) * 2 ** 20);
  const steps = {
    json: () => JSON.parse(text),
    recognise: () => selectAdapter("auto", outputOf(text)),
    auto: () => {
      const output = outputOf(text);
      return parseText(selectAdapter("auto", output), output);
    },
    named: () => parseText(adapterCalled(name), outputOf(text)),
  };
  const found = selectAdapter("auto", outputOf(text)).name;
  if (found !== name) throw new Error(`${name} is taken for ${found}`);
  const taken = Object.fromEntries(Object.keys(steps).map((step) => [step, [] as number[]]));
  for (let repeat = 0; repeat < Number(flags.repeats); repeat++) {
    for (const [step, run] of Object.entries(steps)) taken[step]!.push(timed(run));
  }
  const json = median(taken.json!);
  const ratios = ["recognise", "auto", "named"].map((step) => (median(taken[step]!) / json).toFixed(2));
  const size = (new TextEncoder().encode(text).length / 2 ** 20).toFixed(1);
  console.log(`| ${[name, size, json.toFixed(0), ...ratios].join(" | ")} |`);
}
