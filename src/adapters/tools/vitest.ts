import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  readArray,
  readName,
  readObject,
  readString,
} from "../reading/json.ts";
import { round } from "../reading/round.ts";
import { shortestPaths } from "../reading/shortest-paths.ts";
import { readLatency } from "./tinybench/result.ts";

const HINTS = {
  remedy: "Give each benchmark of a group a name of its own, and run one Vitest project at a time",
  nothing: "Run `vitest bench --run` with `--reporter=json --outputFile` (Vitest 5) or `--outputJson` (Vitest 1 to 4)",
};

/**
 * Vitest's benchmarks: `--outputJson` of Vitest 1 to 4, and the JSON reporter of Vitest 5 (`benchmarks` under each test).
 *
 * The key is file, group and name, joined as Vitest joins them: `src/text.bench.ts > sorting > by locale`. Vitest 5 writes absolute
 * paths and not its root, so there the file is as much of its path's end as sets it apart from the other files of the run.
 * Samples come with Vitest 5 and `retainSamples`; else Vitest's percentiles are taken. A benchmark that throws leaves no numbers and no
 * reason in the output of Vitest 1 to 4, and exit code 0; it is a failure here. There a file that could not be loaded looks like one
 * whose benchmarks are all skipped: both are failures, for a benchmark must not vanish in silence. A stored `bench.from()` reference was not measured and is left out.
 */
export const vitest: Adapter = {
  name: "vitest",
  title: "Vitest",
  command:
    "vitest bench --run --reporter=json --outputFile=$BENCHGATE_OUTPUT (Vitest 1 to 4: --outputJson=$BENCHGATE_OUTPUT)",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0, { code: 1, means: "a benchmark failed" }],
  recognises: ({ json }) => {
    const root = json();
    return isObject(root) && (listOf(root, "files").some(isOldFile) || listOf(root, "testResults").some(isFile));
  },
  parse: (output) => {
    const root = readObject(jsonOf(output), "");
    const told: Told[] = [];
    if (field(root, "testResults") === undefined) readOldFiles(field(root, "files"), told);
    else readFiles(readArray(field(root, "testResults"), "testResults"), told);
    return [round(told, HINTS)];
  },
};

function listOf(object: JsonObject, key: string): readonly unknown[] {
  const list = field(object, key);
  return Array.isArray(list) ? list : [];
}

function isOldFile(value: unknown): boolean {
  return isObject(value) && typeof field(value, "filepath") === "string" && Array.isArray(field(value, "groups"));
}

/** Jest's JSON looks the same but for `benchmarks`, which Vitest 5 writes under every test. */
function isFile(value: unknown): boolean {
  return (
    isObject(value) &&
    listOf(value, "assertionResults").some((test) => isObject(test) && Array.isArray(field(test, "benchmarks")))
  );
}

function readOldFiles(value: unknown, told: Told[]): void {
  const files = readArray(value, "files").map((each, i) => readObject(each, at("files", i)));
  const paths = files.map((file, i) => readName(field(file, "filepath"), at(at("files", i), "filepath")));
  for (const [i, file] of files.entries()) {
    const path = at(at("files", i), "groups");
    const groups = readArray(field(file, "groups"), path);
    for (const [g, group] of groups.entries()) {
      readOldGroup(readObject(group, at(path, g)), at(path, g), paths[i]!, told);
    }
    if (groups.length === 0) {
      const reason = "The file gave no benchmark: it could not be loaded, or all of it is skipped (then leave it out)";
      told.push({ benchmark: shortestPaths(paths)[i]!, reason });
    }
  }
}

function readOldGroup(group: JsonObject, path: string, filepath: string, told: Told[]): void {
  const fullName = readName(field(group, "fullName"), at(path, "fullName"));
  const source = sourceOf(fullName, filepath);
  const where = at(path, "benchmarks");
  for (const [i, value] of readArray(field(group, "benchmarks"), where).entries()) {
    const result = readObject(value, at(where, i));
    const benchmark = `${fullName} > ${readName(field(result, "name"), at(at(where, i), "name"))}`;
    const latency = readLatency(result, at(where, i));
    if (latency !== null) told.push({ ...latencyOf(benchmark, latency), ...source });
    else
      told.push({
        benchmark,
        reason: "The benchmark threw or took no sample; Vitest's console output may say why",
      });
  }
}

/** The file that `fullName` begins with: Vitest's relative path, which the absolute one confirms. Its name may hold the separator itself. */
function sourceOf(fullName: string, filepath: string): Pick<ToolMeasurement, "source"> {
  const parts = fullName.split(" > ", 4);
  const candidates = parts.map((_, end) => parts.slice(0, end + 1).join(" > "));
  const file = candidates.find((candidate) => `/${filepath.replaceAll("\\", "/")}`.endsWith(`/${candidate}`));
  return file === undefined ? {} : { source: { file } };
}

function readFiles(files: readonly unknown[], told: Told[]): void {
  const read = files.map((each, i) => readObject(each, at("testResults", i)));
  const names = shortestPaths(read.map((file, i) => readName(field(file, "name"), at(at("testResults", i), "name"))));
  for (const [i, file] of read.entries()) {
    const tests = readArray(field(file, "assertionResults"), at(at("testResults", i), "assertionResults"));
    for (const [t, test] of tests.entries()) {
      const path = at(at(at("testResults", i), "assertionResults"), t);
      readTest(names[i]!, readObject(test, path), path, told);
    }
    if (tests.length === 0 && field(file, "status") === "failed") {
      told.push({
        benchmark: names[i]!,
        reason: `The file could not be run: ${firstLine(field(file, "message"))}`,
      });
    }
  }
}

function readTest(file: string, test: JsonObject, path: string, told: Told[]): void {
  const ancestors = readArray(field(test, "ancestorTitles"), at(path, "ancestorTitles")).map((title, i) =>
    readString(title, at(path, i)),
  );
  const titles = [...ancestors, readName(field(test, "title"), at(path, "title"))];
  const name = [file, ...titles].join(" > ");
  const groups = readArray(field(test, "benchmarks") ?? [], at(path, "benchmarks"));
  for (const [g, value] of groups.entries()) {
    const where = at(at(path, "benchmarks"), g);
    const group = readObject(value, where);
    const own = readString(field(group, "name"), at(where, "name"));
    const prefix = own === titles.join(" > ") ? name : `${name} > ${own}`;
    for (const [k, one] of readArray(field(group, "tasks"), at(where, "tasks")).entries()) {
      const task = readObject(one, at(at(where, "tasks"), k));
      if (field(task, "fromStore") === true) continue;
      const benchmark = `${prefix} > ${readName(field(task, "name"), at(at(at(where, "tasks"), k), "name"))}`;
      const latency = readLatency(task, at(at(where, "tasks"), k));
      if (latency === null) told.push({ benchmark, reason: "The benchmark took no sample" });
      else told.push(latencyOf(benchmark, latency));
    }
  }
  if (field(test, "status") === "failed") {
    told.push({ benchmark: name, reason: `The test failed: ${firstLine(listOf(test, "failureMessages")[0])}` });
  }
}

function latencyOf(benchmark: string, latency: Pick<ToolMeasurement, "distribution" | "estimator">): ToolMeasurement {
  return { benchmark, metric: "latency", unit: "s", better: "lower", ...latency };
}

function firstLine(message: unknown): string {
  const line = typeof message === "string" ? message.trim().split(/\r?\n/, 1)[0]! : "";
  return line === "" ? "no reason given" : line.slice(0, 200);
}
