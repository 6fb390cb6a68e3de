import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  holdsSome,
  isObject,
  jsonOf,
  mistake,
  opensWith,
  readArray,
  readName,
  readObject,
  readSamples,
  readString,
} from "../reading/json.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each job of an input a name of its own",
  nothing: "Run `Benchee.run` with at least one job and the formatter `{Benchee.Formatters.JSON, file: …}`",
};

const NANOSECOND = 1e-9;

/** What Benchee collects of a scenario, by its key: the metric and the factor into its unit. The first is what every scenario has. */
const COLLECTED = [
  ["run_time_data", { metric: "latency", unit: "s" }, NANOSECOND],
  ["memory_usage_data", { metric: "memory", unit: "B", per: "operation" }, 1],
  ["reductions_data", { metric: "reductions", unit: "1" }, 1],
] as const satisfies readonly (readonly [string, Pick<ToolMeasurement, "metric" | "unit" | "per">, number])[];

/**
 * Benchee's JSON (benchee_json 1.0 and later), with every sample: run times in nanoseconds, the memory that a run allocates in bytes, and reductions where
 * they are written. The key is the scenario with its input, `sort (large)`. A call that is too fast to time is repeated by Benchee, which then writes
 * the mean of the repetitions. Older versions have a map of jobs in microseconds instead of a list of scenarios, and are refused.
 */
export const benchee: Adapter = {
  name: "benchee",
  title: "Benchee",
  command:
    'BENCHGATE_OUTPUT=… mix run bench.exs, with formatters: [{Benchee.Formatters.JSON, file: System.get_env("BENCHGATE_OUTPUT")}]',
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (opensWith(text, "{")) return isOld(json());
    const root = opensWith(text, "[") ? json() : undefined;
    return Array.isArray(root) && holdsSome(root, (each) => isObject(each) && isObject(field(each, "run_time_data")));
  },
  parse: (output) => {
    const root = jsonOf(output);
    if (isOld(root)) {
      const problem = "This is what benchee_json wrote before 1.0: a map of jobs in microseconds";
      throw new GateError(problem, "Update benchee and benchee_json to 1.0 or later", { line: 1 });
    }
    return [
      round(
        readArray(root, "").flatMap((each, i) => readScenario(each, at("", i))),
        HINTS,
      ),
    ];
  },
};

function isOld(root: unknown): boolean {
  return isObject(root) && isObject(field(root, "run_times")) && isObject(field(root, "statistics"));
}

function readScenario(value: unknown, path: string): readonly Told[] {
  const scenario = readObject(value, path);
  const name = readName(field(scenario, "name"), at(path, "name"));
  const input = field(scenario, "input_name") ?? NO_INPUT;
  const given = readString(input, at(path, "input_name"));
  const benchmark = given === NO_INPUT ? name : `${name} (${given})`;
  if (!isObject(field(scenario, "run_time_data")))
    mistake("an object", field(scenario, "run_time_data"), at(path, "run_time_data"));
  const measured = COLLECTED.flatMap(([key, metric, scale]): ToolMeasurement[] => {
    const data = field(scenario, key) ?? null;
    if (data === null) return [];
    const where = at(path, key);
    const samples = readSamples(field(readObject(data, where), "samples") ?? [], at(where, "samples"), scale);
    return samples.length === 0
      ? []
      : [{ benchmark, better: "lower", ...metric, distribution: { kind: "samples", samples } }];
  });
  return measured.length > 0 ? measured : [{ benchmark, reason: "Benchee has no sample of it: give it some `time`" }];
}

/** What Benchee calls the input of a suite without inputs. */
const NO_INPUT = "__no_input";
