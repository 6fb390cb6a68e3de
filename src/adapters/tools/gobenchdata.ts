import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  readArray,
  readObject,
  readPositive,
  readString,
} from "../reading/json.ts";
import { outputOf } from "../reading/output.ts";
import { goBench } from "./go/go.ts";

/**
 * Gobenchdata's JSON of one `go test -bench` run. It is put back into the lines that Go printed and read as those: the lines of `-count` are samples,
 * the key is package and name, and every value is a mean over the iterations of its line.
 *
 * Zeros stand for what was not measured: megabytes a second are left out where they are zero, and memory is where no benchmark of the run
 * has any. A file that `--append` has made a history of holds the runs of several commits and is refused.
 */
export const gobenchdata: Adapter = {
  name: "gobenchdata",
  title: "gobenchdata",
  command: "go test -run '^$' -bench . -benchmem -count 10 ./... | gobenchdata --json $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    const root = json();
    return (
      Array.isArray(root) &&
      root.length > 0 &&
      root.every((run) => isObject(run) && Array.isArray(field(run, "Suites"))) &&
      text.includes('"NsPerOp"')
    );
  },
  parse: (output) => {
    const [run, ...others] = readArray(jsonOf(output), "");
    if (others.length > 0) {
      const remedy =
        "Give the output of this run alone: `gobenchdata --json` without `--append`, or that of `go test -bench`";
      throw new GateError(`A history of ${others.length + 1} runs`, remedy, { path: "[1]" });
    }
    return goBench.parse(outputOf(linesOf(readObject(run, "[0]"), "[0]")));
  },
};

function linesOf(run: JsonObject, path: string): string {
  const suites = readArray(field(run, "Suites"), at(path, "Suites")).map((each, i) =>
    readSuite(each, at(at(path, "Suites"), i)),
  );
  const hasMemory = suites.some(({ benchmarks }) =>
    benchmarks.some(({ bytes, allocations }) => bytes > 0 || allocations > 0),
  );
  return suites
    .flatMap(({ pkg, benchmarks }) => [
      ...(pkg === "" ? [] : [`pkg: ${pkg}`]),
      ...benchmarks.map(({ name, runs, time, rate, bytes, allocations, custom }) => {
        const memory = hasMemory ? `\t${bytes} B/op\t${allocations} allocs/op` : "";
        return `${name}\t${runs}\t${time} ns/op${rate === 0 ? "" : `\t${rate} MB/s`}${memory}${custom}`;
      }),
      `ok\t${pkg === "" ? "." : pkg}\t0s`,
    ])
    .join("\n");
}

function readSuite(value: unknown, path: string) {
  const suite = readObject(value, path);
  const pkg = word(field(suite, "Pkg") ?? "", at(path, "Pkg"), /^\S*$/, "a package");
  const where = at(path, "Benchmarks");
  return {
    pkg,
    benchmarks: readArray(field(suite, "Benchmarks"), where).map((each, i) => readBenchmark(each, at(where, i))),
  };
}

function readBenchmark(value: unknown, path: string) {
  const benchmark = readObject(value, path);
  const memory = readObject(field(benchmark, "Mem") ?? {}, at(path, "Mem"));
  const number = (object: JsonObject, key: string, within: string) =>
    readPositive(field(object, key) ?? 0, at(within, key));
  const custom = Object.entries(readObject(field(benchmark, "Custom") ?? {}, at(path, "Custom")));
  const unitOf = (unit: string) => word(unit, at(path, "Custom"), /^[^\s\d]\S*$/, "a unit");
  return {
    name: word(field(benchmark, "Name"), at(path, "Name"), /^Benchmark\S+$/, "a benchmark's name"),
    runs: readCount(field(benchmark, "Runs"), at(path, "Runs")),
    time: readPositive(field(benchmark, "NsPerOp"), at(path, "NsPerOp")),
    rate: number(memory, "MBPerSec", at(path, "Mem")),
    bytes: number(memory, "BytesPerOp", at(path, "Mem")),
    allocations: number(memory, "AllocsPerOp", at(path, "Mem")),
    custom: custom
      .map(([unit, each]) => `\t${readPositive(each, at(at(path, "Custom"), unit))} ${unitOf(unit)}`)
      .join(""),
  };
}

function readCount(value: unknown, path: string): number {
  return Number.isSafeInteger(readPositive(value, path)) ? (value as number) : mistake("a whole number", value, path);
}

function word(value: unknown, path: string, pattern: RegExp, expected: string): string {
  const text = readString(value, path);
  return pattern.test(text) ? text : mistake(expected, value, path);
}
