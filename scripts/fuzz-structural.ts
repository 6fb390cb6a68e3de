/**
 * `npm run fuzz:structural [-- COUNT [SEED]]`: seeded changes of the structure of configurations, inputs, recordings, cells, stored entries and events: values of
 * other kinds, keys that are missing, doubled, misspelt or a prototype's, lists that are empty, deep or long. Ends with 1 where anything but a sound result or
 * a `GateError` of one line comes out, or a prototype is polluted.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INPUTS, readInputs } from "../src/action/inputs.ts";
import { TOOL_WORDS } from "../src/adapters/index.ts";
import { parseEntry } from "../src/baseline/entry.ts";
import { decodeCellNote, encodeCellNote } from "../src/codec/cell.ts";
import { decodeRecording, encodeRecording } from "../src/codec/recording.ts";
import { parseConfig } from "../src/config/config.ts";
import { planFromInputs } from "../src/config/plan.ts";
import { readEvent } from "../src/io/step/event.ts";
import { exitCodeOf } from "../src/judge/exit-code.ts";
import { GateError } from "../src/model/error.ts";
import { xoshiro128 } from "../src/stats/random.ts";

type Random = () => number;
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const deep = (depth: number): Json => (depth === 0 ? 1 : [deep(depth - 1)]);

/** What is put in the place of a value. */
const VALUES: readonly Json[] = [
  null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, "", "\u0000", "\u0085::error::x", "\ud800", "__proto__", "constructor", "∞", "5%", "p50=5%", "-5%", "1e400",
  "NaN", "10m", "0s", "a\nb", "*", "**/[", "(", "x".repeat(5000), [], {}, [[]], [null], { a: {} }, deep(200), Array.from({ length: 300 }, (_, i) => i),
]; // biome-ignore format: a list to look through

const KEYS = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "",
  "suites",
  "match",
  "latency",
  "p50",
  "rounds",
  "value",
  "sha",
  "\u0000",
  "a b",
];

/** One change somewhere in a value. */
function changed(value: Json, random: Random): Json {
  const inside = typeof value === "object" && value !== null;
  if (!inside || random() < 0.15) return pick(random, VALUES);
  if (isList(value)) {
    const at = Math.floor(random() * value.length);
    const how = random();
    if (how < 0.15) return value.filter((_, i) => i !== at);
    if (how < 0.3) return [...value, ...value];
    if (how < 0.4) return [...value, pick(random, VALUES)];
    return value.map((each, i) => (i === at ? changed(each, random) : each));
  }
  const entries = Object.entries(value);
  const at = Math.floor(random() * entries.length);
  const how = random();
  if (how < 0.12) return Object.fromEntries(entries.filter((_, i) => i !== at));
  if (how < 0.24) return fromEntries([...entries, [pick(random, KEYS), pick(random, VALUES)]]);
  if (how < 0.34) return fromEntries(entries.map(([key, each], i) => [i === at ? pick(random, KEYS) : key, each]));
  return fromEntries(entries.map(([key, each], i) => [key, i === at ? changed(each, random) : each]));
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Also with a key of its own that is called `__proto__`, as JSON can have it. */
function fromEntries(entries: readonly (readonly [string, Json])[]): Json {
  const made = {};
  for (const [key, value] of entries)
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

const CONFIG: Json = {
  setup: "npm ci", rounds: 6, compare: "auto", "time-budget": "10m", "on-inconclusive": "warn",
  suites: {
    parser: { bench: "bench/**/*.bench.ts" },
    api: { serve: "node server.js", ready: "http://127.0.0.1:$PORT/", run: "k6 run x.js", tool: "k6", warmup: "2s", env: { A: "1" } },
    cli: { time: "./tool --version", "time-limit": "5s" },
  },
  budgets: [{ match: "api/*", latency: { p50: "5%", p99: { threshold: "15%", limit: "250ms" } }, "error-rate": { limit: "1%" } }, { match: "*", memory: { max: "5%", floor: "64KiB" } }],
  accept: [{ match: "parser/json latency p50", "up-to": "8%", reason: "correct", until: "2027-03-01" }],
}; // biome-ignore format: as the file has it

const RECORDING: Json = {
  schema: "benchgate.recording/1",
  revision: { sha: "a".repeat(40), ref: "refs/heads/main", committedAt: "2026-11-22T10:00:00Z" },
  environment: { os: "linux", arch: "x64", cpu: "c", cores: 4, runtime: "node 24.19.0" },
  rounds: [
    {
      session: "1/1", pair: 0, startedAt: "2026-11-22T10:00:00Z", failures: [{ suite: "s", benchmark: "f", reason: "r", output: "o" }],
      measurements: [
        { suite: "s", benchmark: "a", metric: "latency", unit: "s", better: "lower", samples: [0.1, 0.2] },
        { suite: "s", benchmark: "b", metric: "latency", unit: "s", better: "lower", quantiles: { "0.5": 0.1, "0.99": 0.2 }, count: 10 },
        { suite: "s", benchmark: "c", metric: "memory", unit: "B", better: "lower", value: 48128, exact: true },
      ],
    },
  ],
}; // biome-ignore format: as the file has it

const EVENT: Json = {
  number: 7,
  pull_request: { number: 7, head: { ref: "t", sha: "b".repeat(40), repo: { full_name: "o/r", fork: false } }, base: { ref: "main", sha: "c".repeat(40) } },
  before: "d".repeat(40), merge_group: { base_sha: "e".repeat(40), head_sha: "f".repeat(40), base_ref: "refs/heads/main", head_ref: "refs/heads/q" },
  workflow_run: { id: 1, event: "pull_request", head_sha: "a".repeat(40), head_branch: "t", head_repository: { full_name: "m/r" } },
  repository: { default_branch: "main", full_name: "o/r" },
}; // biome-ignore format: as the file has it

const GIVEN: Json = {
  run: "node bench.js", tool: "tinybench", threshold: "p50=5%, p99=15%", compare: "auto", rounds: "6", "time-budget": "10m", comment: "always",
  "on-inconclusive": "warn", fail: "true", "baseline-branch": "b", output: "out.json", setup: "npm ci", cell: "x", expect: "a, b", "fan-in": "d",
}; // biome-ignore format: as a workflow has it

const CELL: Json = JSON.parse(encodeCellNote({ gate: "a/b", looks: [6, 12], confirmed: true }));
const EVENTS = [
  "push",
  "pull_request",
  "pull_request_target",
  "merge_group",
  "schedule",
  "workflow_dispatch",
  "workflow_run",
  "release",
];

/** What reads each kind of input. */
function readers(folder: string): Readonly<Record<string, (random: Random) => void>> {
  const file = join(folder, "event.json");
  const mutant = (base: Json, random: Random): Json => {
    let value = base;
    for (let times = 0; times <= Math.floor(random() * 3); times++) value = changed(value, random);
    return value;
  };
  const names = ["REPOSITORY", "REF", "SHA", "SERVER_URL", "API_URL", "RUN_ID", "WORKFLOW", "JOB"];
  return {
    configuration: (random) => {
      const config = parseConfig(JSON.stringify(mutant(CONFIG, random)), "benchgate.yml", TOOL_WORDS);
      planFromInputs(
        readInputs(() => ""),
        config,
        TOOL_WORDS,
      );
    },
    inputs: (random) => {
      const given = mutant(GIVEN, random);
      const values = typeof given === "object" && given !== null && !isList(given) ? given : {};
      planFromInputs(
        readInputs((name) => (Object.hasOwn(values, name) && name in INPUTS ? String(values[name]) : "")),
        null,
        TOOL_WORDS,
      );
    },
    recording: (random) => void encodeRecording(decodeRecording(JSON.stringify(mutant(RECORDING, random)))),
    cell: (random) => void decodeCellNote(JSON.stringify(mutant(CELL, random))),
    entry: (random) => {
      const path = `v1/${"a".repeat(40)}/0123456789abcdef/123.1.gate.json`.split("");
      for (let times = 0; times < 4; times++)
        path[Math.floor(random() * path.length)] = String(pick(random, VALUES)).slice(0, 40);
      parseEntry(path.join(""));
    },
    event: (random) => {
      writeFileSync(file, JSON.stringify(mutant(EVENT, random)));
      const told = Object.fromEntries(
        names.map((name) => [`GITHUB_${name}`, random() < 0.05 ? String(pick(random, VALUES)) : "o/r"]),
      );
      readEvent({ ...told, GITHUB_EVENT_NAME: pick(random, EVENTS), GITHUB_EVENT_PATH: file });
    },
  };
}

/** Throws `count` changes at all readers in turn; `onFault` is told what is wrong. */
export function fuzzStructure(
  count: number,
  seed: number,
  onFault: (fault: string) => void,
): Readonly<Record<string, number>> {
  const random = xoshiro128(seed);
  const folder = mkdtempSync(join(tmpdir(), "benchgate-fuzz-"));
  const tally: Record<string, number> = {};
  try {
    const kinds = Object.entries(readers(folder));
    for (let mutation = 0; mutation < count; mutation++) {
      const [kind, read] = kinds[mutation % kinds.length]!;
      const problem = attempt(() => read(random));
      const sound = problem === "read" || problem === "refused";
      if (!sound) onFault(`${kind} (#${mutation}): ${problem}`);
      const key = `${kind} ${sound ? problem : "faults"}`;
      tally[key] = (tally[key] ?? 0) + 1;
      if (Object.keys(Object.prototype).length > 0) onFault(`${kind} (#${mutation}): polluted Object.prototype`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return tally;
}

function attempt(read: () => void): string {
  try {
    read();
    return "read";
  } catch (error) {
    if (!(error instanceof GateError))
      return error instanceof Error ? `${error.stack?.split("\n", 3).join(" ")}` : String(error);
    if (![2, 3].includes(exitCodeOf(error))) return `exit code ${exitCodeOf(error)}`;
    return /[\r\n]/.test(error.message)
      ? `an error of several lines: ${JSON.stringify(error.message.slice(0, 200))}`
      : "refused";
  }
}

if (import.meta.main) {
  const [count = "50000", seed = "1"] = process.argv.slice(2);
  const faults = new Map<string, string>();
  const tally = fuzzStructure(Number(count), Number(seed), (fault) => {
    const kind = fault.replace(/#\d+/, "").slice(0, 160);
    if (!faults.has(kind)) faults.set(kind, fault);
  });
  for (const fault of faults.values()) console.log(fault);
  console.log(`${count} changes, seed ${seed}: ${JSON.stringify(tally)}, ${faults.size} kinds of faults`);
  process.exitCode = faults.size > 0 ? 1 : 0;
}
