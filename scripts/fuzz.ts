/**
 * `node scripts/fuzz.ts [COUNT] [SEED]`: seeded mutations of the corpus's files through the adapters: bit flips, truncations, huge numbers, NaN, deep nesting,
 * `__proto__`, invalid UTF-8, CRLF, byte order marks, decimal commas. Ends with 1 where anything but a sound result or a `GateError` with a
 * place comes out, a prototype is polluted, or a parse takes more than a second per MB.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ADAPTERS } from "../src/adapters/index.ts";
import { parseText } from "../src/adapters/parse.ts";
import { outputOf } from "../src/adapters/reading/output.ts";
import { selectAdapter } from "../src/adapters/select.ts";
import { encodingOf } from "../src/io/encoding.ts";
import { GateError } from "../src/model/error.ts";
import { xoshiro128 } from "../src/stats/random.ts";
import { CORPUS, corpusIndex, expectedTools, whyNoCorpus } from "./corpus.ts";

/** Larger files are mutated in their first part: what matters is in every part alike. */
const LARGEST = 200_000;

type Random = () => number;

/** What is put in place of something, or in between. */
const PIECES = [
  "1e400", "-1e400", "NaN", "Infinity", "-0", "1e-400", "99999999999999999999999999", "0x10", "null", "true", '""', "{}", "[]",
  '"__proto__"', '{"__proto__":{"polluted":1}}', '"constructor":{"prototype":{"polluted":1}}', "[".repeat(5000), '{"a":'.repeat(5000),
  "\u0000", "\u202e", "\ud800", "1.234,56", "1,5", "µs", "μs", "\t", "|", ",", ";", "\\", "\n\n\n", "<a>", "]]>", "&#0;", "é".repeat(300), "9".repeat(400),
] as const; // biome-ignore format: a list to look through

const at = (random: Random, length: number) => Math.floor(random() * Math.max(1, length));

/** One change of the bytes of a file. */
const MUTATIONS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  function flip(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let i = 0; i <= at(random, 8); i++) copy[at(random, copy.length)]! ^= 1 << at(random, 8);
    return copy;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, at(random, bytes.length));
  },
  function behead(bytes, random) {
    return bytes.subarray(at(random, bytes.length));
  },
  function insert(bytes, random) {
    const where = at(random, bytes.length);
    return Buffer.concat([
      bytes.subarray(0, where),
      Buffer.from(PIECES[at(random, PIECES.length)]!),
      bytes.subarray(where),
    ]);
  },
  function number(bytes, random) {
    const text = bytes.toString("latin1");
    const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)];
    const found = numbers[at(random, numbers.length)];
    if (found === undefined) return bytes;
    const piece = PIECES[at(random, PIECES.length)]!;
    return Buffer.concat([
      bytes.subarray(0, found.index),
      Buffer.from(piece),
      bytes.subarray(found.index + found[0].length),
    ]);
  },
  function word(bytes, random) {
    const text = bytes.toString("latin1");
    const words = [...text.matchAll(/[A-Za-z_]+/g)];
    const found = words[at(random, words.length)];
    const other = words[at(random, words.length)]?.[0] ?? "";
    const piece = random() < 0.3 ? "__proto__" : other;
    if (found === undefined) return bytes;
    return Buffer.concat([
      bytes.subarray(0, found.index),
      Buffer.from(piece),
      bytes.subarray(found.index + found[0].length),
    ]);
  },
  function doubled(bytes, random) {
    const start = at(random, bytes.length);
    const end = start + at(random, Math.min(2000, bytes.length - start));
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  function invalid(bytes, random) {
    const where = at(random, bytes.length);
    return Buffer.concat([
      bytes.subarray(0, where),
      Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
      bytes.subarray(where),
    ]);
  },
  (bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1"),
  (bytes) => Buffer.concat([Buffer.from("\uFEFF"), bytes]),
  (bytes) => Buffer.from(bytes.toString("latin1").replace(/(\d)\.(\d)/g, "$1,$2"), "latin1"),
  (bytes) => Buffer.from(`\uFEFF${bytes.toString("utf8")}`, "utf16le"),
];

/** What was found wrong with one mutation. */
export interface Fault {
  readonly file: string;
  readonly tool: string;
  readonly mutation: number;
  readonly problem: string;
}

/** Throws `count` mutations at the adapters. */
export function fuzz(count: number, seed: number, onFault: (fault: Fault) => void): { refused: number; read: number } {
  const random = xoshiro128(seed);
  const files = corpusIndex().map(({ file, index }) => ({
    file,
    tools: expectedTools(index),
    bytes: readFileSync(join(CORPUS, file)).subarray(0, LARGEST),
  }));
  let [refused, read] = [0, 0];
  for (let mutation = 0; mutation < count; mutation++) {
    const { file, tools, bytes } = files[at(random, files.length)]!;
    let mutant: Buffer = bytes;
    for (let times = 0; times <= at(random, 3); times++)
      mutant = MUTATIONS[at(random, MUTATIONS.length)]!(mutant, random);
    const text = new TextDecoder(encodingOf(mutant)).decode(mutant);
    const names = ["auto", ...tools.filter((name) => ADAPTERS.some((adapter) => adapter.name === name))];
    for (const tool of names) {
      const began = performance.now();
      const problem = attempt(tool, text);
      const seconds = (performance.now() - began) / 1000;
      if (problem === "read") read++;
      else if (problem === "refused") refused++;
      else onFault({ file, tool, mutation, problem });
      if (seconds > 1 + mutant.length / 1e6) onFault({ file, tool, mutation, problem: `took ${seconds.toFixed(1)} s` });
      if ("polluted" in {}) {
        Reflect.deleteProperty(Object.prototype, "polluted");
        onFault({ file, tool, mutation, problem: "polluted Object.prototype" });
      }
    }
  }
  return { refused, read };
}

/** "read", "refused", or what is wrong. */
function attempt(tool: string, text: string): string {
  try {
    const output = outputOf(text);
    const adapter = selectAdapter(tool, output);
    for (const { measurements, failures } of parseText(adapter, output)) {
      if (measurements.length + failures.length === 0 && adapter.name !== "benchgate") return "an empty round";
      for (const { benchmark, distribution } of measurements) {
        if (typeof benchmark !== "string" || benchmark === "") return "a measurement without a name";
        if (!finite(distribution)) return `${benchmark} has a number that is not finite`;
      }
    }
    return "read";
  } catch (error) {
    if (!(error instanceof GateError))
      return error instanceof Error ? `${error.stack?.split("\n", 3).join(" ")}` : String(error);
    const { line, path } = error.position;
    return line === undefined && path === undefined ? `refused without a place: ${error.message}` : "refused";
  }
}

function finite(
  distribution: ReturnType<(typeof ADAPTERS)[number]["parse"]>[number]["measurements"][number]["distribution"],
): boolean {
  if (distribution.kind === "samples") return distribution.samples.every(Number.isFinite);
  if (distribution.kind === "quantiles") return Object.values(distribution.quantiles).every(Number.isFinite);
  return distribution.kind === "histogram"
    ? distribution.values.every(Number.isFinite)
    : Number.isFinite(distribution.value);
}

if (import.meta.main && whyNoCorpus() !== null) {
  console.error(whyNoCorpus());
  process.exitCode = 1;
} else if (import.meta.main) {
  const [count = "100000", seed = "1"] = process.argv.slice(2);
  const faults = new Map<string, { readonly first: Fault; times: number }>();
  const { refused, read } = fuzz(Number(count), Number(seed), (fault) => {
    const key = `${fault.tool} ${fault.problem.slice(0, 120)}`;
    const known = faults.get(key);
    if (known === undefined) faults.set(key, { first: fault, times: 1 });
    else known.times++;
  });
  for (const { first, times } of faults.values())
    console.log(`${times} × ${first.tool} ${first.file} (#${first.mutation}): ${first.problem}`);
  console.log(`${count} mutations, seed ${seed}: ${read} read, ${refused} refused, ${faults.size} kinds of faults`);
  process.exitCode = faults.size > 0 || read + refused === 0 ? 1 : 0;
}
